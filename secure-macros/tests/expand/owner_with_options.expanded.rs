#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
enum update_profile {}
#[allow(non_upper_case_globals)]
const update_profile: ::secure_runtime::EndpointOf<update_profile> = ::secure_runtime::EndpointOf::VALUE;
const _: () = {
    use ::secure_runtime::expansion as __runtime;
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
        __runtime::Read<Path<UserId>>,
        __runtime::Read<State<Db>>,
        __runtime::Read<Json<ProfileUpdate>>,
        __runtime::Render<Result<Json<Profile>, ApiError>>,
    ) = (
        __runtime::head_argument::<Path<UserId>>(),
        __runtime::head_argument::<State<Db>>(),
        __runtime::last_argument::<Json<ProfileUpdate>>(),
        __runtime::declared_answer::<Result<Json<Profile>, ApiError>>(),
    );
    impl __runtime::Endpoint for update_profile {
        const POLICY: &'static __runtime::Policy = &__runtime::Policy::new(
                ::core::concat!(::core::module_path!(), "::", "update_profile"),
                __runtime::Access::Caller {
                    scope: __runtime::Some(
                        __runtime::Expr::from_ops(
                            &[
                                __runtime::Op::Term(
                                    __runtime::Cow::Borrowed("write:profile"),
                                ),
                                __runtime::Op::Term(__runtime::Cow::Borrowed("app")),
                                __runtime::Op::Term(__runtime::Cow::Borrowed("web")),
                                __runtime::Op::Any(2u16),
                                __runtime::Op::All(2u16),
                            ],
                        ),
                    ),
                    role: __runtime::None,
                },
            )
            .at(__runtime::Method::Put, "/users/{user_id}/profile")
            .bound_by({
                const __BINDINGS: &[__runtime::Binding] = &[
                    __runtime::Binding {
                        kind: __runtime::BindingKind::Owner,
                        value: "user_id",
                        source: __PROOFS.0.source(),
                        or_scope: __runtime::Some(__runtime::Expr::of("admin:users")),
                        hidden: true,
                    },
                ];
                __BINDINGS
            })
            .with_max_body(4096u64)
            .within(5u64, 0u32);
        #[allow(unused_variables)]
        fn describe(__description: &mut __runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
            __PROOFS.2.describe(__description);
            __PROOFS.3.describe(__description);
        }
    }
    impl __runtime::NeedsCaller for update_profile {}
    impl<__State> __runtime::SecureEndpoint<__State> for update_profile
    where
        __State: __runtime::Send + __runtime::Sync + 'static,
        Path<UserId>: __runtime::Extract<__State>,
        State<Db>: __runtime::Extract<__State>,
        Json<ProfileUpdate>: __runtime::Extract<__State>,
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
                    heads: (__PROOFS.0, __PROOFS.1),
                    named: __runtime::Some(|__gate, (__argument_0, __argument_1)| {
                        let Path(user_id) = __argument_0;
                        __gate.bind(0usize, user_id)
                    }),
                    last: (__PROOFS.2,),
                    late: __runtime::None,
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
