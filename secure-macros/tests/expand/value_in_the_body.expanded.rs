#[doc(hidden)]
#[allow(dead_code, non_camel_case_types)]
enum transfer {}
#[allow(non_upper_case_globals)]
const transfer: ::secure_runtime::EndpointOf<transfer> = ::secure_runtime::EndpointOf::VALUE;
const _: () = {
    use ::secure_runtime::expansion as __runtime;
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
        __runtime::Read<State<Bank>>,
        __runtime::Read<Json<Transfer>>,
        __runtime::Render<Result<(), BankError>>,
    ) = (
        __runtime::head_argument::<State<Bank>>(),
        __runtime::last_argument::<Json<Transfer>>(),
        __runtime::declared_answer::<Result<(), BankError>>(),
    );
    impl __runtime::Endpoint for transfer {
        const POLICY: &'static __runtime::Policy = &__runtime::Policy::new(
                ::core::concat!(::core::module_path!(), "::", "transfer"),
                __runtime::Access::Caller {
                    scope: __runtime::Some(__runtime::Expr::of("transfer")),
                    role: __runtime::None,
                },
            )
            .at(__runtime::Method::Post, "/transfers")
            .bound(__runtime::BindingKind::Owner, "transfer.from", __PROOFS.1.source());
        #[allow(unused_variables)]
        fn describe(__description: &mut __runtime::Description) {
            __PROOFS.0.describe(__description);
            __PROOFS.1.describe(__description);
            __PROOFS.2.describe(__description);
        }
    }
    impl __runtime::NeedsCaller for transfer {}
    impl<__State> __runtime::SecureEndpoint<__State> for transfer
    where
        __State: __runtime::Send + __runtime::Sync + 'static,
        State<Bank>: __runtime::Extract<__State>,
        Json<Transfer>: __runtime::Extract<__State>,
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
                    late: __runtime::Some(|__gate, (__argument_0,), (), (__argument_1,)| {
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
