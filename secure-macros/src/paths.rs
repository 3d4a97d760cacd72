//! Everything of the runtime that an expansion of `#[secure]` names.

use proc_macro2::{Ident, Punct, Spacing, Span, TokenStream};
use quote::{ToTokens, TokenStreamExt as _, quote};
use syn::Path;

/// The runtime, under whatever name the user knows it.
///
/// An expansion names it twice: for the endpoint as a value, and for the one `use` of the module that has all the rest. What
/// an expansion costs goes by its tokens, and a path from the root has many.
pub(crate) struct Paths<'a>(&'a Path);

/// What that module has under this name.
#[derive(Clone, Copy)]
pub(crate) struct Runtime(Option<&'static str>);

impl<'a> Paths<'a> {
    pub(crate) fn new(krate: &'a Path) -> Self {
        Self(krate)
    }

    /// The `use`, for the constant that holds an expansion.
    pub(crate) fn import(&self) -> TokenStream {
        let (krate, room) = (self.0, self.room());
        quote!(use #krate::expansion as #room;)
    }

    /// The type of endpoints as values, where that `use` does not reach.
    pub(crate) fn endpoint_of(&self) -> TokenStream {
        let krate = self.0;
        quote!(#krate::EndpointOf)
    }

    /// What is there with the feature `gzip` only.
    pub(crate) fn gzip(&self) -> TokenStream {
        let krate = self.0;
        quote!(#krate::gate::gzip)
    }

    /// The module.
    pub(crate) fn room(&self) -> Runtime {
        Runtime(None)
    }
}

impl ToTokens for Runtime {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        // The handler's body can see it, as it can see constants: hence the underscores.
        tokens.append(Ident::new("__runtime", Span::call_site()));
        if let Some(name) = self.0 {
            tokens.append(Punct::new(':', Spacing::Joint));
            tokens.append(Punct::new(':', Spacing::Alone));
            tokens.append(Ident::new(name, Span::call_site()));
        }
    }
}

macro_rules! paths {
    ($($name:ident => $item:ident;)+) => {
        impl Paths<'_> {
            $(
                pub(crate) fn $name(&self) -> Runtime {
                    Runtime(Some(stringify!($item)))
                }
            )+
        }
    };
}

paths! {
    description => Description;
    endpoint => Endpoint;
    needs_caller => NeedsCaller;
    secure_endpoint => SecureEndpoint;
    read => Read;
    render => Render;
    head_argument => head_argument;
    last_argument => last_argument;
    declared_answer => declared_answer;
    extract => Extract;
    problem => Problem;
    principal => Principal;
    steps => Steps;
    between => Between;
    sorted => Sorted;
    lead => lead;
    lead_between => lead_between;
    admission => Admission;
    responding => Responding;
    unmade => unmade;
    policy => Policy;
    rate => Rate;
    some => Some;
    none => None;
    option => Option;
    bool => bool;
}
