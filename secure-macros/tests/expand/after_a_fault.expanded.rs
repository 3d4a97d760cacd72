::core::compile_error! {
    "unknown key `scpoe` [S004]\n  = help: did you mean `scope`? the keys are `get`, `post`, `put`, `patch`, `delete`, `scope`, `role`, `authenticated`, `optional`, `public`, `sender_constrained`, `owner`, `tenant`, `shared`, `when`, `rate`, `max_body`, `timeout`, `body_timeout`, `concurrency`, `gzip` and `crate`"
}
::core::compile_error! {
    "a rate of zero admits nobody [S007]\n  = help: raise it, or remove the endpoint"
}
#[allow(non_camel_case_types)]
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
struct list_orders;
#[allow(dead_code, unused)]
const _: () = {
    async fn list_orders(State(db): State<Db>) -> Json<Vec<Order>> {
        db.orders().await
    }
    impl ::secure_runtime::Endpoint for list_orders {
        const POLICY: &'static ::secure_runtime::policy::Policy = &::secure_runtime::policy::Policy::UNSTATED;
        fn describe(_: &mut ::secure_runtime::Description) {}
    }
    impl ::secure_runtime::NeedsCaller for list_orders {}
    impl<__State: ::core::marker::Send> ::secure_runtime::SecureEndpoint<__State>
    for list_orders {
        fn call(
            __admission: ::secure_runtime::gate::Admission,
            _: __State,
        ) -> ::secure_runtime::gate::Responding {
            __admission
                .pass(|_| ::std::boxed::Box::pin(async {
                    ::core::result::Result::Err(::secure_runtime::Problem::not_found())
                }))
        }
    }
};
