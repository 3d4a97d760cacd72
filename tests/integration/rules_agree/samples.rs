//! Values at the bounds of each type: those that obey its rules, and those that break one, by the rule's name.

use serde_json::{Value, json};

/// The type's path, values that it takes, and values that it refuses, each with a rule that it breaks.
pub(super) struct Sample {
    pub(super) name: &'static str,
    pub(super) good: Vec<Value>,
    pub(super) bad: Vec<(Value, &'static str)>,
}

/// Each `good` and `bad` as the member `value`.
fn valued(name: &'static str, good: Vec<Value>, bad: Vec<(Value, &'static str)>) -> Sample {
    let of = |value: Value| json!({ "value": value });
    Sample {
        name,
        good: good.into_iter().map(of).collect(),
        bad: bad.into_iter().map(|(value, rule)| (of(value), rule)).collect(),
    }
}

fn whole(name: &'static str, good: Vec<Value>, bad: Vec<(Value, &'static str)>) -> Sample {
    Sample { name, good, bad }
}

macro_rules! bad {
    ($($rule:literal: $($value:expr),+;)*) => { vec![$($((json!($value), $rule)),+),*] };
}

macro_rules! good {
    ($($value:expr),*) => { vec![$(json!($value)),*] };
}

pub(super) fn samples() -> Vec<Sample> {
    let mut all = texts();
    all.extend(numbers());
    all.extend(forms());
    all.extend(lists());
    all.extend(structures());
    all
}

fn texts() -> Vec<Sample> {
    let short = || bad! { "length": "", "a", "ä", "🦀", "abcde", "🦀🦀🦀🦀🦀", "e\u{301}e\u{301}e"; "type": 1, true, ["ab"], {"a": 1}; };
    let fits = || good!["ab", "abcd", "äö", "🦀🦀", "🦀🦀🦀🦀", "e\u{301}", "\u{0}\u{0}", "  "];
    let with_null = |mut good: Vec<Value>| {
        good.push(Value::Null);
        good
    };
    let without = |mut sample: Sample, required: bool| {
        if required {
            sample.bad.push((json!({}), "required"));
            sample.bad.push((json!({ "value": null }), "type"));
        } else {
            sample.good.push(json!({}));
        }
        sample.bad.push((json!({ "Value": "ab" }), "unknown"));
        sample.bad.push((json!(["ab"]), "type"));
        sample
    };
    vec![
        without(valued("text", fits(), short()), true),
        without(
            valued("exact_text", good!["abc", "äöü", "🦀🦀🦀"], bad! { "length": "ab", "abcd", "🦀🦀"; }),
            true,
        ),
        without(valued("maybe_text", with_null(fits()), short()), false),
        without(valued("patch_text", with_null(fits()), short()), false),
    ]
}

fn numbers() -> Vec<Sample> {
    let one_to_nine = |null: bool| {
        let mut good = good![1, 2, 9];
        good.extend(null.then_some(Value::Null));
        (good, bad! { "range": 0, 10; "type": -1, 1.5, "1", true, [1]; })
    };
    let (small, not_small) = one_to_nine(false);
    let (maybe, not_maybe) = one_to_nine(true);
    let halves = || good![0.5, -0.5, 0, 0.0, 0.25, -0.499999];
    let no_halves = || bad! { "range": 0.500001, -0.500001, 1, -1, 1e300; "type": "0", null; };
    vec![
        valued("unsigned", small, not_small),
        valued("maybe_number", maybe, not_maybe),
        valued("signed", good![-3, 0, 3], bad! { "range": -4, 4; "type": 2_147_483_648i64, 0.5; }),
        valued("least", good![10, 4_294_967_295u32], bad! { "range": 9, 0; "type": -1, 4_294_967_296i64; }),
        valued("most", good![10, 0, i64::MIN], bad! { "range": 11, i64::MAX; "type": u64::MAX; }),
        valued("patch_number", good![-9, -1, null], bad! { "range": -10, 0; "type": -32769; }),
        valued("double", halves(), no_halves()),
        valued("single", halves(), no_halves()),
        whole(
            "bits",
            good![
                {},
                { "a": 0, "b": -128, "c": 0, "d": -32768, "e": 0, "f": i32::MIN, "g": 0, "h": i64::MIN, "i": -1e38, "j": -1e308 },
                { "a": 255, "b": 127, "c": 65535, "d": 32767, "e": u32::MAX, "f": i32::MAX, "g": u64::MAX, "h": i64::MAX, "i": 1e38, "j": 1e308 }
            ],
            bad! {
                "type": { "a": 256 }, { "a": -1 }, { "b": 128 }, { "b": -129 }, { "c": 65536 }, { "d": 32768 },
                    { "e": 4_294_967_296u64 }, { "f": 2_147_483_648u64 }, { "f": -2_147_483_649i64 },
                    { "g": -1 }, { "h": 9_223_372_036_854_775_808u64 };
                "finite": { "i": 1e39 }, { "i": -1e300 };
            },
        ),
        whole(
            "plain",
            good![
                { "flag": true, "letter": "a", "nothing": null, "pair": [1, true], "count": 1 },
                { "flag": false, "letter": "🦀", "nothing": null, "pair": [255, false], "count": 255 }
            ],
            bad! {
                "type": { "flag": 1, "letter": "a", "nothing": null, "pair": [1, true], "count": 1 },
                    { "flag": true, "letter": "", "nothing": null, "pair": [1, true], "count": 1 },
                    { "flag": true, "letter": "ab", "nothing": null, "pair": [1, true], "count": 1 },
                    { "flag": true, "letter": "e\u{301}", "nothing": null, "pair": [1, true], "count": 1 },
                    { "flag": true, "letter": "a", "nothing": {}, "pair": [1, true], "count": 1 },
                    { "flag": true, "letter": "a", "nothing": null, "pair": [1], "count": 1 },
                    { "flag": true, "letter": "a", "nothing": null, "pair": [1, true, 1], "count": 1 },
                    { "flag": true, "letter": "a", "nothing": null, "pair": [256, true], "count": 1 },
                    { "flag": true, "letter": "a", "nothing": null, "pair": [1, true], "count": 0 };
                "required": { "flag": true, "letter": "a", "pair": [1, true], "count": 1 };
            },
        ),
    ]
}

fn forms() -> Vec<Sample> {
    let long = |count: usize| "a".repeat(count);
    let mails = || {
        good![
            "a@b", "a@b.c", "A.b+c@d-e.f", "!#$%&'*+/=?^_`{|}~-@a", "a@1.2.3.4", "a@a--b.c",
            format!("{}@b", long(64)), format!("a@{}", long(63)), format!("a@{}.{}", long(63), long(63))
        ]
    };
    let no_mails = || {
        bad! {
            "email": "", "a", "@", "a@", "@b", "a@b@c", "a b@c", "a@b c", ".a@b", "a.@b", "a..b@c", "a@.b", "a@b.", "a@b..c",
                "a@-b", "a@b-", "a@b_c", "a@ü", "ü@a", "\"a\"@b", "a@[1.2.3.4]", "a@b\n", "\na@b", " a@b", "a@b,c@d", "<a@b>",
                "a@b\0", format!("{}@b", long(65)), format!("a@{}", long(64)),
                format!("a@{0}.{0}.{0}.{0}", long(63));
            "type": 1, ["a@b"];
        }
    };
    vec![
        valued("word", good!["a", "abc-d", "a-b-c-d-e"], bad! { "pattern": "", "-", "a-", "-a", "A", "a--b", "a\n", "ä"; "length": "abcdefghij"; }),
        valued("letters", good!["A", "Ä", "Äöü", "Σας", "Ж"], bad! { "pattern": "", "a", "AB", "Abcde", "1", "A1", "ª"; }),
        valued("ranges", good!["ä", "ü", "A", "Z", "äAÖ".to_lowercase(), null, "ö÷"], bad! { "pattern": "", "a", "Ä", "ý", "ã", "ABCD"; "type": 1; }),
        valued("line", good!["a", "🦀🦀🦀🦀", "\r", "\u{2028}", "\u{85}", null], bad! { "pattern": "", "a\nb", "\n", "a\n", "\t", "abcde"; }),
        valued("either", good!["", ".", "a", "ab.", "bb", "bbb."], bad! { "pattern": "b", "bbbb", "..", "abb", "a\n", "A"; }),
        valued("two_ends", good!["aa", "+", "()", "-/", "**"], bad! { "pattern": "a", "aaa", "aa+", "+++", "", ","; }),
        valued("mail", mails(), no_mails()),
        valued("maybe_mail", good!["a@b", null, "abcdefghij@b"], bad! { "email": "a"; "length": "abcdefghijk@b"; "pattern": "a+b@c"; }),
        valued(
            "link",
            good![
                "https://a", "http://a", "https://a.b:80/c?d#e", "https://[::1]/", "https://[::1]:1", "https://a/?", "https://a#",
                "https://a?b=c&d", "https://a/%C3%BC", "https://%41", "https://1.2.3.4", "https://a:", "https://a//b", "https://-_~!$&'()*+,;="
            ],
            bad! {
                "url": "", "a", "//a", "https:", "https:a", "https:/a", "https://", "https:///a", "https://?a", "https://#a",
                    "ftp://a", "javascript:alert(1)", "file:///a", "HTTPS://a", "Https://a", "https://u@a", "https://u:p@a",
                    "https://@a", "https://a b", "https://a/ b", "https://a/\n", "https://a\n", " https://a", "https://ü",
                    "https://a/ü", "https://a/%", "https://a/%zz", "https://a\\b", "https://a/<b>", "https://a/\"", "https://[::1",
                    "https://[a]", "https://::1/", "https://a:b", "https://a/#b#c", "https://a/{b}", "https://a/^", "https://a/|",
                    "https://a/[b]";
                "length": format!("https://{}", long(40));
            },
        ),
    ]
}

fn lists() -> Vec<Sample> {
    vec![
        valued("list", good![[1], [1, 2, 3]], bad! { "length": [], [1, 2, 3, 4]; "type": {}, "1", [256], ["1"], [[1]]; }),
        valued("maybe_list", good![[true], null], bad! { "length": [], [true, true, true, true]; "type": [null]; }),
        valued("map", good![{ "a": 1 }, { "": 0, "b": 255 }], bad! { "length": {}, { "a": 1, "b": 1, "c": 1 }; "type": [], { "a": 256 }, { "a": null }; }),
        valued("patch_map", good![{ "a": 1 }, null], bad! { "length": {}, { "a": 1, "b": 1, "c": 1 }; "range": { "a": 10 }; }),
        valued("tags", good![[], ["a", "ab", "🦀🦀"]], bad! { "length": ["", "a"], ["abc"], ["a", "a", "a", "a"]; "type": [1], [["a"]], [null]; }),
        valued("mails", good![[], ["a@b"], null], bad! { "email": ["a@b", "a"]; "length": ["a@b", "a@b", "a@b"]; }),
        valued("grid", good![[], [[1], [2, 9]]], bad! { "length": [[]], [[1, 2, 3]], [[1], [1], [1]]; "range": [[10]], [[1], [1, 10]]; "type": [1], [[256]]; }),
        valued("names", good![{}, { "A": "abc" }, { "a": "" , "b": "c" }], bad! { "pattern": { "a": "A" }; "length": { "a": "abcd" }, { "a": "", "b": "", "c": "" }; }),
        valued("holes", good![[], [1, null, 127]], bad! { "range": [0], [1, null, -1]; "type": [128]; }),
        whole("few", good![[], ["a", ""]], bad! { "length": ["ab"], ["", "", ""]; "type": {}, [1], null; }),
        whole("ages", good![[], [0, 150]], bad! { "range": [151]; "type": [256], {}, null; }),
        whole("points", good![{}, { "a": { "x": 1 } }], bad! { "range": { "a": { "x": 10 } }; "type": [], { "a": [1] }; "required": { "a": {} }; }),
    ]
}

fn structures() -> Vec<Sample> {
    let nested = |name: &str, value: Value| {
        let mut all = json!({ "point": { "x": 1 }, "list": [], "map": {} });
        all[name] = value;
        all
    };
    let newtypes = |name: &str, value: Value| {
        let mut all = json!({ "name": "a", "few": [], "place": { "x": 1 }, "names": [] });
        all[name] = value;
        all
    };
    let restricted = |name: &str, value: Value| {
        let mut all = json!({ "owner": "alice" });
        all[name] = value;
        all
    };
    vec![
        whole("point", good![{ "x": 0 }, { "x": 9, "y": 9 }, { "x": 1, "y": null }], bad! { "range": { "x": 10 }, { "x": 1, "y": -1 }; "required": {}, { "y": 1 }; "unknown": { "x": 1, "z": 1 }; "type": [], [1, 1], null; }),
        whole(
            "nested",
            vec![
                nested("point", json!({ "x": 2, "y": 2 })), nested("maybe", json!({ "x": 1 })), nested("maybe", json!(null)),
                nested("boxed", json!({ "x": 1 })), nested("patch", json!({ "x": 1 })), nested("patch", json!(null)),
                nested("list", json!([{ "x": 1 }, { "x": 1 }])), nested("map", json!({ "a": { "x": 1 } })),
            ],
            vec![
                (nested("point", json!({ "x": 10 })), "range"), (nested("maybe", json!({ "x": 10 })), "range"),
                (nested("boxed", json!({ "x": 10 })), "range"), (nested("patch", json!({ "x": 10 })), "range"),
                (nested("list", json!([{ "x": 10 }])), "range"), (nested("map", json!({ "a": { "x": 10 } })), "range"),
                (nested("list", json!([{ "x": 1 }, { "x": 1 }, { "x": 1 }])), "length"), (nested("point", json!([1])), "type"),
            ],
        ),
        whole("tree", good![{ "value": 1, "children": [] }, { "value": 1, "children": [{ "value": 9, "children": [], "next": null }], "next": { "value": 1, "children": [] } }], bad! { "range": { "value": 1, "children": [{ "value": 10, "children": [] }] }, { "value": 1, "children": [], "next": { "value": 10, "children": [] } }; }),
        whole("name", good!["a", "🦀🦀🦀"], bad! { "length": "", "abcd"; "type": 1, null, ["a"]; }),
        whole("age", good![0, 150], bad! { "range": 151, 255; "type": 256, -1, "1"; }),
        whole("maybe_name", good!["a", null], bad! { "length": "", "abcd"; "type": 1; }),
        whole(
            "newtypes",
            vec![
                newtypes("name", json!("abc")), newtypes("age", json!(150)), newtypes("age", json!(null)), newtypes("outer", json!("a")),
                newtypes("outer", json!(null)), newtypes("few", json!(["a"])), newtypes("names", json!(["a", "b"])),
            ],
            vec![
                (newtypes("name", json!("")), "length"), (newtypes("age", json!(151)), "range"), (newtypes("outer", json!("abcd")), "length"),
                (newtypes("few", json!(["ab"])), "length"), (newtypes("place", json!({ "x": 10 })), "range"),
                (newtypes("names", json!([""])), "length"), (newtypes("names", json!(["a", "a", "a"])), "length"),
            ],
        ),
        whole("word3", good!["red", "dark-blue", "other colour"], bad! { "type": "Red", "dark_blue", "Other", "", 1, null, ["red"], { "red": null }, {}; }),
        whole(
            "external",
            good!["Nothing", { "One": { "x": 1 } }, { "Short": "ab" }, { "Line": { "from": { "x": 1 } } }, { "Line": { "from": { "x": 1 }, "to": { "x": 1 } } }],
            bad! {
                "range": { "One": { "x": 10 } }, { "Line": { "from": { "x": 10 } } };
                "length": { "Short": "abc" };
                "type": "One", { "Nothing": {} }, { "Nothing": null }, { "One": [1] }, { "One": { "x": 1 }, "Short": "a" }, {}, [], null, 1, { "Line": {} };
            },
        ),
        whole(
            "internal",
            good![{ "kind": "nothing" }, { "kind": "line", "from": { "x": 1 } }, { "label": "ab", "kind": "line", "from": { "x": 1 } }],
            bad! {
                "range": { "kind": "line", "from": { "x": 10 } };
                "length": { "kind": "line", "from": { "x": 1 }, "label": "abc" };
                "type": {}, { "kind": "Nothing" }, { "kind": "nothing", "more": 1 }, { "kind": "line" }, { "kind": "line", "from": { "x": 1 }, "more": 1 },
                    { "kind": ["nothing"] }, "nothing", ["nothing"], ["line", { "x": 1 }, null], { "kind": "line", "from": [1, 1] };
            },
        ),
        whole(
            "adjacent",
            good![{ "kind": "Nothing" }, { "kind": "One", "value": { "x": 1 } }, { "value": { "from": { "x": 1 }, "width": 1 }, "kind": "Line" }],
            bad! {
                "range": { "kind": "One", "value": { "x": 10 } }, { "kind": "Line", "value": { "from": { "x": 1 }, "width": 0 } };
                "type": {}, { "kind": "Nothing", "value": {} }, { "kind": "Nothing", "value": null }, { "kind": "One" }, { "kind": "One", "value": [1, 1] },
                    { "kind": "One", "value": { "x": 1 }, "more": 1 }, "Nothing", ["Nothing"], { "kind": "Line", "value": { "from": [1, 1], "width": 1 } };
            },
        ),
        whole(
            "choices",
            good![
                { "word": "red", "list": [] },
                { "word": "red", "external": "Nothing", "internal": { "kind": "nothing" }, "adjacent": { "kind": "Nothing" }, "list": [{ "One": { "x": 1 } }] },
                { "word": "red", "external": null, "internal": null, "adjacent": null, "list": ["Nothing", "Nothing"] }
            ],
            bad! { "type": { "word": 1, "list": [] }, { "word": "red", "list": ["One"] }; "length": { "word": "red", "list": ["Nothing", "Nothing", "Nothing"] }; },
        ),
        whole(
            "renamed",
            good![{ "firstName": true, "type": true }, { "firstName": true, "type": true, "x-y z": null, "leftOut": 1 }],
            bad! {
                "unknown": { "firstName": true, "type": true, "first_name": true }, { "firstName": true, "type": true, "r#type": true },
                    { "firstName": true, "type": true, "other": true };
                "required": { "type": true };
                "server": { "firstName": true, "type": true, "createdBy": "x" };
                "type": { "firstName": true, "type": true, "leftOut": null };
            },
        ),
        whole("defaults", good![{}, { "a": 9 }, { "b": "ab" }], bad! { "range": { "a": 10 }; "length": { "b": "abc" }; "type": { "a": null }, []; }),
        whole("wrapped_point", good![{ "inner": { "x": 1 }, "list": [{ "x": 1 }] }], bad! { "range": { "inner": { "x": 10 }, "list": [] }; "length": { "inner": { "x": 1 }, "list": [{ "x": 1 }, { "x": 1 }, { "x": 1 }] }; }),
        whole("wrapped_name", good![{ "inner": "a", "list": ["b"] }], bad! { "length": { "inner": "", "list": [] }, { "inner": "a", "list": ["abcd"] }; }),
        whole(
            "guarded",
            good![{ "secret": "ab", "text": "🦀🦀", "list": ["a"] }],
            bad! { "length": { "secret": "a", "text": "ab", "list": [] }, { "secret": "ab", "text": "abcde", "list": [] }, { "secret": "ab", "text": "ab", "list": ["ab"] }, { "secret": "ab", "text": "ab", "list": ["", "", ""] }; },
        ),
        whole(
            "restricted",
            vec![restricted("owner", json!("alice")), restricted("scope", json!(9)), restricted("scope", json!(null)), restricted("role", json!("ab")), restricted("role", json!(null))],
            vec![(restricted("scope", json!(10)), "range"), (restricted("role", json!("abc")), "length"), (restricted("scope", json!("1")), "type"), (restricted("more", json!(1)), "unknown")],
        ),
        whole("paging", good![{}, { "limit": 1 }, { "limit": 100, "after": "x" }, { "after": null }], bad! { "range": { "limit": 0 }, { "limit": 101 }; "length": { "after": "x".repeat(201) }; "type": { "limit": null }; "unknown": { "page": 1 }; }),
    ]
}
