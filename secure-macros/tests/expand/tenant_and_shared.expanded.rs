#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
enum get_product {}
#[allow(non_upper_case_globals)]
const get_product: ::secure_runtime::EndpointOf<get_product> = ::secure_runtime::EndpointOf::VALUE;
const _: () = {
    use ::secure_runtime::expansion as __runtime;
    async fn get_product(
        Path((org_id, product_id)): Path<(OrgId, u64)>,
    ) -> Json<Product> {
        load(org_id, product_id).await
    }
    #[cfg(test)]
    #[allow(dead_code)]
    impl get_product {
        /// The handler without its guard.
        async fn unguarded(__argument_0: Path<(OrgId, u64)>) -> Json<Product> {
            get_product(__argument_0).await
        }
    }
    const __PROOFS: (
        __runtime::Read<Path<(OrgId, u64)>>,
        __runtime::Render<Json<Product>>,
    ) = (
        __runtime::last_argument::<Path<(OrgId, u64)>>(),
        __runtime::declared_answer::<Json<Product>>(),
    );
    impl __runtime::Endpoint for get_product {
        const POLICY: &'static __runtime::Policy = &__runtime::Policy::new(
                ::core::concat!(::core::module_path!(), "::", "get_product"),
                __runtime::Access::Caller {
                    scope: __runtime::None,
                    role: __runtime::Some(
                        __runtime::Expr::from_ops(
                            &[
                                __runtime::Op::Term(__runtime::Cow::Borrowed("member")),
                                __runtime::Op::Term(__runtime::Cow::Borrowed("admin")),
                                __runtime::Op::Any(2u16),
                            ],
                        ),
                    ),
                },
            )
            .at(__runtime::Method::Get, "/orgs/{org_id}/products/{product_id}")
            .bound_by(
                &[
                    __runtime::Binding {
                        kind: __runtime::BindingKind::Tenant,
                        value: "org_id",
                        source: __PROOFS.0.source(),
                        or_scope: __runtime::None,
                        hidden: false,
                    },
                    __runtime::Binding {
                        kind: __runtime::BindingKind::Shared,
                        value: "product_id",
                        source: __PROOFS.0.source(),
                        or_scope: __runtime::None,
                        hidden: false,
                    },
                ],
            );
        #[allow(unused_variables)]
        fn describe(__description: &mut __runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
        }
    }
    impl __runtime::NeedsCaller for get_product {}
    impl<__State> __runtime::SecureEndpoint<__State> for get_product
    where
        __State: __runtime::Send + __runtime::Sync + 'static,
        Path<(OrgId, u64)>: __runtime::Extract<__State>,
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
                    heads: (),
                    named: __runtime::None,
                    last: (__PROOFS.0,),
                    late: __runtime::Some(|__gate, (), (), (__argument_0,)| {
                        let Path((org_id, product_id)) = __argument_0;
                        __gate.bind(0usize, org_id)
                    }),
                    answer: __PROOFS.1,
                },
                get_product,
            )
        }
    }
    __PROOFS
        .0
        .must_be_path(
            "`{org_id}` is compared with nobody: the `org_id` that is checked does not come from the path [S008]\n  = note: the value in the path and the one that is checked are two, and the client writes both\n  = help: take it from the path, as in `Path(org_id): Path<…>`, and name that variable",
        );
    __PROOFS
        .0
        .must_be_path(
            "`{product_id}` is compared with nobody: the `product_id` that is checked does not come from the path [S008]\n  = note: the value in the path and the one that is checked are two, and the client writes both\n  = help: take it from the path, as in `Path(product_id): Path<…>`, and name that variable",
        );
    __PROOFS
        .0
        .must_not_be_body(
            "this argument reads the body, and GET has none [S013]\n  = note: proxies drop such a body, and caches do not see it\n  = help: take the value from the path or the query, or answer `post`, `put` or `patch`",
        );
};
