use secure_runtime::{Input, Report, input};

#[derive(serde::Deserialize)]
struct Item {
    id: u32,
}

impl Input for Item {
    fn check(&self, report: &mut Report<'_>) {
        if self.id == 0 {
            report.breaks("there", "must be there");
        }
    }
}

#[input]
struct Order {
    item: Item,
}

fn main() {}
