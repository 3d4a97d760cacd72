#![deny(warnings)]
use secure_runtime::secure;

mod support;

#[secure(get = "/1", scope = "read:orders")]
async fn one() {}

#[secure(get = "/2", scope = "a&b&c")]
async fn without_spaces() {}

#[secure(get = "/3", scope = " ( a | b ) & ( c | ( d & e ) ) ")]
async fn nested() {}

#[secure(get = "/4", scope = "https://example.com/auth/orders.read | urn:x-y:z_1+2")]
async fn urls() {}

#[secure(get = "/5", scope = "a \
    | b")]
async fn continued() {}

#[secure(get = "/6", scope = r#"a | b"#)]
async fn raw() {}

#[secure(get = "/7", role = "team-lead | vice_president & x.y")]
async fn roles() {}

fn main() {
    support::starts((one, without_spaces, nested, urls, continued, raw, roles), 7);
}
