use secure_runtime::input;

mod scopes {
    secure_runtime::scopes! {
        pub ADMIN = "admin";
    }
}

#[input]
struct Order {
    #[input(scope = scopes::ADMIM)]
    paid: Option<bool>,
}

fn main() {}
