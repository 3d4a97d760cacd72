//! Every path into the runtime that an expansion uses.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;

/// The runtime, under whatever name the user knows it.
pub(crate) struct Paths(TokenStream);

impl Paths {
    pub(crate) fn new(krate: &Path) -> Self {
        Self(quote!(#krate))
    }
}

macro_rules! paths {
    ($($name:ident => $($path:ident)::+;)+) => {
        impl Paths {
            $(
                pub(crate) fn $name(&self) -> TokenStream {
                    let krate = &self.0;
                    quote!(#krate::$($path)::+)
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
    read => gate::Read;
    render => gate::Render;
    head_argument => gate::head_argument;
    last_argument => gate::last_argument;
    declared_answer => gate::declared_answer;
    extract => Extract;
    problem => Problem;
    principal => Principal;
    gzip => gate::gzip;
    steps => gate::Steps;
    between => gate::Between;
    sorted => gate::Sorted;
    lead => gate::lead;
    lead_between => gate::lead_between;
    admission => gate::Admission;
    responding => gate::Responding;
    request => gate::Request;
    handler => gate::Handler;
    guarded => gate::Guarded;
    unattached => gate::Unattached;
    never => gate::NeverCalled;
    unmade => gate::unmade;
    policy => policy::Policy;
    policy_room => policy;
    rate => policy::Rate;
}
