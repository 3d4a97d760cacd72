limits! {
    /// All searches of a caller together.
    pub SEARCH = "30/min";
    #[cfg(feature = "export")]
    pub(crate) FULL_TEXT = rate("100/day", algorithm = "fixed_quota", per = "tenant", cost = 2);
    r#TYPE = rate("10/10s", burst = 20);
}
