#[allow(non_camel_case_types)]
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
struct remove;
const _: () = {
    async fn remove(Path(id): Path<u64>) {}
    #[cfg(test)]
    #[allow(dead_code)]
    impl remove {
        /// The handler without its guard.
        async fn unguarded(__argument_0: Path<u64>) {
            remove(__argument_0).await
        }
    }
    const __PROOFS: (
        ::secure_runtime::gate::Read<Path<u64>>,
        ::secure_runtime::gate::Render<()>,
    ) = (
        ::secure_runtime::gate::last_argument::<Path<u64>>(),
        ::secure_runtime::gate::declared_answer::<()>(),
    );
    impl ::secure_runtime::Endpoint for remove {
        const POLICY: &'static ::secure_runtime::policy::Policy = &::secure_runtime::policy::Policy {
            endpoint: ::core::concat!(::core::module_path!(), "::", "remove"),
            route: ::core::option::Option::Some(::secure_runtime::policy::Route {
                method: ::secure_runtime::policy::Method::Delete,
                path: "/users/{id}",
            }),
            access: ::secure_runtime::policy::Access::Caller {
                scope: ::core::option::Option::Some({
                    const __STEPS: &[::secure_runtime::policy::Op] = &[
                        ::secure_runtime::policy::Op::term(
                            ::secure_runtime::policy::Scope::as_str(&scopes::ADMIN),
                        ),
                        ::secure_runtime::policy::Op::term(
                            ::secure_runtime::policy::Scope::as_str(&scopes::USERS),
                        ),
                        ::secure_runtime::policy::Op::term(
                            ::secure_runtime::policy::Scope::as_str(&scopes::WRITE),
                        ),
                        ::secure_runtime::policy::Op::All(2u16),
                        ::secure_runtime::policy::Op::Any(2u16),
                    ];
                    ::secure_runtime::policy::Expr::from_ops(__STEPS)
                }),
                role: ::core::option::Option::None,
            },
            bindings: &[
                ::secure_runtime::policy::Binding {
                    kind: ::secure_runtime::policy::BindingKind::Shared,
                    value: "id",
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
    impl ::secure_runtime::NeedsCaller for remove {}
    impl<S> ::secure_runtime::gate::Handler<::secure_runtime::gate::Guarded, S>
    for remove
    where
        S: ::secure_runtime::gate::Unattached<remove>,
    {
        type Future = ::secure_runtime::gate::NeverCalled;
        fn call(
            self,
            _: ::secure_runtime::gate::Request,
            __state: S,
        ) -> ::secure_runtime::gate::NeverCalled {
            ::secure_runtime::gate::Unattached::<remove>::never(__state)
        }
    }
    impl<__State> ::secure_runtime::SecureEndpoint<__State> for remove
    where
        __State: ::core::clone::Clone + ::core::marker::Send + ::core::marker::Sync
            + 'static,
        Path<u64>: ::secure_runtime::Extract<__State>,
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
                    late: ::core::option::Option::None,
                    answer: __PROOFS.1,
                },
                remove,
            )
        }
    }
    __PROOFS
        .0
        .must_be_path(
            "`{id}` is compared with nobody: the `id` that is checked does not come from the path [S008]\n  = note: the value in the path and the one that is checked are two, and the client writes both\n  = help: take it from the path, as in `Path(id): Path<…>`, and name that variable",
        );
    __PROOFS
        .0
        .must_not_be_body(
            "this argument reads the body, and DELETE has none [S013]\n  = note: proxies drop such a body, and caches do not see it\n  = help: take the value from the path or the query, or answer `post`, `put` or `patch`",
        );
};
