#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
enum anywhere {}
#[allow(non_upper_case_globals)]
const anywhere: guard::EndpointOf<anywhere> = guard::EndpointOf::VALUE;
const _: () = {
    use guard::expansion as __runtime;
    async fn anywhere() {}
    #[cfg(test)]
    #[allow(dead_code)]
    impl anywhere {
        /// The handler without its guard.
        async fn unguarded() {
            anywhere().await
        }
    }
    const __PROOFS: (__runtime::Render<()>,) = (__runtime::declared_answer::<()>(),);
    impl __runtime::Endpoint for anywhere {
        const POLICY: &'static __runtime::Policy = &__runtime::Policy::new(
            ::core::concat!(::core::module_path!(), "::", "anywhere"),
            __runtime::Access::Caller {
                scope: __runtime::None,
                role: __runtime::None,
            },
        );
        #[allow(unused_variables)]
        fn describe(__description: &mut __runtime::Description) {
            __PROOFS.0.describe(__description);
        }
    }
    impl __runtime::NeedsCaller for anywhere {}
    impl<__State> __runtime::SecureEndpoint<__State> for anywhere
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
                anywhere,
            )
        }
    }
};
