/// Is the service up?
#[allow(non_camel_case_types)]
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
pub struct health;
const _: () = {
    async fn health() -> &'static str {
        "ok"
    }
    #[cfg(test)]
    #[allow(dead_code)]
    impl health {
        /// The handler without its guard.
        pub async fn unguarded() -> &'static str {
            health().await
        }
    }
    const __PROOFS: (::secure_runtime::gate::Render<&'static str>,) = (
        ::secure_runtime::gate::declared_answer::<&'static str>(),
    );
    impl ::secure_runtime::Endpoint for health {
        const POLICY: &'static ::secure_runtime::policy::Policy = &::secure_runtime::policy::Policy {
            endpoint: ::core::concat!(::core::module_path!(), "::", "health"),
            route: ::core::option::Option::Some(::secure_runtime::policy::Route {
                method: ::secure_runtime::policy::Method::Get,
                path: "/health",
            }),
            access: ::secure_runtime::policy::Access::Public {
                reason: "health check, shows no data",
            },
            ..::secure_runtime::policy::Policy::UNSTATED
        };
        #[allow(unused_variables)]
        fn describe(__description: &mut ::secure_runtime::Description) {
            __PROOFS.0.describe(__description);
        }
    }
    impl<S> ::secure_runtime::gate::Handler<::secure_runtime::gate::Guarded, S>
    for health
    where
        S: ::secure_runtime::gate::Unattached<health>,
    {
        type Future = ::secure_runtime::gate::NeverCalled;
        fn call(
            self,
            _: ::secure_runtime::gate::Request,
            __state: S,
        ) -> ::secure_runtime::gate::NeverCalled {
            ::secure_runtime::gate::Unattached::<health>::never(__state)
        }
    }
    impl<__State> ::secure_runtime::SecureEndpoint<__State> for health
    where
        __State: ::core::clone::Clone + ::core::marker::Send + ::core::marker::Sync
            + 'static,
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
                    last: (),
                    late: ::core::option::Option::None,
                    answer: __PROOFS.0,
                },
                health,
            )
        }
    }
};
