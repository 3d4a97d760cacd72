::core::compile_error! {
    "nothing says who may see `email` [S030]\n  = help: write `#[expose]` above it for every caller, `#[expose(scope = \"…\")]`, `#[expose(role = \"…\")]` or `#[expose(owner)]` for some, `#[expose(never)]` for nobody"
}
pub struct Profile {
    name: String,
    email: String,
}
#[allow(deprecated)]
impl ::secure_runtime::data::Output for Profile {
    fn show<__S: ::secure_runtime::data::Serializer>(
        &self,
        _: &::secure_runtime::data::Viewer,
        serializer: __S,
    ) -> ::core::result::Result<__S::Ok, __S::Error> {
        serializer.serialize_unit()
    }
}
