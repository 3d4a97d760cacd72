#![deny(warnings)]
use axum::Json;
use secure_runtime::{input, output, secure};

mod support;

macro_rules! sent {
    ($(#[$attr:meta])* $vis:vis $name:ident, $member:ident: $ty:ty, $max:literal, $pattern:literal, $scope:expr, $check:path) => {
        #[input]
        $(#[$attr])*
        $vis struct $name {
            #[input(length(max = $max), pattern = $pattern)]
            $vis text: String,
            #[input(custom = $check)]
            $vis $member: $ty,
            #[input(scope = $scope)]
            $vis admin: Option<$ty>,
            #[input(length(max = 5), inner(range(min = 1, max = $max)))]
            $vis numbers: Vec<u32>,
            fixed: Fixed,
        }
    };
}

fn fine<T>(_: &T) -> Result<(), &'static str> {
    Ok(())
}

#[input]
struct Fixed {
    number: u8,
}

sent! {
    /// Documented.
    #[derive(Debug)]
    #[serde(rename_all = "camelCase")]
    pub(crate) First, some_member: u8, 9, "^[a-z]{1,9}$", "a | b", crate::fine
}
sent!(Second, other: Option<Box<u64>>, 20, r"^[0-9]+$", ADMIN, fine);

secure_runtime::scopes! { ADMIN = "admin"; }

impl std::fmt::Debug for Fixed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.number.fmt(f)
    }
}

macro_rules! newtypes {
    ($($name:ident($ty:ty, $($rule:tt)*);)*) => { $(
        #[input]
        #[output]
        struct $name(#[input($($rule)*)] #[expose] $ty);
    )* };
}

newtypes! {
    Name(String, length(min = 1, max = 80));
    Count(u32, range(min = 1, max = 5));
    Mail(Option<String>, email);
}

macro_rules! shown {
    ($name:ident, $owner:literal, $id:ident: $id_ty:ty, $member:ident: $ty:ty, $scope:literal, $role:expr) => {
        #[output(owner = $owner)]
        struct $name {
            #[expose]
            $id: $id_ty,
            #[expose(owner, or_scope = $scope)]
            $member: $ty,
            #[expose(role = $role)]
            both: ($ty, $id_ty),
        }
    };
}

shown!(Shown, "id", id: u64, text: Vec<Name>, "admin", "support");

macro_rules! choice {
    ($name:ident { $($variant:ident { $($member:ident: $ty:ty),* })* }) => {
        #[input]
        #[output]
        #[serde(tag = "kind")]
        enum $name { $($variant { $(#[expose] $member: $ty),* }),* }
    };
}

choice!(Choice { One { a: u8, b: Option<u8> } Two {} });

macro_rules! whole {
    ($($item:tt)*) => { #[input] $($item)* };
}

whole! {
    struct Whole {
        #[input(length(max = 5))]
        text: String,
    }
}

#[secure(post = "/first", authenticated)]
async fn first(Json(first): Json<First>) -> String {
    format!("{first:?}")
}

#[secure(post = "/second", authenticated)]
async fn second(Json((second, whole)): Json<(Second, Whole)>) -> String {
    let Second { text, other, admin, numbers, fixed } = second;
    format!("{text}{other:?}{admin:?}{numbers:?}{fixed:?}{}", whole.text)
}

#[secure(post = "/third", authenticated)]
async fn third(Json((name, count, mail, choice)): Json<(Name, Count, Mail, Choice)>) -> Json<(Shown, Choice, Mail)> {
    let copy = Name(name.0.clone());
    let shown = Shown { id: count.0.into(), text: vec![name], both: (vec![copy], 5) };
    Json((shown, choice, mail))
}

fn main() {
    support::starts((first, second, third), 3);
}
