#[allow(non_camel_case_types)]
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
struct import;
const _: () = {
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
        ::secure_runtime::gate::Read<State<Bounds>>,
        ::secure_runtime::gate::Read<Json<Order>>,
        ::secure_runtime::gate::Render<StatusCode>,
    ) = (
        ::secure_runtime::gate::head_argument::<State<Bounds>>(),
        ::secure_runtime::gate::last_argument::<Json<Order>>(),
        ::secure_runtime::gate::declared_answer::<StatusCode>(),
    );
    const __LIMIT_1: ::secure_runtime::policy::Rate = limits::IMPORT;
    const _: () = __LIMIT_1
        .must_be_named(
            "`limits::IMPORT` has no name, so endpoints would not share it [S007]\n  = help: declare it with `limits!`, or write the rate here, as in `rate = \"30/min\"`",
        );
    impl ::secure_runtime::Endpoint for import {
        const POLICY: &'static ::secure_runtime::policy::Policy = &::secure_runtime::policy::Policy {
            endpoint: ::core::concat!(::core::module_path!(), "::", "import"),
            route: ::core::option::Option::Some(::secure_runtime::policy::Route {
                method: ::secure_runtime::policy::Method::Post,
                path: "/orders",
            }),
            access: ::secure_runtime::policy::Access::Optional,
            condition: ::core::option::Option::Some(::secure_runtime::policy::Condition {
                source: ::core::stringify!(order.amount < limit.most),
                mentions: &[
                    ::secure_runtime::policy::Mention {
                        name: "limit",
                        source: __PROOFS.0.source(),
                    },
                    ::secure_runtime::policy::Mention {
                        name: "order",
                        source: __PROOFS.1.source(),
                    },
                ],
            }),
            rates: &[
                ::secure_runtime::policy::Rate::new(1000u32, 3600u64)
                    .cost_by(::core::stringify!(limit.weight)),
                __LIMIT_1.cost_by(::core::stringify!(order.lines.len())),
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
    impl<S> ::secure_runtime::gate::Handler<::secure_runtime::gate::Guarded, S>
    for import
    where
        S: ::secure_runtime::gate::Unattached<import>,
    {
        type Future = ::secure_runtime::gate::NeverCalled;
        fn call(
            self,
            _: ::secure_runtime::gate::Request,
            __state: S,
        ) -> ::secure_runtime::gate::NeverCalled {
            ::secure_runtime::gate::Unattached::<import>::never(__state)
        }
    }
    impl<__State> ::secure_runtime::SecureEndpoint<__State> for import
    where
        __State: ::core::clone::Clone + ::core::marker::Send + ::core::marker::Sync
            + 'static,
        State<Bounds>: ::secure_runtime::Extract<__State>,
        Json<Order>: ::secure_runtime::Extract<__State>,
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
                    late: ::core::option::Option::Some(|
                        __gate,
                        (__argument_0,),
                        (),
                        (__argument_1,)|
                    {
                        {
                            let State(limit) = __argument_0;
                            let Json(order) = __argument_1;
                            __gate
                                .condition_for_anyone(|
                                    caller: ::core::option::Option<&::secure_runtime::Principal>,
                                | -> ::core::primitive::bool {
                                    (order.amount < limit.most)
                                })
                        }?;
                        let Json(order) = __argument_1;
                        let __cost = __gate
                            .cost_for_anyone(|
                                caller: ::core::option::Option<
                                    &::secure_runtime::Principal,
                                >|
                            { (order.lines.len()) });
                        __gate.charge(1usize, __cost)
                    }),
                    answer: __PROOFS.2,
                },
                ::secure_runtime::gate::Between {
                    loads: (),
                    early: ::core::option::Option::Some(|__gate, (__argument_0,), ()| {
                        let State(limit) = __argument_0;
                        let __cost = __gate
                            .cost_for_anyone(|
                                caller: ::core::option::Option<
                                    &::secure_runtime::Principal,
                                >|
                            { (limit.weight) });
                        __gate.charge(0usize, __cost)
                    }),
                },
                import,
            )
        }
    }
};
