#[input]
pub struct UserId(#[input(length(min = 1, max = 64))] pub String);
