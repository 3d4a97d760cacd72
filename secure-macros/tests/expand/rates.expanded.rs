#[allow(non_camel_case_types)]
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
struct search;
const _: () = {
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
    const __PROOFS: (
        ::secure_runtime::gate::Read<Form<Search>>,
        ::secure_runtime::gate::Render<Json<Vec<Hit>>>,
    ) = (
        ::secure_runtime::gate::last_argument::<Form<Search>>(),
        ::secure_runtime::gate::declared_answer::<Json<Vec<Hit>>>(),
    );
    const __LIMIT_4: ::secure_runtime::policy::Rate = limits::SEARCH;
    const _: () = __LIMIT_4
        .must_be_named(
            "`limits::SEARCH` has no name, so endpoints would not share it [S007]\n  = help: declare it with `limits!`, or write the rate here, as in `rate = \"30/min\"`",
        );
    impl ::secure_runtime::Endpoint for search {
        const POLICY: &'static ::secure_runtime::policy::Policy = &::secure_runtime::policy::Policy {
            endpoint: ::core::concat!(::core::module_path!(), "::", "search"),
            route: ::core::option::Option::Some(::secure_runtime::policy::Route {
                method: ::secure_runtime::policy::Method::Post,
                path: "/search",
            }),
            access: ::secure_runtime::policy::Access::Caller {
                scope: ::core::option::Option::None,
                role: ::core::option::Option::None,
            },
            rates: &[
                ::secure_runtime::policy::Rate::new(100u32, 60u64),
                ::secure_runtime::policy::Rate::new(10u32, 1u64)
                    .burst_of(20u32)
                    .cost_of(5u32)
                    .per(::secure_runtime::policy::Per::Ip),
                ::secure_runtime::policy::Rate::new(5000u32, 86400u64)
                    .counted_by(::secure_runtime::policy::Algorithm::FixedQuota)
                    .per(::secure_runtime::policy::Per::Endpoint),
                ::secure_runtime::policy::Rate::new(300u32, 60u64)
                    .counted_by(::secure_runtime::policy::Algorithm::SlidingWindow)
                    .per(::secure_runtime::policy::Per::Tenant),
                __LIMIT_4,
            ],
            timeout: ::core::option::Option::Some(
                ::core::time::Duration::new(10u64, 0u32),
            ),
            body_timeout: ::core::option::Option::Some(
                ::core::time::Duration::new(2u64, 500000000u32),
            ),
            concurrency: ::core::num::NonZeroU32::new(64u32),
            ..::secure_runtime::policy::Policy::UNSTATED
        };
        #[allow(unused_variables)]
        fn describe(__description: &mut ::secure_runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
        }
    }
    impl ::secure_runtime::NeedsCaller for search {}
    impl<S> ::secure_runtime::gate::Handler<::secure_runtime::gate::Guarded, S>
    for search
    where
        S: ::secure_runtime::gate::Unattached<search>,
    {
        type Future = ::secure_runtime::gate::NeverCalled;
        fn call(
            self,
            _: ::secure_runtime::gate::Request,
            __state: S,
        ) -> ::secure_runtime::gate::NeverCalled {
            ::secure_runtime::gate::Unattached::<search>::never(__state)
        }
    }
    impl<__State> ::secure_runtime::SecureEndpoint<__State> for search
    where
        __State: ::core::clone::Clone + ::core::marker::Send + ::core::marker::Sync
            + 'static,
        Form<Search>: ::secure_runtime::Extract<__State>,
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
