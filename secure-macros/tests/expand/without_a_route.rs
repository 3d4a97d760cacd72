#[secure(crate = guard, authenticated)]
async fn anywhere() {}
