/// The caller's own profile.
#[secure(get = "/users/{user_id}/profile", scope = "read:profile", owner = "user_id", rate = "100/min")]
async fn get_profile(Path(user_id): Path<UserId>, State(db): State<Db>) -> Result<Json<Profile>, ApiError> {
    db.profile(user_id).await
}
