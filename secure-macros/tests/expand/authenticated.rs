#[secure(get = "/me", authenticated)]
pub(crate) async fn me(caller: Principal) -> String {
    caller.subject().to_owned()
}
