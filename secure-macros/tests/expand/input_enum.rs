#[input]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Payment {
    CreditCard {
        #[input(pattern = "^[0-9]{16}$")]
        number: String,
    },
    OnAccount {},
}
