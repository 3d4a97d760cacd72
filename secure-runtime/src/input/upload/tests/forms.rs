//! What a form is.

use super::*;

/// The names and texts of a form.
fn texts(body: impl Into<Body>) -> Result<Vec<(String, String)>, Problem> {
    run(async {
        let mut form = form(body);
        let mut all = Vec::new();
        while let Some(part) = form.next().await? {
            let name = part.name().to_owned();
            all.push((name, part.text(1000).await?));
        }
        Ok(all)
    })
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect()
}

#[test]
fn parts_are_read_however_the_body_is_cut() {
    let body = parts(&[
        ("name=a", b"1\r\n--\r\n--bb-"),
        ("name=\"b c\"", b""),
        ("name=c", "ä\r".as_bytes()),
    ]);
    // A line that begins like the boundary is the boundary, and then it is broken.
    assert_eq!(refusal(texts(body)), is(400, ""));
    let body = parts(&[
        ("name=a", b"1\r\n--\r\n-b"),
        ("name=\"b c\"", b""),
        ("name=c", "ä\r".as_bytes()),
    ]);
    let expected = pairs(&[("a", "1\r\n--\r\n-b"), ("b c", ""), ("c", "ä\r")]);
    for size in 1..=body.len() {
        assert_eq!(texts(chunked(&body, size, false)).unwrap(), expected, "{size}");
    }
    assert_eq!(texts("--b--").unwrap(), []);
}

#[test]
fn a_form_that_breaks_off_is_refused() {
    let body = parts(&[("name=a", b"one"), ("name=b", b"two")]);
    let whole = body.len() - 2;
    for length in 0..whole {
        for breaks_off in [false, true] {
            let cut = chunked(&body[..length], 10, breaks_off);
            assert_eq!(refusal(texts(cut)), is(400, ""), "{length} {breaks_off}");
        }
    }
    assert!(texts(body[..whole].to_vec()).is_ok());
    let file = &[PNG, &vec![0; 500]].concat()[..];
    let body = chunked(file, 100, true);
    assert_eq!(refusal(run(whole_of(body))), is(400, ""));
}

async fn whole_of(body: Body) -> Result<Bytes, Problem> {
    whole(upload("image/png", body).file(&PICTURE)).await
}

#[test]
fn a_form_of_another_boundary_is_refused() {
    for body in [
        "",
        "a=1",
        "--c\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--c--\r\n",
        "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--c--\r\n",
        "--b\nContent-Disposition: form-data; name=a\n\n1\n--b--\n",
        "--bContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b--\r\n",
        "--b\r\n\r\n1\r\n--b--\r\n",
    ] {
        assert_eq!(refusal(texts(body)), is(400, ""), "{body:?}");
    }
}

#[test]
fn parts_say_their_name() {
    for head in [
        "filename=a.png",
        "name=\"\"",
        "name=a; name=b",
        "name=\"a",
        "name=\"a\r\nX-Injected: 1\"",
        "name=a\r\nContent-Transfer-Encoding: base64",
        "name=a; filename=\"a\r\nb.png\"",
        "name=a; filename=\"a\0b.png\"",
        "name=a; filename=\"a\rb.png\"",
        "name=a; filename=\"a\x1bb.png\"",
    ] {
        assert_eq!(refusal(texts(parts(&[(head, b"1")]))), is(400, ""), "{head:?}");
    }
    for body in [
        "--b\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--b--\r\n",
        "--b\r\nContent-Type: text/plain\r\n\r\n1\r\n--b--\r\n",
    ] {
        assert_eq!(refusal(texts(body)), is(400, ""), "{body:?}");
    }
    let binary = "name=a\r\nContent-Transfer-Encoding: Binary\r\nX-Other: 1";
    assert_eq!(texts(parts(&[(binary, b"1")])).unwrap(), pairs(&[("a", "1")]));
}

#[test]
fn names_come_once_unless_they_form_a_list() {
    let body = parts(&[
        ("name=a", b"1"),
        ("name=tag", b"2"),
        ("name=tag", b"3"),
        ("name=\"a\"", b"4"),
    ]);
    assert_eq!(refusal(texts(body.clone())), is(422, "unique #/tag"));
    let mut form = form(body);
    form.may_repeat("tag");
    let read = run(async {
        let mut count = 0;
        while let Some(part) = form.next().await? {
            assert_eq!(part.name(), ["a", "tag", "tag"][count]);
            count += 1;
        }
        Ok(count)
    });
    assert_eq!(refusal(read), is(422, "unique #/a"));
}

#[test]
fn a_form_has_100_parts_at_most() {
    for (count, expected) in [
        (100, None),
        (101, Some(is(422, "length #"))),
        (5000, Some(is(422, "length #"))),
    ] {
        let names: Vec<String> = (0..count).map(|i| format!("name=a{i}")).collect();
        let all: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"1"[..])).collect();
        let read = texts(parts(&all));
        match expected {
            None => assert_eq!(read.unwrap().len(), count),
            Some(expected) => assert_eq!(refusal(read), expected, "{count}"),
        }
    }
    let list: Vec<(&str, &[u8])> = vec![("name=a", b"1"); 101];
    let mut form = form(parts(&list));
    form.may_repeat("a");
    let read = run(async {
        while form.next().await?.is_some() {}
        Ok(())
    });
    assert_eq!(refusal(read), is(422, "length #"));
}

#[test]
fn the_head_of_a_part_ends() {
    let fields = |count: usize, length: usize| {
        let fields = (0..count).map(|i| format!("\r\nX-{i}: {}", "a".repeat(length)));
        parts(&[(&format!("name=a{}", fields.collect::<String>()), b"1")])
    };
    assert!(texts(fields(31, 10)).is_ok());
    assert_eq!(refusal(texts(fields(32, 10))), is(400, ""));
    for size in [1, 100, 8192, 100_000] {
        assert!(texts(chunked(&fields(1, 8000), size, false)).is_ok(), "{size}");
        assert_eq!(
            refusal(texts(chunked(&fields(1, 20_000), size, false))),
            is(400, ""),
            "{size}"
        );
        let before = [&vec![b'x'; 20_000][..], &parts(&[("name=a", b"1")])].concat();
        assert_eq!(refusal(texts(chunked(&before, size, false))), is(400, ""), "{size}");
    }
}
