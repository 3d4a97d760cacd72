#![deny(warnings)]
use axum::Json;
use axum::extract::Path;
use secure_runtime::{Principal, secure};

mod support;

macro_rules! handler {
    ($(#[$attr:meta])* $vis:vis $name:ident, $method:ident $path:literal, $scope:literal, $ty:ty, $count:expr) => {
        $(#[$attr])*
        #[secure($method = $path, scope = $scope, rate("10/s", burst = $count), shared = "id", when = *id < 100)]
        $vis async fn $name(Path(id): Path<$ty>) -> Json<$ty> {
            Json(id)
        }
    };
}

handler! {
    /// Small.
    pub(crate) small, get "/small/{id}", "a", u8, 20
}
handler!(large, delete "/large/{id}", "a & b", u64, 30);

macro_rules! whole {
    ($name:ident($($arg:tt)*) -> $ret:ty = $body:block, $($key:tt)*) => {
        #[secure($($key)*)]
        async fn $name($($arg)*) -> $ret $body
    };
}

whole!(
    whole(Path(user_id): Path<String>, caller: Principal) -> String = { user_id + caller.subject() },
    get = "/whole/{user_id}", authenticated, owner = "user_id", when = caller.has_scope("x"),
);

fn main() {
    support::starts((small, large, whole), 3);
}
