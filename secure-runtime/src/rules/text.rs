use crate::input::Patch;

/// Text, if it is there.
#[diagnostic::on_unimplemented(
    message = "this rule is for text, and `{Self}` is none",
    label = "this value is no text",
    note = "help: a type of your own has its rules where it is declared, as in `struct Name(#[input(length(max = 80))] String)`",
    note = "see [S028] in the book's error index"
)]
pub trait Text {
    /// `None` where there is none to check.
    fn text(&self) -> Option<&str>;
}

impl Text for str {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl Text for String {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl<T: Text + ?Sized> Text for Box<T> {
    fn text(&self) -> Option<&str> {
        T::text(self)
    }
}

impl<T: Text> Text for Option<T> {
    fn text(&self) -> Option<&str> {
        self.as_ref().and_then(T::text)
    }
}

impl<T: Text> Text for Patch<T> {
    fn text(&self) -> Option<&str> {
        self.value().and_then(T::text)
    }
}
