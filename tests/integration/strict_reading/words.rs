//! Queries, forms and paths: each name once, each escape whole, each number a number.

use super::Door;
use super::violations::found;
use crate::support::Answer;

/// The same words as a query and as a form.
async fn both(door: &Door, words: &str) -> [Answer; 2] {
    [
        door.get(&format!("/search?{words}")).await,
        door.form(words.to_owned()).await,
    ]
}

#[tokio::test(flavor = "current_thread")]
async fn b6_words_are_read() {
    let door = Door::new();
    for words in [
        "term=a",
        "term=a+b",
        "term=%C3%BC",
        "term=%25%26%3D",
        "t%65rm=a",
        "term=a&limit=1&share=0.5&part=1e-1&any=-1e300&exact=true&colour=green",
        "&term=a&&",
        "term=1e999",
        "term=NaN",
    ] {
        for answer in both(&door, words).await {
            assert_eq!(answer.status, 204, "{words}: {answer:?}");
        }
    }
}

#[tokio::test(flavor = "current_thread")]
async fn b6_a_name_that_stands_twice_is_400() {
    let door = Door::new();
    for (words, pointer) in [
        ("term=a&term=a", "#/term"),
        ("term=a&term=b", "#/term"),
        ("term=a&limit=1&t%65rm=b", "#/term"),
        ("term&term=a", "#/term"),
        ("term=a&unknown=1&unknown=1", "#/unknown"),
        ("term=a&=1&=2", "#/"),
        ("term=a&a+b=1&a%20b=2", "#/a%20b"),
        ("term=a&a/b~c=1&a/b~c=2", "#/a~1b~0c"),
        ("term=a&limit=x&limit=1", "#/limit"),
    ] {
        for answer in both(&door, words).await {
            answer.assert_problem(400);
            let expected = [("unique".to_owned(), pointer.to_owned())];
            assert_eq!(found(&answer), expected, "{words}");
        }
    }
    // A list by another convention is an unknown name, and no list.
    for words in ["term=a&limit[]=1&limit[]=2", "term=a&term[]=b"] {
        for answer in both(&door, words).await {
            assert!(matches!(answer.status.as_u16(), 400 | 422), "{words}");
        }
    }
}

#[tokio::test(flavor = "current_thread")]
async fn b3_an_escape_that_is_not_whole_is_400() {
    let door = Door::new();
    for words in [
        "term=%zz",
        "term=%",
        "term=%a",
        "term=a%",
        "term=%ff",
        "term=%C3",
        "term=%C3&limit=%BC",
        "term=%c0%af",
        "term=%ed%a0%80",
        "term=a&%zz=1",
        "term=a&%ff=1",
        "t%",
        "term=%+1",
        "term=%u0061",
        "term=a&unknown=%",
    ] {
        for answer in both(&door, words).await {
            assert_eq!(answer.status, 400, "{words}");
            answer.assert_problem(400);
        }
    }
    // A body is bytes, and may hold what no address can.
    for body in [&b"term=\xff"[..], b"\xc0\xaf=1", b"term=\xed\xa0\x80", b"term=a\xc3"] {
        assert_eq!(door.form(body.to_vec()).await.status, 400, "{}", body.escape_ascii());
    }
}

/// Decoding happens once: what an escape yields is no escape.
#[tokio::test(flavor = "current_thread")]
async fn b6_what_is_decoded_is_not_decoded_again() {
    let door = Door::new();
    for words in ["term=%2525zz", "term=%25ff", "term=a%26limit%3D0", "term=a%3Dterm"] {
        for answer in both(&door, words).await {
            assert_eq!(answer.status, 204, "{words}");
        }
    }
    assert_eq!(door.get("/words/%2525/1").await.status, 204);
    assert_eq!(door.get("/words/%252F/1").await.status, 204);
}

#[tokio::test(flavor = "current_thread")]
async fn b1_b5_words_that_break_a_rule_are_422_with_all_of_them() {
    let door = Door::new();
    for (words, expected) in [
        ("", &[("required", "#/term")][..]),
        ("term=", &[("length", "#/term")]),
        ("Term=a", &[("required", "#/term"), ("unknown", "#/Term")]),
        (
            "limit=0&share=2&part=-1&exact=yes&colour=blue&more=1&term=12345678901",
            &[
                ("length", "#/term"),
                ("range", "#/limit"),
                ("range", "#/part"),
                ("range", "#/share"),
                ("variant", "#/colour"),
                ("type", "#/exact"),
                ("unknown", "#/more"),
            ],
        ),
        (
            "limit=0&share=2&part=-1&term=12345678901",
            &[
                ("length", "#/term"),
                ("range", "#/limit"),
                ("range", "#/part"),
                ("range", "#/share"),
            ],
        ),
        ("term=a&limit=", &[("type", "#/limit")]),
        ("term=a&limit=1.0", &[("type", "#/limit")]),
        ("term=a&limit=0x1", &[("type", "#/limit")]),
        ("term=a&limit=%201", &[("type", "#/limit")]),
        ("term=a&limit=65536", &[("type", "#/limit")]),
        ("term=a&exact=1", &[("type", "#/exact")]),
        ("term=a&exact=True", &[("type", "#/exact")]),
        ("term=a&colour=Red", &[("variant", "#/colour")]),
    ] {
        for answer in both(&door, words).await {
            assert_eq!(answer.status, 422, "{words}");
            answer.assert_problem(422);
            let mut expected: Vec<_> = expected
                .iter()
                .map(|(rule, place)| ((*rule).to_owned(), (*place).to_owned()))
                .collect();
            expected.sort();
            assert_eq!(found(&answer), expected, "{words}");
        }
    }
}

/// They are between any two bounds, to a comparison.
#[tokio::test(flavor = "current_thread")]
async fn b5_what_is_no_finite_number_is_refused() {
    let door = Door::new();
    for name in ["share", "part", "any"] {
        for number in [
            "NaN",
            "nan",
            "-NaN",
            "inf",
            "-inf",
            "infinity",
            "+Infinity",
            "1e999",
            "-1e999",
        ] {
            for answer in both(&door, &format!("term=a&{name}={number}")).await {
                assert_eq!(answer.status, 422, "{name}={number}");
                assert!(found(&answer).iter().all(|(_, place)| *place == format!("#/{name}")));
            }
        }
    }
    // Too large for the type, though written out in full.
    let digits = format!("term=a&part=1{}", "0".repeat(60));
    for answer in both(&door, &digits).await {
        assert_eq!(answer.status, 422);
    }
    for number in ["NaN", "inf", "-inf", "1e999"] {
        assert_eq!(door.get(&format!("/words/a/{number}")).await.status, 422, "{number}");
    }
}

#[tokio::test(flavor = "current_thread")]
async fn b3_a_path_is_read_or_400() {
    let door = Door::new();
    for path in ["/words/a/1", "/words/%C3%BC/1.5", "/words/a%2Fb/1", "/words/%20/-0"] {
        assert_eq!(door.get(path).await.status, 204, "{path}");
    }
    for path in [
        "/words//1",
        "/words/%ff/1",
        "/words/%C3/1",
        "/words/%c0%af/1",
        "/words/%ed%a0%80/1",
        "/words/a/x",
        "/words/a/0x1",
    ] {
        let answer = door.get(path).await;
        assert_eq!(answer.status, 400, "{path}");
        answer.assert_problem(400);
    }
    // At the end of a path, an empty part is no part: this is another path.
    door.get("/words/a/").await.assert_problem(404);
    door.get("/words/12345678901/1").await.assert_problem(422);
}

/// An escape that is not whole has two readings: `%zz` itself, or a fault.
#[tokio::test(flavor = "current_thread")]
async fn b3_an_escape_in_the_path_that_is_not_whole_is_400() {
    let door = Door::new();
    for path in [
        "/words/%zz/1",
        "/words/%/1",
        "/words/a%/1",
        "/words/%a/1",
        "/words/%u0061/1",
    ] {
        assert_eq!(door.get(path).await.status, 400, "{path}");
    }
}
