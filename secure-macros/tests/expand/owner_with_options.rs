#[secure(
    put = "/users/{user_id}/profile",
    scope = "write:profile & (app | web)",
    owner("user_id", or_scope = "admin:users", hidden),
    max_body = "4KiB",
    timeout = "5s",
)]
async fn update_profile(
    Path(user_id): Path<UserId>,
    State(db): State<Db>,
    Json(update): Json<ProfileUpdate>,
) -> Result<Json<Profile>, ApiError> {
    db.update(user_id, update).await
}
