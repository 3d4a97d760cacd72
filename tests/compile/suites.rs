//! What must not compile, and what the message says; and what must.

use trybuild::TestCases;

/// What `build.rs` says must arrive, or everything is built twice as often, and several times as large.
fn cases() -> TestCases {
    for name in [
        "CARGO_ENCODED_RUSTFLAGS",
        "CARGO_PROFILE_DEV_DEBUG",
        "CARGO_PROFILE_DEV_STRIP",
    ] {
        assert!(
            std::env::var_os(name).is_some(),
            "{name} is not set: cargo is to run this"
        );
    }
    TestCases::new()
}

/// `TRYBUILD=overwrite cargo test -p secure-ui-tests -- misuse` writes the `.stderr` files anew: read each before
/// committing it.
#[test]
fn misuse_does_not_compile() {
    cases().compile_fail("ui/*/*.rs");
}

/// Each of them denies warnings, so that neither an error nor a lint comes out of an expansion; and each starts what it
/// mounts.
#[test]
fn right_programs_compile() {
    cases().pass("ui_pass/*.rs");
}
