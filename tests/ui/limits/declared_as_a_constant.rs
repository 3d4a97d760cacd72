mod limits {
    secure_runtime::limits! {
        pub const SEARCH = "30/min";
    }
}

fn main() {}
