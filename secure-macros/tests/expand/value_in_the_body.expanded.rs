#[allow(non_camel_case_types)]
#[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
struct transfer;
const _: () = {
    async fn transfer(
        State(bank): State<Bank>,
        Json(transfer): Json<Transfer>,
    ) -> Result<(), BankError> {
        bank.transfer(transfer).await
    }
    #[cfg(test)]
    #[allow(dead_code)]
    impl transfer {
        /// The handler without its guard.
        async fn unguarded(
            __argument_0: State<Bank>,
            __argument_1: Json<Transfer>,
        ) -> Result<(), BankError> {
            transfer(__argument_0, __argument_1).await
        }
    }
    const __PROOFS: (
        ::secure_runtime::gate::Read<State<Bank>>,
        ::secure_runtime::gate::Read<Json<Transfer>>,
        ::secure_runtime::gate::Render<Result<(), BankError>>,
    ) = (
        ::secure_runtime::gate::head_argument::<State<Bank>>(),
        ::secure_runtime::gate::last_argument::<Json<Transfer>>(),
        ::secure_runtime::gate::declared_answer::<Result<(), BankError>>(),
    );
    impl ::secure_runtime::Endpoint for transfer {
        const POLICY: &'static ::secure_runtime::policy::Policy = &::secure_runtime::policy::Policy {
            endpoint: ::core::concat!(::core::module_path!(), "::", "transfer"),
            route: ::core::option::Option::Some(::secure_runtime::policy::Route {
                method: ::secure_runtime::policy::Method::Post,
                path: "/transfers",
            }),
            access: ::secure_runtime::policy::Access::Caller {
                scope: ::core::option::Option::Some(
                    ::secure_runtime::policy::Expr::from_ops(
                        &[
                            ::secure_runtime::policy::Op::Term(
                                ::std::borrow::Cow::Borrowed("transfer"),
                            ),
                        ],
                    ),
                ),
                role: ::core::option::Option::None,
            },
            bindings: &[
                ::secure_runtime::policy::Binding {
                    kind: ::secure_runtime::policy::BindingKind::Owner,
                    value: "transfer.from",
                    source: __PROOFS.1.source(),
                    or_scope: ::core::option::Option::None,
                    hidden: false,
                },
            ],
            ..::secure_runtime::policy::Policy::UNSTATED
        };
        #[allow(unused_variables)]
        fn describe(__description: &mut ::secure_runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
            __PROOFS.2.describe(__description);
        }
    }
    impl ::secure_runtime::NeedsCaller for transfer {}
    impl<S> ::secure_runtime::gate::Handler<::secure_runtime::gate::Guarded, S>
    for transfer
    where
        S: ::secure_runtime::gate::Unattached<transfer>,
    {
        type Future = ::secure_runtime::gate::NeverCalled;
        fn call(
            self,
            _: ::secure_runtime::gate::Request,
            __state: S,
        ) -> ::secure_runtime::gate::NeverCalled {
            ::secure_runtime::gate::Unattached::<transfer>::never(__state)
        }
    }
    impl<__State> ::secure_runtime::SecureEndpoint<__State> for transfer
    where
        __State: ::core::clone::Clone + ::core::marker::Send + ::core::marker::Sync
            + 'static,
        State<Bank>: ::secure_runtime::Extract<__State>,
        Json<Transfer>: ::secure_runtime::Extract<__State>,
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
                    late: ::core::option::Option::Some(|
                        __gate,
                        (__argument_0,),
                        (),
                        (__argument_1,)|
                    {
                        let Json(transfer) = __argument_1;
                        __gate.bind(0usize, &transfer.from)
                    }),
                    answer: __PROOFS.2,
                },
                transfer,
            )
        }
    }
    __PROOFS
        .1
        .must_be_sent(
            "`owner = \"transfer.from\"` names no value of the path, the query or the body [S009]\n  = note: what the server brings along is not the client's to choose, so there is nothing to compare\n  = help: name a value that the request carries, or remove the key",
        );
};
