use super::*;
use rcgen::{CertificateParams, ExtendedKeyUsagePurpose, IsCa, KeyPair, SerialNumber, date_time_ymd};

#[test]
fn m4_a_trusted_client_gets_the_scopes_of_the_table() {
    let root = Authority::root("root");
    let verifier = verifier(trust(&root.pem));
    let certificate = root.sign(&client(vec![uri(BILLING)]));
    let found = verifier.identify(&certificate, NOW).unwrap();
    assert_eq!(&**found.issuer, "urn:secure:certificate:partners");
    assert_eq!((&*found.name, found.scope), (BILLING, "read:invoices write:invoices"));
    assert_eq!(found.expires_at, 1_769_904_000.0); // 2026-02-01
}

#[test]
fn m4_a_chain_leads_to_a_root_of_ours() {
    let (root, other) = (Authority::root("root"), Authority::root("root"));
    let verifier = verifier(trust(&root.pem));
    let middle = root.below("middle", |_| ());
    let leaf = middle.sign(&client(vec![uri(BILLING)]));
    let whole = leaf.clone().with_intermediates([middle.der.clone()]);
    assert!(verifier.identify(&whole, NOW).is_ok());
    // Without the link, with another root's, and with the root's own beside it.
    assert!(verifier.identify(&leaf, NOW).is_err());
    let foreign = other.below("middle", |_| ());
    let foreign_leaf = foreign.sign(&client(vec![uri(BILLING)]));
    for chain in [
        vec![foreign.der.clone()],
        vec![foreign.der, other.der.clone()],
        vec![middle.der, root.der.clone()],
    ] {
        assert!(
            verifier
                .identify(&foreign_leaf.clone().with_intermediates(chain), NOW)
                .is_err()
        );
    }
    // Of the same name as our root, and self-signed.
    assert!(
        verifier
            .identify(&other.sign(&client(vec![uri(BILLING)])), NOW)
            .is_err()
    );
    let own = client(vec![uri(BILLING)])
        .self_signed(&KeyPair::generate().unwrap())
        .unwrap();
    let own = ClientCertificate::new(own.der().to_vec()).with_intermediates([root.der.clone()]);
    assert!(verifier.identify(&own, NOW).is_err());
}

#[test]
fn m4_a_client_signs_for_nobody() {
    let root = Authority::root("root");
    let verifier = verifier(trust(&root.pem));
    // A client of ours that plays authority.
    let rogue = root.below("rogue", |params| {
        *params = client(vec![uri("spiffe://partner.test/rogue")]);
        params.is_ca = IsCa::ExplicitNoCa;
    });
    let forged = rogue.sign(&client(vec![uri(BILLING)]));
    assert!(verifier.identify(&forged.with_intermediates([rogue.der]), NOW).is_err());
    // And an authority is no client.
    let authority = root.below("authority", |params| {
        params.subject_alt_names = vec![uri(BILLING)];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
    });
    assert!(verifier.identify(&ClientCertificate::new(authority.der), NOW).is_err());
}

#[test]
fn m4_certificates_have_their_time() {
    let root = Authority::root("root");
    let verifier = verifier(trust(&root.pem));
    let leaf = root.sign(&client(vec![uri(BILLING)]));
    // From 2026-01-01 to 2026-02-01.
    for (now, fine) in [
        (1_767_225_600.0, true),
        (1_767_225_599.0, false),
        (1_769_904_000.0, true),
        (1_769_904_001.0, false),
        (f64::INFINITY, false),
        (-1.0, false),
    ] {
        assert_eq!(verifier.identify(&leaf, now).is_ok(), fine, "{now}");
    }
    let expired = root.below("middle", |params| params.not_after = date_time_ymd(2026, 1, 10));
    let under = expired
        .sign(&client(vec![uri(BILLING)]))
        .with_intermediates([expired.der]);
    assert!(verifier.identify(&under, NOW).is_err());
}

#[test]
fn m4_only_certificates_for_clients_of_tls_count() {
    let root = Authority::root("root");
    let verifier = verifier(trust(&root.pem));
    let with = |usages: Vec<ExtendedKeyUsagePurpose>| {
        let mut params: CertificateParams = client(vec![uri(BILLING)]);
        params.extended_key_usages = usages;
        root.sign(&params)
    };
    use ExtendedKeyUsagePurpose::{Any, ClientAuth, CodeSigning, ServerAuth};
    assert!(verifier.identify(&with(vec![ServerAuth, ClientAuth]), NOW).is_ok());
    for usages in [vec![], vec![ServerAuth], vec![CodeSigning], vec![Any]] {
        assert!(verifier.identify(&with(usages), NOW).is_err());
    }
}

#[test]
fn m4_what_is_no_certificate_names_nobody() {
    let root = Authority::root("root");
    let verifier = verifier(trust(&root.pem));
    let good = root.sign(&client(vec![uri(BILLING)]));
    let mut tampered = good.der().to_vec();
    let at = tampered.windows(7).position(|window| window == b"billing").unwrap();
    tampered[at] = b'f';
    let longer = [good.der(), &[0]].concat();
    for der in [
        vec![],
        vec![0x30],
        b"-----BEGIN CERTIFICATE-----".to_vec(),
        tampered,
        longer,
        good.der()[1..].to_vec(),
    ] {
        assert!(verifier.identify(&ClientCertificate::new(der), NOW).is_err());
    }
    assert!(verifier.identify(&good, NOW).is_ok());
    // What comes along and is not needed does no harm.
    assert!(
        verifier
            .identify(&good.with_intermediates([vec![0x30, 0xff]]), NOW)
            .is_ok()
    );
}

#[test]
fn m4_revoked_and_uncovered_certificates_are_refused() {
    let root = Authority::root("root");
    let numbered = |serial: u64| {
        let mut params = client(vec![uri(BILLING)]);
        params.serial_number = Some(SerialNumber::from(serial));
        root.sign(&params)
    };
    let current = verifier(trust(&root.pem).crls(root.revoke(&[7], 2)));
    assert!(current.identify(&numbered(8), NOW).is_ok());
    assert!(current.identify(&numbered(7), NOW).is_err());
    // The list's own time ends on the tenth, and it is the fifteenth.
    let old = verifier(trust(&root.pem).crls(root.revoke(&[7], 1)));
    assert!(old.identify(&numbered(8), NOW).is_err());
    let foreign = verifier(trust(&root.pem).crls(Authority::root("other").revoke(&[7], 2)));
    assert!(foreign.identify(&numbered(8), NOW).is_err());
    let forged = verifier(trust(&root.pem).crls(Authority::root("root").revoke(&[], 2)));
    assert!(forged.identify(&numbered(8), NOW).is_err());
}

#[test]
fn faults_come_all_at_once() {
    let mut faults = Vec::new();
    let wrong = ClientCertificates::trust("Partners!", "no pem")
        .identity(Identity::SanDns)
        .client("*.partner.test", ["a"])
        .client("a.partner.test\0", ["a"])
        .client("a.partner.test", ["a b"])
        .client("A.partner.test", ["a"])
        .crls("no pem");
    assert!(wrong.prepare(&mut faults).is_none());
    assert_eq!(faults.len(), 7, "{faults:?}");
    let nobody = ClientCertificates::trust("partners", Authority::root("root").pem).identity(Identity::SanUri);
    faults.clear();
    assert!(nobody.prepare(&mut faults).is_none());
    assert_eq!(faults.len(), 1, "{faults:?}");
    let broken = Authority::root("root").pem + "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n";
    assert!(trust(&broken).prepare(&mut faults).is_none());
}
