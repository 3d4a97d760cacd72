#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
enum search {}
#[allow(non_upper_case_globals)]
const search: ::secure_runtime::EndpointOf<search> = ::secure_runtime::EndpointOf::VALUE;
const _: () = {
    use ::secure_runtime::expansion as __runtime;
    async fn search(Form(query): Form<Search>) -> Json<Vec<Hit>> {
        find(query).await
    }
    #[cfg(test)]
    #[allow(dead_code)]
    impl search {
        /// The handler without its guard.
        async fn unguarded(__argument_0: Form<Search>) -> Json<Vec<Hit>> {
            search(__argument_0).await
        }
    }
    const __PROOFS: (__runtime::Read<Form<Search>>, __runtime::Render<Json<Vec<Hit>>>) = (
        __runtime::last_argument::<Form<Search>>(),
        __runtime::declared_answer::<Json<Vec<Hit>>>(),
    );
    const __LIMIT_4: __runtime::Rate = limits::SEARCH;
    const _: () = __LIMIT_4
        .must_be_named(
            "`limits::SEARCH` has no name, so endpoints would not share it [S007]\n  = help: declare it with `limits!`, or write the rate here, as in `rate = \"30/min\"`",
        );
    impl __runtime::Endpoint for search {
        const POLICY: &'static __runtime::Policy = &__runtime::Policy::new(
                ::core::concat!(::core::module_path!(), "::", "search"),
                __runtime::Access::Caller {
                    scope: __runtime::None,
                    role: __runtime::None,
                },
            )
            .at(__runtime::Method::Post, "/search")
            .limited_by(
                &[
                    __runtime::Rate::new(100u32, 60u64),
                    __runtime::Rate::new(10u32, 1u64)
                        .burst_of(20u32)
                        .cost_of(5u32)
                        .per(__runtime::Per::Ip),
                    __runtime::Rate::new(5000u32, 86400u64)
                        .counted_by(__runtime::Algorithm::FixedQuota)
                        .per(__runtime::Per::Endpoint),
                    __runtime::Rate::new(300u32, 60u64)
                        .counted_by(__runtime::Algorithm::SlidingWindow)
                        .per(__runtime::Per::Tenant),
                    __LIMIT_4,
                ],
            )
            .within(10u64, 0u32)
            .with_body_within(2u64, 500000000u32)
            .at_once(64u32);
        #[allow(unused_variables)]
        fn describe(__description: &mut __runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
        }
    }
    impl __runtime::NeedsCaller for search {}
    impl<__State> __runtime::SecureEndpoint<__State> for search
    where
        __State: __runtime::Send + __runtime::Sync + 'static,
        Form<Search>: __runtime::Extract<__State>,
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
                search,
            )
        }
    }
    __PROOFS
        .0
        .must_be_body(
            "`body_timeout` where no argument reads the body [S013]\n  = help: take the body as the last argument, or remove `body_timeout`",
        );
};
