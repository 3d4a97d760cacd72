#[output]
#[serde(tag = "kind")]
enum Event<T> {
    Created {
        #[expose]
        value: T,
        #[expose(scope = "audit")]
        by: String,
    },
    Removed,
}
