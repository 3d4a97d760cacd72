#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
enum store {}
#[allow(non_upper_case_globals)]
const store: ::secure_runtime::EndpointOf<store> = ::secure_runtime::EndpointOf::VALUE;
const _: () = {
    use ::secure_runtime::expansion as __runtime;
    async fn store(Json(samples): Json<Vec<Sample>>) -> StatusCode {
        save(samples).await;
        StatusCode::NO_CONTENT
    }
    #[cfg(test)]
    #[allow(dead_code)]
    impl store {
        /// The handler without its guard.
        async fn unguarded(__argument_0: Json<Vec<Sample>>) -> StatusCode {
            store(__argument_0).await
        }
    }
    const __PROOFS: (
        __runtime::Read<Json<Vec<Sample>>>,
        __runtime::Render<StatusCode>,
    ) = (
        __runtime::last_argument::<Json<Vec<Sample>>>(),
        __runtime::declared_answer::<StatusCode>(),
    );
    impl __runtime::Endpoint for store {
        const POLICY: &'static __runtime::Policy = &__runtime::Policy::new(
                ::core::concat!(::core::module_path!(), "::", "store"),
                __runtime::Access::Caller {
                    scope: __runtime::Some(__runtime::Expr::of("write:metrics")),
                    role: __runtime::None,
                },
            )
            .at(__runtime::Method::Put, "/metrics")
            .with_max_body(8388608u64)
            .with_gzip(::secure_runtime::gate::gzip());
        #[allow(unused_variables)]
        fn describe(__description: &mut __runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
        }
    }
    impl __runtime::NeedsCaller for store {}
    impl<__State> __runtime::SecureEndpoint<__State> for store
    where
        __State: __runtime::Send + __runtime::Sync + 'static,
        Json<Vec<Sample>>: __runtime::Extract<__State>,
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
                store,
            )
        }
    }
};
