#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
enum make_report {}
#[allow(non_upper_case_globals)]
const make_report: ::secure_runtime::EndpointOf<make_report> = ::secure_runtime::EndpointOf::VALUE;
const _: () = {
    use ::secure_runtime::expansion as __runtime;
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
        __runtime::Read<Query<Page>>,
        __runtime::Read<Json<Report>>,
        __runtime::Render<StatusCode>,
    ) = (
        __runtime::head_argument::<Query<Page>>(),
        __runtime::last_argument::<Json<Report>>(),
        __runtime::declared_answer::<StatusCode>(),
    );
    impl __runtime::Endpoint for make_report {
        const POLICY: &'static __runtime::Policy = &__runtime::Policy::new(
                ::core::concat!(::core::module_path!(), "::", "make_report"),
                __runtime::Access::Caller {
                    scope: __runtime::None,
                    role: __runtime::None,
                },
            )
            .at(__runtime::Method::Post, "/reports")
            .when(
                ::core::stringify!(page.size < 100),
                &[
                    __runtime::Mention {
                        name: "page",
                        source: __PROOFS.0.source(),
                    },
                ],
            )
            .limited_by(
                &[
                    __runtime::Rate::new(10u32, 1u64),
                    __runtime::Rate::new(1000u32, 86400u64)
                        .per(__runtime::Per::Tenant)
                        .cost_by(
                            ::core::stringify!(
                                if caller.is_client() { page.size } else { 1_u32 }
                            ),
                        ),
                ],
            );
        #[allow(unused_variables)]
        fn describe(__description: &mut __runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
            __PROOFS.2.describe(__description);
        }
    }
    impl __runtime::NeedsCaller for make_report {}
    impl<__State> __runtime::SecureEndpoint<__State> for make_report
    where
        __State: __runtime::Send + __runtime::Sync + 'static,
        Query<Page>: __runtime::Extract<__State>,
        Json<Report>: __runtime::Extract<__State>,
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
                        {
                            let Query(page) = __argument_0;
                            __gate
                                .condition(|
                                    caller: &__runtime::Principal,
                                | -> __runtime::bool { (page.size < 100) })
                        }?;
                        let Query(page) = __argument_0;
                        let __cost = __gate
                            .cost(|caller: &__runtime::Principal| {
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
