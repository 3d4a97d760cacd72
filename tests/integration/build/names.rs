//! What serde calls members and variants, once more and by hand.

/// `rename_all` of serde.
pub(crate) const STYLES: [&str; 8] = [
    "lowercase",
    "UPPERCASE",
    "PascalCase",
    "camelCase",
    "snake_case",
    "SCREAMING_SNAKE_CASE",
    "kebab-case",
    "SCREAMING-KEBAB-CASE",
];

/// `of_two_words`, or `OfTwoWords` for a variant.
pub(crate) fn renamed(name: &str, style: Option<&str>, is_variant: bool) -> String {
    let Some(style) = style else {
        return name.to_owned();
    };
    let words = if is_variant {
        humps(name)
    } else {
        name.split('_').map(str::to_owned).collect()
    };
    let capital = |word: &String| {
        let (first, rest) = word.split_at(1);
        first.to_uppercase() + rest
    };
    match style {
        // The words of a member keep their underscore, and a variant has none.
        "lowercase" => name.to_lowercase(),
        "UPPERCASE" => name.to_uppercase(),
        "PascalCase" => words.iter().map(capital).collect(),
        "camelCase" => words[0].clone() + &words[1..].iter().map(capital).collect::<String>(),
        "snake_case" => words.join("_"),
        "SCREAMING_SNAKE_CASE" => words.join("_").to_uppercase(),
        "kebab-case" => words.join("-"),
        _ => words.join("-").to_uppercase(),
    }
}

/// The words of `OfTwoWords`, in small letters.
fn humps(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for letter in name.chars() {
        match words.last_mut().filter(|_| !letter.is_uppercase()) {
            Some(word) => word.push(letter),
            None => words.push(letter.to_lowercase().to_string()),
        }
    }
    words
}
