#[derive(::secure_runtime::data::Deserialize, ::secure_runtime::data::JsonSchema)]
#[serde(crate = "::secure_runtime::data::serde", transparent)]
#[schemars(
    crate = "::secure_runtime::data::schemars",
    inline,
    transform = ::secure_runtime::rules::length::schema(
        ::core::option::Option::Some(1usize),
        ::core::option::Option::Some(64usize)
    ),
)]
pub struct UserId(pub String);
#[allow(deprecated, single_use_lifetimes)]
const _: () = {
    #[allow(unused_imports)]
    use ::secure_runtime::data::Unruled as _;
    impl UserId {
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
                    ::core::option::Option::Some(64usize),
                    __report,
                );
            }
            (Self::__INPUT_0_0.0)(__value, __report);
        }
    }
    impl ::secure_runtime::data::Input for UserId {
        #[allow(unused_variables)]
        fn check(&self, __report: &mut ::secure_runtime::data::Report<'_>) {
            Self::__check_0_0(&self.0, __report);
        }
        fn inspect(
            __node: &::secure_runtime::data::Node<'_>,
            __report: &mut ::secure_runtime::data::Report<'_>,
        ) {
            (Self::__INPUT_0_0.1)(__node, __report);
        }
        fn schema(
            generator: &mut ::secure_runtime::data::SchemaGenerator,
        ) -> ::secure_runtime::data::Schema {
            generator.subschema_for::<Self>()
        }
    }
    impl ::secure_runtime::Identifier for UserId
    where
        for<'__a> String: ::secure_runtime::Identifier,
    {
        fn names(&self, who: &str) -> bool {
            ::secure_runtime::Identifier::names(&self.0, who)
        }
    }
};
