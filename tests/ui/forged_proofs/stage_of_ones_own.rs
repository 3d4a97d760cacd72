use secure_runtime::gate::Checking;

enum Mine {}

impl Checking for Mine {}

fn main() {}
