//! The expansion: each member is written, or not, straight from the value.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Generics, LitStr, Path, parse_quote};

use super::exposure::{Audience, Exposure};
use super::schema;
use crate::data::{Group, Item, Member, Shape, bound};
use crate::policy;

/// What shows the type, and its schema.
pub(crate) fn expand(item: &Item, exposures: &[Vec<Exposure>], owner: Option<&LitStr>, krate: &Path) -> TokenStream {
    let writer = Writer { krate, item, owner };
    let name = &item.ident;
    let mut generics = item.generics.clone();
    for parameter in generics.type_params_mut() {
        parameter.bounds.push(parse_quote!(#krate::data::Output));
    }
    let (impl_generics, type_generics, clause) = generics.split_for_impl();
    let show = writer.show(exposures);
    let schema = schema::methods(item, exposures, krate);
    quote! {
        const _: () = {
            impl #impl_generics #krate::data::Output for #name #type_generics #clause {
                fn show<__S: #krate::data::Serializer>(
                    &self,
                    __viewer: &#krate::data::Viewer,
                    __serializer: __S,
                ) -> ::core::result::Result<__S::Ok, __S::Error> {
                    #show
                }

                #schema
            }
        };
    }
}

/// After a fault: the type can be answered, and nothing else turns red.
pub(crate) fn inert(name: &Ident, generics: &Generics, krate: &Path) -> TokenStream {
    let (impl_generics, type_generics, clause) = generics.split_for_impl();
    quote! {
        impl #impl_generics #krate::data::Output for #name #type_generics #clause {
            fn show<S: #krate::data::Serializer>(
                &self,
                _: &#krate::data::Viewer,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                serializer.serialize_unit()
            }
        }
    }
}

/// To whom a member is shown, as a constant.
pub(crate) fn audience(audience: &Audience, krate: &Path) -> TokenStream {
    let room = quote!(#krate::policy);
    let scope = policy::option(audience.scope.as_ref().map(|scope| policy::expr(scope, &room)));
    let role = policy::option(audience.role.as_ref().map(|role| policy::expr(role, &room)));
    let or_scope = policy::option(audience.or_scope.as_ref().map(|(scope, _)| policy::expr(scope, &room)));
    let owner = audience.owner.is_some();
    quote!(const { &#krate::data::Audience { scope: #scope, role: #role, owner: #owner, or_scope: #or_scope } })
}

/// Writes what writes a type.
pub(super) struct Writer<'a> {
    pub(super) krate: &'a Path,
    pub(super) item: &'a Item,
    pub(super) owner: Option<&'a LitStr>,
}

impl Writer<'_> {
    fn show(&self, exposures: &[Vec<Exposure>]) -> TokenStream {
        let krate = self.krate;
        let none = Vec::new();
        match &self.item.shape {
            Shape::Newtype(member) => {
                let ty = &member.ty;
                quote_spanned!(ty.span()=> <#ty as #krate::data::Output>::show(&self.0, __viewer, __serializer))
            }
            Shape::Named(group) => {
                let exposures = exposures.first().unwrap_or(&none);
                let pattern = self.pattern(group, exposures);
                let name = self.item.ident.to_string();
                let written = self.group(group, exposures, &Form::Struct { name: &name, tag: None });
                quote!(let Self #pattern = self; #written)
            }
            Shape::Enum(variants) => {
                let arms = variants.iter().zip(exposures).enumerate();
                let arms: Vec<_> = arms
                    .map(|(i, (variant, exposures))| self.arm(i, variant, exposures))
                    .collect();
                if arms.is_empty() {
                    return quote!(match *self {});
                }
                quote!(match self { #(#arms)* })
            }
        }
    }

    /// Binds what is looked at: what somebody may see, and the owner.
    pub(super) fn pattern(&self, group: &Group, exposures: &[Exposure]) -> TokenStream {
        let owner = self.owner_of(group, exposures);
        group.pattern(&|i| {
            Some(i) == owner || !matches!(exposures.get(i), None | Some(Exposure::Nobody | Exposure::Unsaid))
        })
    }

    /// The index of the member that says whose the group is, where that matters.
    fn owner_of(&self, group: &Group, exposures: &[Exposure]) -> Option<usize> {
        let matters = exposures
            .iter()
            .any(|exposure| matches!(exposure, Exposure::Some(audience) if audience.owner.is_some()));
        let name = self.owner.filter(|_| matters)?.value();
        group
            .0
            .iter()
            .position(|member| member.ident.as_ref().is_some_and(|ident| *ident == name))
    }

    /// Writes the members that the viewer may see.
    pub(super) fn group(&self, group: &Group, exposures: &[Exposure], form: &Form<'_>) -> TokenStream {
        let krate = self.krate;
        let members: Vec<_> = group.0.iter().zip(exposures).enumerate().collect();
        let seen = |i: usize| format_ident!("__seen_{i}", span = proc_macro2::Span::mixed_site());
        let own = self.owner_of(group, exposures).map(|i| {
            let (owner, place) = (
                bound(i),
                group
                    .0
                    .get(i)
                    .map_or_else(proc_macro2::Span::call_site, |m| m.ty.span()),
            );
            quote_spanned!(place=> let __own = __viewer.is(#owner);)
        });
        let conditions = members.iter().filter_map(|(i, (member, exposure))| {
            let seen = seen(*i);
            let value = bound(*i);
            let audience = match exposure {
                Exposure::Some(audience) => {
                    let constant = self::audience(audience, krate);
                    Some(match audience.owner {
                        Some(_) => quote!(__viewer.may_see(__own, #constant)),
                        None => quote!(__viewer.may_see(false, #constant)),
                    })
                }
                Exposure::Everybody => None,
                Exposure::Nobody | Exposure::Unsaid => return None,
            };
            let there = member.naming.skip_serializing_if.as_ref();
            let there = there
                .and_then(|path| path.parse::<Path>().ok())
                .map(|skip| quote!(!#skip(#value)));
            let condition = match (audience, there) {
                (Some(audience), Some(there)) => quote!(#audience && #there),
                (Some(condition), None) | (None, Some(condition)) => condition,
                (None, None) => return None,
            };
            Some((*i, quote!(let #seen = #condition;)))
        });
        let conditions: Vec<(usize, TokenStream)> = conditions.collect();
        let is_conditional = |i: usize| conditions.iter().any(|(other, _)| *other == i);
        let written = members
            .iter()
            .filter(|(_, (_, exposure))| !matches!(exposure, Exposure::Nobody | Exposure::Unsaid));
        let certain = written.clone().filter(|(i, _)| !is_conditional(*i)).count() + usize::from(form.is_tagged());
        let counted = conditions.iter().map(|(i, _)| {
            let seen = seen(*i);
            quote!(+ #seen as ::core::primitive::usize)
        });
        let length = quote!(#certain #(#counted)*);
        let (open, ty) = form.open(krate, &length);
        let fields = written.map(|(i, (member, _))| {
            let name = &member.name;
            let value = self.shown(member, &{
                let bound = bound(*i);
                quote!(#bound)
            });
            let write = quote!(#ty::serialize_field(&mut __struct, #name, &#value)?;);
            if is_conditional(*i) {
                let seen = seen(*i);
                quote!(if #seen { #write } else { #ty::skip_field(&mut __struct, #name)?; })
            } else {
                write
            }
        });
        let lets = conditions.iter().map(|(_, condition)| condition);
        quote! {
            #own
            #(#lets)*
            #open
            #(#fields)*
            #ty::end(__struct)
        }
    }

    /// A member as the viewer sees it. What says that it may be shown is underlined at its type.
    pub(super) fn shown(&self, member: &Member, value: &TokenStream) -> TokenStream {
        let krate = self.krate;
        let ty = &member.ty;
        quote_spanned!(ty.span()=> #krate::data::Shown::<#ty>::new(#value, __viewer))
    }
}

/// What members are written into.
pub(super) enum Form<'f> {
    Struct {
        name: &'f str,
        tag: Option<(&'f LitStr, &'f str)>,
    },
    Variant {
        item: &'f str,
        number: u32,
        name: &'f str,
    },
}

impl Form<'_> {
    fn is_tagged(&self) -> bool {
        matches!(self, Self::Struct { tag: Some(_), .. })
    }

    /// Opens `__struct`, and names the trait that writes into it.
    fn open(&self, krate: &Path, length: &TokenStream) -> (TokenStream, TokenStream) {
        match self {
            Self::Struct { name, tag } => {
                let ty = quote!(#krate::data::SerializeStruct);
                let tag = tag.map(|(tag, name)| quote!(#ty::serialize_field(&mut __struct, #tag, #name)?;));
                (
                    quote!(let mut __struct = __serializer.serialize_struct(#name, #length)?; #tag),
                    ty,
                )
            }
            Self::Variant { item, number, name } => (
                quote! {
                    let mut __struct = __serializer.serialize_struct_variant(#item, #number, #name, #length)?;
                },
                quote!(#krate::data::SerializeStructVariant),
            ),
        }
    }
}
