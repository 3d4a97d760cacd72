/// What is shown of a user.
#[output(owner = "user_id")]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    #[expose]
    user_id: UserId,
    #[expose(owner, or_scope = "admin:users")]
    email_address: String,
    #[expose(role = "manager")]
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<String>,
    #[expose(never)]
    password_hash: Vec<u8>,
}
