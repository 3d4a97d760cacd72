use std::borrow::{Borrow, Cow};
use std::collections::BTreeMap;
use std::fmt::{Debug, Display, Write};
use std::ops::{Add, AddAssign, Deref, DerefMut, Index};
use std::path::Path;

use axum::response::IntoResponse;
use html_escape::decode_html_entities;
use percent_encoding::percent_decode_str;
use schemars::{JsonSchema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Untrusted;
use super::text::MAX_LOG;
use crate::rules::{self, Glance, Length as _, Text as _};
use crate::secret::tests::{lacks, places, wrong_with};
use crate::{Input, Output, Report, Shown, Viewer};

lacks!(Untrusted: Debug Display Write ToString Serialize Deref DerefMut AsRef<str> AsRef<[u8]> AsRef<String>
    AsRef<Path> AsRef<std::ffi::OsStr> AsMut<String> AsMut<str> Borrow<str> Borrow<String> PartialEq PartialEq<str>
    PartialEq<String> PartialEq<&'static str> PartialOrd std::hash::Hash Into<String> Into<Box<str>> Into<Vec<u8>>
    Into<Cow<'static, str>> Into<Box<dyn std::error::Error>> Into<axum::body::Body> Add<&'static str> AddAssign<&'static str>
    Index<std::ops::RangeFull> IntoIterator Iterator std::net::ToSocketAddrs IntoResponse crate::Answer crate::Identifier
    std::error::Error regex::Replacer);

/// Each character that there is.
fn every_char() -> impl Iterator<Item = char> {
    '\0'..=char::MAX
}

#[test]
fn html_holds_text_only() {
    let cases = [
        (
            "<script>alert(1)</script>",
            "&lt;script&gt;alert(1)&lt;&#x2F;script&gt;",
        ),
        ("\" onmouseover=alert(1) x=\"", "&quot; onmouseover=alert(1) x=&quot;"),
        ("' onfocus='alert(1)", "&#x27; onfocus=&#x27;alert(1)"),
        ("&lt;script&gt;", "&amp;lt;script&amp;gt;"),
        ("--><!--", "--&gt;&lt;!--"),
        ("]]>", "]]&gt;"),
        ("<scr\0ipt>", "&lt;scr\0ipt&gt;"),
        ("a &amp b", "a &amp;amp b"),
        ("Zoë 漢字 🦀", "Zoë 漢字 🦀"),
        ("", ""),
    ];
    for (attack, escaped) in cases {
        assert_eq!(Untrusted::new(attack).html(), escaped, "{attack:?}");
    }
    let all: String = every_char().collect();
    let escaped = Untrusted::new(all.as_str()).html();
    assert!(!escaped.contains(['<', '>', '"', '\'', '/']));
    assert_eq!(decode_html_entities(&escaped), all);
    for c in every_char() {
        let escaped = Untrusted::new(c.to_string()).html();
        let is_plain = escaped == c.to_string();
        assert_eq!(is_plain, !matches!(c, '&' | '<' | '>' | '"' | '\'' | '/'), "{c:?}");
    }
}

#[test]
fn a_log_has_one_line_in_which_everything_is_seen() {
    let cases = [
        (
            "x\r\n2026-01-01 INFO admin logged in",
            "x\\r\\n2026-01-01 INFO admin logged in",
        ),
        ("x\\n", "x\\\\n"),
        ("\u{1b}[2J\u{1b}]0;owned\u{7}", "\\u{1b}[2J\\u{1b}]0;owned\\u{7}"),
        ("\u{9b}31m", "\\u{9b}31m"),
        ("user\u{202e}nimda\u{202c}", "user\\u{202e}nimda\\u{202c}"),
        ("\u{2066}a\u{2069}", "\\u{2066}a\\u{2069}"),
        ("ad\u{200b}min\u{feff}", "ad\\u{200b}min\\u{feff}"),
        (
            "a\u{2028}b\u{2029}c\u{85}d\u{b}e\u{c}f",
            "a\\u{2028}b\\u{2029}c\\u{85}d\\u{b}e\\u{c}f",
        ),
        ("a\tb\0c\u{8}\u{7f}", "a\\tb\\0c\\u{8}\\u{7f}"),
        ("\" role=\"admin", "\\\" role=\\\"admin"),
        ("' or", "\\' or"),
        (
            "a\u{3164}b\u{2800}c\u{a0}d\u{3000}e",
            "a\\u{3164}b\\u{2800}c\\u{a0}d\\u{3000}e",
        ),
        ("n\u{303}o", "n\\u{303}o"),
        ("Zoë 漢字 🦀 <b>%00", "Zoë 漢字 🦀 <b>%00"),
        ("", ""),
    ];
    for (attack, escaped) in cases {
        assert_eq!(Untrusted::new(attack).log(), escaped, "{attack:?}");
    }
}

#[test]
fn nothing_that_hides_gets_into_a_log() {
    // Bidi_Control of Unicode, and Default_Ignorable_Code_Point.
    let bidi = "\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
    let ignorable = [
        '\u{ad}'..='\u{ad}',
        '\u{34f}'..='\u{34f}',
        '\u{61c}'..='\u{61c}',
        '\u{115f}'..='\u{1160}',
        '\u{17b4}'..='\u{17b5}',
        '\u{180b}'..='\u{180f}',
        '\u{200b}'..='\u{200f}',
        '\u{202a}'..='\u{202e}',
        '\u{2060}'..='\u{206f}',
        '\u{3164}'..='\u{3164}',
        '\u{fe00}'..='\u{fe0f}',
        '\u{feff}'..='\u{feff}',
        '\u{ffa0}'..='\u{ffa0}',
        '\u{fff0}'..='\u{fff8}',
        '\u{1bca0}'..='\u{1bca3}',
        '\u{1d173}'..='\u{1d17a}',
        '\u{e0000}'..='\u{e0fff}',
    ];
    let hidden = bidi
        .chars()
        .chain(ignorable.into_iter().flatten())
        .chain("\u{2800}".chars());
    let other = every_char().filter(|c| c.is_control() || c.is_whitespace() && *c != ' ');
    for c in hidden.chain(other) {
        let line = Untrusted::new(format!("a{c}b")).log();
        assert!(line.is_ascii() && !line.contains(c) && line.contains('\\'), "{c:?}");
    }
}

#[test]
fn a_log_stays_short() {
    let of = |text: String| Untrusted::new(text).log();
    assert_eq!(of("x".repeat(5000)).chars().count(), 1024);
    assert_eq!(of("x".repeat(MAX_LOG)), "x".repeat(MAX_LOG));
    assert_eq!(of("x".repeat(MAX_LOG + 1)), "x".repeat(MAX_LOG - 1) + "…");
    assert_eq!(of("ü".repeat(1 << 20)), "ü".repeat(MAX_LOG - 1) + "…");
    // No escape is cut in two.
    assert_eq!(of("\n".repeat(MAX_LOG / 2)), "\\n".repeat(MAX_LOG / 2));
    assert_eq!(of("\n".repeat(MAX_LOG / 2 + 1)), "\\n".repeat(MAX_LOG / 2 - 1) + "…");
    assert_eq!(of("x".repeat(MAX_LOG - 1) + "\u{202e}"), "x".repeat(MAX_LOG - 1) + "…");
    assert_eq!(
        of("x".repeat(MAX_LOG - 8) + "\u{202e}"),
        "x".repeat(MAX_LOG - 8) + "\\u{202e}"
    );
    assert_eq!(of("x".repeat(MAX_LOG) + "\r\n"), "x".repeat(MAX_LOG - 1) + "…");
    for size in MAX_LOG - 12..MAX_LOG + 2 {
        for tail in ["\n", "\u{e0001}", "\"", "\u{3164}", "a\u{202e}b"] {
            assert!(
                of("x".repeat(size) + tail).chars().count() <= MAX_LOG,
                "{size} {tail:?}"
            );
        }
    }
}

#[test]
fn a_url_component_is_one() {
    let cases = [
        ("../../etc/passwd", "..%2F..%2Fetc%2Fpasswd"),
        ("%00", "%2500"),
        ("\0", "%00"),
        ("%2e%2e%2f", "%252e%252e%252f"),
        ("a b+c", "a%20b%2Bc"),
        ("x&admin=1#top?;=", "x%26admin%3D1%23top%3F%3B%3D"),
        ("\r\nHost: evil", "%0D%0AHost%3A%20evil"),
        ("https://evil.example/@a", "https%3A%2F%2Fevil.example%2F%40a"),
        ("javascript:alert(1)", "javascript%3Aalert%281%29"),
        ("\\..\\", "%5C..%5C"),
        ("ü\u{202e}", "%C3%BC%E2%80%AE"),
        ("<script>'\"", "%3Cscript%3E%27%22"),
        ("AZaz09-._~", "AZaz09-._~"),
        ("", ""),
    ];
    for (attack, escaped) in cases {
        assert_eq!(Untrusted::new(attack).url_component(), escaped, "{attack:?}");
    }
    for c in every_char() {
        let escaped = Untrusted::new(c.to_string()).url_component();
        let is_unreserved = c.is_ascii_alphanumeric() || "-._~".contains(c);
        assert_eq!(escaped == c.to_string(), is_unreserved, "{c:?}");
        assert!(
            escaped
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b)),
            "{c:?}"
        );
        assert_eq!(percent_decode_str(&escaped).decode_utf8().unwrap(), c.to_string());
    }
}

#[test]
fn a_path_segment_leads_nowhere_else() {
    for nothing in ["", ".", ".."] {
        assert_eq!(Untrusted::new(nothing).path_segment(), None, "{nothing:?}");
    }
    for (text, segment) in [
        ("...", "..."),
        ("../", "..%2F"),
        (".a", ".a"),
        ("%2e%2e", "%252e%252e"),
        (". ", ".%20"),
    ] {
        assert_eq!(
            Untrusted::new(text).path_segment().as_deref(),
            Some(segment),
            "{text:?}"
        );
    }
}

#[test]
fn a_bound_parameter_is_the_text() {
    let attack = "'; DROP TABLE users; --";
    assert_eq!(Untrusted::new(attack.to_owned()).sql_parameter(), attack);
}

#[test]
fn checks_let_through_what_they_say() {
    let short = |text: &String| if text.len() < 4 { Ok(()) } else { Err("long") };
    assert_eq!(Untrusted::new("abc".to_owned()).validate(short), Ok("abc".to_owned()));
    assert_eq!(Untrusted::new("abcd".to_owned()).validate(short), Err("long"));
    assert_eq!(Untrusted::new("7").parse::<u8>(), Ok(7));
    assert!(Untrusted::new("7; --").parse::<u8>().is_err());
    assert!(Untrusted::new("7").parse_with(str::parse::<u8>).is_ok());
    assert!(Untrusted::new(300u32).parse_with(u8::try_from).is_err());
    assert_eq!(Untrusted::new("as it is").trust("a test"), "as it is");

    let text = Untrusted::new("äb".to_owned());
    assert_eq!((text.char_count(), text.is_empty()), (2, false));
    assert!(Untrusted::new(Cow::Borrowed("")).is_empty());
    assert!(
        text.by_ref()
            .parse_with(|text| if text == "äb" { Ok(()) } else { Err(()) })
            .is_ok()
    );
    assert_eq!(text.by_ref().html(), text.clone().html());
}

#[test]
fn parts_are_untrusted_as_well() {
    #[derive(Deserialize)]
    struct Item {
        name: String,
        note: Option<String>,
    }
    let answer = r#"[{ "name": "<a>", "note": "<b>" }, { "name": "c", "note": null }]"#;
    let items: Untrusted<Vec<Item>> = serde_json::from_str(answer).unwrap();
    let mut seen = Vec::new();
    for item in items.by_ref().items() {
        let name: Untrusted<&String> = item.by_ref().map(|item| &item.name);
        seen.push(name.html());
        let note: Option<Untrusted<&String>> = item.map(|item| &item.note).items().next();
        seen.extend(note.map(|note| note.html()));
    }
    assert_eq!(seen, ["&lt;a&gt;", "&lt;b&gt;", "c"]);
    assert_eq!(items.items().count(), 2);
    let pairs: Vec<(String, Untrusted<String>)> = serde_urlencoded::from_str("bio=%3Cb%3E").unwrap();
    assert_eq!(pairs[0].1.html(), "&lt;b&gt;");
    assert!(serde_json::from_str::<Untrusted>("7").is_err());
}

#[test]
fn it_takes_the_rules_of_what_it_holds() {
    let text = Untrusted::new("hü".to_owned());
    assert_eq!(text.text(Glance::of_a_rule()), Some("hü"));
    assert!(text.within((2, 2)).is_ok());
    assert!(text.within((3, 9)).is_err());
    assert!(text.within((0, 1)).is_err());
    assert!(Untrusted::new(vec![1, 2]).within((3, 3)).is_err());
    #[derive(Deserialize)]
    struct Profile {
        bio: Untrusted,
        link: Untrusted<String>,
        tags: Untrusted<Vec<String>>,
        notes: Untrusted<BTreeMap<String, String>>,
    }
    impl Input for Profile {
        fn check(&self, report: &mut Report<'_>) {
            let short = |text: &String, report: &mut Report<'_>| rules::length::check(text, None, Some(2), report);
            rules::length::check(&self.bio, None, Some(2), &mut report.at("bio"));
            rules::url::check(&self.link, &mut report.at("link"));
            rules::inner::check(&self.tags, &mut report.at("tags"), short);
            rules::inner::check(&self.notes, &mut report.at("notes"), short);
            Untrusted::new(f64::NAN).check(report);
        }
    }
    let body = json!({ "bio": "<b>", "link": "javascript:alert(1)", "tags": ["a", "long"], "notes": { "k": "long" } });
    let expected = [
        ("length", "#/bio"),
        ("url", "#/link"),
        ("length", "#/tags/1"),
        ("length", "#/notes/k"),
        ("finite", "#"),
    ];
    assert_eq!(places(&wrong_with::<Profile>(body)), expected);
    assert_eq!(
        places(&wrong_with::<Untrusted<Vec<u8>>>(json!([1, "x"]))),
        [("type", "#/1")]
    );
    assert!(wrong_with::<Untrusted<Vec<u8>>>(json!([1, 2])).is_empty());
}

#[test]
fn it_looks_like_what_it_holds() {
    #[derive(Deserialize, JsonSchema)]
    #[expect(dead_code, reason = "only its schema is looked at")]
    struct Bio {
        text: Untrusted<String>,
    }
    let generator = &mut SchemaGenerator::default();
    assert_eq!(
        generator.subschema_for::<Untrusted<String>>(),
        json!({ "type": "string" })
    );
    assert_eq!(
        <Untrusted<String> as Input>::schema(generator),
        json!({ "type": "string" })
    );
    assert_eq!(
        <Untrusted<String> as Output>::schema(generator),
        json!({ "type": "string" })
    );
    assert_eq!(
        generator.subschema_for::<Untrusted<Bio>>(),
        json!({ "$ref": "#/$defs/Bio" })
    );
    assert_eq!(generator.subschema_for::<Bio>(), json!({ "$ref": "#/$defs/Bio" }));
    assert_eq!(
        generator.definitions()["Bio"]["properties"]["text"],
        json!({ "type": "string" })
    );
}

#[test]
fn json_escapes_it() {
    let attack = "\", \"admin\": true, \"x\": \"\\\r\n\u{1b}\0";
    let shown = BTreeMap::from([("bio".to_owned(), Untrusted::new(attack.to_owned()))]);
    let text = serde_json::to_string(&Shown::new(&shown, &Viewer::of(None, None, None))).unwrap();
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&text).unwrap(),
        json!({ "bio": attack })
    );
    assert!(!text.contains(char::is_control));
}
