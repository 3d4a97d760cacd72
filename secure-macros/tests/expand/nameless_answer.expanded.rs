#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
enum file {}
#[allow(non_upper_case_globals)]
const file: ::secure_runtime::EndpointOf<file> = ::secure_runtime::EndpointOf::VALUE;
const _: () = {
    use ::secure_runtime::expansion as __runtime;
    async fn file() -> Opaque<impl IntoResponse> {
        Opaque("file")
    }
    #[cfg(test)]
    #[allow(dead_code)]
    impl file {
        /// The handler without its guard.
        async fn unguarded() -> Opaque<impl IntoResponse> {
            file().await
        }
    }
    impl __runtime::Endpoint for file {
        const POLICY: &'static __runtime::Policy = &__runtime::Policy::new(
                ::core::concat!(::core::module_path!(), "::", "file"),
                __runtime::Access::Caller {
                    scope: __runtime::None,
                    role: __runtime::None,
                },
            )
            .at(__runtime::Method::Get, "/file");
        #[allow(unused_variables)]
        fn describe(__description: &mut __runtime::Description) {
            __description.add_answer_of(|__never| file());
        }
    }
    impl __runtime::NeedsCaller for file {}
    impl<__State> __runtime::SecureEndpoint<__State> for file
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
                    answer: __runtime::declared_answer(),
                },
                file,
            )
        }
    }
};
