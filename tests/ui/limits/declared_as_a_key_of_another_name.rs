mod limits {
    secure_runtime::limits! {
        pub SEARCH = limit("30/min", burst = 60);
    }
}

fn main() {
    let _ = limits::SEARCH;
}
