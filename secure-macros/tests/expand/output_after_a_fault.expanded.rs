::core::compile_error! {
    "nothing says who may see `email` [S030]\n  = help: write `#[expose]` above it for every caller, `#[expose(scope = \"…\")]`, `#[expose(role = \"…\")]` or `#[expose(owner)]` for some, `#[expose(never)]` for nobody"
}
pub struct Profile {
    name: String,
    email: String,
}
#[allow(deprecated)]
impl ::secure_runtime::data::Output for Profile {
    fn show<S: ::secure_runtime::data::Serializer>(
        &self,
        _: &::secure_runtime::data::Viewer,
        serializer: S,
    ) -> ::core::result::Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}
