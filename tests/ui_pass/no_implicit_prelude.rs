#![no_implicit_prelude]
#![deny(warnings)]
use ::axum::Json;
use ::axum::extract::{Path, State};
use ::secure_runtime::{Principal, Problem, secure};

mod support;

#[secure(
    get = "/users/{user_id}",
    scope = "read:users & (a | b)",
    role = "admin",
    owner("user_id", or_scope = "admin:users", hidden),
    when = caller.has_role("x") || user_id.len() < 5,
    rate("10/s", burst = 20, per = "ip"),
    rate(limits::SEARCH, cost = user_id.len()),
    timeout = "5s",
    concurrency = 5,
)]
async fn show(Path(user_id): Path<::std::string::String>, State(()): State<()>) -> ::std::string::String {
    user_id
}

mod limits {
    ::secure_runtime::limits! {
        pub SEARCH = rate("30/min", algorithm = "fixed_quota", per = "tenant");
    }
}

#[secure(post = "/orders", optional, when = caller.is_none(), max_body = "1KiB", body_timeout = "5s")]
async fn create(
    caller: ::core::option::Option<Principal>,
    Json(text): Json<::std::string::String>,
) -> ::core::result::Result<Json<usize_text::Text>, Problem> {
    ::core::mem::drop(caller);
    ::core::result::Result::Ok(Json(text))
}

mod usize_text {
    pub(crate) type Text = ::std::string::String;
}

#[secure(get = "/", public = "a test")]
async fn nothing() {}

fn main() {
    support::starts((show, create, nothing), 3);
}
