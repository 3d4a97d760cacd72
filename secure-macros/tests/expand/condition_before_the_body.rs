#[secure(get = "/reports/{year}", authenticated, when = *year > 2000 || caller.has_role("archivist"))]
async fn get_report(Path(year): Path<u16>, State(db): State<Db>) -> Json<Report> {
    db.report(year).await
}
