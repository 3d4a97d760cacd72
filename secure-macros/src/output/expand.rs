//! The expansion: each member is written, or not, straight from the value.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::spanned::Spanned as _;
use syn::{Generics, LitStr, Path, WherePredicate, parse_quote};

use super::exposure::{Audience, Exposure};
use super::schema;
use crate::data::{Group, Item, Member, Shape, bound, variable, without_raw, without_self};
use crate::names::plain;
use crate::policy;

/// What shows the type, and its schema.
pub(crate) fn expand(item: &Item, exposures: &[Vec<Exposure>], owner: Option<&LitStr>, krate: &Path) -> TokenStream {
    let writer = Writer { krate, item, owner };
    let name = &item.ident;
    let mut generics = item.generics.clone();
    for parameter in generics.type_params_mut() {
        parameter.bounds.push(parse_quote!(#krate::data::Output));
    }
    let mut declared = generics.clone();
    declared
        .make_where_clause()
        .predicates
        .extend(writer.declared(exposures));
    let (_, _, declared) = declared.split_for_impl();
    let (impl_generics, type_generics, clause) = generics.split_for_impl();
    let show = writer.show(exposures);
    let own = schema::constants(item, exposures, krate);
    let schema = schema::methods(item, exposures, krate);
    let signature = quote! {
        fn __show<__S: #krate::data::Serializer>(
            &self,
            __viewer: &#krate::data::Viewer,
            __serializer: __S,
        ) -> ::core::result::Result<__S::Ok, __S::Error>
    };
    quote! {
        #[allow(deprecated, single_use_lifetimes)]
        const _: () = {
            impl #impl_generics #name #type_generics #clause {
                #own
            }

            impl #impl_generics #name #type_generics #declared {
                #[inline]
                #signature {
                    #show
                }
            }

            /// Takes its place where a member is no output, so that the constants above are the one error.
            #[allow(dead_code)]
            trait __Undeclared {
                #signature {
                    __serializer.serialize_unit()
                }
            }

            impl #impl_generics __Undeclared for #name #type_generics #clause {}

            impl #impl_generics #krate::data::Output for #name #type_generics #clause {
                #[inline]
                fn show<__S: #krate::data::Serializer>(
                    &self,
                    __viewer: &#krate::data::Viewer,
                    __serializer: __S,
                ) -> ::core::result::Result<__S::Ok, __S::Error> {
                    Self::__show(self, __viewer, __serializer)
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
        #[allow(deprecated)]
        impl #impl_generics #krate::data::Output for #name #type_generics #clause {
            fn show<__S: #krate::data::Serializer>(
                &self,
                _: &#krate::data::Viewer,
                serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                serializer.serialize_unit()
            }
        }
    }
}

/// The members that somebody may see, each with the index of its group and its own.
pub(super) fn shown<'i>(item: &'i Item, exposures: &[Vec<Exposure>]) -> Vec<(usize, usize, &'i Member)> {
    let mut shown = Vec::new();
    for (group, (members, exposures)) in item.members().into_iter().zip(exposures).enumerate() {
        let members = members.iter().zip(exposures).enumerate();
        let seen = members.filter(|(_, (_, exposure))| !matches!(exposure, Exposure::Nobody | Exposure::Unsaid));
        shown.extend(seen.map(|(index, (member, _))| (group, index, member)));
    }
    shown
}

/// To whom a member is shown, as a constant.
pub(crate) fn audience(audience: &Audience, krate: &Path) -> TokenStream {
    let room = quote!(#krate::expansion);
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
    /// That the types of the members are outputs. Higher-ranked, or it would be an error here where one is none.
    pub(super) fn declared(&self, exposures: &[Vec<Exposure>]) -> Vec<WherePredicate> {
        let krate = self.krate;
        let members = shown(self.item, exposures).into_iter();
        let members = members.filter(|(_, _, member)| member.cfg.is_empty());
        let types = members.map(|(_, _, member)| without_self(&member.ty, self.item));
        types
            .map(|ty| parse_quote!(for<'__a> #ty: #krate::data::Output))
            .collect()
    }

    fn show(&self, exposures: &[Vec<Exposure>]) -> TokenStream {
        let krate = self.krate;
        let none = Vec::new();
        match &self.item.shape {
            Shape::Newtype(member) => {
                let (ty, place) = (&member.ty, member.ty.span());
                let of = |name| variable(name, place);
                let (this, viewer, serializer) = (of("self"), of("__viewer"), of("__serializer"));
                quote_spanned!(place=> <#ty as #krate::data::Output>::show(&#this.0, #viewer, #serializer))
            }
            Shape::Named(group) => {
                let exposures = exposures.first().unwrap_or(&none);
                let pattern = self.pattern(group, exposures);
                let name = plain(&self.item.ident);
                let written = self.group(group, exposures, &Form::Struct { name: &name, tag: None });
                quote!(let Self #pattern = self; #written)
            }
            Shape::Enum(variants) => {
                let arms = variants.iter().enumerate();
                let arms: Vec<_> = arms.map(|(i, variant)| self.arm(i, variant, exposures)).collect();
                if arms.is_empty() {
                    return quote!(match *self {});
                }
                quote!(match self { #(#arms)* })
            }
        }
    }

    /// Binds what is looked at: what somebody may see, and the owner.
    pub(super) fn pattern(&self, group: &Group, exposures: &[Exposure]) -> TokenStream {
        let owners = self.owners(group, exposures);
        group.pattern(&|i| {
            owners.contains(&i) || !matches!(exposures.get(i), None | Some(Exposure::Nobody | Exposure::Unsaid))
        })
    }

    /// The index of the member that says whose the group is, where that matters; of several, one is there.
    fn owners(&self, group: &Group, exposures: &[Exposure]) -> Vec<usize> {
        let matters = exposures
            .iter()
            .any(|exposure| matches!(exposure, Exposure::Some(audience) if audience.owner.is_some()));
        let Some(name) = self.owner.filter(|_| matters).map(without_raw) else {
            return Vec::new();
        };
        let members = group.0.iter().enumerate();
        let owners = members.filter(|(_, member)| member.is_called(&name));
        owners.map(|(index, _)| index).collect()
    }

    /// Writes the members that the viewer may see.
    pub(super) fn group(&self, group: &Group, exposures: &[Exposure], form: &Form<'_>) -> TokenStream {
        let krate = self.krate;
        let members: Vec<_> = group.0.iter().zip(exposures).enumerate().collect();
        let seen = |i: usize| format_ident!("__seen_{i}", span = proc_macro2::Span::mixed_site());
        let owners = self.owners(group, exposures);
        let own = members.iter().filter(|(i, _)| owners.contains(i));
        let own = own.map(|(i, (member, _))| {
            let (cfg, owner, place) = (&member.cfg, bound(*i), member.ty.span());
            let (own, viewer) = (variable("__own", place), variable("__viewer", place));
            // The message that it names nobody underlines its type.
            let here = Ident::new("__owner", place);
            quote_spanned! {place=>
                #(#cfg)*
                let #own = {
                    let #here = #owner;
                    #viewer.is(#here)
                };
            }
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
            let cfg = &member.cfg;
            let condition = match (audience, there) {
                (Some(audience), Some(there)) => quote!(#audience && #there),
                (Some(condition), None) | (None, Some(condition)) => condition,
                (None, None) if cfg.is_empty() => return None,
                (None, None) => quote!(true),
            };
            Some((*i, quote!(#(#cfg)* let #seen = #condition;)))
        });
        let conditions: Vec<(usize, TokenStream)> = conditions.collect();
        let is_conditional = |i: usize| conditions.iter().any(|(other, _)| *other == i);
        let written = members
            .iter()
            .filter(|(_, (_, exposure))| !matches!(exposure, Exposure::Nobody | Exposure::Unsaid));
        let certain = written.clone().filter(|(i, _)| !is_conditional(*i)).count() + usize::from(form.is_tagged());
        let is_certainly_there = |i: &usize| group.0.get(*i).is_some_and(|member| member.cfg.is_empty());
        let (counted, configured): (Vec<_>, Vec<_>) = conditions.iter().map(|(i, _)| *i).partition(is_certainly_there);
        let counted = counted.into_iter().map(seen);
        let length = quote!(#certain #(+ #counted as ::core::primitive::usize)*);
        let configured = configured.into_iter().map(|i| {
            let (cfg, seen) = (group.0.get(i).map(|member| &member.cfg), seen(i));
            let cfg = cfg.into_iter().flatten();
            quote!(#(#cfg)* let __length = __length + #seen as ::core::primitive::usize;)
        });
        let configured: Vec<_> = configured.collect();
        let (lengths, length) = if configured.is_empty() {
            (TokenStream::new(), length)
        } else {
            (quote!(let __length = #length; #(#configured)*), quote!(__length))
        };
        let (open, ty) = form.open(krate, &length);
        let fields = written.map(|(i, (member, _))| {
            let name = &member.name;
            let value = self.shown(member, &{
                let bound = bound(*i);
                quote!(#bound)
            });
            let write = quote!(#ty::serialize_field(&mut __struct, #name, &#value)?;);
            if is_conditional(*i) {
                let (cfg, seen) = (&member.cfg, seen(*i));
                quote!(#(#cfg)* if #seen { #write } else { #ty::skip_field(&mut __struct, #name)?; })
            } else {
                write
            }
        });
        let lets = conditions.iter().map(|(_, condition)| condition);
        quote! {
            #(#own)*
            #(#lets)*
            #lengths
            #open
            #(#fields)*
            #ty::end(__struct)
        }
    }

    /// A member as the viewer sees it. What says that it may be shown is underlined at its type.
    pub(super) fn shown(&self, member: &Member, value: &TokenStream) -> TokenStream {
        let (krate, place) = (self.krate, member.ty.span());
        let (ty, viewer) = (without_self(&member.ty, self.item), variable("__viewer", place));
        quote_spanned!(place=> #krate::data::Shown::<#ty>::new(#value, #viewer))
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
