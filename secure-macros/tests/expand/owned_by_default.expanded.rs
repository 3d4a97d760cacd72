#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
enum update_order {}
#[allow(non_upper_case_globals)]
const update_order: ::secure_runtime::EndpointOf<update_order> = ::secure_runtime::EndpointOf::VALUE;
const _: () = {
    use ::secure_runtime::expansion as __runtime;
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
        __runtime::Read<Path<(UserId, OrderId)>>,
        __runtime::Read<Owned<Order>>,
        __runtime::Read<Json<Update>>,
        __runtime::Render<()>,
    ) = (
        __runtime::head_argument::<Path<(UserId, OrderId)>>(),
        __runtime::head_argument::<Owned<Order>>().bound_to(1usize),
        __runtime::last_argument::<Json<Update>>(),
        __runtime::declared_answer::<()>(),
    );
    impl __runtime::Endpoint for update_order {
        const POLICY: &'static __runtime::Policy = &__runtime::Policy::new(
                ::core::concat!(::core::module_path!(), "::", "update_order"),
                __runtime::Access::Caller {
                    scope: __runtime::None,
                    role: __runtime::None,
                },
            )
            .at(__runtime::Method::Put, "/users/{user_id}/orders/{order_id}")
            .bound_by(
                &[
                    __runtime::Binding {
                        kind: __runtime::BindingKind::Owner,
                        value: "user_id",
                        source: __PROOFS.0.source(),
                        or_scope: __runtime::None,
                        hidden: false,
                    },
                    __runtime::Binding {
                        kind: __runtime::BindingKind::Owner,
                        value: "order_id",
                        source: __PROOFS.1.source(),
                        or_scope: __runtime::None,
                        hidden: false,
                    },
                ],
            )
            .when(
                ::core::stringify!(order.is_open()),
                &[
                    __runtime::Mention {
                        name: "order",
                        source: __PROOFS.1.source(),
                    },
                ],
            );
        #[allow(unused_variables)]
        fn describe(__description: &mut __runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
            __PROOFS.2.describe(__description);
            __PROOFS.3.describe(__description);
        }
    }
    impl __runtime::NeedsCaller for update_order {}
    impl<__State> __runtime::SecureEndpoint<__State> for update_order
    where
        __State: __runtime::Send + __runtime::Sync + 'static,
        Path<(UserId, OrderId)>: __runtime::Extract<__State>,
        Owned<Order>: __runtime::Extract<__State>,
        Json<Update>: __runtime::Extract<__State>,
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
                    named: __runtime::Some(|__gate, (__argument_0,)| {
                        let Path((user_id, _)) = __argument_0;
                        __gate.bind(0usize, user_id)
                    }),
                    last: (__PROOFS.2,),
                    late: __runtime::None,
                    answer: __PROOFS.3,
                },
                __runtime::Between {
                    loads: (__PROOFS.1,),
                    early: __runtime::Some(|__gate, (__argument_0,), (__argument_1,)| {
                        let order = __argument_1;
                        __gate
                            .condition(|
                                caller: &__runtime::Principal,
                            | -> __runtime::bool { (order.is_open()) })
                    }),
                },
                __runtime::Sorted(|(__argument_0,), (__argument_1,), (__argument_2,)| update_order(
                    __argument_0,
                    __argument_1,
                    __argument_2,
                )),
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
