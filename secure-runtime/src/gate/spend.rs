/// What a request can cost.
pub trait Cost {
    /// In units of the limit.
    fn units(self) -> u32;
}

impl Cost for u32 {
    fn units(self) -> u32 {
        self
    }
}
