//! Profiles: read and changed by whom they belong to, or by administrators.

use axum::Json;
use axum::extract::{Path, State};
use secure_runtime::{Untrusted, input, output, secure};

use crate::db::Db;
use crate::error::ApiError;

/// A user's identifier: the subject of the user's tokens.
#[input]
#[output]
#[derive(Clone, Debug)]
pub struct UserId(
    #[input(length(min = 1, max = 64))]
    #[expose]
    pub String,
);

/// What is shown of a user, and to whom.
#[output(owner = "user_id")]
#[derive(Clone, Debug)]
pub struct Profile {
    #[expose]
    user_id: UserId,
    #[expose]
    name: String,
    #[expose]
    bio: String,
    #[expose(owner, or_scope = "admin:users")]
    email: String,
    /// What the user may do here.
    #[expose(scope = "admin:users")]
    role: String,
}

impl Profile {
    fn from_row(row: &rusqlite::Row<'_>) -> Result<Self, rusqlite::Error> {
        Ok(Self {
            user_id: UserId(row.get(0)?),
            name: row.get(1)?,
            bio: row.get(2)?,
            email: row.get(3)?,
            role: row.get(4)?,
        })
    }
}

/// What a user may change, and what only an administrator may.
#[input]
pub struct ProfileUpdate {
    #[input(length(min = 1, max = 80))]
    name: String,
    #[input(length(max = 1000))]
    bio: Untrusted<String>,
    #[input(scope = "admin:users", pattern = "^(customer|employee|manager)$")]
    role: Option<String>,
}

/// The caller's own profile; administrators see every profile, and more of it.
#[secure(
    get = "/users/{user_id}/profile",
    scope = "read:profile",
    owner("user_id", or_scope = "admin:users"),
    rate = "100/min"
)]
pub async fn get_profile(Path(user_id): Path<UserId>, State(db): State<Db>) -> Result<Json<Profile>, ApiError> {
    let profile = db.query(move |connection| {
        let sql = "SELECT user_id, name, bio, email, role FROM profiles WHERE user_id = ?1";
        connection.query_row(sql, [user_id.0], Profile::from_row)
    });
    profile.await.map(Json)
}

/// Changes the caller's own profile; administrators change every profile, and the role in it.
#[secure(
    put = "/users/{user_id}/profile",
    scope = "write:profile",
    owner("user_id", or_scope = "admin:users"),
    rate = "30/min",
    max_body = "4KiB",
    timeout = "5s"
)]
pub async fn update_profile(
    Path(user_id): Path<UserId>,
    State(db): State<Db>,
    Json(update): Json<ProfileUpdate>,
) -> Result<Json<Profile>, ApiError> {
    let profile = db.query(move |connection| {
        let sql = "UPDATE profiles SET name = ?2, bio = ?3, role = coalesce(?4, role) WHERE user_id = ?1 \
                   RETURNING user_id, name, bio, email, role";
        let values = (user_id.0, update.name, update.bio.sql_parameter(), update.role);
        connection.query_row(sql, values, Profile::from_row)
    });
    profile.await.map(Json)
}
