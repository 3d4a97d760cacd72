//! After a fault: the errors, and an inert endpoint of the same name, so that nothing else turns red.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

use crate::diagnostic::Diagnostics;
use crate::expand::{inner_fn, structure};
use crate::paths::Paths;
use crate::signature::Handler;

/// The errors, and what keeps the rest of the program readable to the compiler and to editors.
pub(crate) fn recover(
    diagnostics: &Diagnostics,
    handler: Option<&Handler>,
    krate: &Path,
    item: TokenStream,
) -> TokenStream {
    let errors = diagnostics.to_compile_errors();
    // A method stays where it is: no endpoint can stand in an `impl`.
    let Some(handler) = handler.filter(|handler| handler.sig.receiver().is_none()) else {
        return quote!(#errors #item);
    };
    let paths = Paths::new(krate);
    let name = handler.name();
    let import = paths.import();
    let structure = structure(handler, &paths);
    let inner = inner_fn(handler);
    let description = paths.description();
    let policy = paths.policy();
    let (endpoint, needs_caller, secure_endpoint) = (paths.endpoint(), paths.needs_caller(), paths.secure_endpoint());
    let (admission, responding, problem) = (paths.admission(), paths.responding(), paths.problem());
    quote! {
        #errors
        #structure
        #[allow(dead_code, unused)]
        const _: () = {
            #import

            #inner

            impl #endpoint for #name {
                const POLICY: &'static #policy = &#policy::UNSTATED;

                fn describe(_: &mut #description) {}
            }

            impl #needs_caller for #name {}

            impl<__State: ::core::marker::Send> #secure_endpoint<__State> for #name {
                fn call(__admission: #admission, _: __State) -> #responding {
                    __admission.pass(|_| ::std::boxed::Box::pin(async {
                        ::core::result::Result::Err(#problem::not_found())
                    }))
                }
            }
        };
    }
}
