use std::fmt;

/// Why a text of the policy grammar was refused: the fault, and the line to write instead.
///
/// Both parts are lower case and end without a full stop, so that they fit behind a prefix of the reader's:
/// the macro prints them as `error: …` and `help: …`, start-up prints them in its list of faults.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseError {
    fault: String,
    help: String,
}

impl ParseError {
    pub(crate) fn new(fault: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            fault: fault.into(),
            help: help.into(),
        }
    }

    /// What is wrong, in one line.
    #[must_use]
    pub fn fault(&self) -> &str {
        &self.fault
    }

    /// What to write instead.
    #[must_use]
    pub fn help(&self) -> &str {
        &self.help
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.fault, self.help)
    }
}

impl std::error::Error for ParseError {}
