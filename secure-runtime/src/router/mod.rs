//! Routers that take secured endpoints only.

mod entry;
mod method;
mod mount;
mod routes;
mod secure_router;

pub use entry::MountedEndpoint;
pub use method::{EndpointMethods, IntoEndpointMethods, delete, get, patch, post, put};
pub use mount::{Anyone, Callers, IntoRoutes, Mount, Secured};
pub use routes::Routes;
pub use secure_router::{SecureApp, SecureRouter, SecuritySource};
