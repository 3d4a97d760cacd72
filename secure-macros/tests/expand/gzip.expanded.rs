#[allow(non_camel_case_types)]
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
struct store;
const _: () = {
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
        ::secure_runtime::gate::Read<Json<Vec<Sample>>>,
        ::secure_runtime::gate::Render<StatusCode>,
    ) = (
        ::secure_runtime::gate::last_argument::<Json<Vec<Sample>>>(),
        ::secure_runtime::gate::declared_answer::<StatusCode>(),
    );
    impl ::secure_runtime::Endpoint for store {
        const POLICY: &'static ::secure_runtime::policy::Policy = &::secure_runtime::policy::Policy {
            endpoint: ::core::concat!(::core::module_path!(), "::", "store"),
            route: ::core::option::Option::Some(::secure_runtime::policy::Route {
                method: ::secure_runtime::policy::Method::Put,
                path: "/metrics",
            }),
            access: ::secure_runtime::policy::Access::Caller {
                scope: ::core::option::Option::Some(
                    ::secure_runtime::policy::Expr::from_ops(
                        &[
                            ::secure_runtime::policy::Op::Term(
                                ::std::borrow::Cow::Borrowed("write:metrics"),
                            ),
                        ],
                    ),
                ),
                role: ::core::option::Option::None,
            },
            max_body: ::core::option::Option::Some(
                ::secure_runtime::policy::ByteSize::new(8388608u64),
            ),
            gzip: ::secure_runtime::gate::gzip(),
            ..::secure_runtime::policy::Policy::UNSTATED
        };
        #[allow(unused_variables)]
        fn describe(__description: &mut ::secure_runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
        }
    }
    impl ::secure_runtime::NeedsCaller for store {}
    impl<S> ::secure_runtime::gate::Handler<::secure_runtime::gate::Guarded, S> for store
    where
        S: ::secure_runtime::gate::Unattached<store>,
    {
        type Future = ::secure_runtime::gate::NeverCalled;
        fn call(
            self,
            _: ::secure_runtime::gate::Request,
            __state: S,
        ) -> ::secure_runtime::gate::NeverCalled {
            ::secure_runtime::gate::Unattached::<store>::never(__state)
        }
    }
    impl<__State> ::secure_runtime::SecureEndpoint<__State> for store
    where
        __State: ::core::clone::Clone + ::core::marker::Send + ::core::marker::Sync
            + 'static,
        Json<Vec<Sample>>: ::secure_runtime::Extract<__State>,
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
                store,
            )
        }
    }
};
