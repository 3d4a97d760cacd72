use secure_runtime::gate::{Arrived, Gate};

fn forge<T>(request: T) {
    let _ = Gate::<Arrived>::open(request);
}

fn main() {}
