#[allow(non_camel_case_types)]
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
struct make_report;
const _: () = {
    async fn make_report(
        Query(page): Query<Page>,
        Json(report): Json<Report>,
    ) -> StatusCode {
        StatusCode::ACCEPTED
    }
    #[cfg(test)]
    #[allow(dead_code)]
    impl make_report {
        /// The handler without its guard.
        async fn unguarded(
            __argument_0: Query<Page>,
            __argument_1: Json<Report>,
        ) -> StatusCode {
            make_report(__argument_0, __argument_1).await
        }
    }
    const __PROOFS: (
        ::secure_runtime::gate::Read<Query<Page>>,
        ::secure_runtime::gate::Read<Json<Report>>,
        ::secure_runtime::gate::Render<StatusCode>,
    ) = (
        ::secure_runtime::gate::head_argument::<Query<Page>>(),
        ::secure_runtime::gate::last_argument::<Json<Report>>(),
        ::secure_runtime::gate::declared_answer::<StatusCode>(),
    );
    impl ::secure_runtime::Endpoint for make_report {
        const POLICY: &'static ::secure_runtime::policy::Policy = &::secure_runtime::policy::Policy {
            endpoint: ::core::concat!(::core::module_path!(), "::", "make_report"),
            route: ::core::option::Option::Some(::secure_runtime::policy::Route {
                method: ::secure_runtime::policy::Method::Post,
                path: "/reports",
            }),
            access: ::secure_runtime::policy::Access::Caller {
                scope: ::core::option::Option::None,
                role: ::core::option::Option::None,
            },
            condition: ::core::option::Option::Some(::secure_runtime::policy::Condition {
                source: ::core::stringify!(page.size < 100),
                mentions: &[
                    ::secure_runtime::policy::Mention {
                        name: "page",
                        source: __PROOFS.0.source(),
                    },
                ],
            }),
            rates: &[
                ::secure_runtime::policy::Rate::new(10u32, 1u64),
                ::secure_runtime::policy::Rate::new(1000u32, 86400u64)
                    .per(::secure_runtime::policy::Per::Tenant)
                    .cost_by(
                        ::core::stringify!(
                            if caller.is_client() { page.size } else { 1_u32 }
                        ),
                    ),
            ],
            ..::secure_runtime::policy::Policy::UNSTATED
        };
        #[allow(unused_variables)]
        fn describe(__description: &mut ::secure_runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
            __PROOFS.2.describe(__description);
        }
    }
    impl ::secure_runtime::NeedsCaller for make_report {}
    impl<S> ::secure_runtime::gate::Handler<::secure_runtime::gate::Guarded, S>
    for make_report
    where
        S: ::secure_runtime::gate::Unattached<make_report>,
    {
        type Future = ::secure_runtime::gate::NeverCalled;
        fn call(
            self,
            _: ::secure_runtime::gate::Request,
            __state: S,
        ) -> ::secure_runtime::gate::NeverCalled {
            ::secure_runtime::gate::Unattached::<make_report>::never(__state)
        }
    }
    impl<__State> ::secure_runtime::SecureEndpoint<__State> for make_report
    where
        __State: ::core::clone::Clone + ::core::marker::Send + ::core::marker::Sync
            + 'static,
        Query<Page>: ::secure_runtime::Extract<__State>,
        Json<Report>: ::secure_runtime::Extract<__State>,
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
                        {
                            let Query(page) = __argument_0;
                            __gate
                                .condition(|
                                    caller: &::secure_runtime::Principal,
                                | -> ::core::primitive::bool { (page.size < 100) })
                        }?;
                        let Query(page) = __argument_0;
                        let __cost = __gate
                            .cost(|caller: &::secure_runtime::Principal| {
                                (if caller.is_client() { page.size } else { 1_u32 })
                            })?;
                        __gate.charge(1usize, __cost)
                    }),
                },
                make_report,
            )
        }
    }
};
