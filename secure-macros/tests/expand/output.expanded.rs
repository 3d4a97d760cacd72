/// What is shown of a user.
pub struct Profile {
    user_id: UserId,
    email_address: String,
    notes: Option<String>,
    password_hash: Vec<u8>,
}
#[allow(deprecated, single_use_lifetimes)]
const _: () = {
    impl Profile {
        const __OUTPUT_0_0: fn(
            &mut ::secure_runtime::data::SchemaGenerator,
        ) -> ::secure_runtime::data::Schema = <UserId as ::secure_runtime::data::Output>::schema;
        const __OUTPUT_0_1: fn(
            &mut ::secure_runtime::data::SchemaGenerator,
        ) -> ::secure_runtime::data::Schema = <String as ::secure_runtime::data::Output>::schema;
        const __OUTPUT_0_2: fn(
            &mut ::secure_runtime::data::SchemaGenerator,
        ) -> ::secure_runtime::data::Schema = <Option<
            String,
        > as ::secure_runtime::data::Output>::schema;
    }
    impl Profile
    where
        for<'__a> UserId: ::secure_runtime::data::Output,
        for<'__a> String: ::secure_runtime::data::Output,
        for<'__a> Option<String>: ::secure_runtime::data::Output,
    {
        #[inline]
        fn __show<__S: ::secure_runtime::data::Serializer>(
            &self,
            __viewer: &::secure_runtime::data::Viewer,
            __serializer: __S,
        ) -> ::core::result::Result<__S::Ok, __S::Error> {
            let Self {
                user_id: __member_0,
                email_address: __member_1,
                notes: __member_2,
                ..
            } = self;
            let __own = {
                let __owner = __member_0;
                __viewer.is(__owner)
            };
            let __seen_1 = __viewer
                .may_see(
                    __own,
                    const {
                        &::secure_runtime::data::Audience {
                            scope: ::core::option::Option::None,
                            role: ::core::option::Option::None,
                            owner: true,
                            or_scope: ::core::option::Option::Some(
                                ::secure_runtime::expansion::Expr::of("admin:users"),
                            ),
                        }
                    },
                );
            let __seen_2 = __viewer
                .may_see(
                    false,
                    const {
                        &::secure_runtime::data::Audience {
                            scope: ::core::option::Option::None,
                            role: ::core::option::Option::Some(
                                ::secure_runtime::expansion::Expr::of("manager"),
                            ),
                            owner: false,
                            or_scope: ::core::option::Option::None,
                        }
                    },
                ) && !Option::is_none(__member_2);
            let mut __struct = __serializer
                .serialize_struct(
                    "Profile",
                    1usize + __seen_1 as ::core::primitive::usize
                        + __seen_2 as ::core::primitive::usize,
                )?;
            ::secure_runtime::data::SerializeStruct::serialize_field(
                &mut __struct,
                "userId",
                &::secure_runtime::data::Shown::<UserId>::new(__member_0, __viewer),
            )?;
            if __seen_1 {
                ::secure_runtime::data::SerializeStruct::serialize_field(
                    &mut __struct,
                    "emailAddress",
                    &::secure_runtime::data::Shown::<String>::new(__member_1, __viewer),
                )?;
            } else {
                ::secure_runtime::data::SerializeStruct::skip_field(
                    &mut __struct,
                    "emailAddress",
                )?;
            }
            if __seen_2 {
                ::secure_runtime::data::SerializeStruct::serialize_field(
                    &mut __struct,
                    "notes",
                    &::secure_runtime::data::Shown::<
                        Option<String>,
                    >::new(__member_2, __viewer),
                )?;
            } else {
                ::secure_runtime::data::SerializeStruct::skip_field(
                    &mut __struct,
                    "notes",
                )?;
            }
            ::secure_runtime::data::SerializeStruct::end(__struct)
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
    impl __Undeclared for Profile {}
    impl ::secure_runtime::data::Output for Profile {
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
            ::secure_runtime::data::shown::object(
                ::core::option::Option::Some("What is shown of a user."),
                ::core::convert::From::from([
                    ::secure_runtime::data::shown::Member {
                        name: "userId",
                        docs: ::core::option::Option::None,
                        schema: (Self::__OUTPUT_0_0)(__generator),
                        audience: ::core::option::Option::None,
                        always: true,
                    },
                    ::secure_runtime::data::shown::Member {
                        name: "emailAddress",
                        docs: ::core::option::Option::None,
                        schema: (Self::__OUTPUT_0_1)(__generator),
                        audience: ::core::option::Option::Some(const {
                            &::secure_runtime::data::Audience {
                                scope: ::core::option::Option::None,
                                role: ::core::option::Option::None,
                                owner: true,
                                or_scope: ::core::option::Option::Some(
                                    ::secure_runtime::expansion::Expr::of("admin:users"),
                                ),
                            }
                        }),
                        always: true,
                    },
                    ::secure_runtime::data::shown::Member {
                        name: "notes",
                        docs: ::core::option::Option::None,
                        schema: (Self::__OUTPUT_0_2)(__generator),
                        audience: ::core::option::Option::Some(const {
                            &::secure_runtime::data::Audience {
                                scope: ::core::option::Option::None,
                                role: ::core::option::Option::Some(
                                    ::secure_runtime::expansion::Expr::of("manager"),
                                ),
                                owner: false,
                                or_scope: ::core::option::Option::None,
                            }
                        }),
                        always: false,
                    },
                ]),
            )
        }
    }
};
