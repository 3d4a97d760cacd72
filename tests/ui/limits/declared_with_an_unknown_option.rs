mod limits {
    secure_runtime::limits! {
        pub SEARCH = rate("30/min", brust = 60);
    }
}

fn main() {
    let _ = limits::SEARCH;
}
