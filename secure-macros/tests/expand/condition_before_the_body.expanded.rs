#[allow(non_camel_case_types)]
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
struct get_report;
const _: () = {
    async fn get_report(Path(year): Path<u16>, State(db): State<Db>) -> Json<Report> {
        db.report(year).await
    }
    #[cfg(test)]
    #[allow(dead_code)]
    impl get_report {
        /// The handler without its guard.
        async fn unguarded(
            __argument_0: Path<u16>,
            __argument_1: State<Db>,
        ) -> Json<Report> {
            get_report(__argument_0, __argument_1).await
        }
    }
    const __PROOFS: (
        ::secure_runtime::gate::Read<Path<u16>>,
        ::secure_runtime::gate::Read<State<Db>>,
        ::secure_runtime::gate::Render<Json<Report>>,
    ) = (
        ::secure_runtime::gate::head_argument::<Path<u16>>(),
        ::secure_runtime::gate::last_argument::<State<Db>>(),
        ::secure_runtime::gate::declared_answer::<Json<Report>>(),
    );
    impl ::secure_runtime::Endpoint for get_report {
        const POLICY: &'static ::secure_runtime::policy::Policy = &::secure_runtime::policy::Policy {
            endpoint: ::core::concat!(::core::module_path!(), "::", "get_report"),
            route: ::core::option::Option::Some(::secure_runtime::policy::Route {
                method: ::secure_runtime::policy::Method::Get,
                path: "/reports/{year}",
            }),
            access: ::secure_runtime::policy::Access::Caller {
                scope: ::core::option::Option::None,
                role: ::core::option::Option::None,
            },
            condition: ::core::option::Option::Some(::secure_runtime::policy::Condition {
                source: ::core::stringify!(
                    * year > 2000 || caller.has_role("archivist")
                ),
                mentions: &[
                    ::secure_runtime::policy::Mention {
                        name: "year",
                        source: __PROOFS.0.source(),
                    },
                ],
            }),
            ..::secure_runtime::policy::Policy::UNSTATED
        };
        #[allow(unused_variables)]
        fn describe(__description: &mut ::secure_runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
            __PROOFS.2.describe(__description);
        }
    }
    impl ::secure_runtime::NeedsCaller for get_report {}
    impl<S> ::secure_runtime::gate::Handler<::secure_runtime::gate::Guarded, S>
    for get_report
    where
        S: ::secure_runtime::gate::Unattached<get_report>,
    {
        type Future = ::secure_runtime::gate::NeverCalled;
        fn call(
            self,
            _: ::secure_runtime::gate::Request,
            __state: S,
        ) -> ::secure_runtime::gate::NeverCalled {
            ::secure_runtime::gate::Unattached::<get_report>::never(__state)
        }
    }
    impl<__State> ::secure_runtime::SecureEndpoint<__State> for get_report
    where
        __State: ::core::clone::Clone + ::core::marker::Send + ::core::marker::Sync
            + 'static,
        Path<u16>: ::secure_runtime::Extract<__State>,
        State<Db>: ::secure_runtime::Extract<__State>,
    {
        #[allow(unused_variables)]
        fn call(
            __admission: ::secure_runtime::gate::Admission,
            __state: __State,
        ) -> ::secure_runtime::gate::Responding {
            ::secure_runtime::gate::lead_between(
                __admission,
                __state,
                ::secure_runtime::gate::Steps {
                    heads: (__PROOFS.0,),
                    named: ::core::option::Option::None,
                    last: (__PROOFS.1,),
                    late: ::core::option::Option::None,
                    answer: __PROOFS.2,
                },
                ::secure_runtime::gate::Between {
                    loads: (),
                    early: ::core::option::Option::Some(|__gate, (__argument_0,), ()| {
                        let Path(year) = __argument_0;
                        __gate
                            .condition(|
                                caller: &::secure_runtime::Principal,
                            | -> ::core::primitive::bool {
                                (*year > 2000 || caller.has_role("archivist"))
                            })
                    }),
                },
                get_report,
            )
        }
    }
    __PROOFS
        .0
        .must_be_path(
            "`{year}` is compared with nobody: the `year` that is checked does not come from the path [S008]\n  = note: the value in the path and the one that is checked are two, and the client writes both\n  = help: take it from the path, as in `Path(year): Path<…>`, and name that variable",
        );
    __PROOFS
        .1
        .must_not_be_body(
            "this argument reads the body, and GET has none [S013]\n  = note: proxies drop such a body, and caches do not see it\n  = help: take the value from the path or the query, or answer `post`, `put` or `patch`",
        );
};
