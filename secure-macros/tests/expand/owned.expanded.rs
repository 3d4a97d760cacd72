#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
enum get_order {}
#[allow(non_upper_case_globals)]
const get_order: ::secure_runtime::EndpointOf<get_order> = ::secure_runtime::EndpointOf::VALUE;
const _: () = {
    use ::secure_runtime::expansion as __runtime;
    async fn get_order(order: Owned<Order>) -> Json<Owned<Order>> {
        Json(order)
    }
    #[cfg(test)]
    #[allow(dead_code)]
    impl get_order {
        /// The handler without its guard.
        async fn unguarded(__argument_0: Owned<Order>) -> Json<Owned<Order>> {
            get_order(__argument_0).await
        }
    }
    const __PROOFS: (
        __runtime::Read<Owned<Order>>,
        __runtime::Render<Json<Owned<Order>>>,
    ) = (
        __runtime::last_argument::<Owned<Order>>().bound_to(0usize),
        __runtime::declared_answer::<Json<Owned<Order>>>(),
    );
    impl __runtime::Endpoint for get_order {
        const POLICY: &'static __runtime::Policy = &__runtime::Policy::new(
                ::core::concat!(::core::module_path!(), "::", "get_order"),
                __runtime::Access::Caller {
                    scope: __runtime::Some(__runtime::Expr::of("read:orders")),
                    role: __runtime::None,
                },
            )
            .at(__runtime::Method::Get, "/orders/{order_id}")
            .bound_by(
                &[
                    __runtime::Binding {
                        kind: __runtime::BindingKind::Owner,
                        value: "order_id",
                        source: __PROOFS.0.source(),
                        or_scope: __runtime::None,
                        hidden: true,
                    },
                ],
            );
        #[allow(unused_variables)]
        fn describe(__description: &mut __runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
        }
    }
    impl __runtime::NeedsCaller for get_order {}
    impl<__State> __runtime::SecureEndpoint<__State> for get_order
    where
        __State: __runtime::Send + __runtime::Sync + 'static,
        Owned<Order>: __runtime::Extract<__State>,
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
                    heads: (),
                    named: __runtime::None,
                    last: (),
                    late: __runtime::None,
                    answer: __PROOFS.1,
                },
                __runtime::Between {
                    loads: (__PROOFS.0,),
                    early: __runtime::None,
                },
                __runtime::Sorted(|(), (__argument_0,), ()| get_order(__argument_0)),
            )
        }
    }
    __PROOFS
        .0
        .must_be_path(
            "`{order_id}` is compared with nobody: the `order_id` that is checked does not come from the path [S008]\n  = note: the value in the path and the one that is checked are two, and the client writes both\n  = help: take it from the path, as in `Path(order_id): Path<…>`, and name that variable",
        );
    __PROOFS
        .0
        .must_not_be_body(
            "this argument reads the body, and GET has none [S013]\n  = note: proxies drop such a body, and caches do not see it\n  = help: take the value from the path or the query, or answer `post`, `put` or `patch`",
        );
};
