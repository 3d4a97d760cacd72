#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
pub enum health {}
/// Is the service up?
#[allow(non_upper_case_globals)]
pub const health: ::secure_runtime::EndpointOf<health> = ::secure_runtime::EndpointOf::VALUE;
const _: () = {
    use ::secure_runtime::expansion as __runtime;
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
    const __PROOFS: (__runtime::Render<&'static str>,) = (
        __runtime::declared_answer::<&'static str>(),
    );
    impl __runtime::Endpoint for health {
        const POLICY: &'static __runtime::Policy = &__runtime::Policy::new(
                ::core::concat!(::core::module_path!(), "::", "health"),
                __runtime::Access::Public {
                    reason: "health check, shows no data",
                },
            )
            .at(__runtime::Method::Get, "/health");
        #[allow(unused_variables)]
        fn describe(__description: &mut __runtime::Description) {
            __PROOFS.0.describe(__description);
        }
    }
    impl<__State> __runtime::SecureEndpoint<__State> for health
    where
        __State: __runtime::Send + __runtime::Sync + 'static,
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
                    last: (),
                    late: __runtime::None,
                    answer: __PROOFS.0,
                },
                health,
            )
        }
    }
};
