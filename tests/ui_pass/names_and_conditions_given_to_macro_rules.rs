#![deny(warnings)]
use axum::extract::Path;
use secure_runtime::secure;

mod support;

// The name comes from the caller of the macro, the pattern is the macro's own.
macro_rules! owned {
    ($name:ident, $path:literal, $owner:literal) => {
        #[secure(get = $path, authenticated, owner = $owner)]
        async fn $name(Path(user_id): Path<String>) -> String {
            user_id
        }
    };
}

owned!(owned, "/owned/{user_id}", "user_id");

// The condition comes from the caller of the macro.
macro_rules! conditional {
    ($name:ident, $path:literal, $cond:expr) => {
        #[secure(get = $path, authenticated, when = $cond)]
        async fn $name() {}
    };
}

conditional!(conditional, "/conditional", caller.has_scope("x") || caller.has_role("y"));

// The argument as well.
macro_rules! bounded {
    ($name:ident, $path:literal, $id:ident, $ty:ty, $pat:pat, $cond:expr) => {
        #[secure(get = $path, authenticated, when = $cond && *$id < 1000)]
        async fn $name($pat: Path<$ty>) -> String {
            $id.to_string()
        }
    };
}

bounded!(bounded, "/bounded/{number}", number, u64, Path(number), *number > 5);

fn main() {
    support::starts((owned, conditional, bounded), 3);
}
