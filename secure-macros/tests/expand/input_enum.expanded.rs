enum Payment {
    CreditCard { number: String },
    OnAccount {},
}
#[allow(deprecated, single_use_lifetimes)]
const _: () = {
    #[allow(unused_imports)]
    use ::secure_runtime::data::Unruled as _;
    impl Payment {
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
                static __PATTERN: ::secure_runtime::rules::pattern::Pattern = ::secure_runtime::rules::pattern::Pattern::new(||
                ::secure_runtime::rules::pattern::compile("^[0-9]{16}$"));
                {
                    let __rule = ::secure_runtime::rules::pattern::check::<String>;
                    __rule(__value, &__PATTERN, __report);
                }
            }
            (Self::__INPUT_0_0.0)(__value, __report);
        }
    }
    impl ::secure_runtime::data::Input for Payment {
        #[allow(unused_variables)]
        fn check(&self, __report: &mut ::secure_runtime::data::Report<'_>) {
            match self {
                Self::CreditCard { number: __member_0, .. } => {
                    Self::__check_0_0(__member_0, &mut __report.at("number"));
                }
                Self::OnAccount { .. } => {}
            }
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
    #[schemars(crate = "::secure_runtime::data::schemars", tag = "kind")]
    #[serde(remote = "Payment", rename = "Payment", bound(deserialize = ""))]
    #[schemars(rename = "Payment", bound = "")]
    #[serde(rename_all = "snake_case")]
    enum __Copy {
        CreditCard {
            #[schemars(
                transform = ::secure_runtime::rules::pattern::schema("^[0-9]{16}$")
            )]
            number: String,
        },
        OnAccount {},
    }
    impl Payment {
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
            let ::core::option::Option::Some((__variant, __node)) = __node
                .tagged("kind", __report) else {
                return;
            };
            let __node = &__node;
            match __variant {
                "credit_card" => {
                    let ::core::option::Option::Some(__members) = __node
                        .members(__report) else {
                        return;
                    };
                    __members.only(&["number", "kind"], &[], __report);
                    __members
                        .member(
                            "number",
                            false,
                            __report,
                            Self::__check_0_0,
                            |__node, __report| {
                                (Self::__INPUT_0_0.1)(__node, __report);
                            },
                        );
                }
                "on_account" => {
                    let ::core::option::Option::Some(__members) = __node
                        .members(__report) else {
                        return;
                    };
                    __members.only(&["kind"], &[], __report);
                }
                _ => __report.breaks("variant", "is none of the variants that there are"),
            }
        }
        fn __derived() -> ::secure_runtime::data::Derived {
            ::secure_runtime::data::Derived::of::<__Copy>()
        }
    }
    impl ::secure_runtime::data::External for Payment {
        fn read<'__de, __D: ::secure_runtime::data::serde::Deserializer<'__de>>(
            __deserializer: __D,
        ) -> ::core::result::Result<Self, __D::Error> {
            Self::__read(__deserializer)
        }
    }
    impl<'de> ::secure_runtime::data::serde::Deserialize<'de> for Payment {
        #[inline]
        fn deserialize<__D: ::secure_runtime::data::serde::Deserializer<'de>>(
            __deserializer: __D,
        ) -> ::core::result::Result<Self, __D::Error> {
            ::secure_runtime::data::tagged(
                __deserializer,
                "kind",
                ::core::option::Option::None,
            )
        }
    }
    impl ::secure_runtime::data::JsonSchema for Payment {
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
