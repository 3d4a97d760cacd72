//! Texts whose validity is known by how they are made: values that are right or wrong by themselves, in every place where a
//! value may stand, and structures that are right or wrong whatever stands in them.

/// Literals, and numbers by sign, zero, digits, fraction and exponent.
const VALUES: &str = "true false null \
    0 -0 1 -1 9 10 -10 1234567890 18446744073709551615 18446744073709551616 -9223372036854775808 -9223372036854775809 \
    123456789012345678901234567890 0.0 -0.0 0.5 -0.5 1.0 1.00 100.001 0.1234567890123456789 \
    0e0 0E0 0e+0 0e-0 1e1 1E1 1e+1 1E+1 1e-1 1E-1 1e01 1e000 -1.5e10 1.5E-10 1e308 1e-400";

/// Texts: empty, plain, every escape, and every length of UTF-8.
const TEXTS: [&str; 26] = [
    r#""""#,
    r#""a""#,
    r#""0""#,
    r#""\"""#,
    r#""\\""#,
    r#""\/""#,
    r#""\b\f\n\r\t""#,
    r#""\u0000""#,
    r#""\u0022""#,
    r#""\u005C""#,
    r#""\u00e9\u00E9""#,
    r#""\uffff""#,
    r#""\ud83e\udd80""#,
    r#""\uD834\uDd1e""#,
    r#""\\u0022""#,
    "\"\u{7f}\"",
    "\"\u{80}\"",
    "\"\u{e9}\"",
    "\"\u{2028}\u{2029}\"",
    "\"\u{feff}\"",
    "\"\u{ffff}\"",
    "\"\u{1f980}\"",
    r#""[1,2]""#,
    r#""{:}""#,
    r#""//""#,
    r#""'""#,
];

/// What the grammar does not allow, and no place can complete: literals, then numbers, then texts.
const NO_VALUES: &str = r#"True TRUE tru truee nul nulll NULL None nil fals False undefined yes NaN nan -NaN Infinity -Infinity
    +Infinity Inf inf -inf newDate(0)
    +1 +0 --1 - -a -+1 01 -01 00 -00 00.5 1. -1. 0. .5 -.5 . 1.e1 1..5 1.5.5 1e 1E 1e+ 1e- 1e+-1 1e1.5 1e1e1 e1 0x1 0X1F 0b1 0o7
    1_000 1'000 1n 1f 1L 1a １ ∞ 1½ $1 1% (1)
    'a' `a` “a” a "\x41" "\a" "\v" "\0" "\1" "\'" "\U0041" "\u" "\u1" "\u12" "\u123" "\u12g4" "\u+123" "\u{41}" "\ud83e\u"
    "a"b" "a"+"b" """a"""
    /**/1 1/**/ 1// <!----> #"#;

/// The same, with white space or bytes that are not UTF-8 in them.
const NO_VALUES_OF_BYTES: [&[u8]; 22] = [
    b"- 1",
    b"1 e1",
    b"1e 1",
    b"new Date(0)",
    b"\"\\u 123\"",
    b"\"\\\n\"",
    b"\"\\ \"",
    b"\"a\" \"b\"",
    b"//\n1",
    b"#\n1",
    b"<!-- -->1",
    b"\"\xff\"",
    b"\"\x80\"",
    b"\"\xc3\"",
    b"\"\xc0\xaf\"",
    b"\"\xe0\x80\xaf\"",
    b"\"\xed\xa0\x80\"",
    b"\"\xf4\x90\x80\x80\"",
    b"\"\xf8\x88\x80\x80\x80\"",
    b"{\"\xff\":1}",
    b"\xff",
    b"\x80",
];

/// Structures that are wrong whatever stands in them.
const NO_STRUCTURES: &str = r#"[ ] { } , : " [[ ]] [} {] [[] []] {{} {}} [{] [{} {[} [,] [1,] [,1] [1,,2] [1:2] [1;2] [1 1] [1} ["a":1]
    [[1,]] [1]] [][] {}{} 1,2 {"a"} {"a":} {:1} {"a":1,} {,"a":1} {"a":1,,"b":2} {"a"::1} {"a":1:2} {"a":1] {"a":1 "a":1 {"a",1}
    {"a"=1} {"a"=>1} {a:1} {'a':1} {1:1} {null:1} {true:1} {[]:1} {{}:1} {"a":1;"b":2} {"a":1}} {"a":1}, {"a":1}{"b":2}
    {"a":{"b":1} {...{}} [...[]]"#;

/// The same, with white space in them.
const NO_SPACED_STRUCTURES: [&str; 13] = [
    "",
    " ",
    "\n",
    "[1 2]",
    "[] []",
    "1 2",
    "null null",
    "\"a\" \"b\"",
    "{} x",
    "[] ;",
    "{\"a\" 1}",
    "{\"a\":1 \"b\":2}",
    "{\"a\" \"b\":1}",
];

/// White space by another standard, and marks that stand for nothing.
const NO_SPACE: &str =
    "\u{b}\u{c}\0\u{1b}\u{7f}\u{85}\u{a0}\u{1680}\u{2003}\u{200b}\u{2028}\u{2029}\u{3000}\u{feff}\u{2060}\\";

/// Each value alone and in every place where one may stand, with every kind of white space around it.
fn places(value: &[u8]) -> Vec<Vec<u8>> {
    let around: [(&str, &str); 12] = [
        ("", ""),
        (" \t\r\n", "\n\r\t "),
        ("[", "]"),
        ("[ ", " ]"),
        ("[1,", "]"),
        ("[", ",1]"),
        ("[[", "],[]]"),
        ("{\"a\":", "}"),
        ("{\"a\":\n", "\n}"),
        ("{\"a\":1,\"b\":", "}"),
        ("{\"a\":", ",\"b\":1}"),
        ("[{\"a\":[{\"b\":", "}]}]"),
    ];
    let text = |(before, after): (&str, &str)| [before.as_bytes(), value, after.as_bytes()].concat();
    around.into_iter().map(text).collect()
}

/// Texts that are JSON.
pub(super) fn valid() -> Vec<Vec<u8>> {
    let values: Vec<&str> = VALUES.split_ascii_whitespace().chain(TEXTS).collect();
    let mut texts: Vec<Vec<u8>> = values.iter().flat_map(|value| places(value.as_bytes())).collect();
    // Every text is a name as well.
    texts.extend(TEXTS.map(|name| format!("{{{name}:1,\"other\":{{ {name} : [] }}}}").into_bytes()));
    for empty in [
        "[]",
        "{}",
        "[ ]",
        "{ }",
        "[\n]",
        "{\r\t}",
        "[[],[]]",
        "[{},{}]",
        "{\"\":{}}",
    ] {
        texts.extend(places(empty.as_bytes()));
    }
    texts.push(format!("[{}]", values.join(",")).into_bytes());
    let members: Vec<String> = (0..)
        .zip(&values)
        .map(|(i, value)| format!("\"m{i}\" : {value}"))
        .collect();
    texts.push(format!("{{{}}}", members.join("\n,\t")).into_bytes());
    texts.push(format!("{}{}", "[".repeat(64), "]".repeat(64)).into_bytes());
    texts.extend(DOCUMENTS.iter().map(|document| document.as_bytes().to_vec()));
    texts
}

/// Texts that are not JSON.
pub(super) fn invalid() -> Vec<Vec<u8>> {
    let words = NO_VALUES.split_ascii_whitespace().map(str::as_bytes);
    let no_values: Vec<&[u8]> = words.chain(NO_VALUES_OF_BYTES).collect();
    let mut texts: Vec<Vec<u8>> = no_values.iter().flat_map(|value| places(value)).collect();
    // No value but a text is a name, and no text that is none.
    let others: [&[u8]; 5] = [b"1", b"null", b"[]", b"{}", b"-0.5e1"];
    let names = no_values.into_iter().chain(others);
    texts.extend(names.map(|name| [&b"{"[..], name, b":1}"].concat()));
    texts.extend((0..0x20u8).flat_map(|control| places(&[b'"', b'a', control, b'"'])));
    let structures = NO_STRUCTURES.split_ascii_whitespace().chain(NO_SPACED_STRUCTURES);
    texts.extend(structures.map(|text| text.as_bytes().to_vec()));
    for space in NO_SPACE.chars() {
        for text in [
            format!("{space}{{}}"),
            format!("{{}}{space}"),
            format!("{{{space}}}"),
            format!("[{space}]"),
            format!("[1{space},2]"),
            format!("[1,{space}2]"),
            format!("{{\"a\"{space}:1}}"),
            format!("{{\"a\":{space}1}}"),
            format!("{{{space}\"a\":1}}"),
            format!("1{space}"),
            space.to_string(),
        ] {
            texts.push(text.into_bytes());
        }
    }
    // Two texts are none, with anything between them.
    for between in ["", " ", ",", "\n", ";", "\u{1e}"] {
        texts.extend(["{}", "[]", "\"a\"", "null"].map(|text| format!("{text}{between}{text}").into_bytes()));
    }
    // UTF-16 and UTF-32, of both byte orders.
    for document in ["{}", "[1]", "\"a\""] {
        texts.push(document.bytes().flat_map(|byte| [0, byte]).collect());
        texts.push(document.bytes().flat_map(|byte| [byte, 0]).collect());
        texts.push(document.bytes().flat_map(|byte| [0, 0, 0, byte]).collect());
        texts.push(document.bytes().flat_map(|byte| [byte, 0, 0, 0]).collect());
    }
    texts
}

/// Whole documents, to be broken off and changed. Each is a list, an object or a text, so that no beginning of one is
/// another; no name in one becomes another by a byte more or less, and no number grows beyond every double.
pub(super) const DOCUMENTS: [&str; 8] = [
    "[]",
    "{\"alpha\":1}",
    "\"a\\\\b\\\"c\\u00e9\u{1f980}\"",
    "[true,false,null,-0.5e+1,\"\\n\"]",
    "{\"alpha\":{\"beta\":[1,{\"gamma\":\"\"}]},\"delta\":[[],[[]]]}",
    "[ 0 , 10 , 1.25 , 3E2 ]",
    "[\"\",\"[\",\"]\",\"{\",\"}\",\":\",\",\",\"\\\\\"]",
    "{ \"street\" : \"Mill Lane\" ,\r\n\t\"number\" : 5 , \"tags\" : [ \"x\" , \"yy\" ] }",
];
