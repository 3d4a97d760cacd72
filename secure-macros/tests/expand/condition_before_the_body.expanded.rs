#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
enum get_report {}
#[allow(non_upper_case_globals)]
const get_report: ::secure_runtime::EndpointOf<get_report> = ::secure_runtime::EndpointOf::VALUE;
const _: () = {
    use ::secure_runtime::expansion as __runtime;
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
        __runtime::Read<Path<u16>>,
        __runtime::Read<State<Db>>,
        __runtime::Render<Json<Report>>,
    ) = (
        __runtime::head_argument::<Path<u16>>(),
        __runtime::last_argument::<State<Db>>(),
        __runtime::declared_answer::<Json<Report>>(),
    );
    impl __runtime::Endpoint for get_report {
        const POLICY: &'static __runtime::Policy = &__runtime::Policy::new(
                ::core::concat!(::core::module_path!(), "::", "get_report"),
                __runtime::Access::Caller {
                    scope: __runtime::None,
                    role: __runtime::None,
                },
            )
            .at(__runtime::Method::Get, "/reports/{year}")
            .when(
                ::core::stringify!(* year > 2000 || caller.has_role("archivist")),
                &[
                    __runtime::Mention {
                        name: "year",
                        source: __PROOFS.0.source(),
                    },
                ],
            );
        #[allow(unused_variables)]
        fn describe(__description: &mut __runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
            __PROOFS.2.describe(__description);
        }
    }
    impl __runtime::NeedsCaller for get_report {}
    impl<__State> __runtime::SecureEndpoint<__State> for get_report
    where
        __State: __runtime::Send + __runtime::Sync + 'static,
        Path<u16>: __runtime::Extract<__State>,
        State<Db>: __runtime::Extract<__State>,
    {
        #[allow(unused_variables)]
        fn call(
            __admission: __runtime::Admission,
            __state: __State,
        ) -> __runtime::Responding {
            __runtime::lead_between(
                __admission,
                __state,
                __runtime::Steps {
                    heads: (__PROOFS.0,),
                    named: __runtime::None,
                    last: (__PROOFS.1,),
                    late: __runtime::None,
                    answer: __PROOFS.2,
                },
                __runtime::Between {
                    loads: (),
                    early: __runtime::Some(|__gate, (__argument_0,), ()| {
                        let Path(year) = __argument_0;
                        __gate
                            .condition(|
                                caller: &__runtime::Principal,
                            | -> __runtime::bool {
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
