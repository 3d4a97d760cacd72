#[secure(get = "/file", authenticated)]
async fn file() -> Opaque<impl IntoResponse> {
    Opaque("file")
}
