#![deny(warnings)]

mod support;

mod outer {
    use axum::Json;
    use secure_runtime::{input, output, secure};

    #[input]
    pub(crate) struct ForTheCrate {
        pub(crate) number: u8,
        pub(super) other: u8,
        own: inner::ForOuter,
    }

    #[input]
    pub(super) struct ForTheParent(pub(self) u8);

    pub(crate) mod inner {
        use secure_runtime::{input, output};

        #[input]
        pub(in crate::outer) struct ForOuter {
            pub(in crate::outer) number: u8,
            own: Private,
        }

        #[input]
        enum Private {
            One,
            Two { number: u8 },
        }

        #[output]
        pub struct Public {
            #[expose]
            pub number: u8,
            #[expose]
            text: Text,
        }

        #[output]
        struct Text(#[expose] &'static str);

        #[output]
        pub(in crate::outer) enum Choice {
            Of(#[expose] Public),
        }

        impl Public {
            pub(in crate::outer) fn of(number: u8) -> Self {
                Self { number, text: Text("number") }
            }

            pub(in crate::outer) fn more(self, number: u8) -> Self {
                Self { number: self.number + number, ..self }
            }
        }

        impl From<ForOuter> for Public {
            fn from(input: ForOuter) -> Self {
                let number = match input.own {
                    Private::One => 1,
                    Private::Two { number } => number,
                };
                Self { number: input.number + number, text: Text("text") }
            }
        }
    }

    #[secure(post = "/types", authenticated)]
    pub(crate) async fn take(Json(input): Json<ForTheCrate>) -> Json<inner::Public> {
        let number = input.number + input.other;
        let shown = inner::Public::from(input.own);
        Json(shown.more(number))
    }

    #[secure(post = "/choices", authenticated)]
    pub(super) async fn choose(Json(input): Json<ForTheParent>) -> Json<inner::Choice> {
        Json(inner::Choice::Of(inner::Public::of(input.0)))
    }

    #[output]
    pub(crate) struct Unused {
        #[expose]
        pub(crate) number: u8,
    }
}

fn main() {
    let outer::Unused { number } = outer::Unused { number: 5 };
    assert_eq!(number, 5);
    support::starts((outer::take, outer::choose), 2);
}
