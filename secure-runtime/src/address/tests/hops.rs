//! Whose a request is: hop by hop from the right, and no further than trusted hops say.

use super::*;
use crate::address::hops::MAX_HOPS;

#[test]
fn h6_the_client_is_the_first_that_is_no_proxy() {
    for (lines, client) in [
        (&["203.0.113.9"][..], "203.0.113.9"),
        (&["203.0.113.9, 10.0.0.2"], "203.0.113.9"),
        (&["203.0.113.9, 10.0.0.2, 10.0.0.3"], "203.0.113.9"),
        // A proxy of one family asks one of the other.
        (&["203.0.113.9, fd00::7, 10.0.0.3"], "203.0.113.9"),
        (&["2001:db8::9, fd00::7"], "2001:db8::9"),
    ] {
        assert_eq!(by_list(&PROXIES, PROXY, lines), client, "{lines:?}");
    }
    for (lines, client) in [
        (&["for=203.0.113.9"][..], "203.0.113.9"),
        (
            &["for=203.0.113.9;by=10.0.0.2;proto=https;host=api.test"],
            "203.0.113.9",
        ),
        (&["for=203.0.113.9, for=10.0.0.2, for=\"[fd00::7]\""], "203.0.113.9"),
        (&["for=\"[2001:db8::9]\", for=10.0.0.2"], "2001:db8::9"),
    ] {
        assert_eq!(by_elements(&PROXIES, PROXY, lines), client, "{lines:?}");
    }
}

#[test]
fn h6_entries_to_the_left_of_the_client_are_its_own_inventions() {
    for invented in [
        "198.51.100.1",
        "198.51.100.1, 10.0.0.2",
        "10.0.0.2, 198.51.100.1, 10.0.0.3",
        "",
        ",",
        "\"",
        "\\",
    ] {
        let list = format!("{invented}, 203.0.113.9, 10.0.0.2");
        assert_eq!(by_list(&PROXIES, PROXY, &[&list]), "203.0.113.9", "{list}");
    }
    for invented in [
        "for=198.51.100.1",
        "for=198.51.100.1, for=10.0.0.2",
        "for=198.51.100.1;host=\"",
        "for=\"",
        "for=\"198.51.100.1\\",
        "for=198.51.100.1;x=\"\\\"",
        "\\",
        "",
    ] {
        let element = format!("{invented}, for=203.0.113.9;host=\"a, b\", for=10.0.0.2");
        assert_eq!(by_elements(&PROXIES, PROXY, &[&element]), "203.0.113.9", "{element}");
        assert_eq!(
            by_elements(&PROXIES, PROXY, &[invented, "for=203.0.113.9"]),
            "203.0.113.9",
            "{invented}"
        );
    }
}

#[test]
fn h6_from_an_untrusted_peer_no_header_counts() {
    for peer in ["198.51.100.7", "2001:db8::7", "11.0.0.1", "fc00::1"] {
        assert_eq!(by_list(&PROXIES, peer, &["203.0.113.9, 10.0.0.2"]), peer);
        assert_eq!(by_list(&PROXIES, peer, &["10.0.0.2"]), peer);
        assert_eq!(by_elements(&PROXIES, peer, &["for=203.0.113.9, for=10.0.0.2"]), peer);
        assert_eq!(by_list(&PROXIES, peer, &[]), peer);
    }
}

#[test]
fn h6_without_trusted_proxies_no_header_counts() {
    let lines: [(&str, &[u8]); 2] = [("x-forwarded-for", b"203.0.113.9"), ("forwarded", b"for=203.0.113.9")];
    for peer in ["192.0.2.1", "10.0.0.1", "127.0.0.1", "::1"] {
        let client = addresses(None).of(&request(peer, &lines)).unwrap();
        assert_eq!(client.to_string(), peer);
    }
}

#[test]
fn h6_only_the_header_that_was_named_is_read() {
    let both: [(&str, &[u8]); 2] = [("x-forwarded-for", b"203.0.113.1"), ("forwarded", b"for=203.0.113.2")];
    let others: [(&str, &[u8]); 4] = [
        ("x-real-ip", b"203.0.113.3"),
        ("x_forwarded_for", b"203.0.113.4"),
        ("x-forwarded", b"for=203.0.113.5"),
        ("via", b"203.0.113.6"),
    ];
    let client = |proxies: TrustedProxies, lines: &[(&str, &[u8])]| {
        let found = addresses(Some(proxies)).of(&request(PROXY, lines));
        found.unwrap().to_string()
    };
    assert_eq!(client(TrustedProxies::x_forwarded_for(PROXIES), &both), "203.0.113.1");
    assert_eq!(client(TrustedProxies::forwarded(PROXIES), &both), "203.0.113.2");
    // Where the one is missing, the other does not stand in for it.
    assert_eq!(client(TrustedProxies::x_forwarded_for(PROXIES), &both[1..]), PROXY);
    assert_eq!(client(TrustedProxies::forwarded(PROXIES), &both[..1]), PROXY);
    for proxies in [
        TrustedProxies::forwarded(PROXIES),
        TrustedProxies::x_forwarded_for(PROXIES),
    ] {
        assert_eq!(client(proxies, &others), PROXY);
    }
}

#[test]
fn h6_the_lines_of_a_header_are_one_list() {
    assert_eq!(
        by_list(&PROXIES, PROXY, &["198.51.100.1", "203.0.113.9"]),
        "203.0.113.9"
    );
    assert_eq!(
        by_list(&PROXIES, PROXY, &["198.51.100.1, 203.0.113.9", "10.0.0.2"]),
        "203.0.113.9"
    );
    assert_eq!(
        by_list(&PROXIES, PROXY, &["203.0.113.9", "10.0.0.3, 10.0.0.2", "10.0.0.4"]),
        "203.0.113.9"
    );
    let lines = ["for=198.51.100.1", "for=203.0.113.9, for=10.0.0.3", "for=10.0.0.2"];
    assert_eq!(by_elements(&PROXIES, PROXY, &lines), "203.0.113.9");
    // A string does not go on in the next line.
    let lines = ["for=198.51.100.1;host=\"a", "for=203.0.113.9;host=\"b\""];
    assert_eq!(by_elements(&PROXIES, PROXY, &lines), "203.0.113.9");
}

#[test]
fn h6_where_all_are_proxies_it_is_the_leftmost() {
    assert_eq!(
        by_list(&PROXIES, PROXY, &["10.0.0.9, 10.0.0.3", "10.0.0.2"]),
        "10.0.0.9"
    );
    assert_eq!(
        by_elements(&PROXIES, PROXY, &["for=\"[fd00::9]\", for=10.0.0.2"]),
        "fd00::9"
    );
    assert_eq!(by_list(&PROXIES, PROXY, &[]), PROXY);
}

#[test]
fn h6_what_a_hop_says_unreadably_is_not_skipped() {
    for unreadable in [
        "",
        " ",
        "unknown",
        "_hidden",
        "garbage",
        "192.0.2.256",
        "::",
        "0.0.0.0",
        "10.0.0.2 10.0.0.3",
    ] {
        // Said by the peer: it is the last that is known.
        let list = format!("203.0.113.9, {unreadable}");
        assert_eq!(by_list(&PROXIES, PROXY, &[&list]), PROXY, "{list}");
        // Said by the hop before.
        let list = format!("203.0.113.9, {unreadable}, 10.0.0.2");
        assert_eq!(by_list(&PROXIES, PROXY, &[&list]), "10.0.0.2", "{list}");
        assert_eq!(
            by_list(&PROXIES, PROXY, &["203.0.113.9", unreadable, "10.0.0.2"]),
            "10.0.0.2",
            "{list}"
        );
    }
    for unreadable in [
        "",
        "for=unknown",
        "for=_hidden",
        "for=\"\"",
        "for=",
        "proto=https;by=10.0.0.1",
        "203.0.113.9",
        "x",
    ] {
        let element = format!("for=203.0.113.9, {unreadable}");
        assert_eq!(by_elements(&PROXIES, PROXY, &[&element]), PROXY, "{element}");
        let element = format!("for=203.0.113.9, {unreadable}, for=10.0.0.2");
        assert_eq!(by_elements(&PROXIES, PROXY, &[&element]), "10.0.0.2", "{element}");
    }
    let latin: [(&str, &[u8]); 1] = [("x-forwarded-for", b"203.0.113.9, \xe9")];
    let proxies = addresses(Some(TrustedProxies::x_forwarded_for(PROXIES)));
    assert_eq!(proxies.of(&request(PROXY, &latin)).unwrap().to_string(), PROXY);
}

/// What a client writes into `Host` can stand in a string of the proxy's element.
#[test]
fn h6_a_comma_in_a_string_begins_no_element() {
    for host in [
        "a, for=198.51.100.1",
        "a, for=198.51.100.1;x=",
        "\\\", for=198.51.100.1;x=\\\"",
        "\\\\, for=198.51.100.1;x=\\\\",
        ", for=198.51.100.1, \\\"",
        "\\\\\\\", for=198.51.100.1",
    ] {
        let element = format!("for=198.51.100.2, for=203.0.113.9;host=\"{host}\"");
        assert_eq!(by_elements(&PROXIES, PROXY, &[&element]), "203.0.113.9", "{element}");
        let element = format!("for=198.51.100.2, for=203.0.113.9;host=\"{host}\";proto=http, for=10.0.0.2");
        assert_eq!(by_elements(&PROXIES, PROXY, &[&element]), "203.0.113.9", "{element}");
    }
}

#[test]
fn h6_a_chain_is_followed_for_so_many_hops() {
    let chain = |proxies: usize| {
        ["203.0.113.9"]
            .into_iter()
            .chain(vec!["10.0.0.2"; proxies])
            .collect::<Vec<_>>()
    };
    assert_eq!(by_list(&PROXIES, PROXY, &chain(MAX_HOPS - 1)), "203.0.113.9");
    assert_eq!(by_list(&PROXIES, PROXY, &chain(MAX_HOPS)), "10.0.0.2");
    assert_eq!(by_list(&PROXIES, PROXY, &[&chain(10_000).join(",")]), "10.0.0.2");
}

/// A reading that looks back for each byte would take minutes for these.
#[test]
fn h6_long_headers_take_linear_time() {
    let begun = std::time::Instant::now();
    for piece in [
        "\"",
        "\\",
        "\\\"",
        ",",
        ";",
        "=",
        " ",
        "for=\"\\\\\"",
        "10.0.0.2,",
        "%",
        "[",
    ] {
        let long = piece.repeat((1 << 18) / piece.len());
        by_list(&PROXIES, PROXY, &[&long]);
        for line in [
            format!("{long}, for=10.0.0.2"),
            format!("for=\"{long}"),
            format!("for=\"{long}\""),
            long,
        ] {
            by_elements(&PROXIES, PROXY, &[&line]);
        }
    }
    assert!(begun.elapsed().as_secs() < 30, "{:?}", begun.elapsed());
}
