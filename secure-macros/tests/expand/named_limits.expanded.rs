#[allow(non_camel_case_types)]
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
struct status;
const _: () = {
    async fn status() -> &'static str {
        "up"
    }
    #[cfg(test)]
    #[allow(dead_code)]
    impl status {
        /// The handler without its guard.
        async fn unguarded() -> &'static str {
            status().await
        }
    }
    const __PROOFS: (::secure_runtime::gate::Render<&'static str>,) = (
        ::secure_runtime::gate::declared_answer::<&'static str>(),
    );
    const __LIMIT_0: ::secure_runtime::policy::Rate = limits::STATUS;
    const _: () = __LIMIT_0
        .must_be_named(
            "`limits::STATUS` has no name, so endpoints would not share it [S007]\n  = help: declare it with `limits!`, or write the rate here, as in `rate = \"30/min\"`",
        );
    const _: () = __LIMIT_0
        .must_count_anybody(
            "`limits::STATUS` counts by who the caller is, and nobody is asked on a `public` endpoint [S012]\n  = help: replace `public` by `optional` or `authenticated`, or take a limit that counts by `ip`",
        );
    const __LIMIT_1: ::secure_runtime::policy::Rate = crate::limits::PROBE;
    const _: () = __LIMIT_1
        .must_be_named(
            "`crate::limits::PROBE` has no name, so endpoints would not share it [S007]\n  = help: declare it with `limits!`, or write the rate here, as in `rate = \"30/min\"`",
        );
    const _: () = __LIMIT_1
        .must_count_anybody(
            "`crate::limits::PROBE` counts by who the caller is, and nobody is asked on a `public` endpoint [S012]\n  = help: replace `public` by `optional` or `authenticated`, or take a limit that counts by `ip`",
        );
    const _: () = __LIMIT_1
        .must_differ_from(
            &__LIMIT_0,
            "`limits::STATUS` and `crate::limits::PROBE` are one limit by their name, and a request would be counted twice [S007]\n  = help: remove one of them",
        );
    impl ::secure_runtime::Endpoint for status {
        const POLICY: &'static ::secure_runtime::policy::Policy = &::secure_runtime::policy::Policy {
            endpoint: ::core::concat!(::core::module_path!(), "::", "status"),
            route: ::core::option::Option::Some(::secure_runtime::policy::Route {
                method: ::secure_runtime::policy::Method::Get,
                path: "/status",
            }),
            access: ::secure_runtime::policy::Access::Public {
                reason: "a status page",
            },
            rates: &[
                __LIMIT_0,
                __LIMIT_1
                    .at_cost(
                        5u32,
                        "a cost of 5 is above the burst of `crate::limits::PROBE`, so no request is ever admitted [S007]\n  = help: lower the cost, or raise the burst where the limit is declared",
                    ),
            ],
            ..::secure_runtime::policy::Policy::UNSTATED
        };
        #[allow(unused_variables)]
        fn describe(__description: &mut ::secure_runtime::Description) {
            __PROOFS.0.describe(__description);
        }
    }
    impl<S> ::secure_runtime::gate::Handler<::secure_runtime::gate::Guarded, S>
    for status
    where
        S: ::secure_runtime::gate::Unattached<status>,
    {
        type Future = ::secure_runtime::gate::NeverCalled;
        fn call(
            self,
            _: ::secure_runtime::gate::Request,
            __state: S,
        ) -> ::secure_runtime::gate::NeverCalled {
            ::secure_runtime::gate::Unattached::<status>::never(__state)
        }
    }
    impl<__State> ::secure_runtime::SecureEndpoint<__State> for status
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
                status,
            )
        }
    }
};
