#[allow(non_camel_case_types)]
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
struct list_products;
const _: () = {
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
        ::secure_runtime::gate::Read<Option<Principal>>,
        ::secure_runtime::gate::Read<State<Db>>,
        ::secure_runtime::gate::Render<Json<Vec<Product>>>,
    ) = (
        ::secure_runtime::gate::head_argument::<Option<Principal>>(),
        ::secure_runtime::gate::last_argument::<State<Db>>(),
        ::secure_runtime::gate::declared_answer::<Json<Vec<Product>>>(),
    );
    impl ::secure_runtime::Endpoint for list_products {
        const POLICY: &'static ::secure_runtime::policy::Policy = &::secure_runtime::policy::Policy {
            endpoint: ::core::concat!(::core::module_path!(), "::", "list_products"),
            route: ::core::option::Option::Some(::secure_runtime::policy::Route {
                method: ::secure_runtime::policy::Method::Get,
                path: "/catalogue",
            }),
            access: ::secure_runtime::policy::Access::Optional,
            ..::secure_runtime::policy::Policy::UNSTATED
        };
        #[allow(unused_variables)]
        fn describe(__description: &mut ::secure_runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
            __PROOFS.2.describe(__description);
        }
    }
    impl<S> ::secure_runtime::gate::Handler<::secure_runtime::gate::Guarded, S>
    for list_products
    where
        S: ::secure_runtime::gate::Unattached<list_products>,
    {
        type Future = ::secure_runtime::gate::NeverCalled;
        fn call(
            self,
            _: ::secure_runtime::gate::Request,
            __state: S,
        ) -> ::secure_runtime::gate::NeverCalled {
            ::secure_runtime::gate::Unattached::<list_products>::never(__state)
        }
    }
    impl<__State> ::secure_runtime::SecureEndpoint<__State> for list_products
    where
        __State: ::core::clone::Clone + ::core::marker::Send + ::core::marker::Sync
            + 'static,
        Option<Principal>: ::secure_runtime::Extract<__State>,
        State<Db>: ::secure_runtime::Extract<__State>,
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
                    heads: (__PROOFS.0,),
                    named: ::core::option::Option::None,
                    last: (__PROOFS.1,),
                    late: ::core::option::Option::None,
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
