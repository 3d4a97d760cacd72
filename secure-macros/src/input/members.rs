//! What checks a type's members: of a value that was read, and of one that could not be.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::expand::{Writer, is_patch};
use super::rules::{ItemRules, MemberRules};
use crate::data::{Group, Item, Shape, Variant, VariantFields, bound};

impl Writer<'_> {
    pub(super) fn group_checks(&self, group: &Group, rules: &[MemberRules]) -> TokenStream {
        let members = group.0.iter().zip(rules).enumerate();
        let checks = members
            .filter(|(_, (_, rules))| rules.server.is_none())
            .map(|(i, (member, rules))| {
                let (bound, name) = (bound(i), &member.name);
                let checks = self.member_checks(member, rules);
                quote! {{
                    let __value = #bound;
                    let __report = &mut __report.at(#name);
                    #checks
                }}
            });
        checks.collect()
    }

    pub(super) fn check(&self, item: &Item, rules: &ItemRules) -> TokenStream {
        match (&item.shape, rules) {
            (Shape::Named(group), ItemRules::Group(rules)) => {
                let pattern = group.pattern(&|i| rules.get(i).is_some_and(|rules| rules.server.is_none()));
                let members = group.0.iter().zip(rules).enumerate();
                let checks = members
                    .filter(|(_, (_, rules))| rules.server.is_none())
                    .map(|(i, (member, _))| {
                        let (check, bound, name) = (member_check(i), bound(i), &member.name);
                        quote!(Self::#check(#bound, &mut __report.at(#name));)
                    });
                quote!(let Self #pattern = self; #(#checks)*)
            }
            (Shape::Newtype(member), ItemRules::Newtype(rules)) => {
                let checks = self.member_checks(member, rules);
                quote!(let __value = &self.0; #checks)
            }
            (Shape::Enum(variants), ItemRules::Variants(rules)) => {
                let arms = variants
                    .iter()
                    .zip(rules)
                    .map(|(variant, rules)| self.arm(variant, rules));
                let arms: Vec<_> = arms.collect();
                if arms.is_empty() {
                    return quote!(match *self {});
                }
                quote!(match self { #(#arms)* })
            }
            _ => TokenStream::new(),
        }
    }

    /// A function for each member of a struct, which both what could be read and what could not is handed to.
    pub(super) fn functions(&self, item: &Item, rules: &ItemRules) -> TokenStream {
        let krate = self.krate;
        let (Shape::Named(group), ItemRules::Group(rules)) = (&item.shape, rules) else {
            return TokenStream::new();
        };
        let members = group.0.iter().zip(rules).enumerate();
        let functions = members
            .filter(|(_, (_, rules))| rules.server.is_none())
            .map(|(i, (member, rules))| {
                let (check, ty) = (member_check(i), &member.ty);
                let checks = self.member_checks(member, rules);
                quote! {
                    #[inline]
                    fn #check(__value: &#ty, __report: &mut #krate::data::Report<'_>) {
                        #checks
                    }
                }
            });
        functions.collect()
    }

    pub(super) fn arm(&self, variant: &Variant, rules: &[MemberRules]) -> TokenStream {
        let ident = &variant.ident;
        match &variant.fields {
            VariantFields::Unit => quote!(Self::#ident => {}),
            VariantFields::Newtype(member) => {
                let checks = rules.first().map(|rules| self.member_checks(member, rules));
                quote!(Self::#ident(__value) => { #checks })
            }
            VariantFields::Named(group) => {
                let pattern = group.pattern(&|i| rules.get(i).is_some_and(|rules| rules.server.is_none()));
                let checks = self.group_checks(group, rules);
                quote!(Self::#ident #pattern => { #checks })
            }
        }
    }

    /// Looks at a value that could not be read. An enum is looked at as a whole.
    pub(super) fn inspect(&self, item: &Item, rules: &ItemRules) -> TokenStream {
        let krate = self.krate;
        let body = match (&item.shape, rules) {
            (Shape::Named(group), ItemRules::Group(rules)) => self.inspect_group(group, rules, item.naming.default),
            (Shape::Newtype(member), ItemRules::Newtype(rules)) if rules.value.custom.is_none() => {
                let ty = &member.ty;
                quote!(<#ty as #krate::data::Input>::inspect(__node, __report);)
            }
            _ => return TokenStream::new(),
        };
        quote! {
            fn inspect(__node: &#krate::data::Node<'_>, __report: &mut #krate::data::Report<'_>) {
                #body
            }
        }
    }

    pub(super) fn inspect_group(&self, group: &Group, rules: &[MemberRules], default: bool) -> TokenStream {
        let krate = self.krate;
        let (server, known): (Vec<_>, Vec<_>) =
            group.0.iter().zip(rules).partition(|(_, rules)| rules.server.is_some());
        let names = known.iter().map(|(member, _)| &member.name);
        let server = server.iter().map(|(member, _)| &member.name);
        // What serde reads in another way is not looked at by itself.
        let members = group.0.iter().zip(rules).enumerate();
        let members = members
            .filter(|(_, (member, rules))| rules.server.is_none() && !member.naming.reads_otherwise)
            .map(|(i, (member, rules))| {
                let (ty, name, check) = (&member.ty, &member.name, member_check(i));
                let optional = default || member.naming.default || is_patch(ty);
                let setters = rules.is_restricted().then(|| {
                    let setters = self.setters(rules);
                    quote!(#krate::rules::access::check(true, #setters, __report);)
                });
                let otherwise = if rules.value.custom.is_none() {
                    quote!(<#ty as #krate::data::Input>::inspect(__node, __report);)
                } else {
                    quote!(__node.is_of_another_type(__report);)
                };
                quote! {
                    __members.member(
                        #name,
                        #optional,
                        __report,
                        Self::#check,
                        |__node, __report| { #setters #otherwise },
                    );
                }
            });
        quote! {
            let ::core::option::Option::Some(__members) = __node.members(__report) else {
                return;
            };
            __members.only(&[#(#names),*], &[#(#server),*], __report);
            #(#members)*
        }
    }
}

/// `__check_2`: what checks the member of this index.
fn member_check(index: usize) -> Ident {
    format_ident!("__check_{index}", span = Span::mixed_site())
}
