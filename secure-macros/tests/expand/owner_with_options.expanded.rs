#[allow(non_camel_case_types)]
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
struct update_profile;
const _: () = {
    async fn update_profile(
        Path(user_id): Path<UserId>,
        State(db): State<Db>,
        Json(update): Json<ProfileUpdate>,
    ) -> Result<Json<Profile>, ApiError> {
        db.update(user_id, update).await
    }
    #[cfg(test)]
    #[allow(dead_code)]
    impl update_profile {
        /// The handler without its guard.
        async fn unguarded(
            __argument_0: Path<UserId>,
            __argument_1: State<Db>,
            __argument_2: Json<ProfileUpdate>,
        ) -> Result<Json<Profile>, ApiError> {
            update_profile(__argument_0, __argument_1, __argument_2).await
        }
    }
    const __PROOFS: (
        ::secure_runtime::gate::Read<Path<UserId>>,
        ::secure_runtime::gate::Read<State<Db>>,
        ::secure_runtime::gate::Read<Json<ProfileUpdate>>,
        ::secure_runtime::gate::Render<Result<Json<Profile>, ApiError>>,
    ) = (
        ::secure_runtime::gate::head_argument::<Path<UserId>>(),
        ::secure_runtime::gate::head_argument::<State<Db>>(),
        ::secure_runtime::gate::last_argument::<Json<ProfileUpdate>>(),
        ::secure_runtime::gate::declared_answer::<Result<Json<Profile>, ApiError>>(),
    );
    impl ::secure_runtime::Endpoint for update_profile {
        const POLICY: &'static ::secure_runtime::policy::Policy = &::secure_runtime::policy::Policy {
            endpoint: ::core::concat!(::core::module_path!(), "::", "update_profile"),
            route: ::core::option::Option::Some(::secure_runtime::policy::Route {
                method: ::secure_runtime::policy::Method::Put,
                path: "/users/{user_id}/profile",
            }),
            access: ::secure_runtime::policy::Access::Caller {
                scope: ::core::option::Option::Some(
                    ::secure_runtime::policy::Expr::from_ops(
                        &[
                            ::secure_runtime::policy::Op::Term(
                                ::std::borrow::Cow::Borrowed("write:profile"),
                            ),
                            ::secure_runtime::policy::Op::Term(
                                ::std::borrow::Cow::Borrowed("app"),
                            ),
                            ::secure_runtime::policy::Op::Term(
                                ::std::borrow::Cow::Borrowed("web"),
                            ),
                            ::secure_runtime::policy::Op::Any(2u16),
                            ::secure_runtime::policy::Op::All(2u16),
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
                    or_scope: ::core::option::Option::Some(
                        ::secure_runtime::policy::Expr::from_ops(
                            &[
                                ::secure_runtime::policy::Op::Term(
                                    ::std::borrow::Cow::Borrowed("admin:users"),
                                ),
                            ],
                        ),
                    ),
                    hidden: true,
                },
            ],
            max_body: ::core::option::Option::Some(
                ::secure_runtime::policy::ByteSize::new(4096u64),
            ),
            timeout: ::core::option::Option::Some(
                ::core::time::Duration::new(5u64, 0u32),
            ),
            ..::secure_runtime::policy::Policy::UNSTATED
        };
        #[allow(unused_variables)]
        fn describe(__description: &mut ::secure_runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
            __PROOFS.2.describe(__description);
            __PROOFS.3.describe(__description);
        }
    }
    impl ::secure_runtime::NeedsCaller for update_profile {}
    impl<S> ::secure_runtime::gate::Handler<::secure_runtime::gate::Guarded, S>
    for update_profile
    where
        S: ::secure_runtime::gate::Unattached<update_profile>,
    {
        type Future = ::secure_runtime::gate::NeverCalled;
        fn call(
            self,
            _: ::secure_runtime::gate::Request,
            __state: S,
        ) -> ::secure_runtime::gate::NeverCalled {
            ::secure_runtime::gate::Unattached::<update_profile>::never(__state)
        }
    }
    impl<__State> ::secure_runtime::SecureEndpoint<__State> for update_profile
    where
        __State: ::core::clone::Clone + ::core::marker::Send + ::core::marker::Sync
            + 'static,
        Path<UserId>: ::secure_runtime::Extract<__State>,
        State<Db>: ::secure_runtime::Extract<__State>,
        Json<ProfileUpdate>: ::secure_runtime::Extract<__State>,
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
                    heads: (__PROOFS.0, __PROOFS.1),
                    named: ::core::option::Option::Some(|
                        __gate,
                        (__argument_0, __argument_1)|
                    {
                        let Path(user_id) = __argument_0;
                        __gate.bind(0usize, user_id)
                    }),
                    last: (__PROOFS.2,),
                    late: ::core::option::Option::None,
                    answer: __PROOFS.3,
                },
                update_profile,
            )
        }
    }
    __PROOFS
        .0
        .must_be_path(
            "`{user_id}` is compared with nobody: the `user_id` that is checked does not come from the path [S008]\n  = note: the value in the path and the one that is checked are two, and the client writes both\n  = help: take it from the path, as in `Path(user_id): Path<…>`, and name that variable",
        );
};
