mod limits {
    secure_runtime::limits! {
        pub search = "30/min";
    }
}

fn main() {
    let _ = limits::search;
}
