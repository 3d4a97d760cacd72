#[derive(Debug)]
struct NewUser {
    /// As it is shown.
    full_name: String,
    role: Option<String>,
    user_id: UserId,
    created: u64,
    tags: Patch<Vec<String>>,
}
#[allow(deprecated, single_use_lifetimes)]
const _: () = {
    #[allow(unused_imports)]
    use ::secure_runtime::data::Unruled as _;
    impl NewUser {
        const __INPUT_0_0: (
            fn(&String, &mut ::secure_runtime::data::Report<'_>),
            fn(
                &::secure_runtime::data::Node<'_>,
                &mut ::secure_runtime::data::Report<'_>,
            ),
            fn(),
        ) = (
            <String as ::secure_runtime::data::Input>::check,
            <String as ::secure_runtime::data::Input>::inspect,
            ::secure_runtime::data::Ruled::<String>::has_schema,
        );
        #[inline]
        fn __check_0_0(
            __value: &String,
            __report: &mut ::secure_runtime::data::Report<'_>,
        ) {
            {
                let __rule = ::secure_runtime::rules::length::check::<String>;
                __rule(
                    __value,
                    ::core::option::Option::Some(1usize),
                    ::core::option::Option::Some(80usize),
                    __report,
                );
            }
            (Self::__INPUT_0_0.0)(__value, __report);
        }
        const __INPUT_0_1: (
            fn(&Option<String>, &mut ::secure_runtime::data::Report<'_>),
            fn(
                &::secure_runtime::data::Node<'_>,
                &mut ::secure_runtime::data::Report<'_>,
            ),
            fn(),
        ) = (
            <Option<String> as ::secure_runtime::data::Input>::check,
            <Option<String> as ::secure_runtime::data::Input>::inspect,
            ::secure_runtime::data::Ruled::<Option<String>>::has_schema,
        );
        #[inline]
        fn __check_0_1(
            __value: &Option<String>,
            __report: &mut ::secure_runtime::data::Report<'_>,
        ) {
            ::secure_runtime::rules::access::check(
                <Option<
                    String,
                > as ::secure_runtime::rules::Presence>::is_present(__value),
                const {
                    &::secure_runtime::rules::Setters {
                        scope: ::core::option::Option::Some(
                            ::secure_runtime::expansion::Expr::from_ops(
                                &[
                                    ::secure_runtime::expansion::Op::Term(
                                        ::secure_runtime::expansion::Cow::Borrowed("admin:users"),
                                    ),
                                    ::secure_runtime::expansion::Op::Term(
                                        ::secure_runtime::expansion::Cow::Borrowed("root"),
                                    ),
                                    ::secure_runtime::expansion::Op::Any(2u16),
                                ],
                            ),
                        ),
                        role: ::core::option::Option::None,
                    }
                },
                __report,
            );
            {
                static __PATTERN: ::secure_runtime::rules::pattern::Pattern = ::secure_runtime::rules::pattern::Pattern::new(||
                ::secure_runtime::rules::pattern::compile("^[a-z]{1,20}$"));
                {
                    let __rule = ::secure_runtime::rules::pattern::check::<
                        Option<String>,
                    >;
                    __rule(__value, &__PATTERN, __report);
                }
            }
            (Self::__INPUT_0_1.0)(__value, __report);
        }
        const __INPUT_0_2: (
            fn(&UserId, &mut ::secure_runtime::data::Report<'_>),
            fn(
                &::secure_runtime::data::Node<'_>,
                &mut ::secure_runtime::data::Report<'_>,
            ),
            fn(),
        ) = (
            <UserId as ::secure_runtime::data::Input>::check,
            <UserId as ::secure_runtime::data::Input>::inspect,
            ::secure_runtime::data::Ruled::<UserId>::has_schema,
        );
        #[inline]
        fn __check_0_2(
            __value: &UserId,
            __report: &mut ::secure_runtime::data::Report<'_>,
        ) {
            {
                let __value = __value;
                ::secure_runtime::rules::access::owner(__value, __report);
            }
            (Self::__INPUT_0_2.0)(__value, __report);
        }
        fn __default_0_3() -> u64 {
            <u64 as ::core::default::Default>::default()
        }
        const __INPUT_0_4: (
            fn(&Patch<Vec<String>>, &mut ::secure_runtime::data::Report<'_>),
            fn(
                &::secure_runtime::data::Node<'_>,
                &mut ::secure_runtime::data::Report<'_>,
            ),
            fn(),
        ) = (
            <Patch<Vec<String>> as ::secure_runtime::data::Input>::check,
            <Patch<Vec<String>> as ::secure_runtime::data::Input>::inspect,
            ::secure_runtime::data::Ruled::<Patch<Vec<String>>>::has_schema,
        );
        fn __items_0_4(
            __value: ::core::option::Option<&Patch<Vec<String>>>,
            __node: ::core::option::Option<&::secure_runtime::data::Node<'_>>,
            __report: &mut ::secure_runtime::data::Report<'_>,
        ) {
            if let ::core::option::Option::Some(__value) = __value {
                {
                    let __value = __value;
                    ::secure_runtime::rules::inner::check(
                        __value,
                        __report,
                        |__value, __report| {
                            {
                                let __value = __value;
                                ::secure_runtime::rules::length::check(
                                    __value,
                                    ::core::option::Option::None,
                                    ::core::option::Option::Some(10usize),
                                    __report,
                                );
                            }
                        },
                    );
                }
            }
            if let ::core::option::Option::Some(__node) = __node {
                ::secure_runtime::data::Ruled::<
                    <Patch<Vec<String>> as ::secure_runtime::rules::Inner>::Item,
                >::each(
                    __node,
                    __report,
                    |
                        __value: &<Patch<
                            Vec<String>,
                        > as ::secure_runtime::rules::Inner>::Item,
                        __report|
                    {
                        {
                            let __value = __value;
                            ::secure_runtime::rules::length::check(
                                __value,
                                ::core::option::Option::None,
                                ::core::option::Option::Some(10usize),
                                __report,
                            );
                        }
                    },
                );
            }
        }
        #[inline]
        fn __check_0_4(
            __value: &Patch<Vec<String>>,
            __report: &mut ::secure_runtime::data::Report<'_>,
        ) {
            {
                let __rule = ::secure_runtime::rules::length::check::<
                    Patch<Vec<String>>,
                >;
                __rule(
                    __value,
                    ::core::option::Option::None,
                    ::core::option::Option::Some(3usize),
                    __report,
                );
            }
            Self::__items_0_4(
                ::core::option::Option::Some(__value),
                ::core::option::Option::None,
                __report,
            );
            (Self::__INPUT_0_4.0)(__value, __report);
        }
    }
    impl ::secure_runtime::data::Input for NewUser {
        #[allow(unused_variables)]
        fn check(&self, __report: &mut ::secure_runtime::data::Report<'_>) {
            let Self {
                full_name: __member_0,
                role: __member_1,
                user_id: __member_2,
                tags: __member_4,
                ..
            } = self;
            Self::__check_0_0(__member_0, &mut __report.at("fullName"));
            Self::__check_0_1(__member_1, &mut __report.at("role"));
            Self::__check_0_2(__member_2, &mut __report.at("userId"));
            Self::__check_0_4(__member_4, &mut __report.at("tags"));
        }
        fn inspect(
            __node: &::secure_runtime::data::Node<'_>,
            __report: &mut ::secure_runtime::data::Report<'_>,
        ) {
            Self::__inspect(__node, __report);
        }
        fn schema(
            generator: &mut ::secure_runtime::data::SchemaGenerator,
        ) -> ::secure_runtime::data::Schema {
            generator.subschema_for::<Self>()
        }
    }
    #[derive(::secure_runtime::data::Deserialize, ::secure_runtime::data::JsonSchema)]
    #[serde(crate = "::secure_runtime::data::serde", deny_unknown_fields)]
    #[schemars(crate = "::secure_runtime::data::schemars")]
    #[serde(remote = "NewUser", rename = "NewUser", bound(deserialize = ""))]
    #[schemars(rename = "NewUser", bound = "")]
    #[serde(rename_all = "camelCase")]
    struct __Copy
    where
        for<'__a> UserId: ::secure_runtime::data::Input
            + ::secure_runtime::data::JsonSchema,
    {
        /// As it is shown.
        #[schemars(
            transform = ::secure_runtime::rules::length::schema(
                ::core::option::Option::Some(1usize),
                ::core::option::Option::Some(80usize)
            )
        )]
        full_name: String,
        #[schemars(
            transform = ::secure_runtime::rules::pattern::schema("^[a-z]{1,20}$")
        )]
        #[schemars(
            transform = ::secure_runtime::rules::access::schema(
                const{&::secure_runtime::rules::Setters{scope:::core::option::Option::Some(
                    ::secure_runtime::expansion::Expr::from_ops(
                        &[::secure_runtime::expansion::Op::Term(
                            ::secure_runtime::expansion::Cow::Borrowed("admin:users")
                        ),
                        ::secure_runtime::expansion::Op::Term(
                            ::secure_runtime::expansion::Cow::Borrowed("root")
                        ),
                        ::secure_runtime::expansion::Op::Any(2u16)]
                    )
                ),
                role:::core::option::Option::None}}
            )
        )]
        role: Option<String>,
        #[schemars(transform = ::secure_runtime::rules::access::owner_schema())]
        user_id: UserId,
        #[serde(skip_deserializing, default = "NewUser::__default_0_3")]
        #[schemars(skip)]
        created: u64,
        #[schemars(
            transform = ::secure_runtime::rules::length::schema(
                ::core::option::Option::None,
                ::core::option::Option::Some(3usize)
            )
        )]
        #[schemars(
            transform = ::secure_runtime::rules::inner::schema(
                |schema|{(
                    ::secure_runtime::rules::length::schema(
                        ::core::option::Option::None,
                        ::core::option::Option::Some(10usize)
                    )
                )(schema);}
            )
        )]
        #[serde(default)]
        tags: Patch<Vec<String>>,
    }
    impl NewUser
    where
        for<'__a> UserId: ::secure_runtime::data::Input
            + ::secure_runtime::data::JsonSchema,
    {
        #[inline]
        fn __read<'__de, __D: ::secure_runtime::data::serde::Deserializer<'__de>>(
            __deserializer: __D,
        ) -> ::core::result::Result<Self, __D::Error> {
            __Copy::deserialize(__deserializer)
        }
        fn __inspect(
            __node: &::secure_runtime::data::Node<'_>,
            __report: &mut ::secure_runtime::data::Report<'_>,
        ) {
            let ::core::option::Option::Some(__members) = __node.members(__report) else {
                return;
            };
            __members
                .only(&["fullName", "role", "userId", "tags"], &["created"], __report);
            __members
                .member(
                    "fullName",
                    false,
                    __report,
                    Self::__check_0_0,
                    |__node, __report| {
                        (Self::__INPUT_0_0.1)(__node, __report);
                    },
                );
            __members
                .member(
                    "role",
                    false,
                    __report,
                    Self::__check_0_1,
                    |__node, __report| {
                        ::secure_runtime::rules::access::check(
                            true,
                            const {
                                &::secure_runtime::rules::Setters {
                                    scope: ::core::option::Option::Some(
                                        ::secure_runtime::expansion::Expr::from_ops(
                                            &[
                                                ::secure_runtime::expansion::Op::Term(
                                                    ::secure_runtime::expansion::Cow::Borrowed("admin:users"),
                                                ),
                                                ::secure_runtime::expansion::Op::Term(
                                                    ::secure_runtime::expansion::Cow::Borrowed("root"),
                                                ),
                                                ::secure_runtime::expansion::Op::Any(2u16),
                                            ],
                                        ),
                                    ),
                                    role: ::core::option::Option::None,
                                }
                            },
                            __report,
                        );
                        (Self::__INPUT_0_1.1)(__node, __report);
                    },
                );
            __members
                .member(
                    "userId",
                    false,
                    __report,
                    Self::__check_0_2,
                    |__node, __report| {
                        (Self::__INPUT_0_2.1)(__node, __report);
                    },
                );
            __members
                .member(
                    "tags",
                    true,
                    __report,
                    Self::__check_0_4,
                    |__node, __report| {
                        (Self::__INPUT_0_4.1)(__node, __report);
                        Self::__items_0_4(
                            ::core::option::Option::None,
                            ::core::option::Option::Some(__node),
                            __report,
                        );
                    },
                );
        }
        fn __derived() -> ::secure_runtime::data::Derived {
            ::secure_runtime::data::Derived::of::<__Copy>()
        }
    }
    /// Takes its place where a member has no rules, so that the constants above are the one error.
    #[allow(dead_code)]
    trait __Undeclared: ::core::marker::Sized {
        fn __read<'__de, __D: ::secure_runtime::data::serde::Deserializer<'__de>>(
            __deserializer: __D,
        ) -> ::core::result::Result<Self, __D::Error> {
            ::core::result::Result::Err(
                ::secure_runtime::data::serde::de::Error::custom("does not compile"),
            )
        }
        fn __inspect(
            _: &::secure_runtime::data::Node<'_>,
            _: &mut ::secure_runtime::data::Report<'_>,
        ) {}
        fn __derived() -> ::secure_runtime::data::Derived {
            ::secure_runtime::data::Derived::default()
        }
    }
    impl __Undeclared for NewUser {}
    impl<'de> ::secure_runtime::data::serde::Deserialize<'de> for NewUser {
        #[inline]
        fn deserialize<__D: ::secure_runtime::data::serde::Deserializer<'de>>(
            __deserializer: __D,
        ) -> ::core::result::Result<Self, __D::Error> {
            Self::__read(__deserializer)
        }
    }
    impl ::secure_runtime::data::JsonSchema for NewUser {
        fn inline_schema() -> ::core::primitive::bool {
            Self::__derived().is_inline()
        }
        fn schema_name() -> ::secure_runtime::data::Name {
            Self::__derived().name()
        }
        fn schema_id() -> ::secure_runtime::data::Name {
            Self::__derived().id()
        }
        fn json_schema(
            generator: &mut ::secure_runtime::data::SchemaGenerator,
        ) -> ::secure_runtime::data::Schema {
            Self::__derived().schema(generator)
        }
    }
};
