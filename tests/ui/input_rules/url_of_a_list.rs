use secure_runtime::input;

#[input]
struct Order {
    #[input(url, length(max = 5), inner(length(max = 80)))]
    callbacks: Vec<String>,
}

fn main() {}
