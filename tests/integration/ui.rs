//! What must not compile, and what the message says; and what must.

/// `TRYBUILD=overwrite cargo test -p secure-tests ui` writes the `.stderr` files anew: read each before committing it.
#[test]
fn misuse_does_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/*/*.rs");
}
