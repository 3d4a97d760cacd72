//! What a part is taken for.

use super::*;

fn text(head: &str, content: &[u8], max_chars: usize) -> Result<String, Problem> {
    run(async {
        let mut form = form(parts(&[(head, content)]));
        form.next().await?.unwrap().text(max_chars).await
    })
}

#[test]
fn a_text_is_utf8_of_so_many_characters() {
    assert_eq!(text("name=a", "äöü".as_bytes(), 3).unwrap(), "äöü");
    assert_eq!(text("name=a", "🦀🦀".as_bytes(), 2).unwrap(), "🦀🦀");
    assert_eq!(text("name=a", b"", 0).unwrap(), "");
    for (content, max) in [("äöü", 2), ("aaa", 2), ("🦀🦀🦀", 2), ("a", 0)] {
        assert_eq!(
            refusal(text("name=a", content.as_bytes(), max)),
            is(422, "length #/a"),
            "{content}"
        );
    }
    assert_eq!(refusal(text("name=a", &[b'a'; 100_000], 10)), is(422, "length #/a"));
    for content in [&b"\xff"[..], b"\xc3", b"\xc0\xaf"] {
        assert_eq!(refusal(text("name=a", content, 10)), is(400, ""));
    }
}

#[test]
fn a_text_is_declared_as_one_or_not_at_all() {
    for media in [
        "text/plain",
        "Text/Plain; charset=\"UTF-8\"",
        "text/plain;charset=us-ascii",
    ] {
        assert!(
            text(&format!("name=a\r\nContent-Type: {media}"), b"1", 10).is_ok(),
            "{media}"
        );
    }
    for media in [
        "text/html",
        "application/octet-stream",
        "text/plain; charset=utf-16",
        "application/json",
    ] {
        let read = text(&format!("name=a\r\nContent-Type: {media}"), b"1", 10);
        assert_eq!(refusal(read), is(415, "media_type #/a"), "{media}");
    }
}

#[test]
fn what_is_not_read_is_passed_over() {
    let large = [PNG, &vec![b'\n'; 100_000]].concat();
    let body = parts(&[("name=a", &large), ("name=b", &large), ("name=c", b"1")]);
    for size in [100, 8192, 1_000_000] {
        let mut form = form(chunked(&body, size, false));
        let read = run(async {
            drop(form.next().await?);
            // Too large for its rules: that is the handler's to pass on, or not.
            let half = form.next().await?.unwrap().file(&PICTURE).await;
            assert_eq!(half.unwrap_err().status(), 413);
            form.next().await?.unwrap().text(1).await
        });
        assert_eq!(read.unwrap(), "1", "{size}");
    }
}

#[test]
fn missing_and_unknown_parts_are_pointed_at() {
    assert_eq!(
        refusal::<()>(Err(Multipart::missing("a/b~c"))),
        is(422, "required #/a~1b~0c")
    );
    let unknown = |name: &str| {
        run(async {
            let mut form = form(parts(&[(&format!("name=\"{name}\""), b"1")]));
            Err::<(), _>(form.next().await?.unwrap().unknown())
        })
    };
    assert_eq!(refusal(unknown("<x>")), is(422, "unknown #/%3Cx%3E"));
    let long = format!("unknown #/{}%E2%80%A6", "x".repeat(64));
    assert_eq!(refusal(unknown(&"x".repeat(65))), (422, long));
}

#[test]
fn a_clients_name_for_a_file_is_a_suggestion() {
    for (sent, suggested) in [
        ("filename=\"../../etc/passwd\"", Some("passwd")),
        ("filename=\"C:\\Users\\me\\.a.png\"", Some("a.png")),
        ("filename=\"%2e%2e%2fa.png\"", Some("%2e%2e%2fa.png")),
        ("filename=\"a\tb.png\"", Some("ab.png")),
        ("filename=\"..\"", None),
        ("filename=\"\"", None),
        ("filename*=UTF-8''..%2Fa.png", None),
        ("x=y", None),
    ] {
        let mut form = form(parts(&[(&format!("name=a; {sent}"), PNG)]));
        let found = run(async {
            let file = form.next().await?.unwrap().file(&PICTURE).await?;
            Ok::<_, Problem>(file.suggested_name().map(str::to_owned))
        });
        assert_eq!(found.unwrap().as_deref(), suggested, "{sent}");
    }
    let alone = run(upload("image/png", PNG).file(&PICTURE)).unwrap();
    assert_eq!(alone.suggested_name(), None);
}
