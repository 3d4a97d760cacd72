#[derive(::secure_runtime::data::Deserialize, ::secure_runtime::data::JsonSchema)]
#[serde(crate = "::secure_runtime::data::serde", deny_unknown_fields)]
#[schemars(crate = "::secure_runtime::data::schemars")]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Payment {
    CreditCard {
        #[schemars(transform = ::secure_runtime::rules::pattern::schema("^[0-9]{16}$"))]
        number: String,
    },
    OnAccount {},
}
const _: () = {
    impl Payment {}
    impl ::secure_runtime::data::Input for Payment {
        #[allow(unused_variables)]
        fn check(&self, __report: &mut ::secure_runtime::data::Report<'_>) {
            match self {
                Self::CreditCard { number: __member_0, .. } => {
                    let __value = __member_0;
                    let __report = &mut __report.at("number");
                    {
                        static __PATTERN: ::secure_runtime::rules::pattern::Pattern = ::secure_runtime::rules::pattern::Pattern::new(||
                        ::secure_runtime::rules::pattern::compile("^[0-9]{16}$"));
                        ::secure_runtime::rules::pattern::check(
                            __value,
                            &__PATTERN,
                            __report,
                        );
                    }
                    <String as ::secure_runtime::data::Input>::check(__value, __report);
                }
                Self::OnAccount { .. } => {}
            }
        }
        fn schema(
            generator: &mut ::secure_runtime::data::SchemaGenerator,
        ) -> ::secure_runtime::data::Schema {
            generator.subschema_for::<Self>()
        }
    }
};
