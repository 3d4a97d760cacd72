use super::*;
use rcgen::{DnType, DnValue};

fn dns(text: &str) -> SanType {
    SanType::DnsName(text.try_into().unwrap())
}

fn email(text: &str) -> SanType {
    SanType::Rfc822Name(text.try_into().unwrap())
}

/// Who a certificate with these names is, where one kind counts.
fn named(
    identity: Identity,
    known: &[&str],
    names_in_certificate: Vec<SanType>,
    common_names: &[&str],
) -> Option<String> {
    let root = Authority::root("root");
    let mut certificates = ClientCertificates::trust("partners", root.pem.as_str()).identity(identity);
    for name in known {
        certificates = certificates.client(*name, ["read:invoices"]);
    }
    let mut params = client(names_in_certificate);
    if let [name] = common_names {
        params.distinguished_name.push(DnType::CommonName, *name);
    }
    let certificate = root.sign(&params);
    names(verifier(certificates).identify(&certificate, NOW))
}

#[test]
fn m4_the_kind_that_was_chosen_counts_and_no_other() {
    let all = || vec![uri(BILLING), dns("billing.partner.test"), email("billing@partner.test")];
    let known = |identity, name: &str| named(identity, &[name], all(), &["billing"]);
    assert_eq!(known(Identity::SanUri, BILLING).as_deref(), Some(BILLING));
    assert_eq!(
        known(Identity::SanDns, "Billing.partner.test").as_deref(),
        Some("billing.partner.test")
    );
    assert_eq!(
        known(Identity::SanEmail, "billing@partner.test").as_deref(),
        Some("billing@partner.test")
    );
    assert_eq!(
        known(Identity::SubjectCommonName, "billing").as_deref(),
        Some("billing")
    );
    // A name of one kind is none of another.
    for (identity, name) in [
        (Identity::SanUri, "billing.partner.test"),
        (Identity::SanDns, "billing"),
        (Identity::SanEmail, "billing.partner.test"),
        (Identity::SubjectCommonName, "billing.partner.test"),
    ] {
        assert_eq!(known(identity, name), None, "{identity:?}");
    }
    for identity in [Identity::SanUri, Identity::SanEmail, Identity::SanDns] {
        let name = "billing.partner.test";
        assert_eq!(
            named(identity, &[name], vec![], &[name]),
            None,
            "the common name is no {identity:?}"
        );
    }
}

#[test]
fn m4_two_names_are_nobodys() {
    let known = ["spiffe://partner.test/a", "spiffe://partner.test/b"];
    assert!(named(Identity::SanUri, &known, vec![uri(known[0])], &[]).is_some());
    for second in [known[0], known[1], "spiffe://partner.test/c", "https://x.test/"] {
        assert_eq!(
            named(Identity::SanUri, &known, vec![uri(known[0]), uri(second)], &[]),
            None,
            "{second}"
        );
    }
    // Others beside it do no harm.
    assert!(
        named(
            Identity::SanUri,
            &known,
            vec![dns("a.test"), uri(known[0]), email("a@a.test")],
            &[]
        )
        .is_some()
    );
}

#[test]
fn m4_a_name_near_a_known_one_is_unknown() {
    for near in [
        "spiffe://partner.test/billing2",
        "spiffe://partner.test/Billing",
        "spiffe://partner.test/billing/",
        "spiffe://partner.test/bil%6cing",
        "spiffe://partner.test/billing\0.evil.test",
        " spiffe://partner.test/billing",
        "",
    ] {
        assert_eq!(
            named(Identity::SanUri, &[BILLING], vec![uri(near)], &[]),
            None,
            "{near:?}"
        );
    }
    let known = ["a.partner.test"];
    assert!(named(Identity::SanDns, &known, vec![dns("A.PARTNER.test")], &[]).is_some());
    for near in [
        "*.partner.test",
        "a.partner.test.",
        "a.partner.test\0",
        "aa.partner.test",
    ] {
        assert_eq!(named(Identity::SanDns, &known, vec![dns(near)], &[]), None, "{near:?}");
    }
    for near in ["Billing", "billing ", "billing\0", "billing\n"] {
        assert_eq!(
            named(Identity::SubjectCommonName, &["billing"], vec![], &[near]),
            None,
            "{near:?}"
        );
    }
}

#[test]
fn m4_a_common_name_is_read_in_its_own_writing() {
    let root = Authority::root("root");
    let certificates = ClientCertificates::trust("partners", root.pem.as_str())
        .identity(Identity::SubjectCommonName)
        .client("billing", ["read:invoices"]);
    let verifier = verifier(certificates);
    for value in [
        DnValue::Utf8String("billing".to_owned()),
        DnValue::PrintableString("billing".try_into().unwrap()),
    ] {
        let mut params = client(vec![]);
        params.distinguished_name.push(DnType::CommonName, value);
        assert_eq!(
            names(verifier.identify(&root.sign(&params), NOW)).as_deref(),
            Some("billing")
        );
    }
}
