::core::compile_error! {
    "nothing bounds this text [S028]\n  = note: whoever sends it would decide how much memory and time it takes\n  = help: add `#[input(length(max = 80))]`, with the most that makes sense"
}
pub struct Update {
    name: String,
}
#[allow(deprecated)]
const _: () = {
    impl<'__de> ::secure_runtime::data::serde::Deserialize<'__de> for Update {
        fn deserialize<__D: ::secure_runtime::data::serde::Deserializer<'__de>>(
            _: __D,
        ) -> ::core::result::Result<Self, __D::Error> {
            ::core::result::Result::Err(
                ::secure_runtime::data::serde::de::Error::custom("does not compile"),
            )
        }
    }
    impl ::secure_runtime::data::JsonSchema for Update {
        fn schema_name() -> ::std::borrow::Cow<'static, str> {
            ::std::borrow::Cow::Borrowed("")
        }
        fn json_schema(
            _: &mut ::secure_runtime::data::SchemaGenerator,
        ) -> ::secure_runtime::data::Schema {
            ::core::default::Default::default()
        }
    }
    impl ::secure_runtime::data::Input for Update {
        fn check(&self, _: &mut ::secure_runtime::data::Report<'_>) {}
    }
};
