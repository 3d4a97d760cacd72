//! What types and patterns look like as written. It improves messages only: an alias is caught by its type.

use syn::{GenericArgument, Pat, PathArguments, Type};

use crate::names::plain;

/// `Principal` of `secure_runtime::Principal`.
pub(crate) fn last_segment(ty: &Type) -> Option<String> {
    match ty {
        Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
        _ => None,
    }
}

/// `Principal` of `Option<Principal>`.
pub(crate) fn optional_caller(ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else {
        return None;
    };
    let last = path.path.segments.last().filter(|segment| segment.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(inner) => last_segment(inner).filter(|name| name == "Principal"),
        _ => None,
    }
}

/// The names in `Path((a, _, c))`; `None` for a part that binds no single name.
pub(crate) fn tuple_within(pat: &Pat) -> Option<Vec<Option<String>>> {
    match pat {
        Pat::TupleStruct(outer) if outer.elems.len() == 1 => tuple_within(outer.elems.first()?),
        Pat::Paren(inner) => tuple_within(&inner.pat),
        Pat::Tuple(tuple) => Some(
            tuple
                .elems
                .iter()
                .map(|element| match element {
                    Pat::Ident(ident) => Some(plain(&ident.ident).trim_start_matches('_').to_owned()),
                    _ => None,
                })
                .collect(),
        ),
        _ => None,
    }
}
