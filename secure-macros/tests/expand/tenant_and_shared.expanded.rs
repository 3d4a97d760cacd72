#[allow(non_camel_case_types)]
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
struct get_product;
const _: () = {
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
        ::secure_runtime::gate::Read<Path<(OrgId, u64)>>,
        ::secure_runtime::gate::Render<Json<Product>>,
    ) = (
        ::secure_runtime::gate::last_argument::<Path<(OrgId, u64)>>(),
        ::secure_runtime::gate::declared_answer::<Json<Product>>(),
    );
    impl ::secure_runtime::Endpoint for get_product {
        const POLICY: &'static ::secure_runtime::policy::Policy = &::secure_runtime::policy::Policy {
            endpoint: ::core::concat!(::core::module_path!(), "::", "get_product"),
            route: ::core::option::Option::Some(::secure_runtime::policy::Route {
                method: ::secure_runtime::policy::Method::Get,
                path: "/orgs/{org_id}/products/{product_id}",
            }),
            access: ::secure_runtime::policy::Access::Caller {
                scope: ::core::option::Option::None,
                role: ::core::option::Option::Some(
                    ::secure_runtime::policy::Expr::from_ops(
                        &[
                            ::secure_runtime::policy::Op::Term(
                                ::std::borrow::Cow::Borrowed("member"),
                            ),
                            ::secure_runtime::policy::Op::Term(
                                ::std::borrow::Cow::Borrowed("admin"),
                            ),
                            ::secure_runtime::policy::Op::Any(2u16),
                        ],
                    ),
                ),
            },
            bindings: &[
                ::secure_runtime::policy::Binding {
                    kind: ::secure_runtime::policy::BindingKind::Tenant,
                    value: "org_id",
                    source: __PROOFS.0.source(),
                    or_scope: ::core::option::Option::None,
                    hidden: false,
                },
                ::secure_runtime::policy::Binding {
                    kind: ::secure_runtime::policy::BindingKind::Shared,
                    value: "product_id",
                    source: __PROOFS.0.source(),
                    or_scope: ::core::option::Option::None,
                    hidden: false,
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
    impl ::secure_runtime::NeedsCaller for get_product {}
    impl<S> ::secure_runtime::gate::Handler<::secure_runtime::gate::Guarded, S>
    for get_product
    where
        S: ::secure_runtime::gate::Unattached<get_product>,
    {
        type Future = ::secure_runtime::gate::NeverCalled;
        fn call(
            self,
            _: ::secure_runtime::gate::Request,
            __state: S,
        ) -> ::secure_runtime::gate::NeverCalled {
            ::secure_runtime::gate::Unattached::<get_product>::never(__state)
        }
    }
    impl<__State> ::secure_runtime::SecureEndpoint<__State> for get_product
    where
        __State: ::core::clone::Clone + ::core::marker::Send + ::core::marker::Sync
            + 'static,
        Path<(OrgId, u64)>: ::secure_runtime::Extract<__State>,
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
                    heads: (),
                    named: ::core::option::Option::None,
                    last: (__PROOFS.0,),
                    late: ::core::option::Option::Some(|__gate, (), (), (__argument_0,)| {
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
