use axum::http::HeaderMap;
use secure_runtime::gate::{Read, last_argument};

fn forge() -> Read<HeaderMap> {
    last_argument()
}

fn main() {}
