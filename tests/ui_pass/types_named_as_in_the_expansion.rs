#![deny(warnings)]
use axum::Json;
use secure_runtime::{input, output, secure};

mod support;

#[input]
struct Sent {
    #[input(length(max = 9))]
    __value: String,
    #[input(length(max = 9))]
    __report: String,
    __member_0: u8,
    __node: u8,
    __members: u8,
    value: u8,
    report: u8,
    node: u8,
    generator: u8,
    schema: u8,
    #[input(scope = "a")]
    __check_0_0: Option<u8>,
}

#[input]
enum S {
    T { __variant: u8 },
    D(u8),
}

#[input]
struct T<D> {
    s: S,
    d: D,
}

#[output(owner = "__member_1")]
struct __S {
    #[expose]
    __viewer: u8,
    #[expose]
    __serializer: u8,
    #[expose(scope = "a")]
    __struct: u8,
    #[expose(owner)]
    __own: u8,
    #[expose]
    __member_1: u8,
    #[expose(never)]
    #[allow(dead_code)]
    __seen_1: u8,
}

#[output(owner = "__this")]
#[serde(tag = "kind", content = "value")]
enum Content<S, V> {
    __Struct {
        #[expose]
        __this: u8,
        #[expose(owner)]
        __value: (S, V),
    },
}

#[secure(post = "/names", authenticated)]
async fn names(Json((sent, s)): Json<(Sent, T<u8>)>) -> Json<(__S, Content<u8, String>)> {
    let Sent { __value, __report, __member_0, __node, __members, value, report, node, generator, schema, __check_0_0 } =
        sent;
    let number = match s.s {
        S::T { __variant } => __variant,
        S::D(number) => number,
    };
    let sum = __member_0 + __node + __members + value + report + node + generator + schema + number + s.d;
    let shown = __S { __viewer: sum, __serializer: 1, __struct: 1, __own: 1, __member_1: 1, __seen_1: 1 };
    let __value = (__check_0_0.unwrap_or_default(), __value + &__report);
    Json((shown, Content::__Struct { __this: 1, __value }))
}

fn main() {
    support::starts(names, 1);
}
