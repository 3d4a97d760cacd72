mod limits {
    secure_runtime::limits! {
        pub SEARCH = rate("30/min", per = "tenants");
    }
}

fn main() {
    let _ = limits::SEARCH;
}
