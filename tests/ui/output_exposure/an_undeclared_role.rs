use secure_runtime::output;

mod roles {
    secure_runtime::roles! {
        pub SUPPORT = "support";
    }
}

#[output]
struct User {
    #[expose(role = roles::SUPORT)]
    email: String,
}

fn main() {}
