mod limits {
    secure_runtime::limits! {
        pub SEARCH = "30/min";
        pub SEARCH = "60/min";
    }
}

fn main() {
    let _ = limits::SEARCH;
}
