#![deny(warnings)]
use axum::Json;
use secure_runtime::secure;

mod support;

macro_rules! every {
    ($($name:ident: $path:literal $scope:literal $owner:literal $rate:literal $burst:literal $size:literal $time:expr;)+) => { $(
        #[secure(
            post = $path,
            scope = $scope,
            owner($owner, or_scope = $scope, hidden),
            rate($rate, burst = $burst),
            max_body = $size,
            timeout = $time
        )]
        async fn $name(Json(text): Json<String>) -> String {
            text
        }
    )+ };
}

every! {
    first: "/first" "a" "text" "1/s" 5 "1KiB" "5s";
    second: "/second" "a | b" "text" "10/min" 50 "10KiB" "500ms";
}

macro_rules! open {
    ($name:ident, $why:literal, $path:expr) => {
        #[secure(get = $path, public = $why)]
        async fn $name() {}
    };
}

open!(open, "a test", "/open");

fn main() {
    support::starts((first, second, open), 3);
}
