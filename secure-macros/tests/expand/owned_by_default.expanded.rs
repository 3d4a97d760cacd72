#[allow(non_camel_case_types)]
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
struct update_order;
const _: () = {
    async fn update_order(
        Path((user_id, _)): Path<(UserId, OrderId)>,
        order: Owned<Order>,
        Json(update): Json<Update>,
    ) {
        order.update(user_id, update).await
    }
    #[cfg(test)]
    #[allow(dead_code)]
    impl update_order {
        /// The handler without its guard.
        async fn unguarded(
            __argument_0: Path<(UserId, OrderId)>,
            __argument_1: Owned<Order>,
            __argument_2: Json<Update>,
        ) {
            update_order(__argument_0, __argument_1, __argument_2).await
        }
    }
    const __PROOFS: (
        ::secure_runtime::gate::Read<Path<(UserId, OrderId)>>,
        ::secure_runtime::gate::Read<Owned<Order>>,
        ::secure_runtime::gate::Read<Json<Update>>,
        ::secure_runtime::gate::Render<()>,
    ) = (
        ::secure_runtime::gate::head_argument::<Path<(UserId, OrderId)>>(),
        ::secure_runtime::gate::head_argument::<Owned<Order>>().bound_to(1usize),
        ::secure_runtime::gate::last_argument::<Json<Update>>(),
        ::secure_runtime::gate::declared_answer::<()>(),
    );
    impl ::secure_runtime::Endpoint for update_order {
        const POLICY: &'static ::secure_runtime::policy::Policy = &::secure_runtime::policy::Policy {
            endpoint: ::core::concat!(::core::module_path!(), "::", "update_order"),
            route: ::core::option::Option::Some(::secure_runtime::policy::Route {
                method: ::secure_runtime::policy::Method::Put,
                path: "/users/{user_id}/orders/{order_id}",
            }),
            access: ::secure_runtime::policy::Access::Caller {
                scope: ::core::option::Option::None,
                role: ::core::option::Option::None,
            },
            bindings: &[
                ::secure_runtime::policy::Binding {
                    kind: ::secure_runtime::policy::BindingKind::Owner,
                    value: "user_id",
                    source: __PROOFS.0.source(),
                    or_scope: ::core::option::Option::None,
                    hidden: false,
                },
                ::secure_runtime::policy::Binding {
                    kind: ::secure_runtime::policy::BindingKind::Owner,
                    value: "order_id",
                    source: __PROOFS.1.source(),
                    or_scope: ::core::option::Option::None,
                    hidden: false,
                },
            ],
            condition: ::core::option::Option::Some(::secure_runtime::policy::Condition {
                source: ::core::stringify!(order.is_open()),
                mentions: &[
                    ::secure_runtime::policy::Mention {
                        name: "order",
                        source: __PROOFS.1.source(),
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
            __PROOFS.3.describe(__description);
        }
    }
    impl ::secure_runtime::NeedsCaller for update_order {}
    impl<S> ::secure_runtime::gate::Handler<::secure_runtime::gate::Guarded, S>
    for update_order
    where
        S: ::secure_runtime::gate::Unattached<update_order>,
    {
        type Future = ::secure_runtime::gate::NeverCalled;
        fn call(
            self,
            _: ::secure_runtime::gate::Request,
            __state: S,
        ) -> ::secure_runtime::gate::NeverCalled {
            ::secure_runtime::gate::Unattached::<update_order>::never(__state)
        }
    }
    impl<__State> ::secure_runtime::SecureEndpoint<__State> for update_order
    where
        __State: ::core::clone::Clone + ::core::marker::Send + ::core::marker::Sync
            + 'static,
        Path<(UserId, OrderId)>: ::secure_runtime::Extract<__State>,
        Owned<Order>: ::secure_runtime::Extract<__State>,
        Json<Update>: ::secure_runtime::Extract<__State>,
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
                    named: ::core::option::Option::Some(|__gate, (__argument_0,)| {
                        let Path((user_id, _)) = __argument_0;
                        __gate.bind(0usize, user_id)
                    }),
                    last: (__PROOFS.2,),
                    late: ::core::option::Option::None,
                    answer: __PROOFS.3,
                },
                ::secure_runtime::gate::Between {
                    loads: (__PROOFS.1,),
                    early: ::core::option::Option::Some(|
                        __gate,
                        (__argument_0,),
                        (__argument_1,)|
                    {
                        let order = __argument_1;
                        __gate
                            .condition(|
                                caller: &::secure_runtime::Principal,
                            | -> ::core::primitive::bool { (order.is_open()) })
                    }),
                },
                ::secure_runtime::gate::Sorted(|
                    (__argument_0,),
                    (__argument_1,),
                    (__argument_2,)|
                update_order(__argument_0, __argument_1, __argument_2)),
            )
        }
    }
    __PROOFS
        .0
        .must_be_path(
            "`{user_id}` is compared with nobody: the `user_id` that is checked does not come from the path [S008]\n  = note: the value in the path and the one that is checked are two, and the client writes both\n  = help: take it from the path, as in `Path(user_id): Path<…>`, and name that variable",
        );
    __PROOFS
        .1
        .must_be_path(
            "`{order_id}` is compared with nobody: the `order_id` that is checked does not come from the path [S008]\n  = note: the value in the path and the one that is checked are two, and the client writes both\n  = help: take it from the path, as in `Path(order_id): Path<…>`, and name that variable",
        );
};
