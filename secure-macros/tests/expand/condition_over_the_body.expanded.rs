#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
enum approve {}
#[allow(non_upper_case_globals)]
const approve: ::secure_runtime::EndpointOf<approve> = ::secure_runtime::EndpointOf::VALUE;
const _: () = {
    use ::secure_runtime::expansion as __runtime;
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
        __runtime::Read<Path<i64>>,
        __runtime::Read<Json<Approval>>,
        __runtime::Render<StatusCode>,
    ) = (
        __runtime::head_argument::<Path<i64>>(),
        __runtime::last_argument::<Json<Approval>>(),
        __runtime::declared_answer::<StatusCode>(),
    );
    impl __runtime::Endpoint for approve {
        const POLICY: &'static __runtime::Policy = &__runtime::Policy::new(
                ::core::concat!(::core::module_path!(), "::", "approve"),
                __runtime::Access::Caller {
                    scope: __runtime::None,
                    role: __runtime::Some(__runtime::Expr::of("manager")),
                },
            )
            .at(__runtime::Method::Post, "/orders/{order_id}/approval")
            .bound(__runtime::BindingKind::Shared, "order_id", __PROOFS.0.source())
            .when(
                ::core::stringify!(
                    request.amount < 10_000 || caller.has_role("vice-president")
                ),
                &[
                    __runtime::Mention {
                        name: "request",
                        source: __PROOFS.1.source(),
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
    impl __runtime::NeedsCaller for approve {}
    impl<__State> __runtime::SecureEndpoint<__State> for approve
    where
        __State: __runtime::Send + __runtime::Sync + 'static,
        Path<i64>: __runtime::Extract<__State>,
        Json<Approval>: __runtime::Extract<__State>,
    {
        #[allow(unused_variables)]
        fn call(
            __admission: __runtime::Admission,
            __state: __State,
        ) -> __runtime::Responding {
            __runtime::lead(
                __admission,
                __state,
                __runtime::Steps {
                    heads: (__PROOFS.0,),
                    named: __runtime::None,
                    last: (__PROOFS.1,),
                    late: __runtime::Some(|__gate, (__argument_0,), (), (__argument_1,)| {
                        let Json(request) = __argument_1;
                        __gate
                            .condition(|
                                caller: &__runtime::Principal,
                            | -> __runtime::bool {
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
