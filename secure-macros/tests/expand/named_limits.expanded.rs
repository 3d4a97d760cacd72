#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
enum status {}
#[allow(non_upper_case_globals)]
const status: ::secure_runtime::EndpointOf<status> = ::secure_runtime::EndpointOf::VALUE;
const _: () = {
    use ::secure_runtime::expansion as __runtime;
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
    const __PROOFS: (__runtime::Render<&'static str>,) = (
        __runtime::declared_answer::<&'static str>(),
    );
    const __LIMIT_0: __runtime::Rate = limits::STATUS;
    const _: () = __LIMIT_0
        .must_be_named(
            "`limits::STATUS` has no name, so endpoints would not share it [S007]\n  = help: declare it with `limits!`, or write the rate here, as in `rate = \"30/min\"`",
        );
    const _: () = __LIMIT_0
        .must_count_anybody(
            "`limits::STATUS` counts by who the caller is, and nobody is asked on a `public` endpoint [S012]\n  = help: replace `public` by `optional` or `authenticated`, or take a limit that counts by `ip`",
        );
    const __LIMIT_1: __runtime::Rate = crate::limits::PROBE;
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
    const _: __runtime::Rate = __LIMIT_1
        .at_cost(
            5u32,
            "a cost of 5 is above the burst of `crate::limits::PROBE`, so no request is ever admitted [S007]\n  = help: lower the cost, or raise the burst where the limit is declared",
        );
    impl __runtime::Endpoint for status {
        const POLICY: &'static __runtime::Policy = &__runtime::Policy::new(
                ::core::concat!(::core::module_path!(), "::", "status"),
                __runtime::Access::Public {
                    reason: "a status page",
                },
            )
            .at(__runtime::Method::Get, "/status")
            .limited_by(&[__LIMIT_0, __LIMIT_1.cost_of(5u32)]);
        #[allow(unused_variables)]
        fn describe(__description: &mut __runtime::Description) {
            __PROOFS.0.describe(__description);
        }
    }
    impl<__State> __runtime::SecureEndpoint<__State> for status
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
                status,
            )
        }
    }
};
