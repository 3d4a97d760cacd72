use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use syn::{Attribute, Data, DeriveInput, Fields, Generics, Ident, Type};

use super::{Naming, conditional};
use crate::diagnostic::{Code, Diagnostics};
use crate::names::plain;

/// A type whose attribute is `#[input]` or `#[output]`.
pub(crate) struct Item {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) ident: Ident,
    pub(crate) generics: Generics,
    pub(crate) naming: Naming,
    pub(crate) shape: Shape,
}

pub(crate) enum Shape {
    /// `struct A { b: C }`.
    Named(Group),
    /// `struct A(B);`, which is written as `B`.
    Newtype(Box<Member>),
    Enum(Vec<Variant>),
}

/// Members that stand together.
pub(crate) struct Group(pub(crate) Vec<Member>);

pub(crate) struct Variant {
    pub(crate) attrs: Vec<Attribute>,
    /// Those of them that say whether it is there.
    pub(crate) cfg: Vec<Attribute>,
    pub(crate) ident: Ident,
    /// Its name outside.
    pub(crate) name: String,
    pub(crate) fields: VariantFields,
    /// There are faults in what serde is told of it.
    pub(crate) incomplete: bool,
}

pub(crate) enum VariantFields {
    Unit,
    Newtype(Box<Member>),
    Named(Group),
}

pub(crate) struct Member {
    /// Without those of ours.
    pub(crate) attrs: Vec<Attribute>,
    /// What says whether it is there, for its variant as well.
    pub(crate) cfg: Vec<Attribute>,
    /// Ours.
    pub(crate) ours: Vec<Attribute>,
    pub(crate) ident: Option<Ident>,
    pub(crate) ty: Type,
    /// Its name outside.
    pub(crate) name: String,
    pub(crate) naming: Naming,
    /// There are faults around it, so what is absent may only be unreadable.
    pub(crate) incomplete: bool,
}

/// Which keys of serde may stand where.
pub(crate) struct SerdeKeys {
    pub(crate) item: &'static [&'static str],
    pub(crate) variant: &'static [&'static str],
    pub(crate) field: &'static [&'static str],
}

impl Item {
    /// `None` after a fault that leaves no type to speak of. `attribute` is the name of ours on members.
    pub(crate) fn read(
        input: DeriveInput,
        attribute: &str,
        keys: &SerdeKeys,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let naming = Naming::read(&input.attrs, keys.item, diagnostics);
        nothing_is_conditional(&input.attrs, attribute, diagnostics);
        if naming.transparent && !is_newtype(&input.data) {
            let fault = "`serde(transparent)` on a type that does not stand around one value";
            diagnostics.push(
                &input.ident,
                Code::Data,
                fault,
                "",
                "remove it, or write `struct Name(Type)`",
            );
        }
        let mut reader = Reader {
            attribute,
            keys,
            diagnostics,
        };
        let shape = match input.data {
            Data::Struct(data) => match data.fields {
                Fields::Named(_) => Shape::Named(reader.group(data.fields, &naming)),
                Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                    Shape::Newtype(Box::new(reader.one(fields.unnamed)?))
                }
                Fields::Unnamed(_) | Fields::Unit => {
                    reader.refuse(
                        &input.ident,
                        "a type from or for outside needs names for its members",
                        "write `struct Name { member: Type }`, or `struct Name(Type)` for a single value",
                    );
                    return None;
                }
            },
            Data::Enum(data) => Shape::Enum(
                data.variants
                    .into_iter()
                    .filter_map(|v| reader.variant(v, &naming))
                    .collect(),
            ),
            Data::Union(data) => {
                reader.refuse(
                    &data.union_token,
                    "a union cannot be read or shown",
                    "write a struct or an enum",
                );
                return None;
            }
        };
        Some(Self {
            attrs: input.attrs,
            ident: input.ident,
            generics: input.generics,
            naming,
            shape,
        })
    }

    /// Every member, with the variant that it is in.
    pub(crate) fn groups(&self) -> Vec<&Group> {
        match &self.shape {
            Shape::Named(group) => vec![group],
            Shape::Newtype(_) => Vec::new(),
            Shape::Enum(variants) => {
                let groups = variants.iter().filter_map(|variant| match &variant.fields {
                    VariantFields::Named(group) => Some(group),
                    VariantFields::Unit | VariantFields::Newtype(_) => None,
                });
                groups.collect()
            }
        }
    }

    /// The members of the struct, or of each variant.
    pub(crate) fn members(&self) -> Vec<&[Member]> {
        match &self.shape {
            Shape::Named(group) => vec![&group.0],
            Shape::Newtype(member) => vec![std::slice::from_ref(&**member)],
            Shape::Enum(variants) => {
                let members = variants.iter().map(|variant| match &variant.fields {
                    VariantFields::Unit => &[][..],
                    VariantFields::Newtype(member) => std::slice::from_ref(&**member),
                    VariantFields::Named(group) => group.0.as_slice(),
                });
                members.collect()
            }
        }
    }
}

impl Member {
    /// Has it this name, as it is without `r#`?
    pub(crate) fn is_called(&self, name: &str) -> bool {
        self.ident.as_ref().is_some_and(|ident| plain(ident) == name)
    }
}

/// A name in a string, without `r#`.
pub(crate) fn without_raw(literal: &syn::LitStr) -> String {
    let name = literal.value();
    name.strip_prefix("r#").map_or(name.clone(), str::to_owned)
}

/// Does it stand for values of the language and of ours alone, and not for a type that may hold itself? Decided by the
/// names.
pub(crate) fn is_plain(ty: &Type) -> bool {
    const PLAIN: &str = "Arc BTreeMap Box HashMap Option Patch Secret String Untrusted Uuid Vec \
                         bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize static";
    fn all(tokens: TokenStream) -> bool {
        tokens.into_iter().all(|token| match token {
            TokenTree::Ident(ident) => PLAIN.split_whitespace().any(|plain| ident == plain),
            TokenTree::Group(group) => all(group.stream()),
            TokenTree::Punct(_) | TokenTree::Literal(_) => true,
        })
    }
    match ty {
        Type::Path(path) if path.path.segments.len() == 1 => all(ty.to_token_stream()),
        Type::Path(_) => false,
        other => all(other.to_token_stream()),
    }
}

/// A type as it is written where `Self` is another.
pub(crate) fn without_self(ty: &Type, item: &Item) -> TokenStream {
    let (_, generics, _) = item.generics.split_for_impl();
    let ident = &item.ident;
    replaced(ty.to_token_stream(), &quote!(#ident #generics))
}

fn replaced(tokens: TokenStream, this: &TokenStream) -> TokenStream {
    let replaced = tokens.into_iter().map(|token| match token {
        TokenTree::Ident(ident) if ident == "Self" => this.clone(),
        TokenTree::Group(group) => {
            let mut inner = proc_macro2::Group::new(group.delimiter(), self::replaced(group.stream(), this));
            inner.set_span(group.span());
            TokenTree::Group(inner).into()
        }
        other => other.into(),
    });
    replaced.collect()
}

/// A variable of the expansion's own at a place, also where what stands there came out of a macro.
pub(crate) fn variable(name: &str, place: Span) -> Ident {
    Ident::new(name, Span::call_site().located_at(place))
}

/// `__INPUT_0_2`: what the type of a member says itself, as an input or as an output. This is the third member of the first
/// group.
pub(crate) fn own(kind: &str, group: usize, index: usize) -> Ident {
    format_ident!("__{kind}_{group}_{index}", span = Span::mixed_site())
}

/// `__member_2`: what a member is bound to in an expansion.
pub(crate) fn bound(index: usize) -> Ident {
    format_ident!("__member_{index}", span = Span::mixed_site())
}

impl Group {
    /// `{ a: __member_0, b: __member_1 }`, of those that `wanted` names.
    pub(crate) fn pattern(&self, wanted: &dyn Fn(usize) -> bool) -> TokenStream {
        let fields = self
            .0
            .iter()
            .enumerate()
            .filter(|(i, _)| wanted(*i))
            .map(|(i, member)| {
                let (cfg, ident, bound) = (&member.cfg, &member.ident, bound(i));
                quote!(#(#cfg)* #ident: #bound,)
            });
        quote!({ #(#fields)* .. })
    }
}

/// Does it stand around one value?
pub(crate) fn is_newtype(data: &Data) -> bool {
    matches!(data, Data::Struct(data) if matches!(&data.fields, Fields::Unnamed(fields) if fields.unnamed.len() == 1))
}

struct Reader<'r> {
    attribute: &'r str,
    keys: &'r SerdeKeys,
    diagnostics: &'r mut Diagnostics,
}

impl Reader<'_> {
    fn refuse(&mut self, place: &dyn ToTokens, fault: &str, help: &str) {
        self.diagnostics.push(place, Code::Data, fault, "", help);
    }

    fn group(&mut self, fields: Fields, within: &Naming) -> Group {
        Group(fields.into_iter().map(|field| self.member(field, within)).collect())
    }

    fn one(&mut self, fields: impl IntoIterator<Item = syn::Field>) -> Option<Member> {
        let field = fields.into_iter().next()?;
        Some(self.member(field, &Naming::default()))
    }

    fn member(&mut self, field: syn::Field, within: &Naming) -> Member {
        let before = self.diagnostics.len();
        let naming = Naming::read(&field.attrs, self.keys.field, self.diagnostics);
        nothing_is_conditional(&field.attrs, self.attribute, self.diagnostics);
        let incomplete = self.diagnostics.len() > before;
        let (ours, attrs): (Vec<_>, Vec<_>) = field
            .attrs
            .into_iter()
            .partition(|attr: &Attribute| attr.path().is_ident(self.attribute));
        let name = field.ident.as_ref().map_or_else(String::new, plain);
        Member {
            incomplete,
            cfg: cfg(&attrs),
            attrs,
            ours,
            name: naming.field(&name, within),
            ident: field.ident,
            ty: field.ty,
            naming,
        }
    }

    /// `None` after a fault.
    fn variant(&mut self, variant: syn::Variant, within: &Naming) -> Option<Variant> {
        let before = self.diagnostics.len();
        let naming = Naming::read(&variant.attrs, self.keys.variant, self.diagnostics);
        let incomplete = self.diagnostics.len() > before;
        nothing_is_conditional(&variant.attrs, self.attribute, self.diagnostics);
        let for_fields = naming.for_fields(within);
        let cfg = cfg(&variant.attrs);
        let mut fields = match variant.fields {
            Fields::Unit => VariantFields::Unit,
            Fields::Named(_) => VariantFields::Named(self.group(variant.fields, &for_fields)),
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                VariantFields::Newtype(Box::new(self.one(fields.unnamed)?))
            }
            Fields::Unnamed(_) => {
                let help = format!("write `{} {{ member: Type }}`", variant.ident);
                self.refuse(&variant.ident, "a variant's values need names", &help);
                return None;
            }
        };
        let members: &mut [Member] = match &mut fields {
            VariantFields::Unit => &mut [],
            VariantFields::Newtype(member) => std::slice::from_mut(&mut **member),
            VariantFields::Named(group) => &mut group.0,
        };
        for member in members {
            member.cfg.extend(cfg.iter().cloned());
        }
        Some(Variant {
            cfg,
            attrs: variant.attrs,
            name: naming.variant(&plain(&variant.ident), within),
            ident: variant.ident,
            fields,
            incomplete,
        })
    }
}

fn cfg(attrs: &[Attribute]) -> Vec<Attribute> {
    attrs
        .iter()
        .filter(|attr| attr.path().is_ident("cfg"))
        .cloned()
        .collect()
}

/// What stands in `cfg_attr` is decided after the attribute has read the declaration: a rule there would not hold, and a key
/// of serde would pass unseen.
fn nothing_is_conditional(attrs: &[Attribute], attribute: &str, diagnostics: &mut Diagnostics) {
    for attr in attrs {
        if let Some(name) = conditional(attr, attribute) {
            let fault = format!("`{name}` in `cfg_attr` is not seen by the attribute on the type");
            let note = "the attribute reads the declaration before its conditions are decided";
            let help = "write it without the condition, or declare the type twice, each below its `cfg`";
            diagnostics.push(attr, Code::Data, &fault, note, help);
        }
    }
}
