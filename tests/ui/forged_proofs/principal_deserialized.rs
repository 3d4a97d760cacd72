use secure_runtime::Principal;

fn main() {
    let _: Principal = serde_json::from_str("{}").unwrap();
}
