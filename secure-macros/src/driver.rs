use proc_macro2::TokenStream;

use crate::args::Args;
use crate::check::check;
use crate::diagnostic::Diagnostics;
use crate::endpoint::Endpoint;
use crate::expand::expand;
use crate::recover::recover;
use crate::signature::Handler;

/// Tokens in, tokens out: read what was written, resolve what was meant, check what is permitted, write it down.
///
/// The stages go on past a fault where they can, so that all faults come at once.
pub(crate) fn secure(args: TokenStream, item: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let args = Args::parse(args, &mut diagnostics);
    let krate = args.krate();
    let Some(handler) = Handler::parse(item.clone(), &mut diagnostics) else {
        return recover(&diagnostics, None, &krate, item);
    };
    let checked = Endpoint::resolve(args, &handler, &mut diagnostics)
        .and_then(|endpoint| check(endpoint, &handler, &mut diagnostics));
    match checked {
        Some(endpoint) if diagnostics.is_empty() => expand(&endpoint, &handler),
        _ => recover(&diagnostics, Some(&handler), &krate, item),
    }
}
