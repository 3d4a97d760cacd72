#[secure(post = "/transfers", scope = "transfer", owner = "transfer.from")]
async fn transfer(State(bank): State<Bank>, Json(transfer): Json<Transfer>) -> Result<(), BankError> {
    bank.transfer(transfer).await
}
