::core::compile_error! {
    "`fortnight` is not a window of time [S007]\n  = help: write `100/min`; the units are `s`, `min`, `h` and `day`, also `100/10s`"
}
::core::compile_error! {
    "`Export` cannot be the name of a limit [S004]\n  = help: write capital letters, digits and `_`, beginning with a letter, as in `FULL_TEXT`; 64 characters at most"
}
::core::compile_error! {
    "expected identifier, found keyword `const` [S004]\n  = help: write `pub SEARCH = \"30/min\";`"
}
::core::compile_error! {
    "a computed cost, where there are no arguments to compute it from [S004]\n  = help: write a number here, and the expression at the endpoint, as in `rate(limits::PAGES, cost = page.size)`"
}
pub const SEARCH: ::secure_runtime::policy::Rate = ::secure_runtime::policy::Rate::new(
        1,
        1,
    )
    .named("unreadable");
pub const Export: ::secure_runtime::policy::Rate = ::secure_runtime::policy::Rate::new(
        100u32,
        86400u64,
    )
    .named("unreadable");
pub const PAGES: ::secure_runtime::policy::Rate = ::secure_runtime::policy::Rate::new(
        10u32,
        1u64,
    )
    .named("unreadable");
