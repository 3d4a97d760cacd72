use secure_runtime::Principal;

fn show(caller: Principal) -> String {
    serde_json::to_string(&caller).unwrap()
}

fn main() {}
