#[allow(non_camel_case_types)]
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
pub(crate) struct me;
const _: () = {
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
    const __PROOFS: (
        ::secure_runtime::gate::Read<Principal>,
        ::secure_runtime::gate::Render<String>,
    ) = (
        ::secure_runtime::gate::last_argument::<Principal>(),
        ::secure_runtime::gate::declared_answer::<String>(),
    );
    impl ::secure_runtime::Endpoint for me {
        const POLICY: &'static ::secure_runtime::policy::Policy = &::secure_runtime::policy::Policy {
            endpoint: ::core::concat!(::core::module_path!(), "::", "me"),
            route: ::core::option::Option::Some(::secure_runtime::policy::Route {
                method: ::secure_runtime::policy::Method::Get,
                path: "/me",
            }),
            access: ::secure_runtime::policy::Access::Caller {
                scope: ::core::option::Option::None,
                role: ::core::option::Option::None,
            },
            ..::secure_runtime::policy::Policy::UNSTATED
        };
        #[allow(unused_variables)]
        fn describe(__description: &mut ::secure_runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
        }
    }
    impl ::secure_runtime::NeedsCaller for me {}
    impl<S> ::secure_runtime::gate::Handler<::secure_runtime::gate::Guarded, S> for me
    where
        S: ::secure_runtime::gate::Unattached<me>,
    {
        type Future = ::secure_runtime::gate::NeverCalled;
        fn call(
            self,
            _: ::secure_runtime::gate::Request,
            __state: S,
        ) -> ::secure_runtime::gate::NeverCalled {
            ::secure_runtime::gate::Unattached::<me>::never(__state)
        }
    }
    impl<__State> ::secure_runtime::SecureEndpoint<__State> for me
    where
        __State: ::core::clone::Clone + ::core::marker::Send + ::core::marker::Sync
            + 'static,
        Principal: ::secure_runtime::Extract<__State>,
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
