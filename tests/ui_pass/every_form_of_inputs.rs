#![deny(warnings)]
use axum::Json;
use axum::extract::{Form, Path, Query};
use secure_runtime::{Report, input, secure};

mod support;

#[input]
struct Empty {}

#[input]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Renamed {
    some_number: u8,
    #[serde(rename = "other")]
    another_number: u8,
    #[input(length(max = 9))]
    #[serde(default = "nobody")]
    some_text: String,
}

#[input]
struct Newtype(#[input(length(max = 9))] String);

#[input]
struct OfNewtypes {
    a: Newtype,
    b: Option<Newtype>,
    #[input(length(max = 9))]
    c: Vec<Newtype>,
    #[input(custom = short)]
    d: Newtype,
    #[input(owner)]
    e: Number,
}

#[input]
#[derive(Clone)]
struct Number(#[input(range(max = 9), custom = odd)] u8);

#[input]
struct Owner(#[input(owner, length(max = 64))] String);

#[input]
#[serde(transparent)]
struct Transparent(u8);

#[input]
enum Words {
    First,
    SecondOne,
    #[serde(rename = "3")]
    Third,
}

#[input]
enum OneWord {
    Only,
}

#[input]
enum Never {}

#[input]
#[serde(rename_all = "snake_case", rename_all_fields = "SCREAMING-KEBAB-CASE")]
enum UnderItsName {
    Unit,
    Newtype(#[input(length(max = 5))] String),
    Of(Renamed),
    List(#[input(length(max = 5))] Vec<u8>),
    Members {
        #[input(range(min = 1))]
        some_member: u8,
        #[input(scope = "a")]
        admin: Option<bool>,
        #[input(server)]
        created: u64,
    },
    #[serde(rename_all = "kebab-case", rename = "own")]
    OwnNames { some_member: u8 },
    Nothing {},
}

#[input]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Tagged {
    Nothing {},
    Members {
        #[input(email)]
        mail: String,
    },
    Of(OfNewtypes),
}

#[input]
#[serde(tag = "kind", content = "value")]
enum Beside {
    Unit,
    Newtype(#[input(length(max = 5))] String),
    Members {
        #[input(email)]
        mail: String,
    },
}

#[input]
struct Generic<T, U = u8>
where
    T: Clone,
{
    one: T,
    two: Option<U>,
    #[input(length(max = 3))]
    many: Vec<T>,
}

#[input]
struct GenericNewtype<T>(T);

#[input]
struct Sized<const N: usize> {
    number: u8,
}

#[input]
enum GenericChoice<T, E> {
    Good(T),
    Bad { error: E },
}

fn nobody() -> String {
    "nobody".to_owned()
}

fn short(value: &Newtype) -> Result<(), &'static str> {
    if value.0.len() < 5 { Ok(()) } else { Err("must be short") }
}

fn odd(value: &u8) -> Result<(), &'static str> {
    if value % 2 == 1 { Ok(()) } else { Err("must be odd") }
}

/// With rules by hand.
#[derive(serde::Deserialize)]
struct ByHand(u8);

impl secure_runtime::Input for ByHand {
    fn check(&self, report: &mut Report<'_>) {
        if self.0 > 5 {
            report.breaks("range", "must be small");
        }
    }
}

#[secure(post = "/structs/{number}/{who}", authenticated, owner = "number", owner = "who")]
async fn structs(
    Path((number, who)): Path<(Number, Owner)>,
    Query(Empty {}): Query<Empty>,
    Json((renamed, newtypes, Transparent(last))): Json<(Renamed, OfNewtypes, Transparent)>,
) -> String {
    let Renamed { some_number, another_number, some_text } = renamed;
    let OfNewtypes { a, b, c, d, e } = newtypes;
    let many = b.is_some() || c.is_empty();
    format!("{}{}{some_number}{another_number}{some_text}{}{many}{}{}{last}", number.0, who.0, a.0, d.0, e.0)
}

#[secure(post = "/enums/{word}", authenticated, shared = "word")]
async fn enums(
    Path(word): Path<Words>,
    Json(all): Json<(Vec<UnderItsName>, Tagged, Beside, Option<Never>)>,
) -> &'static str {
    let (named, tagged, beside, never) = all;
    if let Some(never) = never {
        match never {}
    }
    for named in named {
        match named {
            UnderItsName::Unit | UnderItsName::Nothing {} => {}
            UnderItsName::Newtype(text) => drop(text),
            UnderItsName::Of(of) => drop(of.some_text),
            UnderItsName::List(list) => drop(list),
            UnderItsName::Members { some_member, admin, created } => drop((some_member, admin, created.to_string())),
            UnderItsName::OwnNames { some_member } => drop(some_member.to_string()),
        }
    }
    match (word, tagged, beside) {
        (Words::First, Tagged::Nothing {}, Beside::Unit) => "nothing",
        (Words::SecondOne, Tagged::Members { mail }, Beside::Members { mail: other }) if mail == other => "mail",
        (Words::Third, Tagged::Of(of), Beside::Newtype(text)) if of.a.0 == text => "text",
        _ => "another",
    }
}

#[secure(post = "/generic", authenticated)]
async fn generic(
    Json(all): Json<(ByHand, Generic<u8>, Generic<Number, String>, GenericNewtype<Sized<5>>, GenericChoice<u8, bool>)>,
) -> String {
    let (by_hand, first, Generic { one, two, many }, GenericNewtype(Sized { number }), choice) = all;
    let choice = match choice {
        GenericChoice::Good(number) => number,
        GenericChoice::Bad { error } => error.into(),
    };
    format!("{}{}{:?}{}{two:?}{}{number}{choice}", by_hand.0, first.one, first.two, one.0, first.many.len() + many.len())
}

#[secure(post = "/forms", authenticated)]
async fn forms(Form(OneWordForm { word: OneWord::Only, .. }): Form<OneWordForm>) {}

#[input]
struct OneWordForm {
    word: OneWord,
    #[serde(rename = "type")]
    _kind: Option<Words>,
}

fn main() {
    support::starts((structs, enums, generic, forms), 4);
}
