use crate::input::Patch;

/// Leave to look at a value that is not shown to everybody, such as a secret. Only rules have it:
///
/// ```compile_fail
/// use secure_runtime::rules::{Glance, Text as _};
/// let leaked = secure_runtime::Untrusted::new(String::new()).text(Glance(())).map(str::to_owned);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Glance(());

impl Glance {
    pub(crate) const fn of_a_rule() -> Self {
        Self(())
    }
}

/// Text, if it is there.
#[diagnostic::on_unimplemented(
    message = "this rule is for text, and `{Self}` is none",
    label = "this value is no text",
    note = "help: a type of your own has its rules where it is declared, as in `struct Name(#[input(length(max = 80))] String)`",
    note = "see [S028] in the book's error index"
)]
pub trait Text {
    /// `None` where there is none to check.
    fn text(&self, glance: Glance) -> Option<&str>;
}

impl Text for str {
    fn text(&self, _: Glance) -> Option<&str> {
        Some(self)
    }
}

impl Text for String {
    fn text(&self, _: Glance) -> Option<&str> {
        Some(self)
    }
}

impl<T: Text + ?Sized> Text for Box<T> {
    fn text(&self, glance: Glance) -> Option<&str> {
        T::text(self, glance)
    }
}

impl<T: Text> Text for Option<T> {
    fn text(&self, glance: Glance) -> Option<&str> {
        self.as_ref().and_then(|value| value.text(glance))
    }
}

impl<T: Text> Text for Patch<T> {
    fn text(&self, glance: Glance) -> Option<&str> {
        self.value().and_then(|value| value.text(glance))
    }
}
