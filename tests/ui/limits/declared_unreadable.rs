mod limits {
    secure_runtime::limits! {
        pub SEARCH = "30/fortnight";
    }
}

fn main() {
    let _ = limits::SEARCH;
}
