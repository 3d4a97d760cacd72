mod limits {
    secure_runtime::limits! {
        pub SEARCH = rate(OTHER, cost = 2);
    }
}

fn main() {
    let _ = limits::SEARCH;
}
