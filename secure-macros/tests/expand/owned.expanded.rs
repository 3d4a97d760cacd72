#[allow(non_camel_case_types)]
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
struct get_order;
const _: () = {
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
        ::secure_runtime::gate::Read<Owned<Order>>,
        ::secure_runtime::gate::Render<Json<Owned<Order>>>,
    ) = (
        ::secure_runtime::gate::last_argument::<Owned<Order>>().bound_to(0usize),
        ::secure_runtime::gate::declared_answer::<Json<Owned<Order>>>(),
    );
    impl ::secure_runtime::Endpoint for get_order {
        const POLICY: &'static ::secure_runtime::policy::Policy = &::secure_runtime::policy::Policy {
            endpoint: ::core::concat!(::core::module_path!(), "::", "get_order"),
            route: ::core::option::Option::Some(::secure_runtime::policy::Route {
                method: ::secure_runtime::policy::Method::Get,
                path: "/orders/{order_id}",
            }),
            access: ::secure_runtime::policy::Access::Caller {
                scope: ::core::option::Option::Some(
                    ::secure_runtime::policy::Expr::from_ops(
                        &[
                            ::secure_runtime::policy::Op::Term(
                                ::std::borrow::Cow::Borrowed("read:orders"),
                            ),
                        ],
                    ),
                ),
                role: ::core::option::Option::None,
            },
            bindings: &[
                ::secure_runtime::policy::Binding {
                    kind: ::secure_runtime::policy::BindingKind::Owner,
                    value: "order_id",
                    source: __PROOFS.0.source(),
                    or_scope: ::core::option::Option::None,
                    hidden: true,
                },
            ],
            ..::secure_runtime::policy::Policy::UNSTATED
        };
        #[allow(unused_variables)]
        fn describe(__description: &mut ::secure_runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
        }
    }
    impl ::secure_runtime::NeedsCaller for get_order {}
    impl<S> ::secure_runtime::gate::Handler<::secure_runtime::gate::Guarded, S>
    for get_order
    where
        S: ::secure_runtime::gate::Unattached<get_order>,
    {
        type Future = ::secure_runtime::gate::NeverCalled;
        fn call(
            self,
            _: ::secure_runtime::gate::Request,
            __state: S,
        ) -> ::secure_runtime::gate::NeverCalled {
            ::secure_runtime::gate::Unattached::<get_order>::never(__state)
        }
    }
    impl<__State> ::secure_runtime::SecureEndpoint<__State> for get_order
    where
        __State: ::core::clone::Clone + ::core::marker::Send + ::core::marker::Sync
            + 'static,
        Owned<Order>: ::secure_runtime::Extract<__State>,
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
                    heads: (),
                    named: ::core::option::Option::None,
                    last: (),
                    late: ::core::option::Option::None,
                    answer: __PROOFS.1,
                },
                ::secure_runtime::gate::Between {
                    loads: (__PROOFS.0,),
                    early: ::core::option::Option::None,
                },
                ::secure_runtime::gate::Sorted(|(), (__argument_0,), ()| get_order(
                    __argument_0,
                )),
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
