#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
enum search {}
#[allow(non_upper_case_globals)]
const search: ::secure_runtime::EndpointOf<search> = ::secure_runtime::EndpointOf::VALUE;
const _: () = {
    use ::secure_runtime::expansion as __runtime;
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
        __runtime::Read<Query<String>>,
        __runtime::Render<Json<Vec<Hit>>>,
    ) = (
        __runtime::last_argument::<Query<String>>(),
        __runtime::declared_answer::<Json<Vec<Hit>>>(),
    );
    impl __runtime::Endpoint for search {
        const POLICY: &'static __runtime::Policy = &__runtime::Policy::new(
                ::core::concat!(::core::module_path!(), "::", "search"),
                __runtime::Access::Optional,
            )
            .at(__runtime::Method::Get, "/search")
            .when(
                ::core::stringify!(q.len() < 100 || caller.is_some()),
                &[
                    __runtime::Mention {
                        name: "q",
                        source: __PROOFS.0.source(),
                    },
                ],
            );
        #[allow(unused_variables)]
        fn describe(__description: &mut __runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
        }
    }
    impl<__State> __runtime::SecureEndpoint<__State> for search
    where
        __State: __runtime::Send + __runtime::Sync + 'static,
        Query<String>: __runtime::Extract<__State>,
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
                    late: __runtime::Some(|__gate, (), (), (__argument_0,)| {
                        let Query(q) = __argument_0;
                        __gate
                            .condition_for_anyone(|
                                caller: __runtime::Option<&__runtime::Principal>,
                            | -> __runtime::bool { (q.len() < 100 || caller.is_some()) })
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
