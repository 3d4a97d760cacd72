#[allow(non_camel_case_types)]
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
struct approve;
const _: () = {
    async fn approve(
        Path(order_id): Path<i64>,
        Json(mut request): Json<Approval>,
    ) -> StatusCode {
        request.amount += 1;
        StatusCode::NO_CONTENT
    }
    #[cfg(test)]
    #[allow(dead_code)]
    impl approve {
        /// The handler without its guard.
        async fn unguarded(
            __argument_0: Path<i64>,
            __argument_1: Json<Approval>,
        ) -> StatusCode {
            approve(__argument_0, __argument_1).await
        }
    }
    const __PROOFS: (
        ::secure_runtime::gate::Read<Path<i64>>,
        ::secure_runtime::gate::Read<Json<Approval>>,
        ::secure_runtime::gate::Render<StatusCode>,
    ) = (
        ::secure_runtime::gate::head_argument::<Path<i64>>(),
        ::secure_runtime::gate::last_argument::<Json<Approval>>(),
        ::secure_runtime::gate::declared_answer::<StatusCode>(),
    );
    impl ::secure_runtime::Endpoint for approve {
        const POLICY: &'static ::secure_runtime::policy::Policy = &::secure_runtime::policy::Policy {
            endpoint: ::core::concat!(::core::module_path!(), "::", "approve"),
            route: ::core::option::Option::Some(::secure_runtime::policy::Route {
                method: ::secure_runtime::policy::Method::Post,
                path: "/orders/{order_id}/approval",
            }),
            access: ::secure_runtime::policy::Access::Caller {
                scope: ::core::option::Option::None,
                role: ::core::option::Option::Some(
                    ::secure_runtime::policy::Expr::from_ops(
                        &[
                            ::secure_runtime::policy::Op::Term(
                                ::std::borrow::Cow::Borrowed("manager"),
                            ),
                        ],
                    ),
                ),
            },
            bindings: &[
                ::secure_runtime::policy::Binding {
                    kind: ::secure_runtime::policy::BindingKind::Shared,
                    value: "order_id",
                    source: __PROOFS.0.source(),
                    or_scope: ::core::option::Option::None,
                    hidden: false,
                },
            ],
            condition: ::core::option::Option::Some(::secure_runtime::policy::Condition {
                source: ::core::stringify!(
                    request.amount < 10_000 || caller.has_role("vice-president")
                ),
                mentions: &[
                    ::secure_runtime::policy::Mention {
                        name: "request",
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
        }
    }
    impl ::secure_runtime::NeedsCaller for approve {}
    impl<S> ::secure_runtime::gate::Handler<::secure_runtime::gate::Guarded, S>
    for approve
    where
        S: ::secure_runtime::gate::Unattached<approve>,
    {
        type Future = ::secure_runtime::gate::NeverCalled;
        fn call(
            self,
            _: ::secure_runtime::gate::Request,
            __state: S,
        ) -> ::secure_runtime::gate::NeverCalled {
            ::secure_runtime::gate::Unattached::<approve>::never(__state)
        }
    }
    impl<__State> ::secure_runtime::SecureEndpoint<__State> for approve
    where
        __State: ::core::clone::Clone + ::core::marker::Send + ::core::marker::Sync
            + 'static,
        Path<i64>: ::secure_runtime::Extract<__State>,
        Json<Approval>: ::secure_runtime::Extract<__State>,
    {
        #[allow(unused_variables)]
        fn call(
            __admission: ::secure_runtime::gate::Admission,
            __state: __State,
        ) -> ::secure_runtime::gate::Responding {
            ::secure_runtime::gate::lead(
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
                        let Json(request) = __argument_1;
                        __gate
                            .condition(|
                                caller: &::secure_runtime::Principal,
                            | -> ::core::primitive::bool {
                                (request.amount < 10_000
                                    || caller.has_role("vice-president"))
                            })
                    }),
                    answer: __PROOFS.2,
                },
                approve,
            )
        }
    }
    __PROOFS
        .0
        .must_be_path(
            "`{order_id}` is compared with nobody: the `order_id` that is checked does not come from the path [S008]\n  = note: the value in the path and the one that is checked are two, and the client writes both\n  = help: take it from the path, as in `Path(order_id): Path<…>`, and name that variable",
        );
};
