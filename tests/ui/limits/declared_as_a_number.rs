mod limits {
    secure_runtime::limits! {
        pub SEARCH = 30;
    }
}

fn main() {
    let _ = limits::SEARCH;
}
