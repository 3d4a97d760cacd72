//! A handler can be passed on as any value.
#![deny(warnings)]
use secure_runtime::{Anyone, Endpoint, EndpointOf, Mount, Routes, SecureEndpoint, secure};

mod support;

mod users {
    mod show {
        #[secure_runtime::secure(get = "/users", authenticated)]
        pub(crate) async fn users() {}
    }
    pub(crate) use show::users;
    pub(crate) use show::users as people;
}

#[secure(get = "/copy", authenticated)]
async fn copied() {}

const HANDLER: EndpointOf<copied> = copied;
static HANDLERS: (EndpointOf<copied>, EndpointOf<users::people>) = (copied, users::users);

fn any<S: Clone + Send + Sync + 'static, E: SecureEndpoint<S>>(endpoint: E) -> Routes<S>
where
    E: Mount<S, Anyone>,
{
    assert!(E::POLICY.route.is_some());
    Routes::new().mount(endpoint)
}

fn main() {
    let handler = HANDLER;
    let _ = (handler, handler, HANDLERS.0);
    assert!(copied::POLICY.endpoint.ends_with("::copied"));
    assert!(format!("{handler:?}").contains("copied"));
    drop(any::<(), _>(handler));
    support::starts((HANDLER, users::people), 2);
}
