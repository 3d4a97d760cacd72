#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
enum list_products {}
#[allow(non_upper_case_globals)]
const list_products: ::secure_runtime::EndpointOf<list_products> = ::secure_runtime::EndpointOf::VALUE;
const _: () = {
    use ::secure_runtime::expansion as __runtime;
    async fn list_products(
        caller: Option<Principal>,
        State(db): State<Db>,
    ) -> Json<Vec<Product>> {
        db.products(caller).await
    }
    #[cfg(test)]
    #[allow(dead_code)]
    impl list_products {
        /// The handler without its guard.
        async fn unguarded(
            __argument_0: Option<Principal>,
            __argument_1: State<Db>,
        ) -> Json<Vec<Product>> {
            list_products(__argument_0, __argument_1).await
        }
    }
    const __PROOFS: (
        __runtime::Read<Option<Principal>>,
        __runtime::Read<State<Db>>,
        __runtime::Render<Json<Vec<Product>>>,
    ) = (
        __runtime::head_argument::<Option<Principal>>(),
        __runtime::last_argument::<State<Db>>(),
        __runtime::declared_answer::<Json<Vec<Product>>>(),
    );
    impl __runtime::Endpoint for list_products {
        const POLICY: &'static __runtime::Policy = &__runtime::Policy::new(
                ::core::concat!(::core::module_path!(), "::", "list_products"),
                __runtime::Access::Optional,
            )
            .at(__runtime::Method::Get, "/catalogue");
        #[allow(unused_variables)]
        fn describe(__description: &mut __runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
            __PROOFS.2.describe(__description);
        }
    }
    impl<__State> __runtime::SecureEndpoint<__State> for list_products
    where
        __State: __runtime::Send + __runtime::Sync + 'static,
        Option<Principal>: __runtime::Extract<__State>,
        State<Db>: __runtime::Extract<__State>,
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
                    heads: (__PROOFS.0,),
                    named: __runtime::None,
                    last: (__PROOFS.1,),
                    late: __runtime::None,
                    answer: __PROOFS.2,
                },
                list_products,
            )
        }
    }
    __PROOFS
        .1
        .must_not_be_body(
            "this argument reads the body, and GET has none [S013]\n  = note: proxies drop such a body, and caches do not see it\n  = help: take the value from the path or the query, or answer `post`, `put` or `patch`",
        );
};
