#[input]
#[serde(rename_all = "camelCase")]
pub struct Update {
    name: String,
}
