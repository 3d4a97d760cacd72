use secure_runtime::Untrusted;

fn is_admin(name: &Untrusted) -> bool {
    *name == "admin"
}

fn main() {}
