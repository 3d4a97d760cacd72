#[output]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    #[expose]
    name: String,
    email: String,
}
