#![deny(warnings)]
use axum::Json;
use axum::extract::{Extension, State};
use secure_runtime::{SecureRouter, output, secure};

mod support;

struct Config {
    name: String,
}

#[output]
struct View<'a> {
    #[expose]
    name: &'a str,
}

#[secure(get = "/config", authenticated, when = config.name.len() < 5)]
async fn show(State(config): State<&'static Config>, Extension(text): Extension<&'static str>) -> Json<(&'static str, View<'static>)> {
    Json((text, View { name: &config.name }))
}

#[secure(get = "/slice", authenticated)]
async fn slice() -> Json<&'static [&'static str]> {
    Json(&["a", "b"])
}

fn main() {
    let config: &'static Config = Box::leak(Box::new(Config { name: String::new() }));
    let app = SecureRouter::new(support::security())
        .mount((show, slice))
        .with_state::<()>(config)
        .build()
        .expect("it starts");
    assert_eq!(app.endpoints().count(), 2);
}
