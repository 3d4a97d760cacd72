//! Nothing of what was sent comes back.

use serde_json::json;

use super::violations::{found, order_with};
use super::{Door, ORDER};
use crate::support::Answer;

/// A value that can be told from everything else that there is.
const VALUE: &str = "C4naryValue";
/// A name that no URI fragment has as it is.
const NAME: &str = "<C4nary \"N^me\">\u{e9}\r\n";

fn assert_nothing_comes_back(answer: &Answer, what: &str) {
    assert!(answer.status.is_client_error(), "{what}: {answer:?}");
    let headers = format!("{:?}", answer.headers);
    let body = String::from_utf8(answer.body.clone()).unwrap();
    for text in [headers.as_str(), body.as_str()] {
        assert!(!text.to_lowercase().contains("c4naryvalue"), "{what}: {text}");
        for part in ["<C4nary", "N^me", "\u{e9}", "\\u00e9"] {
            assert!(!text.contains(part), "{what}: {text}");
        }
    }
    for (_, pointer) in found(answer) {
        let rest = pointer.strip_prefix('#').unwrap();
        // RFC 3986 §3.5.
        let fine = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~%!$&'()*+,;=:@/?".contains(&byte);
        assert!(rest.bytes().all(fine), "{what}: {pointer}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn e3_what_was_sent_does_not_come_back() {
    let door = Door::new();
    let name = json!(NAME).to_string();
    let mut bodies: Vec<String> = vec![
        format!("{{{name}:1}}"),
        format!("{{{name}:1,{name}:2}}"),
        format!("{{{name}:"),
        format!("\"{VALUE}"),
        format!("{{\"name\":\"{VALUE}\\x\"}}"),
        format!("{{\"name\":{VALUE}}}"),
        format!("{VALUE}{ORDER}"),
        format!("{ORDER}{VALUE}"),
        json!(VALUE).to_string(),
        json!([VALUE]).to_string(),
    ];
    let values = [
        json!(VALUE),
        json!([VALUE]),
        json!({ VALUE.to_lowercase(): VALUE }),
        json!({ NAME: VALUE }),
        json!({ "mixed": VALUE }),
        json!({ "street": VALUE.repeat(3), "zip": VALUE, NAME: VALUE }),
        json!([{ "name": VALUE, "count": VALUE, NAME: VALUE }]),
        json!({ NAME: { "name": VALUE, "count": 1 } }),
    ];
    for member in [
        "name", "amount", "address", "items", "labels", "stock", "colour", "email", "id",
    ] {
        for value in &values {
            // A member's name of the client's own may only come back encoded, so its value is not one of letters alone.
            let text = order_with(member, value.clone()).to_string();
            bodies.push(text.replace("\"c4naryvalue\":", "\"other\":"));
        }
    }
    for body in bodies {
        let answer = door.json("/orders", body.clone()).await;
        assert_nothing_comes_back(&answer, &body);
    }

    let encode = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let (name, value) = (encode(NAME), encode(VALUE));
    for words in [
        format!("term={VALUE}"),
        format!("term={value}"),
        format!("term=a&limit={VALUE}"),
        format!("term=a&colour={VALUE}"),
        format!("term=a&exact={value}&share={VALUE}"),
        format!("term=a&{name}={VALUE}"),
        format!("{name}=a&{name}={VALUE}"),
        format!("term={VALUE}&term={VALUE}"),
        format!("term={VALUE}%"),
        format!("term={VALUE}%ff"),
        format!("{name}%ff={VALUE}"),
    ] {
        assert_nothing_comes_back(&door.form(words.clone()).await, &words);
        assert_nothing_comes_back(&door.get(&format!("/search?{words}")).await, &words);
    }
    for path in [
        format!("/words/{VALUE}/1"),
        format!("/words/a/{VALUE}"),
        format!("/words/{name}/1"),
        format!("/words/%ff{VALUE}/1"),
        format!("/words/a/{name}"),
        format!("/{VALUE}"),
    ] {
        assert_nothing_comes_back(&door.get(&path).await, &path);
    }
    // Formats are the client's as well.
    for media in [
        VALUE,
        "application/c4naryvalue",
        "application/json; charset=c4naryvalue",
    ] {
        let answer = door.post("/orders", &[media], ORDER).await;
        assert_nothing_comes_back(&answer, media);
    }
}
