enum Event<T> {
    Created { value: T, by: String },
    Removed,
}
#[allow(deprecated, single_use_lifetimes)]
const _: () = {
    impl<T: ::secure_runtime::data::Output> Event<T> {
        const __OUTPUT_0_0: fn(
            &mut ::secure_runtime::data::SchemaGenerator,
        ) -> ::secure_runtime::data::Schema = <T as ::secure_runtime::data::Output>::schema;
        const __OUTPUT_0_1: fn(
            &mut ::secure_runtime::data::SchemaGenerator,
        ) -> ::secure_runtime::data::Schema = <String as ::secure_runtime::data::Output>::schema;
    }
    impl<T: ::secure_runtime::data::Output> Event<T>
    where
        for<'__a> T: ::secure_runtime::data::Output,
        for<'__a> String: ::secure_runtime::data::Output,
    {
        #[inline]
        fn __show<__S: ::secure_runtime::data::Serializer>(
            &self,
            __viewer: &::secure_runtime::data::Viewer,
            __serializer: __S,
        ) -> ::core::result::Result<__S::Ok, __S::Error> {
            match self {
                Self::Created { value: __member_0, by: __member_1, .. } => {
                    let __seen_1 = __viewer
                        .may_see(
                            false,
                            const {
                                &::secure_runtime::data::Audience {
                                    scope: ::core::option::Option::Some(
                                        ::secure_runtime::expansion::Expr::of("audit"),
                                    ),
                                    role: ::core::option::Option::None,
                                    owner: false,
                                    or_scope: ::core::option::Option::None,
                                }
                            },
                        );
                    let mut __struct = __serializer
                        .serialize_struct(
                            "Event",
                            2usize + __seen_1 as ::core::primitive::usize,
                        )?;
                    ::secure_runtime::data::SerializeStruct::serialize_field(
                        &mut __struct,
                        "kind",
                        "Created",
                    )?;
                    ::secure_runtime::data::SerializeStruct::serialize_field(
                        &mut __struct,
                        "value",
                        &::secure_runtime::data::Shown::<T>::new(__member_0, __viewer),
                    )?;
                    if __seen_1 {
                        ::secure_runtime::data::SerializeStruct::serialize_field(
                            &mut __struct,
                            "by",
                            &::secure_runtime::data::Shown::<
                                String,
                            >::new(__member_1, __viewer),
                        )?;
                    } else {
                        ::secure_runtime::data::SerializeStruct::skip_field(
                            &mut __struct,
                            "by",
                        )?;
                    }
                    ::secure_runtime::data::SerializeStruct::end(__struct)
                }
                Self::Removed => {
                    let mut __struct = __serializer.serialize_struct("Event", 1)?;
                    ::secure_runtime::data::SerializeStruct::serialize_field(
                        &mut __struct,
                        "kind",
                        "Removed",
                    )?;
                    ::secure_runtime::data::SerializeStruct::end(__struct)
                }
            }
        }
    }
    /// Takes its place where a member is no output, so that the constants above are the one error.
    #[allow(dead_code)]
    trait __Undeclared {
        fn __show<__S: ::secure_runtime::data::Serializer>(
            &self,
            __viewer: &::secure_runtime::data::Viewer,
            __serializer: __S,
        ) -> ::core::result::Result<__S::Ok, __S::Error> {
            __serializer.serialize_unit()
        }
    }
    impl<T: ::secure_runtime::data::Output> __Undeclared for Event<T> {}
    impl<T: ::secure_runtime::data::Output> ::secure_runtime::data::Output for Event<T> {
        #[inline]
        fn show<__S: ::secure_runtime::data::Serializer>(
            &self,
            __viewer: &::secure_runtime::data::Viewer,
            __serializer: __S,
        ) -> ::core::result::Result<__S::Ok, __S::Error> {
            Self::__show(self, __viewer, __serializer)
        }
        fn schema(
            __generator: &mut ::secure_runtime::data::SchemaGenerator,
        ) -> ::secure_runtime::data::Schema {
            ::secure_runtime::data::shown::named::<Self>(__generator)
        }
        #[allow(unused_variables)]
        fn describe(
            __generator: &mut ::secure_runtime::data::SchemaGenerator,
        ) -> ::secure_runtime::data::Schema {
            ::secure_runtime::data::shown::choice(
                ::core::option::Option::None,
                ::core::option::Option::Some("kind"),
                ::core::option::Option::None,
                ::core::convert::From::from([
                    (
                        "Created",
                        ::core::option::Option::None,
                        ::core::option::Option::Some(
                            ::secure_runtime::data::shown::object(
                                ::core::option::Option::None,
                                ::core::convert::From::from([
                                    ::secure_runtime::data::shown::Member {
                                        name: "value",
                                        docs: ::core::option::Option::None,
                                        schema: (Self::__OUTPUT_0_0)(__generator),
                                        audience: ::core::option::Option::None,
                                        always: true,
                                    },
                                    ::secure_runtime::data::shown::Member {
                                        name: "by",
                                        docs: ::core::option::Option::None,
                                        schema: (Self::__OUTPUT_0_1)(__generator),
                                        audience: ::core::option::Option::Some(const {
                                            &::secure_runtime::data::Audience {
                                                scope: ::core::option::Option::Some(
                                                    ::secure_runtime::expansion::Expr::of("audit"),
                                                ),
                                                role: ::core::option::Option::None,
                                                owner: false,
                                                or_scope: ::core::option::Option::None,
                                            }
                                        }),
                                        always: true,
                                    },
                                ]),
                            ),
                        ),
                    ),
                    (
                        "Removed",
                        ::core::option::Option::None,
                        ::core::option::Option::None,
                    ),
                ]),
            )
        }
    }
};
