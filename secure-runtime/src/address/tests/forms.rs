//! How addresses are written in the two headers.

use super::*;

/// In both headers; in `Forwarded` in quotes.
const NODES: [(&str, Option<&str>); 40] = [
    ("192.0.2.60", Some("192.0.2.60")),
    ("192.0.2.60:4711", Some("192.0.2.60")),
    ("192.0.2.60:1", Some("192.0.2.60")),
    ("192.0.2.60:_port", Some("192.0.2.60")),
    ("[2001:db8::17]", Some("2001:db8::17")),
    ("[2001:db8::17]:4711", Some("2001:db8::17")),
    ("[2001:DB8:0:0::17]:_a.b-c", Some("2001:db8::17")),
    ("127.0.0.1", Some("127.0.0.1")),
    ("[::1]:80", Some("::1")),
    // Whose zone is the proxy's.
    ("[fe80::1%eth0]", Some("fe80::1")),
    ("[fe80::1%28]:4711", Some("fe80::1")),
    // IPv4, written as IPv6.
    ("[::ffff:192.0.2.60]", Some("192.0.2.60")),
    ("[::ffff:c000:23c]:4711", Some("192.0.2.60")),
    ("[0:0:0:0:0:ffff:c000:023c]", Some("192.0.2.60")),
    // What translates IPv4 is an address of its own.
    ("[64:ff9b::192.0.2.60]", Some("64:ff9b::c000:23c")),
    ("[2002:c000:204::]", Some("2002:c000:204::")),
    ("", None),
    ("unknown", None),
    ("_hidden", None),
    ("_SEVKISEK:4711", None),
    ("proxy.test", None),
    ("192.0.2.999", None),
    ("192.0.2", None),
    ("192.0.2.060", None),
    ("0xc000023c", None),
    ("3221226044", None),
    ("192.0.2.60:", None),
    ("192.0.2.60:http", None),
    ("192.0.2.60:_", None),
    ("192.0.2.60:_a~", None),
    ("192.0.2.60:123456", None),
    ("192.0.2.60%eth0", None),
    ("192.0.2.60/32", None),
    ("[192.0.2.60]", None),
    ("[2001:db8::17", None),
    ("[2001:db8::17]4711", None),
    ("[2001:db8::17]:+80", None),
    ("[fe80::1%]", None),
    ("[fe80::1% :]", None),
    ("[2001:db8::fffff]", None),
];

#[test]
fn h6_a_node_is_an_address_with_a_port_or_without() {
    for (node, address) in NODES {
        let expected = address.unwrap_or(PROXY);
        assert_eq!(by_list(&PROXIES, PROXY, &[node]), expected, "{node}");
        let element = format!("for=\"{node}\"");
        assert_eq!(by_elements(&PROXIES, PROXY, &[&element]), expected, "{element}");
    }
    for nobody in ["0.0.0.0", "0.0.0.0:80", "[::]", "[::ffff:0.0.0.0]:80"] {
        assert_eq!(by_list(&PROXIES, PROXY, &[nobody]), PROXY, "{nobody}");
    }
}

/// In a list of addresses they are common; in `Forwarded`, the port of another could be taken for their end.
#[test]
fn h6_ipv6_without_brackets_is_for_lists_alone() {
    for (bare, address) in [
        ("2001:db8::17", "2001:db8::17"),
        ("::1", "::1"),
        ("::ffff:192.0.2.60", "192.0.2.60"),
        ("0:0:0:0:0:ffff:c000:023c", "192.0.2.60"),
        ("fe80::1%eth0", "fe80::1"),
        ("64:ff9b::192.0.2.60", "64:ff9b::c000:23c"),
    ] {
        assert_eq!(by_list(&PROXIES, PROXY, &[bare]), address);
        let element = format!("for=\"{bare}\"");
        assert_eq!(by_elements(&PROXIES, PROXY, &[&element]), PROXY, "{element}");
    }
    for not in [
        "::",
        "2001:db8::17%",
        "2001:db8::17%a:b",
        "2001:db8:::17",
        "2001:db8::17:47110",
        "2001:db8:0:0:0:0:0:17:4711",
        "2001:db8::17]",
    ] {
        let list = format!("203.0.113.9, {not}");
        assert_eq!(by_list(&PROXIES, PROXY, &[&list]), PROXY, "{list}");
    }
}

#[test]
fn h6_an_element_is_read_as_rfc_7239_has_it() {
    for element in [
        "for=192.0.2.60",
        "FOR=192.0.2.60",
        "For=\"192.0.2.60\"",
        "for=\"192.0.2.60:80\"",
        "for=\"192.0.2.\\6\\0\"",
        "by=203.0.113.43;for=192.0.2.60;host=api.test;proto=https",
        "by=\"[2001:db8::1]:80\";host=\"api.test:80\";proto=https;for=192.0.2.60",
        "host=\"a=b;for=198.51.100.1\";for=192.0.2.60",
        "for=192.0.2.60;extension=\"a\\\"b\"",
        "for=192.0.2.60;",
        ";;for=192.0.2.60;;by=_x;",
        "for=192.0.2.60 ; proto=https",
        "\tfor=192.0.2.60; proto=https\t",
    ] {
        assert_eq!(by_elements(&PROXIES, PROXY, &[element]), "192.0.2.60", "{element}");
    }
    for malformed in [
        "for=192.0.2.60;for=192.0.2.60",
        "for=192.0.2.60;For=198.51.100.1",
        "for =192.0.2.60",
        "for= 192.0.2.60",
        "for:192.0.2.60",
        "for",
        "=192.0.2.60",
        "for=192.0.2.60 proto=https",
        "for=192.0.2.60;proto",
        "for=192.0.2.60;proto=",
        "for=192.0.2.60;=https",
        "for=192.0.2.60;@=x",
        "for=192.0.2.60;x=[",
        // A port and IPv6 need quotes.
        "for=192.0.2.60:80",
        "for=[2001:db8::17]",
        "for=\"192.0.2.60",
        "for=192.0.2.60\"",
        "for=\"192.0.2.60\"x",
        "for=\"192.0.2.60\"\"\"",
        "for=\"192.0.2.60\\\"",
        "for='192.0.2.60'",
        "for=\" 192.0.2.60\"",
        "for=192.0.2.\\60",
        "xfor=192.0.2.60",
        "for=\"192.0.2.60, 192.0.2.61\"",
    ] {
        let list = format!("for=198.51.100.2, {malformed}");
        assert_eq!(by_elements(&PROXIES, PROXY, &[&list]), PROXY, "{list}");
    }
    // Beyond ASCII, in a string that is not the node.
    let latin: [(&str, &[u8]); 1] = [("forwarded", b"for=192.0.2.60;host=\"\xe9\"")];
    let proxies = addresses(Some(TrustedProxies::forwarded(PROXIES)));
    assert_eq!(proxies.of(&request(PROXY, &latin)).unwrap().to_string(), "192.0.2.60");
}

/// It is no list of strings, and a client's quote hides nothing.
#[test]
fn h6_quotes_mean_nothing_in_a_list_of_addresses() {
    assert_eq!(by_list(&PROXIES, PROXY, &["\"203.0.113.9\""]), PROXY);
    assert_eq!(
        by_list(&PROXIES, PROXY, &["\"198.51.100.1, 203.0.113.9, 10.0.0.2"]),
        "203.0.113.9"
    );
    assert_eq!(
        by_list(&PROXIES, PROXY, &["198.51.100.1, \"203.0.113.9, 10.0.0.2\""]),
        PROXY
    );
    assert_eq!(by_list(&PROXIES, PROXY, &["for=203.0.113.9"]), PROXY);
}

#[test]
fn h6_ipv4_is_the_same_in_either_form() {
    let mapped = ["::ffff:10.0.0.0/104"];
    for networks in [&PROXIES[..], &mapped] {
        for peer in ["10.0.0.1", "::ffff:10.0.0.1", "::ffff:a00:1"] {
            assert_eq!(by_list(networks, peer, &["203.0.113.9"]), "203.0.113.9");
            let list = "203.0.113.9, ::ffff:10.9.9.9, [::ffff:a00:2]:80";
            assert_eq!(by_list(networks, peer, &[list]), "203.0.113.9", "{networks:?}");
        }
        assert_eq!(by_list(networks, "::ffff:11.0.0.1", &["203.0.113.9"]), "11.0.0.1");
    }
    // It is not in a network of IPv6 for that.
    assert_eq!(by_list(&["::/8"], "::ffff:10.0.0.1", &["203.0.113.9"]), "10.0.0.1");
    // What only looks like it is another address.
    assert_eq!(by_list(&PROXIES, "::10.0.0.1", &["203.0.113.9"]), "::a00:1");
}

#[test]
fn h6_a_zone_does_not_matter_for_trust() {
    let networks = ["10.0.0.0/8", "fe80::/10"];
    assert_eq!(by_list(&networks, PROXY, &["203.0.113.9, fe80::1%eth0"]), "203.0.113.9");
    let element = "for=203.0.113.9, for=\"[fe80::1%25eth0]:80\"";
    assert_eq!(by_elements(&networks, PROXY, &[element]), "203.0.113.9");
}
