use secure_runtime::output;

#[output(owner = "user_id")]
enum Account {
    Of {
        #[expose]
        user_id: String,
    },
    Closed {
        #[expose(owner)]
        reason: String,
    },
}

fn main() {}
