

secure_runtime::roles! {
    pub NOBODY = "";
}

fn main() {}
