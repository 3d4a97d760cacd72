//! Expansions of typical handlers and types, as reviewed files: `tests/expand/<name>.rs` has one, `<name>.expanded.rs` what
//! becomes of it. `EXPAND=overwrite cargo test -p secure-macros` writes the latter anew; read the difference.

use std::fs;
use std::path::PathBuf;

use proc_macro2::TokenStream;
use quote::ToTokens as _;

use crate::driver::secure;
use crate::input::input;
use crate::limit::declare::limits;
use crate::output::output;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/expand")
}

/// Attribute and item in, expansion out.
type Expander = fn(TokenStream, TokenStream) -> TokenStream;

/// Expands the item's first attribute, if it is one of ours, or the one macro.
fn expand(source: &str) -> String {
    let mut item: syn::Item = syn::parse_str(source).unwrap();
    if let syn::Item::Macro(item) = &item {
        let tokens = &item.mac.tokens;
        return unparse(limits(quote::quote!(::secure_runtime; #tokens)));
    }
    let attrs = match &mut item {
        syn::Item::Fn(item) => &mut item.attrs,
        syn::Item::Struct(item) => &mut item.attrs,
        syn::Item::Enum(item) => &mut item.attrs,
        _ => panic!("neither a function nor a type"),
    };
    let expanders: [(&str, Expander); 3] = [("secure", secure), ("input", input), ("output", output)];
    let ours = |attr: &syn::Attribute| expanders.iter().find(|(name, _)| attr.path().is_ident(name));
    let position = attrs.iter().position(|attr| ours(attr).is_some()).unwrap();
    let attribute = attrs.remove(position);
    let (_, expand) = ours(&attribute).unwrap();
    let args = match attribute.meta {
        syn::Meta::List(list) => list.tokens,
        _ => TokenStream::new(),
    };
    unparse(expand(args, item.to_token_stream()))
}

fn unparse(expansion: TokenStream) -> String {
    prettyplease::unparse(&syn::parse2(expansion).unwrap())
}

#[test]
fn expansions_are_as_reviewed() {
    let mut count = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let Some(stem) = name.strip_suffix(".rs").filter(|stem| !stem.ends_with(".expanded")) else {
            continue;
        };
        count += 1;
        let expansion = expand(&fs::read_to_string(&path).unwrap());
        let reviewed = folder().join(format!("{stem}.expanded.rs"));
        if std::env::var_os("EXPAND").is_some_and(|value| value == "overwrite") {
            fs::write(&reviewed, &expansion).unwrap();
        }
        let expected = fs::read_to_string(&reviewed).unwrap_or_default();
        assert_eq!(
            expansion,
            expected,
            "{stem} expands to something else than {}",
            reviewed.display()
        );
    }
    assert!(count >= 20, "{count} files");
}

/// Nothing in an expansion depends on what the user imported, shadowed or renamed: every path is absolute, except for the
/// user's own tokens and for what the expansion itself defines.
#[test]
fn expansions_use_absolute_paths_only() {
    let source = r#"
        #[secure(crate = the_runtime, post = "/a/{id}", scope = "a & b", owner("id", or_scope = "c"), when = *flag,
                 rate("1/s", burst = 2, cost = flag.cost), rate(the_runtime::LIMIT, cost = 2), timeout = "1s",
                 body_timeout = "1s", concurrency = 2)]
        async fn handler(one: One, Two(id): Two, Three(flag): Three) -> Four { body() }
    "#;
    let file: syn::File = syn::parse_str(&expand(source)).unwrap();
    struct Paths(Vec<String>);
    impl<'a> syn::visit::Visit<'a> for Paths {
        fn visit_path(&mut self, path: &'a syn::Path) {
            let first = path.segments.first().unwrap().ident.to_string();
            if path.leading_colon.is_none() {
                self.0.push(first);
            }
            syn::visit::visit_path(self, path);
        }
    }
    let mut paths = Paths(Vec::new());
    syn::visit::Visit::visit_file(&mut paths, &file);
    let own = [
        // the user's
        "One",
        "Two",
        "Three",
        "Four",
        "body",
        "flag",
        "id",
        "the_runtime",
        "handler",
        "doc",
        "allow",
        "derive",
        "cfg",
        // language, and the expansion's own
        "str",
        "non_camel_case_types",
        "dead_code",
        "unused_mut",
        "unused_variables",
        "test",
        "S",
        "__State",
        "__description",
        "__cost",
        "__admission",
        "__gate",
        "__state",
        "caller",
        "__argument_0",
        "__argument_1",
        "__argument_2",
        "__LIMIT_1",
        "__PROOFS",
        "__STEPS",
        "__BINDINGS",
        "__runtime",
        "Self",
    ];
    paths.0.retain(|path| !own.contains(&path.as_str()));
    paths.0.sort();
    paths.0.dedup();
    assert!(paths.0.is_empty(), "{:?}", paths.0);
}
