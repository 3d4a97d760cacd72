use secure_runtime::Security;
use secure_runtime::jwt::Jwt;

fn security() {
    let _ = Security::builder(Jwt::issuer("https://id.example.com"));
}

fn main() {}
