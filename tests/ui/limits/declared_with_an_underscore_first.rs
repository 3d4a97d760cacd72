mod limits {
    secure_runtime::limits! {
        pub _SEARCH = "30/min";
    }
}

fn main() {
    let _ = limits::_SEARCH;
}
