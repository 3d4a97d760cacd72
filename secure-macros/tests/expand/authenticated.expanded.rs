#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
pub(crate) enum me {}
#[allow(non_upper_case_globals)]
pub(crate) const me: ::secure_runtime::EndpointOf<me> = ::secure_runtime::EndpointOf::VALUE;
const _: () = {
    use ::secure_runtime::expansion as __runtime;
    async fn me(caller: Principal) -> String {
        caller.subject().to_owned()
    }
    #[cfg(test)]
    #[allow(dead_code)]
    impl me {
        /// The handler without its guard.
        pub(crate) async fn unguarded(__argument_0: Principal) -> String {
            me(__argument_0).await
        }
    }
    const __PROOFS: (__runtime::Read<Principal>, __runtime::Render<String>) = (
        __runtime::last_argument::<Principal>(),
        __runtime::declared_answer::<String>(),
    );
    impl __runtime::Endpoint for me {
        const POLICY: &'static __runtime::Policy = &__runtime::Policy::new(
                ::core::concat!(::core::module_path!(), "::", "me"),
                __runtime::Access::Caller {
                    scope: __runtime::None,
                    role: __runtime::None,
                },
            )
            .at(__runtime::Method::Get, "/me");
        #[allow(unused_variables)]
        fn describe(__description: &mut __runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
        }
    }
    impl __runtime::NeedsCaller for me {}
    impl<__State> __runtime::SecureEndpoint<__State> for me
    where
        __State: __runtime::Send + __runtime::Sync + 'static,
        Principal: __runtime::Extract<__State>,
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
                me,
            )
        }
    }
    __PROOFS
        .0
        .must_not_be_body(
            "this argument reads the body, and GET has none [S013]\n  = note: proxies drop such a body, and caches do not see it\n  = help: take the value from the path or the query, or answer `post`, `put` or `patch`",
        );
};
