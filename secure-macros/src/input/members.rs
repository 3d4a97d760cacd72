//! What checks a type's members: of a value that was read, and of one that could not be.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};

use super::expand::{Writer, default_of, has_default_of_ours, is_patch};
use super::rules::{ItemRules, MemberRules};
use super::values::{Place, is_looked_at, items_of};
use crate::data::{Group, Item, Member, Shape, Variant, VariantFields, bound, own};

impl Writer<'_> {
    /// The body of `Input::check`.
    pub(super) fn check(&self, item: &Item, rules: &ItemRules) -> TokenStream {
        match (&item.shape, rules) {
            (Shape::Named(group), ItemRules::Group(rules)) => {
                let pattern = group.pattern(&|i| rules.get(i).is_some_and(|rules| rules.server.is_none()));
                let checks = group_checks(0, group, rules);
                quote!(let Self #pattern = self; #checks)
            }
            (Shape::Newtype(_), ItemRules::Newtype(_)) => {
                let check = member_check(0, 0);
                quote!(Self::#check(&self.0, __report);)
            }
            (Shape::Enum(variants), ItemRules::Variants(rules)) => {
                let arms = variants.iter().zip(rules).enumerate();
                let arms: Vec<_> = arms.map(|(v, (variant, rules))| arm(item, v, variant, rules)).collect();
                if arms.is_empty() {
                    return quote!(match *self {});
                }
                quote!(match self { #(#arms)* })
            }
            _ => TokenStream::new(),
        }
    }

    /// A function for each member, which both what could be read and what could not is handed to.
    pub(super) fn functions(&self, item: &Item, rules: &ItemRules) -> TokenStream {
        let krate = self.krate;
        let groups = item.members().into_iter().zip(rules.groups()).enumerate();
        let members = groups.flat_map(|(group, (members, rules))| {
            let members = members.iter().zip(rules).enumerate();
            members.map(move |(i, (member, rules))| (group, i, member, rules))
        });
        let functions = members.map(|(group, i, member, rules)| {
            let (cfg, ty) = (&member.cfg, &member.ty);
            if rules.server.is_some() {
                let default = default_of(group, i);
                return has_default_of_ours(item, member).then(|| {
                    quote! {
                        #(#cfg)*
                        fn #default() -> #ty {
                            <#ty as ::core::default::Default>::default()
                        }
                    }
                });
            }
            let check = member_check(group, i);
            let checks = self.member_checks((group, i), member, rules);
            let own = self.own_rules((group, i), member, rules);
            let items = self.items(&items_of(group, i), member, rules);
            Some(quote! {
                #own
                #items
                #(#cfg)*
                #[inline]
                fn #check(__value: &#ty, __report: &mut #krate::data::Report<'_>) {
                    #checks
                }
            })
        });
        functions.flatten().collect()
    }

    /// The body of `Input::inspect`, which looks at a value that could not be read.
    pub(super) fn inspect(&self, item: &Item, rules: &ItemRules) -> TokenStream {
        match (&item.shape, rules) {
            (Shape::Named(group), ItemRules::Group(rules)) => {
                self.inspect_group(0, group, rules, item.naming.default, None)
            }
            (Shape::Newtype(member), ItemRules::Newtype(rules)) => self.inspect_value((0, 0), member, rules),
            (Shape::Enum(variants), ItemRules::Variants(rules)) => self.inspect_enum(item, variants, rules),
            _ => TokenStream::new(),
        }
    }

    /// Looks at `__node`, which is no such member.
    fn inspect_value(&self, (group, index): Place, member: &Member, rules: &MemberRules) -> TokenStream {
        let krate = self.krate;
        let (own, items) = (own("INPUT", group, index), items_of(group, index));
        let setters = rules.is_restricted().then(|| {
            let setters = self.setters(rules);
            quote!(#krate::rules::access::check(true, #setters, __report);)
        });
        let by_itself = is_looked_at(member, rules);
        let otherwise = if by_itself {
            quote!((Self::#own.1)(__node, __report);)
        } else {
            quote!(__node.is_of_another_type(__report);)
        };
        // Items that can be read have rules beside those that cannot.
        let items = rules.value.inner.as_ref().filter(|_| by_itself).map(
            |_| quote!(Self::#items(::core::option::Option::None, ::core::option::Option::Some(__node), __report);),
        );
        quote!(#setters #otherwise #items)
    }

    /// Looks at the members of `__node`; `tag` stands among them.
    fn inspect_group(
        &self,
        index: usize,
        group: &Group,
        rules: &[MemberRules],
        default: bool,
        tag: Option<&str>,
    ) -> TokenStream {
        let (server, known): (Vec<_>, Vec<_>) =
            group.0.iter().zip(rules).partition(|(_, rules)| rules.server.is_some());
        let name = |(member, _): &(&Member, _)| {
            let (cfg, name) = (&member.cfg, &member.name);
            quote!(#(#cfg)* #name)
        };
        let names = known.iter().map(name).chain(tag.map(|tag| quote!(#tag)));
        let server = server.iter().map(name);
        let members = group.0.iter().zip(rules).enumerate();
        let members = members
            .filter(|(_, (member, rules))| rules.server.is_none() && !member.naming.reads_otherwise)
            .map(|(i, (member, rules))| {
                let (cfg, ty, name, check) = (&member.cfg, &member.ty, &member.name, member_check(index, i));
                let optional = default || member.naming.default || is_patch(ty);
                let otherwise = self.inspect_value((index, i), member, rules);
                quote! {
                    #(#cfg)*
                    __members.member(#name, #optional, __report, Self::#check, |__node, __report| { #otherwise });
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

    fn inspect_enum(&self, item: &Item, variants: &[Variant], rules: &[Vec<MemberRules>]) -> TokenStream {
        let (tag, content) = (item.naming.tag.as_ref(), item.naming.content.as_ref());
        let tag_name = tag.filter(|_| content.is_none()).map(syn::LitStr::value);
        let arms = variants.iter().zip(rules).enumerate().map(|(v, (variant, rules))| {
            let name = &variant.name;
            let body = match &variant.fields {
                VariantFields::Unit => quote!(__node.is_nothing(__report);),
                // The tag stands among the members of another type, which does not know it.
                VariantFields::Newtype(_) if tag_name.is_some() => TokenStream::new(),
                VariantFields::Newtype(member) => {
                    let check = member_check(v, 0);
                    let otherwise = rules.first().map(|rules| self.inspect_value((v, 0), member, rules));
                    quote!(__node.value(__report, Self::#check, |__node, __report| { #otherwise });)
                }
                VariantFields::Named(group) => self.inspect_group(v, group, rules, false, tag_name.as_deref()),
            };
            let within = place_of(item, variant).map(|name| quote!(let __report = &mut __report.at(#name);));
            let cfg = &variant.cfg;
            quote!(#(#cfg)* #name => { #within #body })
        });
        let open = match (tag, content) {
            (None, _) => quote!(__node.variant(__report)),
            (Some(tag), None) => quote!(__node.tagged(#tag, __report)),
            (Some(tag), Some(content)) => quote!(__node.tagged_beside(#tag, #content, __report)),
        };
        quote! {
            let ::core::option::Option::Some((__variant, __node)) = #open else {
                return;
            };
            let __node = &__node;
            match __variant {
                #(#arms)*
                _ => __report.breaks("variant", "is none of the variants that there are"),
            }
        }
    }
}

/// Where the members of a variant stand: below its name, below the content, or among what stands there already.
fn place_of<'i>(item: &'i Item, variant: &'i Variant) -> Option<String> {
    match (&item.naming.tag, &item.naming.content) {
        (None, _) => Some(variant.name.clone()),
        (Some(_), None) => None,
        (Some(_), Some(content)) => Some(content.value()),
    }
}

fn group_checks(index: usize, group: &Group, rules: &[MemberRules]) -> TokenStream {
    let members = group.0.iter().zip(rules).enumerate();
    let checks = members
        .filter(|(_, (_, rules))| rules.server.is_none())
        .map(|(i, (member, _))| {
            let (cfg, check, bound, name) = (&member.cfg, member_check(index, i), bound(i), &member.name);
            quote!(#(#cfg)* Self::#check(#bound, &mut __report.at(#name));)
        });
    checks.collect()
}

fn arm(item: &Item, index: usize, variant: &Variant, rules: &[MemberRules]) -> TokenStream {
    let (cfg, ident) = (&variant.cfg, &variant.ident);
    let within = place_of(item, variant).map(|name| quote!(let __report = &mut __report.at(#name);));
    match &variant.fields {
        VariantFields::Unit => quote!(#(#cfg)* Self::#ident => {}),
        VariantFields::Newtype(_) => {
            let check = member_check(index, 0);
            quote!(#(#cfg)* Self::#ident(__value) => { #within Self::#check(__value, __report); })
        }
        VariantFields::Named(group) => {
            let pattern = group.pattern(&|i| rules.get(i).is_some_and(|rules| rules.server.is_none()));
            let checks = group_checks(index, group, rules);
            quote!(#(#cfg)* Self::#ident #pattern => { #within #checks })
        }
    }
}

/// `__check_0_2`: what checks the member of this index in the group of that.
fn member_check(group: usize, index: usize) -> Ident {
    format_ident!("__check_{group}_{index}", span = Span::mixed_site())
}
