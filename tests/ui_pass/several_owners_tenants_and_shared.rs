#![deny(warnings)]
use axum::Json;
use axum::extract::{Path, Query};
use secure_runtime::{input, secure};

mod support;

#[input]
struct Transfer {
    from: Account,
    to: Account,
    parties: (String, (u64, String)),
}

#[input]
struct Account {
    #[input(length(max = 64))]
    holder: String,
    #[input(pattern = "^[A-Z0-9]{8,11}$")]
    bank: Box<String>,
}

#[secure(
    post = "/orgs/{org_id}/users/{user_id}/{kind}",
    scope = "transfer",
    owner("user_id", or_scope = "admin:users", hidden),
    owner("transfer.from.holder", or_scope = "a & (b | c)"),
    owner("transfer.parties.0", hidden),
    owner = "author",
    tenant("org_id", hidden, or_scope = "admin:orgs"),
    tenant = "transfer.from.bank",
    tenant("transfer.to.bank"),
    shared = "kind",
    shared = "transfer.to.holder",
)]
async fn create(
    Path((org_id, user_id, kind)): Path<(String, u64, String)>,
    Query((author,)): Query<(String,)>,
    Json(transfer): Json<Transfer>,
) -> String {
    let Transfer { from, to, parties } = transfer;
    format!("{org_id}{user_id}{kind}{author}{}{}{}{}{parties:?}", from.holder, from.bank, to.holder, to.bank)
}

fn main() {
    support::starts(create, 1);
}
