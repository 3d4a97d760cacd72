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
    let structure = structure(handler);
    let inner = inner_fn(handler);
    let description = paths.description();
    let (policy, room) = (paths.policy(), paths.policy_room());
    let (endpoint, needs_caller, secure_endpoint) = (paths.endpoint(), paths.needs_caller(), paths.secure_endpoint());
    let (gate, arrived, response, problem) = (paths.gate(), paths.arrived(), paths.response(), paths.problem());
    quote! {
        #errors
        #structure
        #[allow(dead_code, unused)]
        const _: () = {
            #inner

            impl #endpoint for #name {
                const POLICY: &'static #policy = &#policy {
                    endpoint: "",
                    route: ::core::option::Option::None,
                    access: #room::Access::Caller {
                        scope: ::core::option::Option::None,
                        role: ::core::option::Option::None,
                    },
                    bindings: &[],
                    condition: ::core::option::Option::None,
                    rates: &[],
                    max_body: ::core::option::Option::None,
                    timeout: ::core::option::Option::None,
                    body_timeout: ::core::option::Option::None,
                    concurrency: ::core::option::Option::None,
                    gzip: false,
                    sender_constrained: false,
                };

                fn describe(_: &mut #description) {}
            }

            impl #needs_caller for #name {}

            impl<__State: ::core::marker::Send> #secure_endpoint<__State> for #name {
                async fn call(
                    _: #gate<'_, #arrived>,
                    _: __State,
                ) -> ::core::result::Result<#response, #problem> {
                    ::core::result::Result::Err(#problem::not_found())
                }
            }
        };
    }
}
