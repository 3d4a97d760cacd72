use std::fmt;

/// One thing that keeps an application from starting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    place: String,
    fault: String,
    help: String,
}

impl Fault {
    pub(crate) fn new(place: impl Into<String>, fault: impl Into<String>, help: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            fault: fault.into(),
            help: help.into(),
        }
    }

    pub(crate) fn policy(place: impl Into<String>, error: &secure_policy::ParseError) -> Self {
        Self::new(place, error.fault(), error.help())
    }

    /// Where: an endpoint, a key, an option.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }
}

/// A part of what is configured, and where a file says so.
#[derive(Debug)]
pub(crate) struct Placed<T> {
    part: T,
    place: Option<String>,
}

impl<T> Placed<T> {
    /// It comes from code.
    pub(crate) fn in_code(part: T) -> Self {
        Self { part, place: None }
    }

    #[cfg(feature = "config")]
    pub(crate) fn at(part: T, place: String) -> Self {
        Self {
            part,
            place: Some(place),
        }
    }

    /// Makes it ready; what is wrong with it is then said to be where it is written.
    pub(crate) fn prepare<P>(self, faults: &mut Vec<Fault>, prepare: impl FnOnce(T, &mut Vec<Fault>) -> P) -> P {
        let before = faults.len();
        let prepared = prepare(self.part, faults);
        if let Some(place) = self.place {
            for fault in faults.iter_mut().skip(before) {
                fault.place = format!("{place}: {}", fault.place);
            }
        }
        prepared
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}\n    help: {}", self.place, self.fault, self.help)
    }
}

/// Everything that keeps an application from starting, at once.
#[derive(Clone, PartialEq, Eq)]
pub struct StartupFaults(Vec<Fault>);

impl StartupFaults {
    pub(crate) fn of(faults: Vec<Fault>) -> Self {
        Self(faults)
    }

    /// The faults, in the order in which they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.0.iter()
    }
}

impl fmt::Display for StartupFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, noun) = match self.0.len() {
            1 => (1, "fault keeps"),
            n => (n, "faults keep"),
        };
        write!(f, "{count} {noun} the application from starting")?;
        for (i, fault) in self.0.iter().enumerate() {
            write!(f, "\n{:3}. {fault}", i + 1)?;
        }
        Ok(())
    }
}

/// The same as [`Display`](fmt::Display), because `fn main() -> Result<(), …>` prints this one.
impl fmt::Debug for StartupFaults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for StartupFaults {}
