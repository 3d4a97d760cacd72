use secure_runtime::Principal;

fn main() {
    let _ = Principal(std::sync::Arc::new(()));
}
