#![deny(warnings)]
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use axum::Json;
use secure_runtime::{Lines, Page, Paging, Problem, Untrusted, output, secure};

mod support;

#[output]
struct Empty {}

#[output(owner = "user_id")]
#[serde(rename_all = "camelCase")]
struct Everything {
    #[expose(never)]
    user_id: u64,
    #[expose]
    every_body: String,
    #[expose(scope = "a & (b | c)")]
    some_scope: u8,
    #[expose(role = "support")]
    some_role: Option<u8>,
    #[expose(scope = scopes::ADMIN, role = roles::LEAD)]
    both: &'static str,
    #[expose(owner)]
    own: bool,
    #[expose(owner, or_scope = "admin", role = "support")]
    own_or: Vec<u8>,
    #[expose]
    #[serde(rename = "kind", skip_serializing_if = "Option::is_none")]
    renamed: Option<char>,
    #[expose(scope = "a",)]
    #[serde(skip_serializing_if = "is_zero")]
    not_zero: u32,
    #[expose(never)]
    #[allow(dead_code)]
    hash: Vec<u8>,
}

mod scopes {
    secure_runtime::scopes! { pub(crate) ADMIN = "admin:all"; }
}

mod roles {
    secure_runtime::roles! { pub(crate) LEAD = "lead"; }
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

#[output]
struct Newtype(#[expose] String);

#[output]
enum Words {
    First,
    #[serde(rename = "2")]
    Second,
}

#[output]
enum Never {}

#[output(owner = "id")]
#[serde(rename_all = "snake_case", rename_all_fields = "camelCase")]
enum UnderItsName {
    Unit,
    Newtype(#[expose] Newtype),
    Members {
        #[expose]
        id: u8,
        #[expose(owner, or_scope = "admin")]
        own_member: u8,
        #[expose(never)]
        #[allow(dead_code)]
        hidden: u8,
    },
    Nothing {},
}

#[output(owner = "id")]
#[serde(tag = "kind")]
enum Tagged {
    Unit,
    Members {
        #[expose]
        id: u8,
        #[expose(owner)]
        own: u8,
    },
}

#[output(owner = "id")]
#[serde(tag = "kind", content = "value")]
enum Beside {
    Unit,
    Newtype(#[expose] u8),
    Members {
        #[expose]
        id: u8,
        #[expose(owner, or_scope = "admin")]
        own: u8,
        #[expose(role = "support")]
        other: Newtype,
    },
}

#[output]
#[serde(tag = "kind", content = "value")]
enum GenericBeside<'a, T, const N: usize>
where
    T: Clone,
{
    Members {
        #[expose]
        value: &'a T,
        #[expose(scope = "a")]
        array: [u8; N],
    },
}

#[output]
struct Generic<'a, T> {
    #[expose]
    one: &'a T,
    #[expose(scope = "a")]
    many: Vec<T>,
}

#[output]
struct GenericNewtype<T>(#[expose] T);

#[output]
enum GenericChoice<T, E> {
    Good(#[expose] T),
    Bad {
        #[expose]
        error: E,
    },
}

#[output]
struct Containers {
    #[expose]
    boxed: Box<Newtype>,
    #[expose]
    shared: Arc<Newtype>,
    #[expose]
    maybe: Option<Option<Newtype>>,
    #[expose]
    sorted: BTreeMap<String, Newtype>,
    #[expose]
    hashed: HashMap<String, Vec<Newtype>>,
    #[expose]
    tuple: (Newtype, u8, f64),
    #[expose]
    array: [Newtype; 2],
    #[expose]
    untrusted: Untrusted,
    #[expose]
    texts: &'static [&'static str],
}

static SEVEN: u8 = 7;

#[secure(get = "/structs", authenticated)]
async fn structs() -> Json<(Empty, Everything, GenericNewtype<Words>)> {
    let everything = Everything {
        user_id: 1,
        every_body: String::new(),
        some_scope: 1,
        some_role: None,
        both: "",
        own: true,
        own_or: vec![],
        renamed: Some('x'),
        not_zero: 1,
        hash: vec![],
    };
    Json((Empty {}, everything, GenericNewtype(Words::First)))
}

#[secure(get = "/enums", authenticated)]
async fn enums() -> Json<(Vec<UnderItsName>, Vec<Tagged>, Vec<Beside>, Option<Never>)> {
    let named = vec![
        UnderItsName::Unit,
        UnderItsName::Newtype(Newtype(String::new())),
        UnderItsName::Members { id: 1, own_member: 2, hidden: 3 },
        UnderItsName::Nothing {},
    ];
    let other = Newtype(String::new());
    let beside = vec![Beside::Unit, Beside::Newtype(5), Beside::Members { id: 1, own: 2, other }];
    Json((named, vec![Tagged::Unit, Tagged::Members { id: 1, own: 2 }], beside, None))
}

#[secure(get = "/generic", authenticated)]
async fn generic() -> Result<Json<(Generic<'static, u8>, GenericBeside<'static, u8, 2>)>, Problem> {
    let _: [GenericChoice<u8, Words>; 2] = [GenericChoice::Good(1), GenericChoice::Bad { error: Words::Second }];
    let beside = GenericBeside::Members { value: &SEVEN, array: [1, 2] };
    Ok(Json((Generic { one: &SEVEN, many: vec![] }, beside)))
}

#[secure(get = "/containers", authenticated)]
async fn containers() -> Json<Containers> {
    let one = || Newtype(String::new());
    Json(Containers {
        boxed: Box::new(one()),
        shared: Arc::new(one()),
        maybe: None,
        sorted: BTreeMap::new(),
        hashed: HashMap::new(),
        tuple: (one(), 1, 1.5),
        array: [one(), one()],
        untrusted: Untrusted::new(String::new()),
        texts: &["a"],
    })
}

#[secure(get = "/pages", authenticated)]
async fn pages(axum::extract::Query(paging): axum::extract::Query<Paging>) -> Json<Page<Newtype>> {
    Json(Page::of(vec![], paging.limit(), |newtype: &Newtype| newtype.0.clone()))
}

#[secure(get = "/lines", authenticated)]
async fn lines() -> Lines<impl futures_util::Stream<Item = Result<Newtype, Problem>>> {
    Lines(futures_util::stream::empty())
}

fn main() {
    support::starts((structs, enums, generic, containers, pages, lines), 6);
}
