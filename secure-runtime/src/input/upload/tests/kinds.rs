//! What a file is.

use super::*;

const ALL: FileRules = FileRules::new(
    ByteSize::new(1 << 20),
    &[
        FileType::Png,
        FileType::Jpeg,
        FileType::Gif,
        FileType::WebP,
        FileType::Pdf,
        FileType::Zip,
        FileType::Mp4,
        FileType::Json,
        FileType::Csv,
        FileType::PlainText,
    ],
);

fn found(media: &str, content: &[u8], rules: &FileRules) -> Result<FileType, Problem> {
    run(upload(media, content.to_vec()).file(rules)).map(|incoming| incoming.file_type())
}

#[test]
fn content_decides_what_a_file_is() {
    for (content, kind) in [
        (PNG, FileType::Png),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", FileType::Jpeg),
        (GIF, FileType::Gif),
        (b"RIFF\x1a\0\0\0WEBPVP8L", FileType::WebP),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", FileType::Pdf),
        (b"PK\x03\x04\x14\0\0\0\x08\0", FileType::Zip),
        (b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", FileType::Zip),
        (b"\0\0\0\x18ftypisom\0\0\x02\0", FileType::Mp4),
        (b" {\"a\": 1}", FileType::Json),
        (b"a,b\r\n1,2\r\n", FileType::Csv),
    ] {
        assert_eq!(
            found("application/octet-stream", content, &ALL).unwrap(),
            kind,
            "{content:?}"
        );
        assert_eq!(found(kind.media_type(), content, &ALL).unwrap(), kind);
    }
    // Text may be of several types: what it is declared to be decides, and else the order.
    assert_eq!(found("text/plain", b"[1]", &ALL).unwrap(), FileType::PlainText);
    assert_eq!(
        found("text/plain; charset=UTF-8", b"a", &TEXT).unwrap(),
        FileType::PlainText
    );
    assert_eq!(found("application/vnd.ms-excel", b"a;b", &ALL).unwrap(), FileType::Csv);
    assert_eq!(
        found("application/x-zip-compressed", b"PK\x03\x04", &ALL).unwrap(),
        FileType::Zip
    );
    assert_eq!(found("image/jpg", b"\xff\xd8\xff\xe0", &ALL).unwrap(), FileType::Jpeg);
}

#[test]
fn what_is_none_of_the_types_is_refused() {
    for content in [
        HTML,
        b"\x89PNG but no more",
        b"GIF",
        b"GIF87 is a format, <script>",
        b"GIF89a=1/*<script>*/",
        b"RIFF\x1a\0\0\0WAVEfmt ",
        b"....\x1a\0\0\0WEBP",
        b"MZ\x90\0",
        b"\x7fELF",
        b"plain text",
    ] {
        assert_eq!(
            refusal(found("application/octet-stream", content, &PICTURE)),
            is(415, "media_type #"),
            "{content:?}"
        );
    }
    const PDF: FileRules = FileRules::new(ByteSize::new(1000), &[FileType::Pdf]);
    assert_eq!(
        refusal(found("application/pdf", b"<script></script>%PDF-1.7", &PDF)),
        is(415, "media_type #")
    );
    for content in [
        HTML,
        b"\xef\xbb\xbf \r\n<html >",
        b"<?xml version='1.0'?>",
        b"\n<?php system($_GET[0]);",
        b"<% Runtime %>",
        b"<SVG onload=alert(1)>",
        b"#!/bin/sh\n",
        b"a\0b",
        b"\xff\xfea\0",
    ] {
        assert_eq!(
            refusal(found("text/plain", content, &TEXT)),
            is(415, "media_type #"),
            "{content:?}"
        );
    }
    const JSON: FileRules = FileRules::new(ByteSize::new(1000), &[FileType::Json]);
    assert_eq!(
        refusal(found("application/json", b"true", &JSON)),
        is(415, "media_type #")
    );
}

#[test]
fn what_is_declared_must_not_contradict() {
    assert_eq!(refusal(found("image/png", GIF, &PICTURE)), is(415, "media_type #"));
    assert_eq!(refusal(found("text/html", b"text", &TEXT)), is(415, "media_type #"));
    assert_eq!(
        refusal(found("text/plain; charset=utf-7", b"text", &TEXT)),
        is(415, "media_type #")
    );
    assert_eq!(
        refusal(found("multipart/form-data; boundary=b", PNG, &PICTURE)),
        is(415, "media_type #")
    );
    let problem = found("image/png", GIF, &PICTURE).unwrap_err();
    assert_eq!(
        problem.into_response().headers()["accept"],
        "image/png, image/jpeg, image/gif, image/webp"
    );
}

#[test]
fn names_and_declared_types_of_parts_decide_nothing() {
    let named = "name=\"a\"; filename=\"photo.png\"\r\nContent-Type: image/png";
    assert_eq!(
        refusal(single(parts(&[(named, HTML)]), &PICTURE)),
        is(415, "media_type #/a")
    );
    assert_eq!(
        refusal(single(parts(&[(named, GIF)]), &PICTURE)),
        is(415, "media_type #/a")
    );
    assert_eq!(
        single(parts(&[("name=a; filename=photo.exe", PNG)]), &PICTURE).unwrap(),
        PNG
    );
    let broken = "name=a\r\nContent-Type: picture";
    assert_eq!(refusal(single(parts(&[(broken, PNG)]), &PICTURE)), is(400, ""));
}

#[test]
fn text_is_checked_to_its_end() {
    const LARGE: FileRules = FileRules::new(ByteSize::new(1 << 20), &[FileType::PlainText]);
    let long = "ä€🦀\n".repeat(20_000);
    for size in [1000, 8191, 100_000] {
        let body = chunked(long.as_bytes(), size, false);
        assert_eq!(
            run(whole(upload("text/plain", body).file(&LARGE))).unwrap(),
            long,
            "{size}"
        );
        for end in [&b"\0"[..], b"\xe2\x82", b"\xff", b"\x1b[2J"] {
            let body = chunked(&[long.as_bytes(), end].concat(), size, false);
            let read = run(whole(upload("text/plain", body).file(&LARGE)));
            assert_eq!(refusal(read), is(415, "media_type #"), "{size} {end:?}");
        }
    }
}

#[test]
fn a_file_is_not_empty() {
    assert_eq!(refusal(found("image/png", b"", &PICTURE)), is(422, "required #"));
    assert_eq!(refusal(found("text/plain", b"", &TEXT)), is(422, "required #"));
    // A form where nothing was chosen.
    let nothing = "name=\"photo\"; filename=\"\"\r\nContent-Type: application/octet-stream";
    assert_eq!(
        refusal(single(parts(&[(nothing, b"")]), &PICTURE)),
        is(422, "required #/photo")
    );
}

#[test]
fn a_file_is_not_larger_than_its_rules_say() {
    for size in [1, 7, 999, 1000, 5000] {
        for (length, fits) in [(999, true), (1000, true), (1001, false), (5000, false)] {
            let content = "a".repeat(length);
            let alone = run(whole(
                upload("text/plain", chunked(content.as_bytes(), size, false)).file(&TEXT),
            ));
            let body = parts(&[("name=a", content.as_bytes())]);
            let in_form = single(chunked(&body, size, false), &TEXT);
            if fits {
                assert_eq!((alone.unwrap().len(), in_form.unwrap().len()), (length, length));
            } else {
                assert_eq!(refusal(alone), is(413, "size #"), "{length} by {size}");
                assert_eq!(refusal(in_form), is(413, "size #/a"), "{length} by {size}");
            }
        }
    }
}

#[test]
fn a_body_is_not_larger_than_its_endpoint_says() {
    let content = "a".repeat(500);
    let form = parts(&[("name=a", content.as_bytes())]);
    let cap = form.len() as u64;
    for size in [1, 100, 5000] {
        for (alone, in_form, fits) in [(500, cap, true), (499, cap - 1, false)] {
            let body = chunked(content.as_bytes(), size, false);
            let file: Upload = argument(&[(CONTENT_TYPE, "text/plain")], body, alone).unwrap();
            let alone = run(whole(file.file(&TEXT)));
            let media = (CONTENT_TYPE, "multipart/form-data; boundary=b");
            let mut whole_form: Multipart = argument(&[media], chunked(&form, size, false), in_form).unwrap();
            let in_form = run(async {
                let file = whole(whole_form.next().await?.unwrap().file(&TEXT)).await?;
                whole_form.next().await?;
                Ok(file)
            });
            if fits {
                assert!(alone.is_ok() && in_form.is_ok());
            } else {
                assert_eq!(refusal(alone), is(413, ""));
                // The last bytes are the line break behind the form's end, which nobody waits for.
                assert!(in_form.is_ok() || refusal(in_form) == is(413, ""));
            }
        }
    }
    let announced = [
        (CONTENT_TYPE, "text/plain"),
        (axum::http::header::CONTENT_LENGTH, "1001"),
    ];
    assert_eq!(refusal(argument::<Upload>(&announced, "a", 1000)), is(413, ""));
}
