#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
enum remove {}
#[allow(non_upper_case_globals)]
const remove: ::secure_runtime::EndpointOf<remove> = ::secure_runtime::EndpointOf::VALUE;
const _: () = {
    use ::secure_runtime::expansion as __runtime;
    async fn remove(Path(id): Path<u64>) {}
    #[cfg(test)]
    #[allow(dead_code)]
    impl remove {
        /// The handler without its guard.
        async fn unguarded(__argument_0: Path<u64>) {
            remove(__argument_0).await
        }
    }
    const __PROOFS: (__runtime::Read<Path<u64>>, __runtime::Render<()>) = (
        __runtime::last_argument::<Path<u64>>(),
        __runtime::declared_answer::<()>(),
    );
    impl __runtime::Endpoint for remove {
        const POLICY: &'static __runtime::Policy = &__runtime::Policy::new(
                ::core::concat!(::core::module_path!(), "::", "remove"),
                __runtime::Access::Caller {
                    scope: __runtime::Some({
                        const __STEPS: &[__runtime::Op] = &[
                            __runtime::Op::term(
                                __runtime::Scope::as_str(&scopes::ADMIN),
                            ),
                            __runtime::Op::term(
                                __runtime::Scope::as_str(&scopes::USERS),
                            ),
                            __runtime::Op::term(
                                __runtime::Scope::as_str(&scopes::WRITE),
                            ),
                            __runtime::Op::All(2u16),
                            __runtime::Op::Any(2u16),
                        ];
                        __runtime::Expr::from_ops(__STEPS)
                    }),
                    role: __runtime::None,
                },
            )
            .at(__runtime::Method::Delete, "/users/{id}")
            .bound(__runtime::BindingKind::Shared, "id", __PROOFS.0.source());
        #[allow(unused_variables)]
        fn describe(__description: &mut __runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
        }
    }
    impl __runtime::NeedsCaller for remove {}
    impl<__State> __runtime::SecureEndpoint<__State> for remove
    where
        __State: __runtime::Send + __runtime::Sync + 'static,
        Path<u64>: __runtime::Extract<__State>,
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
                    late: __runtime::None,
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
