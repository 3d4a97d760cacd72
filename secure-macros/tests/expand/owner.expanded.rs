#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
enum get_profile {}
/// The caller's own profile.
#[allow(non_upper_case_globals)]
const get_profile: ::secure_runtime::EndpointOf<get_profile> = ::secure_runtime::EndpointOf::VALUE;
const _: () = {
    use ::secure_runtime::expansion as __runtime;
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
        __runtime::Read<Path<UserId>>,
        __runtime::Read<State<Db>>,
        __runtime::Render<Result<Json<Profile>, ApiError>>,
    ) = (
        __runtime::head_argument::<Path<UserId>>(),
        __runtime::last_argument::<State<Db>>(),
        __runtime::declared_answer::<Result<Json<Profile>, ApiError>>(),
    );
    impl __runtime::Endpoint for get_profile {
        const POLICY: &'static __runtime::Policy = &__runtime::Policy::new(
                ::core::concat!(::core::module_path!(), "::", "get_profile"),
                __runtime::Access::Caller {
                    scope: __runtime::Some(__runtime::Expr::of("read:profile")),
                    role: __runtime::None,
                },
            )
            .at(__runtime::Method::Get, "/users/{user_id}/profile")
            .bound(__runtime::BindingKind::Owner, "user_id", __PROOFS.0.source())
            .limited(__runtime::Rate::new(100u32, 60u64));
        #[allow(unused_variables)]
        fn describe(__description: &mut __runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
            __PROOFS.2.describe(__description);
        }
    }
    impl __runtime::NeedsCaller for get_profile {}
    impl<__State> __runtime::SecureEndpoint<__State> for get_profile
    where
        __State: __runtime::Send + __runtime::Sync + 'static,
        Path<UserId>: __runtime::Extract<__State>,
        State<Db>: __runtime::Extract<__State>,
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
                    named: __runtime::Some(|__gate, (__argument_0,)| {
                        let Path(user_id) = __argument_0;
                        __gate.bind(0usize, user_id)
                    }),
                    last: (__PROOFS.1,),
                    late: __runtime::None,
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
