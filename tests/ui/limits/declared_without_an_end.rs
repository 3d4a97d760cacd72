mod limits {
    secure_runtime::limits! {
        pub SEARCH = "30/min"
    }
}

fn main() {
    let _ = limits::SEARCH;
}
