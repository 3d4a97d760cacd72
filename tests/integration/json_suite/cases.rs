//! Texts whose validity is known by how they are made: values that are right or wrong by themselves, in every place where a
//! value may stand, and structures that are right or wrong whatever stands in them.

/// Values that the grammar allows.
const VALUES: [&str; 66] = [
    // literals
    "true",
    "false",
    "null",
    // numbers: sign, zero, digits, fraction, exponent
    "0",
    "-0",
    "1",
    "-1",
    "9",
    "10",
    "-10",
    "1234567890",
    "18446744073709551615",
    "18446744073709551616",
    "-9223372036854775808",
    "-9223372036854775809",
    "123456789012345678901234567890",
    "0.0",
    "-0.0",
    "0.5",
    "-0.5",
    "1.0",
    "1.00",
    "100.001",
    "0.1234567890123456789",
    "0e0",
    "0E0",
    "0e+0",
    "0e-0",
    "1e1",
    "1E1",
    "1e+1",
    "1E+1",
    "1e-1",
    "1E-1",
    "1e01",
    "1e000",
    "-1.5e10",
    "1.5E-10",
    "1e308",
    "1e-400",
    // texts: empty, plain, every escape, and every length of UTF-8
    "\"\"",
    "\"a\"",
    "\"0\"",
    "\"\\\"\"",
    "\"\\\\\"",
    "\"\\/\"",
    "\"\\b\\f\\n\\r\\t\"",
    "\"\\u0000\"",
    "\"\\u0022\"",
    "\"\\u005C\"",
    "\"\\u00e9\\u00E9\"",
    "\"\\uffff\"",
    "\"\\ud83e\\udd80\"",
    "\"\\uD834\\uDd1e\"",
    "\"\\\\u0022\"",
    "\"\u{7f}\"",
    "\"\u{80}\"",
    "\"\u{e9}\"",
    "\"\u{2028}\u{2029}\"",
    "\"\u{feff}\"",
    "\"\u{ffff}\"",
    "\"\u{1f980}\"",
    "\"[1,2]\"",
    "\"{:}\"",
    "\"//\"",
    "\"'\"",
];

/// Values that the grammar does not allow, and that no place can complete.
const NO_VALUES: [&[u8]; 110] = [
    // literals
    b"True",
    b"TRUE",
    b"tru",
    b"truee",
    b"nul",
    b"nulll",
    b"NULL",
    b"None",
    b"nil",
    b"fals",
    b"False",
    b"undefined",
    b"yes",
    b"NaN",
    b"nan",
    b"-NaN",
    b"Infinity",
    b"-Infinity",
    b"+Infinity",
    b"Inf",
    b"inf",
    b"-inf",
    b"new Date(0)",
    // numbers
    b"+1",
    b"+0",
    b"--1",
    b"-",
    b"-a",
    b"- 1",
    b"-+1",
    b"01",
    b"-01",
    b"00",
    b"-00",
    b"00.5",
    b"1.",
    b"-1.",
    b"0.",
    b".5",
    b"-.5",
    b".",
    b"1.e1",
    b"1..5",
    b"1.5.5",
    b"1e",
    b"1E",
    b"1e+",
    b"1e-",
    b"1e+-1",
    b"1e1.5",
    b"1e1e1",
    b"e1",
    b"1 e1",
    b"1e 1",
    b"0x1",
    b"0X1F",
    b"0b1",
    b"0o7",
    b"1_000",
    b"1'000",
    b"1n",
    b"1f",
    b"1L",
    b"1a",
    b"\xef\xbc\x91",
    b"\xe2\x88\x9e",
    b"1\xc2\xbd",
    b"$1",
    b"1%",
    b"(1)",
    // texts
    b"'a'",
    b"`a`",
    b"\xe2\x80\x9ca\xe2\x80\x9d",
    b"a",
    b"\"\\x41\"",
    b"\"\\a\"",
    b"\"\\v\"",
    b"\"\\0\"",
    b"\"\\1\"",
    b"\"\\'\"",
    b"\"\\U0041\"",
    b"\"\\u\"",
    b"\"\\u1\"",
    b"\"\\u12\"",
    b"\"\\u123\"",
    b"\"\\u12g4\"",
    b"\"\\u 123\"",
    b"\"\\u+123\"",
    b"\"\\u{41}\"",
    b"\"\\ud83e\\u\"",
    b"\"\\\n\"",
    b"\"\\ \"",
    b"\"a\"b\"",
    b"\"a\" \"b\"",
    b"\"a\"+\"b\"",
    b"\"\"\"a\"\"\"",
    // texts that are not UTF-8
    b"\"\xff\"",
    b"\"\x80\"",
    b"\"\xc3\"",
    b"\"\xc0\xaf\"",
    b"\"\xe0\x80\xaf\"",
    b"\"\xed\xa0\x80\"",
    b"\"\xf4\x90\x80\x80\"",
    b"\"\xf8\x88\x80\x80\x80\"",
    // comments
    b"/**/1",
    b"1/**/",
    b"//\n1",
    b"1//",
    b"#\n1",
    b"<!-- -->1",
];

/// Structures that are wrong whatever stands in them.
const NO_STRUCTURES: [&str; 74] = [
    "",
    " ",
    "\n",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    "\"",
    "[[",
    "]]",
    "[}",
    "{]",
    "[[]",
    "[]]",
    "{{}",
    "{}}",
    "[{]",
    "[{}",
    "{[}",
    "[,]",
    "[1,]",
    "[,1]",
    "[1,,2]",
    "[1 2]",
    "[1:2]",
    "[1;2]",
    "[1",
    "1]",
    "[1}",
    "[\"a\":1]",
    "[[1,]]",
    "[1]]",
    "[][]",
    "[] []",
    "{}{}",
    "1 2",
    "1,2",
    "null null",
    "\"a\" \"b\"",
    "{} x",
    "[] ;",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\" 1}",
    "{:1}",
    "{\"a\":1,}",
    "{,\"a\":1}",
    "{\"a\":1,,\"b\":2}",
    "{\"a\":1 \"b\":2}",
    "{\"a\"::1}",
    "{\"a\":1:2}",
    "{\"a\":1]",
    "{\"a\":1",
    "\"a\":1",
    "{\"a\",1}",
    "{\"a\"=1}",
    "{\"a\"=>1}",
    "{a:1}",
    "{'a':1}",
    "{1:1}",
    "{null:1}",
    "{true:1}",
    "{[]:1}",
    "{{}:1}",
    "{\"a\":1;\"b\":2}",
    "{\"a\":1}}",
    "{\"a\":1},",
    "{\"a\":1}{\"b\":2}",
    "{\"a\":{\"b\":1}",
    "{\"a\" \"b\":1}",
    "{...{}}",
    "[...[]]",
];

/// White space by another standard, and marks that stand for nothing.
const NO_SPACE: [&str; 16] = [
    "\u{b}", "\u{c}", "\u{0}", "\u{1b}", "\u{7f}", "\u{85}", "\u{a0}", "\u{1680}", "\u{2003}", "\u{200b}", "\u{2028}",
    "\u{2029}", "\u{3000}", "\u{feff}", "\u{2060}", "\\n",
];

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
    let mut texts: Vec<Vec<u8>> = VALUES.iter().flat_map(|value| places(value.as_bytes())).collect();
    // Every text is a name as well.
    let names = VALUES.iter().filter(|value| value.starts_with('"'));
    texts.extend(names.map(|name| format!("{{{name}:1,\"other\":{{ {name} : [] }}}}").into_bytes()));
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
    let values: Vec<String> = VALUES.iter().map(|value| (*value).to_owned()).collect();
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
    let mut texts: Vec<Vec<u8>> = NO_VALUES.iter().flat_map(|value| places(value)).collect();
    // No value but a text is a name, and no text that is none.
    let others: [&[u8]; 5] = [b"1", b"null", b"[]", b"{}", b"-0.5e1"];
    texts.extend(
        NO_VALUES
            .iter()
            .chain(&others)
            .map(|name| [&b"{"[..], name, b":1}"].concat()),
    );
    texts.extend((0..0x20u8).flat_map(|control| places(&[b'"', b'a', control, b'"'])));
    texts.extend(NO_STRUCTURES.iter().map(|text| text.as_bytes().to_vec()));
    for space in NO_SPACE {
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
            space.to_owned(),
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
