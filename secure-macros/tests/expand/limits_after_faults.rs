limits! {
    pub SEARCH = "30/fortnight";
    pub Export = "100/day";
    pub const IMPORT = "10/day";
    pub PAGES = rate("10/s", cost = page.size);
}
