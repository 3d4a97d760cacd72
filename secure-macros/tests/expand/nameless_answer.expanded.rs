#[allow(non_camel_case_types)]
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
struct file;
const _: () = {
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
    impl ::secure_runtime::Endpoint for file {
        const POLICY: &'static ::secure_runtime::policy::Policy = &::secure_runtime::policy::Policy {
            endpoint: ::core::concat!(::core::module_path!(), "::", "file"),
            route: ::core::option::Option::Some(::secure_runtime::policy::Route {
                method: ::secure_runtime::policy::Method::Get,
                path: "/file",
            }),
            access: ::secure_runtime::policy::Access::Caller {
                scope: ::core::option::Option::None,
                role: ::core::option::Option::None,
            },
            ..::secure_runtime::policy::Policy::UNSTATED
        };
        #[allow(unused_variables)]
        fn describe(__description: &mut ::secure_runtime::Description) {
            __description.add_answer_of(|__never| file());
        }
    }
    impl ::secure_runtime::NeedsCaller for file {}
    impl<S> ::secure_runtime::gate::Handler<::secure_runtime::gate::Guarded, S> for file
    where
        S: ::secure_runtime::gate::Unattached<file>,
    {
        type Future = ::secure_runtime::gate::NeverCalled;
        fn call(
            self,
            _: ::secure_runtime::gate::Request,
            __state: S,
        ) -> ::secure_runtime::gate::NeverCalled {
            ::secure_runtime::gate::Unattached::<file>::never(__state)
        }
    }
    impl<__State> ::secure_runtime::SecureEndpoint<__State> for file
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
                    answer: ::secure_runtime::gate::declared_answer(),
                },
                file,
            )
        }
    }
};
