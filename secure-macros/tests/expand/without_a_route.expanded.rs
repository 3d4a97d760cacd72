#[allow(non_camel_case_types)]
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
struct anywhere;
const _: () = {
    async fn anywhere() {}
    #[cfg(test)]
    #[allow(dead_code)]
    impl anywhere {
        /// The handler without its guard.
        async fn unguarded() {
            anywhere().await
        }
    }
    const __PROOFS: (guard::gate::Render<()>,) = (guard::gate::declared_answer::<()>(),);
    impl guard::Endpoint for anywhere {
        const POLICY: &'static guard::policy::Policy = &guard::policy::Policy {
            endpoint: ::core::concat!(::core::module_path!(), "::", "anywhere"),
            access: guard::policy::Access::Caller {
                scope: ::core::option::Option::None,
                role: ::core::option::Option::None,
            },
            ..guard::policy::Policy::UNSTATED
        };
        #[allow(unused_variables)]
        fn describe(__description: &mut guard::Description) {
            __PROOFS.0.describe(__description);
        }
    }
    impl guard::NeedsCaller for anywhere {}
    impl<S> guard::gate::Handler<guard::gate::Guarded, S> for anywhere
    where
        S: guard::gate::Unattached<anywhere>,
    {
        type Future = guard::gate::NeverCalled;
        fn call(self, _: guard::gate::Request, __state: S) -> guard::gate::NeverCalled {
            guard::gate::Unattached::<anywhere>::never(__state)
        }
    }
    impl<__State> guard::SecureEndpoint<__State> for anywhere
    where
        __State: ::core::clone::Clone + ::core::marker::Send + ::core::marker::Sync
            + 'static,
    {
        #[allow(unused_variables)]
        fn call(
            __admission: guard::gate::Admission,
            __state: __State,
        ) -> guard::gate::Responding {
            guard::gate::lead(
                __admission,
                __state,
                guard::gate::Steps {
                    heads: (),
                    named: ::core::option::Option::None,
                    last: (),
                    late: ::core::option::Option::None,
                    answer: __PROOFS.0,
                },
                anywhere,
            )
        }
    }
};
