

secure_runtime::scopes! {
    pub READ = "read orders";
}

fn main() {}
