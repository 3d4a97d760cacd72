//! Profiles: read and changed by whom they belong to, or by administrators.

use axum::Json;
use axum::extract::{Path, State};
use secure_runtime::{Identifier, Input, Output, Violation, secure};
use serde::{Deserialize, Serialize};

use crate::db::Db;
use crate::error::ApiError;

/// A user's identifier: the subject of the user's tokens.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct UserId(pub String);

impl Identifier for UserId {
    fn names(&self, who: &str) -> bool {
        self.0.names(who)
    }
}

impl Input for UserId {
    fn check(&self, violations: &mut Vec<Violation>) {
        if self.0.is_empty() || self.0.len() > 64 {
            violations.push(Violation::new("", "a user's identifier has 1 to 64 bytes"));
        }
    }
}

/// What is shown of a user.
#[derive(Clone, Debug, Serialize)]
pub struct Profile {
    name: String,
    bio: String,
}

impl Output for Profile {}

/// What a user may change.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileUpdate {
    name: String,
    bio: String,
}

impl Input for ProfileUpdate {
    fn check(&self, violations: &mut Vec<Violation>) {
        if !(1..=80).contains(&self.name.chars().count()) {
            violations.push(Violation::new("/name", "must have 1 to 80 characters"));
        }
        if self.bio.chars().count() > 1000 {
            violations.push(Violation::new("/bio", "must have at most 1000 characters"));
        }
    }
}

/// The caller's own profile; administrators see every profile.
#[secure(
    get = "/users/{user_id}/profile",
    scope = "read:profile",
    owner("user_id", or_scope = "admin:users"),
    rate = "100/min"
)]
pub async fn get_profile(Path(user_id): Path<UserId>, State(db): State<Db>) -> Result<Json<Profile>, ApiError> {
    let profile = db.query(move |connection| {
        connection.query_row(
            "SELECT name, bio FROM profiles WHERE user_id = ?1",
            [user_id.0],
            |row| {
                Ok(Profile {
                    name: row.get(0)?,
                    bio: row.get(1)?,
                })
            },
        )
    });
    profile.await.map(Json)
}

/// Changes the caller's own profile; administrators change every profile.
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
        let sql = "UPDATE profiles SET name = ?2, bio = ?3 WHERE user_id = ?1 RETURNING name, bio";
        connection.query_row(sql, (user_id.0, update.name, update.bio), |row| {
            Ok(Profile {
                name: row.get(0)?,
                bio: row.get(1)?,
            })
        })
    });
    profile.await.map(Json)
}
