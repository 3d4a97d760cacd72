//! Texts that are not JSON, or that two readers would read in two ways.

use super::{Door, ORDER};

#[tokio::test(flavor = "current_thread")]
async fn b3_what_is_not_json_is_400() {
    let door = Door::new();
    let texts: &[&[u8]] = &[
        b"",
        b" ",
        b"\n",
        b"{",
        b"nul",
        b"name=x",
        b"{}x",
        b"{} {}",
        b"{}\0",
        b"[1,]",
        b"{\"a\":1,}",
        b"NaN",
        b"[Infinity]",
        b"-Infinity",
        b"{\"a\":NaN}",
        b"'a'",
        b"{'a':1}",
        b"{a:1}",
        b"{}// comment",
        b"/* comment */{}",
        b"{}# comment",
        b"[01]",
        b"[+1]",
        b"[.5]",
        b"[0x1]",
        b"\"\t\"",
        // A byte order mark, and other encodings of Unicode.
        b"\xef\xbb\xbf{}",
        b"\xfe\xff\0{\0}",
        b"\xff\xfe{\0}\0",
        b"\0{\0}",
        // No UTF-8: alone, overlong, a surrogate, above U+10FFFF, broken off.
        b"\"\xff\"",
        b"{\"\xff\":1}",
        b"\"\xc0\xaf\"",
        b"\"\xe0\x80\xaf\"",
        b"\"\xf0\x80\x80\xaf\"",
        b"{\"\xc1\xa1\":1}",
        b"\"\xed\xa0\x80\"",
        b"{\"\xed\xbf\xbf\":1}",
        b"\"\xed\xa0\xbd\xed\xb2\xa9\"",
        b"\"\xf4\x90\x80\x80\"",
        b"\"\xc3\"",
        b"\"a\x80\"",
        b"{}\xff",
        // Half of a pair, as an escape.
        b"\"\\ud800\"",
        b"\"\\udc00\"",
        b"\"\\ud83d\\ud83d\"",
        b"{\"\\ud800\":1}",
    ];
    for text in texts {
        for path in ["/anything", "/orders"] {
            let answer = door.json(path, text.to_vec()).await;
            assert_eq!(answer.status, 400, "{path} {}", text.escape_ascii());
            answer.assert_problem(400);
        }
    }
}

/// A text that is wrong in its form is 400 wherever the fault stands: also behind a member that is of another type, or
/// that nobody knows.
#[tokio::test(flavor = "current_thread")]
async fn b3_what_is_not_json_is_400_behind_anything_else() {
    let door = Door::new();
    for begin in [
        r#"{"name":5"#,
        r#"{"unknown":5"#,
        r#"{"name":"""#,
        r#"{"address":["x"]"#,
        r#"{"colour":5"#,
        r#"{"id":7"#,
    ] {
        for rest in [
            "",
            ",",
            ",}",
            "}}",
            "} x",
            r#","a":NaN}"#,
            r#","a":01}"#,
            r#","a":'x'}"#,
            r#","a":{"b":1,"b":2}}"#,
            r#","name":"x","name":"x"}"#,
        ] {
            let text = format!("{begin}{rest}");
            assert_eq!(door.json("/orders", text.clone()).await.status, 400, "{text}");
        }
    }
}

#[tokio::test(flavor = "current_thread")]
async fn b3_a_member_that_stands_twice_is_400() {
    let door = Door::new();
    let whole = |more: &str| ORDER.replacen('{', &format!("{{{more},"), 1);
    let nested = |more: &str| ORDER.replacen("{\"street\"", &format!("{{{more},\"street\""), 1);
    let item = |more: &str| ORDER.replacen("{\"name\":\"a\"", &format!("{{{more},\"name\":\"a\""), 1);
    let many: String = (0..40).map(|i| format!("\"m{i}\":{i},")).collect();
    for twice in [
        whole(r#""name":"pens""#),
        whole(r#""name":"other""#),
        whole(r#""n\u0061me":"pens""#),
        whole(r#""\u006e\u0061\u006d\u0065":"pens""#),
        whole(r#""email":null,"email":null"#),
        whole(r#""unknown":1,"unknown":1"#),
        whole(r#""unknown":{"a":[{"b":1,"\u0062":2}]}"#),
        whole(r#""":1,"":1"#),
        whole(r#""é":1,"\u00e9":1"#),
        whole(r#""\ud83e\udd80":1,"🦀":1"#),
        whole(r#""a\/b":1,"a/b":1"#),
        whole(r#""labels":{"a":"1","\u0061":"2"}"#),
        whole(r#""stock":{"a":{"name":"a","count":1,"count":1}}"#),
        whole(r#""colour":{"mixed":{"share":1,"share":1}}"#),
        nested(r#""zip":"54321""#),
        item(r#""count":2"#),
    ] {
        let answer = door.json("/orders", twice.clone()).await;
        assert_eq!(answer.status, 400, "{twice}");
        let detail = answer.json()["detail"].as_str().unwrap().to_owned();
        assert_eq!(detail, "the body names a member of an object twice", "{twice}");
    }
    // Above sixteen members they are looked up in another way.
    for again in ["m0", "m15", "m16", "m17", "m39", "\\u006d17"] {
        let text = format!("{{{many}\"{again}\":0}}");
        assert_eq!(door.json("/anything", text).await.status, 400, "{again}");
    }
    // Alike is not the same: case, normalisation, white space, and other objects.
    for fine in [
        r#"{"a":1,"A":1}"#,
        r#"{"é":1,"e\u0301":1}"#,
        r#"{"a":1," a":1,"a ":1,"":1}"#,
        r#"{"a":{"a":{"a":[{"a":1},{"a":1}]}}}"#,
        r#"{"a":1,"a\u0000":1}"#,
    ] {
        assert_eq!(door.json("/anything", fine).await.status, 204, "{fine}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn b3_sixty_four_levels_are_read_and_sixty_five_refused() {
    let door = Door::new();
    let lists = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    let objects = |levels: usize| format!("{}1{}", "{\"a\":".repeat(levels), "}".repeat(levels));
    for nested in [lists, objects] {
        assert_eq!(door.json("/anything", nested(64)).await.status, 204);
        for levels in [65, 66, 127, 128, 129, 1000, 100_000] {
            let answer = door.json("/anything", nested(levels)).await;
            answer.assert_problem(400);
            assert_eq!(answer.json()["detail"], "the body is nested deeper than 64 levels");
        }
        // In a member that nobody knows as well: it makes level 64 with the 63 in it.
        for (levels, status) in [(63, 422), (64, 400)] {
            let text = ORDER.replacen('{', &format!("{{\"unknown\":{},", nested(levels)), 1);
            assert_eq!(door.json("/orders", text).await.status, status, "{levels}");
        }
    }
    // Opened and never closed: the depth is found before the end is missed.
    assert_eq!(door.json("/anything", "[".repeat(1 << 20)).await.status, 400);
    assert_eq!(door.json("/anything", "{\"a\":".repeat(1 << 18)).await.status, 400);
}
