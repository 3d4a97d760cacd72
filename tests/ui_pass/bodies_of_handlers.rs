#![deny(warnings)]
use axum::Json;
use axum::extract::{Path, State};
use secure_runtime::{Problem, secure};

mod support;

async fn later(number: u64) -> Result<u64, std::num::TryFromIntError> {
    u32::try_from(number).map(u64::from)
}

#[secure(get = "/question/{number}", authenticated, shared = "number")]
async fn question_marks(Path(number): Path<u64>) -> Result<String, Problem> {
    let doubled = async { later(number * 2).await.map_err(Problem::internal) }.await?;
    let tripled = async move {
        let number = later(number * 3).await?;
        Ok::<_, std::num::TryFromIntError>(number)
    };
    Ok(format!("{doubled}{}", tripled.await.map_err(Problem::internal)?))
}

#[secure(get = "/early/{number}", authenticated, shared = "number")]
async fn early(Path(number): Path<u64>) -> Result<&'static str, Problem> {
    if number == 0 {
        return Ok("zero");
    }
    for step in 0.. {
        if step == number {
            return Err(Problem::not_found());
        }
    }
    unreachable!("there is no end")
}

#[secure(get = "/macros", authenticated)]
async fn macros(State(()): State<()>) -> Json<Vec<u8>> {
    macro_rules! number {
        ($n:expr) => {
            $n + 1
        };
    }
    const ONE: u8 = 1;
    static TWO: u8 = 2;
    use std::convert::identity;
    let label = 'outer: loop {
        loop {
            break 'outer number!(ONE);
        }
    };
    Json(vec![label, TWO, identity(3)])
}

#[secure(get = "/recursive", authenticated)]
async fn helpers() -> String {
    fn helpers_of(n: u64) -> u64 {
        if n == 0 { 0 } else { n + helpers_of(n - 1) }
    }
    struct Local<'a>(&'a str);
    impl Local<'_> {
        fn text(&self) -> String {
            self.0.to_owned()
        }
    }
    let task = tokio::spawn(async { helpers_of(3) });
    Local("local").text() + &task.await.map_or_else(|_| String::new(), |n| n.to_string())
}

fn main() {
    support::starts((question_marks, early, macros, helpers), 4);
}
