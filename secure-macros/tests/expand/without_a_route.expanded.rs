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
    const __ANSWER: guard::gate::Render<()> = guard::gate::declared_answer::<()>();
    impl guard::Endpoint for anywhere {
        const POLICY: &'static guard::policy::Policy = &guard::policy::Policy {
            endpoint: ::core::concat!(::core::module_path!(), "::", "anywhere"),
            route: ::core::option::Option::None,
            access: guard::policy::Access::Caller {
                scope: ::core::option::Option::None,
                role: ::core::option::Option::None,
            },
            bindings: &[],
            condition: ::core::option::Option::None,
            rates: &[],
            max_body: ::core::option::Option::None,
            timeout: ::core::option::Option::None,
            body_timeout: ::core::option::Option::None,
            concurrency: ::core::option::Option::None,
            gzip: false,
            sender_constrained: false,
        };
        #[allow(unused_variables)]
        fn describe(__description: &mut guard::Description) {
            __ANSWER.describe(__description);
        }
    }
    impl guard::NeedsCaller for anywhere {}
    impl<S> guard::gate::Handler<guard::gate::Guarded, S> for anywhere
    where
        S: guard::gate::Unattached<anywhere>,
    {
        type Future = ::core::future::Ready<guard::gate::Response>;
        fn call(self, _: guard::gate::Request, __state: S) -> Self::Future {
            match guard::gate::Unattached::<anywhere>::never(__state) {}
        }
    }
    impl<__State> guard::SecureEndpoint<__State> for anywhere
    where
        __State: ::core::clone::Clone + ::core::marker::Send + ::core::marker::Sync
            + 'static,
    {
        #[allow(unused_variables)]
        fn call(
            __gate: guard::gate::Gate<'_, guard::gate::Arrived>,
            __state: __State,
        ) -> impl ::core::future::Future<
            Output = ::core::result::Result<guard::gate::Response, guard::Problem>,
        > + ::core::marker::Send {
            __gate
                .lead(
                    __state,
                    guard::gate::Steps {
                        heads: (),
                        named: ::core::option::Option::None,
                        loads: (),
                        early: ::core::option::Option::None,
                        last: (),
                        late: ::core::option::Option::None,
                        answer: __ANSWER,
                    },
                    |(), (), ()| anywhere(),
                )
        }
    }
};
