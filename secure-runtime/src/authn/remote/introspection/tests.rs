use serde_json::{Value, json};

use super::active::{Active, Confirmation, Expectations, Refused};

const NOW: f64 = 10_000.0;

fn expectations() -> Expectations {
    Expectations {
        issuer: "https://id.example.com".into(),
        audience: "https://api.example.com".to_owned(),
        leeway: 30.0,
        needs_audience: true,
        needs_client_id: true,
        lifetime: None,
    }
}

fn answer() -> Value {
    json!({
        "active": true, "iss": "https://id.example.com", "aud": "https://api.example.com", "sub": "alice",
        "client_id": "shop", "scope": "read write", "exp": NOW + 600.0, "iat": NOW, "nbf": NOW, "jti": "t1",
        "token_type": "Bearer", "acr": "gold", "auth_time": NOW - 5.0, "roles": ["admin"],
    })
}

fn with(name: &str, value: Value) -> Value {
    let mut answer = answer();
    answer[name] = value;
    answer
}

fn without(name: &str) -> Value {
    let mut answer = answer();
    answer.as_object_mut().unwrap().remove(name);
    answer
}

fn read(answer: &Value) -> Result<Active, Refused> {
    expectations().read(&answer.to_string(), NOW)
}

fn why(answer: &Value) -> &'static str {
    match read(answer) {
        Err(Refused::Token(why)) => why,
        Err(Refused::Answer) => panic!("the answer, and not the token, is refused: {answer}"),
        Ok(_) => panic!("accepted: {answer}"),
    }
}

#[test]
fn i4_what_the_issuer_says_of_an_active_token_is_kept() {
    let active = read(&answer()).unwrap();
    assert_eq!((&*active.issuer, &*active.subject), ("https://id.example.com", "alice"));
    assert_eq!(
        (active.client_id.as_deref(), &*active.scope),
        (Some("shop"), "read write")
    );
    assert_eq!((active.expires_at, active.auth_time), (NOW + 600.0, Some(NOW - 5.0)));
    assert_eq!(
        (active.acr.as_deref(), active.token_id.as_deref()),
        (Some("gold"), Some("t1"))
    );
    assert_eq!(active.confirmation, None);
    let claims: Value = serde_json::from_str(&active.claims).unwrap();
    assert_eq!(claims, answer());
    for optional in ["iss", "scope", "iat", "nbf", "jti", "token_type", "acr", "auth_time"] {
        assert!(read(&without(optional)).is_ok(), "{optional}");
    }
}

#[test]
fn i2_only_true_is_active() {
    let says = |active: Value| read(&with("active", active)).map(|_| ());
    assert_eq!(says(json!(true)), Ok(()));
    assert_eq!(
        says(json!(false)),
        Err(Refused::Token("the access token is not active"))
    );
    for other in [
        json!("true"),
        json!(1),
        json!(null),
        json!([true]),
        json!({}),
        json!(""),
    ] {
        assert_eq!(says(other.clone()), Err(Refused::Answer), "{other}");
    }
    assert_eq!(read(&without("active")).err(), Some(Refused::Answer));
    for text in [
        "",
        "true",
        "[true]",
        "<html>",
        r#"{"active":true"#,
        r#"{"active":false,"active":true}"#,
        r#"{"active":true,"sub":"alice","sub":"bob"}"#,
    ] {
        assert_eq!(expectations().read(text, NOW).err(), Some(Refused::Answer), "{text}");
    }
    // No more than this is said of one that is not.
    assert_eq!(
        expectations().read(r#"{"active":false}"#, NOW).err(),
        Some(Refused::Token("the access token is not active"))
    );
}

#[test]
fn i4_another_issuer_or_audience_is_refused() {
    for issuer in [
        "https://id.example.com/",
        "https://ID.example.com",
        "https://evil.example",
        "",
    ] {
        assert!(why(&with("iss", json!(issuer))).contains("another issuer"), "{issuer}");
    }
    assert!(read(&with("aud", json!(["a", "https://api.example.com"]))).is_ok());
    for audience in [
        json!("https://api.example.com/"),
        json!("https://api"),
        json!([]),
        json!(["a", "b"]),
        json!(""),
    ] {
        assert!(
            why(&with("aud", audience.clone())).contains("another audience"),
            "{audience}"
        );
    }
    assert!(why(&without("aud")).contains("another audience"));
    // By the loud option it may be absent, and still not be another.
    let lenient = Expectations {
        needs_audience: false,
        ..expectations()
    };
    assert!(lenient.read(&without("aud").to_string(), NOW).is_ok());
    let other = with("aud", json!("https://other.example.com"));
    assert!(lenient.read(&other.to_string(), NOW).is_err());
}

#[test]
fn i4_times_count_as_for_a_jwt() {
    assert!(read(&with("exp", json!(NOW - 29.9))).is_ok());
    assert!(why(&with("exp", json!(NOW - 30.0))).contains("expired"));
    assert!(why(&with("exp", json!(0))).contains("expired"));
    for name in ["nbf", "iat"] {
        assert!(read(&with(name, json!(NOW + 30.0))).is_ok());
        assert!(why(&with(name, json!(NOW + 30.5))).contains("not valid yet"), "{name}");
    }
    assert!(why(&without("exp")).contains("lacks a claim"));
    let assumed = Expectations {
        lifetime: Some(std::time::Duration::from_secs(60)),
        ..expectations()
    };
    let active = assumed.read(&without("exp").to_string(), NOW).unwrap();
    assert_eq!(active.expires_at, NOW + 60.0);
    assert!(assumed.read(&with("exp", json!(NOW - 60.0)).to_string(), NOW).is_err());
}

#[test]
fn i4_claims_of_the_wrong_type_are_refused() {
    for (name, value) in [
        ("exp", json!("10600")),
        ("exp", json!(null)),
        ("exp", json!(-1)),
        ("nbf", json!("0")),
        ("iat", json!({})),
        ("auth_time", json!("9995")),
        ("iss", json!(["https://id.example.com"])),
        ("aud", json!({ "https://api.example.com": true })),
        ("aud", json!(["https://api.example.com", 5])),
        ("sub", json!(5)),
        ("sub", json!("")),
        ("client_id", json!("")),
        ("client_id", json!(["shop"])),
        ("scope", json!(["read"])),
        ("acr", json!(2)),
        ("jti", json!(7)),
        ("cnf", json!("jkt")),
        ("cnf", json!(null)),
        ("cnf", json!({})),
        ("cnf", json!({ "jkt": 5 })),
        ("cnf", json!({ "x5t#S256": "" })),
        ("token_type", json!(["Bearer"])),
    ] {
        assert!(
            why(&with(name, value.clone())).contains("wrong type"),
            "{name}: {value}"
        );
    }
    assert!(
        expectations()
            .read(&answer().to_string().replace("10600.0", "1e400"), NOW)
            .is_err()
    );
    assert!(why(&without("client_id")).contains("lacks a claim"));
    // Without a user it is the client that acts, and without either it is nobody.
    let client = expectations().read(&without("sub").to_string(), NOW).ok().unwrap();
    assert_eq!(Some(&client.subject), client.client_id.as_ref());
    let mut nobody = without("sub");
    nobody.as_object_mut().unwrap().remove("client_id");
    let lenient = Expectations {
        needs_client_id: false,
        ..expectations()
    };
    assert!(lenient.read(&without("client_id").to_string(), NOW).is_ok());
    assert!(lenient.read(&nobody.to_string(), NOW).is_err());
    assert!(lenient.read(&with("client_id", json!("")).to_string(), NOW).is_err());
}

#[test]
fn i4_what_is_active_but_no_access_token_is_refused() {
    for (name, value) in [
        ("token_type", "refresh_token"),
        ("token_type", "urn:ietf:params:oauth:token-type:id_token"),
        ("token_type", "mac"),
        ("token_type", ""),
        ("token_use", "refresh_token"),
        ("token_use", "id"),
        ("typ", "Refresh"),
        ("typ", "Offline"),
        ("typ", "ID"),
    ] {
        assert_eq!(
            why(&with(name, json!(value))),
            "this is not an access token",
            "{name}: {value}"
        );
    }
    for (name, value) in [
        ("token_type", "bearer"),
        ("token_use", "access_token"),
        ("typ", "Bearer"),
    ] {
        assert!(read(&with(name, json!(value))).is_ok(), "{name}: {value}");
    }
}

#[test]
fn i4_what_a_token_is_bound_to_is_kept() {
    let confirmation = |cnf: Value| read(&with("cnf", cnf)).unwrap().confirmation.unwrap();
    let jkt = confirmation(json!({ "jkt": "abc" }));
    assert_eq!(
        (jkt.jkt.as_deref(), jkt.x5t_s256.as_deref(), jkt.has_others),
        (Some("abc"), None, false)
    );
    let certificate = confirmation(json!({ "x5t#S256": "def" }));
    assert_eq!(
        (certificate.jkt.as_deref(), certificate.x5t_s256.as_deref()),
        (None, Some("def"))
    );
    let other = Confirmation {
        has_others: true,
        ..Confirmation::default()
    };
    assert_eq!(confirmation(json!({ "kid": "abc" })), other);
    // A DPoP token that is bound to no key is one that anybody could use.
    let mut dpop = with("token_type", json!("DPoP"));
    assert!(read(&dpop).is_err());
    dpop["cnf"] = json!({ "x5t#S256": "def" });
    assert!(read(&dpop).is_err());
    dpop["cnf"] = json!({ "jkt": "abc" });
    assert!(read(&dpop).is_ok());
}
