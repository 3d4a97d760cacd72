#[input]
#[derive(Debug)]
#[serde(rename_all = "camelCase")]
struct NewUser {
    /// As it is shown.
    #[input(length(min = 1, max = 80))]
    full_name: String,
    #[input(scope = "admin:users | root", pattern = "^[a-z]{1,20}$")]
    role: Option<String>,
    #[input(owner)]
    user_id: UserId,
    #[input(server)]
    created: u64,
    #[input(length(max = 3), inner(length(max = 10)))]
    tags: Patch<Vec<String>>,
}
