use secure_runtime::Untrusted;

fn log(bio: &Untrusted) {
    eprintln!("{bio:?}");
}

fn main() {}
