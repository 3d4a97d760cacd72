//! What comes in has one reading or none: formats, texts that are not JSON, names that stand twice, words of queries.

mod tagged;
mod time;
mod violations;
mod words;

use std::collections::BTreeMap;

use axum::body::Body;
use axum::extract::{Form, Path, Query};
use axum::http::StatusCode;
use axum::{Json, Router};
use secure_runtime::testing::TestIssuer;
use secure_runtime::{Input, Node, Report, SecureRouter, Security, input, secure};
use serde::Deserialize;
use serde_json::Value;

use crate::support::{Answer, request, router, send};

#[input]
struct Address {
    #[input(length(min = 2, max = 20))]
    street: String,
    #[input(pattern = "^[0-9]{4,5}$")]
    zip: String,
}

#[input]
struct Item {
    #[input(length(min = 1, max = 10))]
    name: String,
    #[input(range(min = 1, max = 9))]
    count: u8,
}

#[input]
#[serde(rename_all = "lowercase")]
enum Colour {
    Red,
    Mixed {
        #[input(range(max = 100))]
        share: u16,
    },
}

/// Of every kind of member one: text, a number, an object, lists and maps of them, an enum, and what only the server sets.
#[input]
struct Order {
    #[input(length(min = 1, max = 10))]
    name: String,
    #[input(range(min = 1, max = 1000))]
    amount: u32,
    address: Address,
    #[input(length(max = 100_000))]
    items: Vec<Item>,
    #[input(length(max = 9), inner(length(max = 5)))]
    labels: Option<BTreeMap<String, String>>,
    #[input(length(max = 9))]
    stock: Option<BTreeMap<String, Item>>,
    colour: Option<Colour>,
    #[input(email)]
    email: Option<String>,
    #[input(server)]
    id: u64,
}

/// The least that is an [`Order`].
pub(crate) const ORDER: &str =
    r#"{"name":"pens","amount":3,"address":{"street":"Mill Lane","zip":"12345"},"items":[{"name":"a","count":1}]}"#;

#[secure(post = "/orders", public = "a test", max_body = "8MiB")]
async fn take_order(Json(order): Json<Order>) -> StatusCode {
    assert_eq!(order.id, 0, "the server's member is its default");
    StatusCode::NO_CONTENT
}

/// Any JSON value. Nothing but the reading itself can refuse it.
#[derive(Deserialize)]
struct Anything(#[expect(dead_code, reason = "it is only read from the text")] Value);

impl Input for Anything {
    fn check(&self, _: &mut Report<'_>) {}

    fn inspect(_: &Node<'_>, report: &mut Report<'_>) {
        report.breaks("nothing", "nothing can be wrong with it");
    }
}

#[secure(post = "/anything", public = "a test", max_body = "8MiB")]
async fn take_anything(Json(_): Json<Anything>) -> StatusCode {
    StatusCode::NO_CONTENT
}

#[input]
struct Search {
    #[input(length(min = 1, max = 10))]
    term: String,
    #[input(range(min = 1, max = 100))]
    limit: Option<u16>,
    #[input(range(min = 0.0, max = 1.0))]
    share: Option<f64>,
    #[input(range(min = 0.0, max = 1.0))]
    part: Option<f32>,
    any: Option<f64>,
    exact: Option<bool>,
    colour: Option<Plain>,
}

#[input]
#[serde(rename_all = "lowercase")]
enum Plain {
    Red,
    Green,
}

#[secure(get = "/search", public = "a test")]
async fn search(Query(_): Query<Search>) -> StatusCode {
    StatusCode::NO_CONTENT
}

#[secure(post = "/form", public = "a test", max_body = "8MiB")]
async fn take_form(Form(_): Form<Search>) -> StatusCode {
    StatusCode::NO_CONTENT
}

#[input]
struct Word(#[input(length(max = 10))] String);

#[secure(
    get = "/words/{word}/{number}",
    public = "a test",
    shared = "word",
    shared = "number"
)]
async fn get_word(Path((word, number)): Path<(Word, f64)>) -> StatusCode {
    assert!(!word.0.is_empty() && number.is_finite());
    StatusCode::NO_CONTENT
}

/// The endpoints, as a router.
pub(crate) struct Door(Router);

impl Door {
    pub(crate) fn new() -> Self {
        let security = Security::builder(TestIssuer::default().jwt()).default_rate("1000000/s");
        let endpoints = (take_order, take_anything, search, take_form, get_word);
        Self(router(SecureRouter::new(security).mount(endpoints).build().unwrap()))
    }

    pub(crate) async fn post(&self, path: &str, types: &[&str], body: impl Into<Body>) -> Answer {
        let headers: Vec<_> = types.iter().map(|value| ("content-type", *value)).collect();
        send(&self.0, request("POST", path, &headers, body)).await
    }

    pub(crate) async fn json(&self, path: &str, body: impl Into<Body>) -> Answer {
        self.post(path, &["application/json"], body).await
    }

    pub(crate) async fn form(&self, body: impl Into<Body>) -> Answer {
        self.post("/form", &["application/x-www-form-urlencoded"], body).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        send(&self.0, request("GET", path, &[], Body::empty())).await
    }
}

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
