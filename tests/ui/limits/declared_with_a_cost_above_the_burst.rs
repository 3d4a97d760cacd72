mod limits {
    secure_runtime::limits! {
        pub SEARCH = rate("30/min", burst = 5, cost = 6);
    }
}

fn main() {
    let _ = limits::SEARCH;
}
