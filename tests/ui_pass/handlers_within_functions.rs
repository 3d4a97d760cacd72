#![deny(warnings)]
use secure_runtime::secure;

mod support;

fn first() {
    #[secure(get = "/here", authenticated)]
    async fn here() -> &'static str {
        "first"
    }
    support::starts(here, 1);
}

fn second() {
    /// The same name in another function.
    #[secure(post = "/here", authenticated)]
    async fn here() -> &'static str {
        #[secure(get = "/deeper", authenticated)]
        async fn deeper() {}
        let _ = deeper;
        "second"
    }
    let block = {
        #[secure(get = "/block", authenticated)]
        async fn in_a_block() {}
        in_a_block
    };
    support::starts((here, block), 2);
}

struct Holder;

impl Holder {
    fn mounts() {
        #[secure(get = "/method", authenticated)]
        async fn within_a_method() {}
        support::starts(within_a_method, 1);
    }
}

fn main() {
    first();
    second();
    Holder::mounts();
    (|| {
        #[secure(get = "/closure", authenticated)]
        async fn within_a_closure() {}
        support::starts(within_a_closure, 1);
    })();
}
