use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use secure_policy::ParseError;

/// The stable codes of our refusals. Each has a page of that name in the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Code {
    NoAccessRule,
    TwoAccessRules,
    PublicWithoutReason,
    Key,
    Expression,
    Measure,
    UncoveredIdentifier,
    UnknownArgument,
    Path,
    CallerOnOpenEndpoint,
    Body,
    Answer,
    Signature,
    Condition,
    Data,
    Rule,
    Setter,
    Exposure,
    Resource,
}

impl Code {
    fn as_str(self) -> &'static str {
        match self {
            Self::NoAccessRule => "S001",
            Self::TwoAccessRules => "S002",
            Self::PublicWithoutReason => "S003",
            Self::Key => "S004",
            Self::Expression => "S005",
            Self::Measure => "S007",
            Self::UncoveredIdentifier => "S008",
            Self::UnknownArgument => "S009",
            Self::Path => "S011",
            Self::CallerOnOpenEndpoint => "S012",
            Self::Body => "S013",
            Self::Answer => "S015",
            Self::Signature => "S018",
            Self::Condition => "S020",
            Self::Data => "S027",
            Self::Rule => "S028",
            Self::Setter => "S029",
            Self::Exposure => "S030",
            Self::Resource => "S031",
        }
    }
}

/// Collects all faults of one attribute, in the order in which they were found.
#[derive(Default)]
pub(crate) struct Diagnostics(Vec<syn::Error>);

impl Diagnostics {
    /// A fault at `place`: what is wrong, why it matters where that is not plain, and what to write.
    pub(crate) fn push(&mut self, place: impl ToTokens, code: Code, fault: &str, note: &str, help: &str) {
        self.0
            .push(syn::Error::new_spanned(place, text(code, fault, note, help)));
    }

    /// The same, where there is nothing but a span.
    pub(crate) fn push_at(&mut self, place: Span, code: Code, fault: &str, note: &str, help: &str) {
        self.0.push(syn::Error::new(place, text(code, fault, note, help)));
    }

    /// A value that the policy's grammar refuses.
    pub(crate) fn push_parse(&mut self, place: impl ToTokens, code: Code, error: &ParseError) {
        self.push(place, code, error.fault(), "", error.help());
    }

    /// The value, or its refusal by the policy's grammar is kept.
    pub(crate) fn keep<T>(&mut self, place: impl ToTokens, code: Code, parsed: Result<T, ParseError>) -> Option<T> {
        parsed.map_err(|error| self.push_parse(place, code, &error)).ok()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn to_compile_errors(&self) -> TokenStream {
        self.0.iter().map(syn::Error::to_compile_error).collect()
    }
}

/// A message of ours, whole.
pub(crate) fn text(code: Code, fault: &str, note: &str, help: &str) -> String {
    let mut text = format!("{fault} [{}]", code.as_str());
    if !note.is_empty() {
        text.push_str(&format!("\n  = note: {note}"));
    }
    text.push_str(&format!("\n  = help: {help}"));
    text
}

/// The known name that is nearest to `name`, if one is near enough to be meant.
pub(crate) fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let scored = known.iter().map(|known| (strsim::jaro_winkler(name, known), *known));
    let best = scored.max_by(|(a, _), (b, _)| a.total_cmp(b));
    best.filter(|(score, _)| *score > 0.8).map(|(_, known)| known)
}

/// "`a`, `b` and `c`".
pub(crate) fn list<T: AsRef<str>>(names: &[T]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    match quoted.as_slice() {
        [] => "nothing".to_owned(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}
