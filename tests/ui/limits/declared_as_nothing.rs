mod limits {
    secure_runtime::limits! {
        pub SEARCH = ;
    }
}

fn main() {
    let _ = limits::SEARCH;
}
