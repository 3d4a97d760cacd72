#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
enum import {}
#[allow(non_upper_case_globals)]
const import: ::secure_runtime::EndpointOf<import> = ::secure_runtime::EndpointOf::VALUE;
const _: () = {
    use ::secure_runtime::expansion as __runtime;
    async fn import(
        State(limit): State<Bounds>,
        Json(mut order): Json<Order>,
    ) -> StatusCode {
        StatusCode::CREATED
    }
    #[cfg(test)]
    #[allow(dead_code)]
    impl import {
        /// The handler without its guard.
        async fn unguarded(
            __argument_0: State<Bounds>,
            __argument_1: Json<Order>,
        ) -> StatusCode {
            import(__argument_0, __argument_1).await
        }
    }
    const __PROOFS: (
        __runtime::Read<State<Bounds>>,
        __runtime::Read<Json<Order>>,
        __runtime::Render<StatusCode>,
    ) = (
        __runtime::head_argument::<State<Bounds>>(),
        __runtime::last_argument::<Json<Order>>(),
        __runtime::declared_answer::<StatusCode>(),
    );
    const __LIMIT_1: __runtime::Rate = limits::IMPORT;
    const _: () = __LIMIT_1
        .must_be_named(
            "`limits::IMPORT` has no name, so endpoints would not share it [S007]\n  = help: declare it with `limits!`, or write the rate here, as in `rate = \"30/min\"`",
        );
    impl __runtime::Endpoint for import {
        const POLICY: &'static __runtime::Policy = &__runtime::Policy::new(
                ::core::concat!(::core::module_path!(), "::", "import"),
                __runtime::Access::Optional,
            )
            .at(__runtime::Method::Post, "/orders")
            .when(
                ::core::stringify!(order.amount < limit.most),
                &[
                    __runtime::Mention {
                        name: "limit",
                        source: __PROOFS.0.source(),
                    },
                    __runtime::Mention {
                        name: "order",
                        source: __PROOFS.1.source(),
                    },
                ],
            )
            .limited_by(
                &[
                    __runtime::Rate::new(1000u32, 3600u64)
                        .cost_by(::core::stringify!(limit.weight)),
                    __LIMIT_1.cost_by(::core::stringify!(order.lines.len())),
                ],
            );
        #[allow(unused_variables)]
        fn describe(__description: &mut __runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
            __PROOFS.2.describe(__description);
        }
    }
    impl<__State> __runtime::SecureEndpoint<__State> for import
    where
        __State: __runtime::Send + __runtime::Sync + 'static,
        State<Bounds>: __runtime::Extract<__State>,
        Json<Order>: __runtime::Extract<__State>,
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
                    late: __runtime::Some(|__gate, (__argument_0,), (), (__argument_1,)| {
                        {
                            let State(limit) = __argument_0;
                            let Json(order) = __argument_1;
                            __gate
                                .condition_for_anyone(|
                                    caller: __runtime::Option<&__runtime::Principal>,
                                | -> __runtime::bool { (order.amount < limit.most) })
                        }?;
                        let Json(order) = __argument_1;
                        let __cost = __gate
                            .cost_for_anyone(|
                                caller: __runtime::Option<&__runtime::Principal>|
                            { (order.lines.len()) });
                        __gate.charge(1usize, __cost)
                    }),
                    answer: __PROOFS.2,
                },
                __runtime::Between {
                    loads: (),
                    early: __runtime::Some(|__gate, (__argument_0,), ()| {
                        let State(limit) = __argument_0;
                        let __cost = __gate
                            .cost_for_anyone(|
                                caller: __runtime::Option<&__runtime::Principal>|
                            { (limit.weight) });
                        __gate.charge(0usize, __cost)
                    }),
                },
                import,
            )
        }
    }
};
