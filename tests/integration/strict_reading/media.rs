//! Formats of bodies: which are read, and what is said of the others.

use super::{Door, ORDER};

#[tokio::test(flavor = "current_thread")]
async fn b2_every_spelling_of_the_right_type_is_read() {
    let door = Door::new();
    for media in [
        "application/json",
        "Application/JSON",
        "application/json;charset=utf-8",
        "application/json; charset=UTF-8",
        "application/json; charset=\"utf-8\"",
        "application/vnd.shop.order+json",
        "application/merge-patch+json",
    ] {
        assert_eq!(door.post("/orders", &[media], ORDER).await.status, 204, "{media}");
    }
    for media in [
        "application/x-www-form-urlencoded",
        "Application/X-WWW-Form-URLencoded",
        // What browsers send for a `URLSearchParams` (Fetch §5.2).
        "application/x-www-form-urlencoded;charset=UTF-8",
    ] {
        assert_eq!(door.post("/form", &[media], "term=a").await.status, 204, "{media}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn b2_any_other_type_is_415_and_told_which_is_read() {
    let door = Door::new();
    let wrong: [&[&str]; 12] = [
        &[],
        &[""],
        &["text/plain"],
        &["text/json"],
        &["json"],
        &["application/jsonp"],
        &["application/json5"],
        &["application/xml"],
        &["image/svg+json"],
        &["*/*"],
        &["application/json, application/json"],
        &["multipart/form-data; boundary=x"],
    ];
    let forms = ["application/x-www-form-urlencoded"];
    for types in wrong.into_iter().chain([&forms[..]]) {
        let answer = door.post("/orders", types, ORDER).await;
        answer.assert_problem(415);
        assert_eq!(answer.header("accept"), Some("application/json"), "{types:?}");
    }
    for types in wrong.into_iter().chain([&["application/json"][..]]) {
        let answer = door.post("/form", types, "term=a").await;
        answer.assert_problem(415);
        assert_eq!(answer.header("accept"), Some(forms[0]), "{types:?}");
    }
    // Two are none, whether or not they agree: a filter before us may have looked at the other.
    for twice in [
        ["application/json", "application/json"],
        ["application/json", "text/plain"],
        ["text/plain", "application/json"],
    ] {
        door.post("/orders", &twice, ORDER).await.assert_problem(415);
    }
    door.post("/form", &[forms[0], forms[0]], "term=a")
        .await
        .assert_problem(415);
}

/// JSON and forms are UTF-8. Whoever says that the bytes mean something else would be misread.
#[tokio::test(flavor = "current_thread")]
async fn b2_another_charset_is_another_type() {
    let door = Door::new();
    for charset in [
        "latin1",
        "iso-8859-1",
        "utf-16",
        "utf-7",
        "utf8x",
        "\"shift_jis\"",
        "utf-8; charset=utf-16",
        "utf-16; charset=utf-8",
    ] {
        let media = format!("application/json; charset={charset}");
        let answer = door.post("/orders", &[&media], ORDER).await;
        assert_eq!(answer.status, 415, "{media}");
        assert_eq!(answer.header("accept"), Some("application/json"), "{media}");
        let media = format!("application/x-www-form-urlencoded; charset={charset}");
        assert_eq!(door.post("/form", &[&media], "term=a").await.status, 415, "{media}");
    }
}
