use secure_runtime::input;

#[input]
struct Note(#[input(length(max = 80))] String);

#[input]
struct Order {
    #[input(length(max = 40))]
    note: Note,
}

fn main() {}
