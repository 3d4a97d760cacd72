//! Two hundred endpoints, each compiled by itself, as those of an application are; or one, where compiling the others is all they would
//! do.

use axum::extract::Path;
use axum::routing::get;
use axum::{Json, Router};
use secure_runtime::{SecureRouter, output, secure};

use super::Profile;

/// What a [`Profile`] says, to everybody who may ask.
#[output]
pub(super) struct Shown {
    #[expose]
    user_id: String,
    #[expose]
    name: &'static str,
    #[expose]
    email: &'static str,
    #[expose]
    plan: &'static str,
    #[expose]
    created_at: &'static str,
}

impl From<Profile> for Shown {
    fn from(profile: Profile) -> Self {
        let Profile {
            user_id,
            name,
            email,
            plan,
            created_at,
        } = profile;
        Self {
            user_id,
            name,
            email,
            plan,
            created_at,
        }
    }
}

macro_rules! endpoints {
    ($($name:ident)*) => {
        $(
            mod $name {
                use super::{Json, Path, Profile, Shown, secure};

                #[secure(
                    scope = "read:profile",
                    owner = "user_id",
                    rate("1000000/s", burst = 1000),
                    max_body = "1MiB"
                )]
                pub(super) async fn profile(Path(user_id): Path<String>) -> Json<Shown> {
                    Json(Profile::of(user_id).into())
                }

                pub(super) async fn plain(Path(user_id): Path<String>) -> Json<Profile> {
                    Json(Profile::of(user_id))
                }
            }
        )*

        const COUNT: usize = [$(stringify!($name)),*].len();

        /// The first so many of them, secured.
        pub(super) fn secured(endpoints: u32, router: SecureRouter) -> SecureRouter {
            assert!(endpoints as usize <= COUNT, "more endpoints need the feature `many-endpoints`");
            let mount: [fn(SecureRouter) -> SecureRouter; COUNT] = [$(|router| {
                router.route(route!($name), secure_runtime::get($name::profile))
            }),*];
            mount.into_iter().take(endpoints as usize).fold(router, |router, mount| mount(router))
        }

        /// The first so many of them, for everybody.
        pub(super) fn plain(endpoints: u32) -> Router {
            let mount: [fn(Router) -> Router; COUNT] = [$(|router| {
                router.route(route!($name), get($name::plain))
            }),*];
            mount.into_iter().take(endpoints as usize).fold(Router::new(), |router, mount| mount(router))
        }
    };
}

macro_rules! route {
    ($name:ident) => {
        concat!("/", stringify!($name), "/users/{user_id}/profile")
    };
}

#[cfg(not(feature = "many-endpoints"))]
endpoints! { e0 }

#[cfg(feature = "many-endpoints")]
endpoints! {
    e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 e10 e11 e12 e13 e14 e15 e16 e17 e18 e19
    e20 e21 e22 e23 e24 e25 e26 e27 e28 e29 e30 e31 e32 e33 e34 e35 e36 e37 e38 e39
    e40 e41 e42 e43 e44 e45 e46 e47 e48 e49 e50 e51 e52 e53 e54 e55 e56 e57 e58 e59
    e60 e61 e62 e63 e64 e65 e66 e67 e68 e69 e70 e71 e72 e73 e74 e75 e76 e77 e78 e79
    e80 e81 e82 e83 e84 e85 e86 e87 e88 e89 e90 e91 e92 e93 e94 e95 e96 e97 e98 e99
    e100 e101 e102 e103 e104 e105 e106 e107 e108 e109 e110 e111 e112 e113 e114 e115 e116 e117 e118 e119
    e120 e121 e122 e123 e124 e125 e126 e127 e128 e129 e130 e131 e132 e133 e134 e135 e136 e137 e138 e139
    e140 e141 e142 e143 e144 e145 e146 e147 e148 e149 e150 e151 e152 e153 e154 e155 e156 e157 e158 e159
    e160 e161 e162 e163 e164 e165 e166 e167 e168 e169 e170 e171 e172 e173 e174 e175 e176 e177 e178 e179
    e180 e181 e182 e183 e184 e185 e186 e187 e188 e189 e190 e191 e192 e193 e194 e195 e196 e197 e198 e199
}
