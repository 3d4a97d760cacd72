#[allow(non_camel_case_types)]
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
struct search;
const _: () = {
    async fn search(Query(q): Query<String>) -> Json<Vec<Hit>> {
        find(q).await
    }
    #[cfg(test)]
    #[allow(dead_code)]
    impl search {
        /// The handler without its guard.
        async fn unguarded(__argument_0: Query<String>) -> Json<Vec<Hit>> {
            search(__argument_0).await
        }
    }
    const __PROOFS: (
        ::secure_runtime::gate::Read<Query<String>>,
        ::secure_runtime::gate::Render<Json<Vec<Hit>>>,
    ) = (
        ::secure_runtime::gate::last_argument::<Query<String>>(),
        ::secure_runtime::gate::declared_answer::<Json<Vec<Hit>>>(),
    );
    impl ::secure_runtime::Endpoint for search {
        const POLICY: &'static ::secure_runtime::policy::Policy = &::secure_runtime::policy::Policy {
            endpoint: ::core::concat!(::core::module_path!(), "::", "search"),
            route: ::core::option::Option::Some(::secure_runtime::policy::Route {
                method: ::secure_runtime::policy::Method::Get,
                path: "/search",
            }),
            access: ::secure_runtime::policy::Access::Optional,
            condition: ::core::option::Option::Some(::secure_runtime::policy::Condition {
                source: ::core::stringify!(q.len() < 100 || caller.is_some()),
                mentions: &[
                    ::secure_runtime::policy::Mention {
                        name: "q",
                        source: __PROOFS.0.source(),
                    },
                ],
            }),
            ..::secure_runtime::policy::Policy::UNSTATED
        };
        #[allow(unused_variables)]
        fn describe(__description: &mut ::secure_runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
        }
    }
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
        Query<String>: ::secure_runtime::Extract<__State>,
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
                    late: ::core::option::Option::Some(|__gate, (), (), (__argument_0,)| {
                        let Query(q) = __argument_0;
                        __gate
                            .condition_for_anyone(|
                                caller: ::core::option::Option<&::secure_runtime::Principal>,
                            | -> ::core::primitive::bool {
                                (q.len() < 100 || caller.is_some())
                            })
                    }),
                    answer: __PROOFS.1,
                },
                search,
            )
        }
    }
    __PROOFS
        .0
        .must_not_be_body(
            "this argument reads the body, and GET has none [S013]\n  = note: proxies drop such a body, and caches do not see it\n  = help: take the value from the path or the query, or answer `post`, `put` or `patch`",
        );
};
