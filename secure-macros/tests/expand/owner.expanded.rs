/// The caller's own profile.
#[allow(non_camel_case_types)]
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
struct get_profile;
const _: () = {
    async fn get_profile(
        Path(user_id): Path<UserId>,
        State(db): State<Db>,
    ) -> Result<Json<Profile>, ApiError> {
        db.profile(user_id).await
    }
    #[cfg(test)]
    #[allow(dead_code)]
    impl get_profile {
        /// The handler without its guard.
        async fn unguarded(
            __argument_0: Path<UserId>,
            __argument_1: State<Db>,
        ) -> Result<Json<Profile>, ApiError> {
            get_profile(__argument_0, __argument_1).await
        }
    }
    const __PROOFS: (
        ::secure_runtime::gate::Read<Path<UserId>>,
        ::secure_runtime::gate::Read<State<Db>>,
        ::secure_runtime::gate::Render<Result<Json<Profile>, ApiError>>,
    ) = (
        ::secure_runtime::gate::head_argument::<Path<UserId>>(),
        ::secure_runtime::gate::last_argument::<State<Db>>(),
        ::secure_runtime::gate::declared_answer::<Result<Json<Profile>, ApiError>>(),
    );
    impl ::secure_runtime::Endpoint for get_profile {
        const POLICY: &'static ::secure_runtime::policy::Policy = &::secure_runtime::policy::Policy {
            endpoint: ::core::concat!(::core::module_path!(), "::", "get_profile"),
            route: ::core::option::Option::Some(::secure_runtime::policy::Route {
                method: ::secure_runtime::policy::Method::Get,
                path: "/users/{user_id}/profile",
            }),
            access: ::secure_runtime::policy::Access::Caller {
                scope: ::core::option::Option::Some(
                    ::secure_runtime::policy::Expr::from_ops(
                        &[
                            ::secure_runtime::policy::Op::Term(
                                ::std::borrow::Cow::Borrowed("read:profile"),
                            ),
                        ],
                    ),
                ),
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
            ],
            rates: &[::secure_runtime::policy::Rate::new(100u32, 60u64)],
            ..::secure_runtime::policy::Policy::UNSTATED
        };
        #[allow(unused_variables)]
        fn describe(__description: &mut ::secure_runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
            __PROOFS.2.describe(__description);
        }
    }
    impl ::secure_runtime::NeedsCaller for get_profile {}
    impl<S> ::secure_runtime::gate::Handler<::secure_runtime::gate::Guarded, S>
    for get_profile
    where
        S: ::secure_runtime::gate::Unattached<get_profile>,
    {
        type Future = ::secure_runtime::gate::NeverCalled;
        fn call(
            self,
            _: ::secure_runtime::gate::Request,
            __state: S,
        ) -> ::secure_runtime::gate::NeverCalled {
            ::secure_runtime::gate::Unattached::<get_profile>::never(__state)
        }
    }
    impl<__State> ::secure_runtime::SecureEndpoint<__State> for get_profile
    where
        __State: ::core::clone::Clone + ::core::marker::Send + ::core::marker::Sync
            + 'static,
        Path<UserId>: ::secure_runtime::Extract<__State>,
        State<Db>: ::secure_runtime::Extract<__State>,
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
                    named: ::core::option::Option::Some(|__gate, (__argument_0,)| {
                        let Path(user_id) = __argument_0;
                        __gate.bind(0usize, user_id)
                    }),
                    last: (__PROOFS.1,),
                    late: ::core::option::Option::None,
                    answer: __PROOFS.2,
                },
                get_profile,
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
        .must_not_be_body(
            "this argument reads the body, and GET has none [S013]\n  = note: proxies drop such a body, and caches do not see it\n  = help: take the value from the path or the query, or answer `post`, `put` or `patch`",
        );
};
