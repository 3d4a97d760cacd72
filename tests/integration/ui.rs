//! What must not compile, and what the message says; and what must.

/// `TRYBUILD=overwrite cargo test -p secure-tests -- ui::misuse` writes the `.stderr` files anew: read each before
/// committing it.
#[test]
fn misuse_does_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("ui/*/*.rs");
}

/// Each of them denies warnings, so that neither an error nor a lint comes out of an expansion; and each starts what it
/// mounts.
#[test]
fn right_programs_compile() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui_pass/*.rs");
}
