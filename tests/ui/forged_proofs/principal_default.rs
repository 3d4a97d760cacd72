use secure_runtime::Principal;

fn main() {
    let _: Principal = Default::default();
}
