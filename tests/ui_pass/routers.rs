#![deny(warnings)]
use axum::extract::{FromRef, Path, State};
use secure_runtime::{Routes, SecureApp, SecureRouter, StartupFaults, delete, get, patch, post, put, secure};

mod support;

#[derive(Clone)]
struct App {
    db: Db,
}

#[derive(Clone)]
struct Db;

impl FromRef<App> for Db {
    fn from_ref(app: &App) -> Self {
        app.db.clone()
    }
}

#[secure(get = "/db", authenticated)]
async fn db(State(Db): State<Db>) {}

#[secure(get = "/app", authenticated)]
async fn whole(State(App { db: Db }): State<App>) {}

#[secure(get = "/none", authenticated)]
async fn none() {}

#[secure(authenticated)]
async fn anywhere() {}

#[secure(authenticated, shared = "id")]
async fn with_id(Path(id): Path<u64>, State(Db): State<Db>) -> String {
    id.to_string()
}

fn stateless() -> Routes {
    Routes::new()
        .mount(none)
        .route("/anywhere", get(anywhere).post(anywhere).put(anywhere).patch(anywhere).delete(anywhere))
}

fn stateful() -> Routes<App> {
    Routes::new()
        .demand_rate("100/min")
        .demand_max_body("1KiB")
        .demand_timeout("5s")
        .demand_body_timeout("2s")
        .mount((db, whole, (none,)))
        .route("/ids/{id}", put(with_id).delete(with_id))
}

/// Any state that has a database.
fn generic<S>() -> Routes<S>
where
    S: Clone + Send + Sync + 'static,
    Db: FromRef<S>,
{
    Routes::new().mount((db, none)).route("/ids/{id}", post(with_id)).route("/patched", patch(anywhere))
}

fn build() -> Result<SecureApp, StartupFaults> {
    SecureRouter::new(support::security().build()?)
        .nest("/a", stateful().nest("/generic", generic()).route("/deleted", delete(anywhere)).nest("/within", stateful()))
        .nest("/b", generic::<Db>().with_state(Db))
        .mount(((db, (whole, (none,))),))
        .unsecured("static files", axum::Router::new())
        .with_state::<()>(App { db: Db })
        .nest("/c", stateless())
        .merge(Routes::for_callers().demand_scope("x").mount(tight))
        .build()
}

#[secure(get = "/tight", scope = "y")]
async fn tight() {}

fn main() {
    let count = build().map(|app| app.endpoints().count());
    assert_eq!(count.ok(), Some(29));
}
