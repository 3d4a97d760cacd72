::core::compile_error! {
    "unknown key `scpoe` [S004]\n  = help: did you mean `scope`? the keys are `get`, `post`, `put`, `patch`, `delete`, `scope`, `role`, `authenticated`, `optional`, `public`, `sender_constrained`, `owner`, `tenant`, `shared`, `when`, `rate`, `max_body`, `timeout`, `body_timeout`, `concurrency`, `gzip` and `crate`"
}
::core::compile_error! {
    "a rate of zero admits nobody [S007]\n  = help: raise it, or remove the endpoint"
}
#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
enum list_orders {}
#[allow(non_upper_case_globals)]
const list_orders: ::secure_runtime::EndpointOf<list_orders> = ::secure_runtime::EndpointOf::VALUE;
#[allow(dead_code, unused)]
const _: () = {
    use ::secure_runtime::expansion as __runtime;
    async fn list_orders(State(db): State<Db>) -> Json<Vec<Order>> {
        db.orders().await
    }
    impl __runtime::Endpoint for list_orders {
        const POLICY: &'static __runtime::Policy = &__runtime::Policy::UNSTATED;
        fn describe(_: &mut __runtime::Description) {}
    }
    impl __runtime::NeedsCaller for list_orders {}
    impl<__State: ::core::marker::Send> __runtime::SecureEndpoint<__State>
    for list_orders {
        fn call(__admission: __runtime::Admission, _: __State) -> __runtime::Responding {
            __admission
                .pass(|_| ::std::boxed::Box::pin(async {
                    ::core::result::Result::Err(__runtime::Problem::not_found())
                }))
        }
    }
};
