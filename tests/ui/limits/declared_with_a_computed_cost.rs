mod limits {
    secure_runtime::limits! {
        pub SEARCH = rate("30/min", cost = page.size);
    }
}

fn main() {
    let _ = limits::SEARCH;
}
