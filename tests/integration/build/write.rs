//! The types as source text, each with what describes it, and what makes a value of it and shows it plainly.

use std::fmt::Write as _;

use crate::declare::{Declared, Fields, Form, Variant};
use crate::members::Member;

pub(crate) fn module(types: &[Declared]) -> String {
    let mut text = String::new();
    for ty in types {
        let declaration = declaration(ty);
        let (name, data, made, plain) = (&ty.name, data(ty, &declaration), made(ty), plain(ty));
        let (of, arguments) = if ty.is_generic { ("<T: Made>", "<T>") } else { ("", "") };
        let _ = write!(
            text,
            "{declaration}\nstatic {upper}: Type = {data};\n\
             impl{of} Made for {name}{arguments} {{\n\
             fn made(source: &mut Source) -> Self {{ {made} }}\n\
             fn plain(&self) -> Plain {{ {plain} }}\n}}\n\n",
            upper = name.to_uppercase(),
        );
    }
    let cases = types.iter().map(|ty| {
        let argument = if ty.is_generic { "<Option<u8>>" } else { "" };
        format!("Case::of::<{}{argument}>(&{})", ty.name, ty.name.to_uppercase())
    });
    let _ = writeln!(
        text,
        "pub(super) fn cases() -> Vec<Case> {{ vec![{}] }}",
        cases.collect::<Vec<_>>().join(",\n")
    );
    text
}

fn declaration(ty: &Declared) -> String {
    let generics = if ty.is_generic { "<T>" } else { "" };
    let (name, attributes) = (&ty.name, ty.attributes.join("\n"));
    match &ty.form {
        Form::Struct(members) => format!("{attributes}\nstruct {name}{generics} {{\n{}}}\n", fields(members)),
        Form::Newtype(inner) => format!("{attributes}\nstruct {name}{generics}(#[expose] {inner});\n"),
        Form::Enum { variants, .. } => {
            let variants = variants.iter().map(|variant| {
                let (attributes, name) = (variant.attributes.join(""), variant.name);
                match &variant.fields {
                    Fields::Unit => format!("{attributes}\n{name},\n"),
                    Fields::Newtype(inner) => format!("{attributes}\n{name}(#[expose] {inner}),\n"),
                    Fields::Named(members) => format!("{attributes}\n{name} {{\n{}}},\n", fields(members)),
                }
            });
            format!(
                "{attributes}\nenum {name}{generics} {{\n{}}}\n",
                variants.collect::<String>()
            )
        }
    }
}

fn fields(members: &[Member]) -> String {
    let fields = members.iter().map(
        |Member {
             name, ty, attributes, ..
         }| {
            let attributes = attributes.join(" ");
            format!("{attributes}\n{name}: {ty},\n")
        },
    );
    fields.collect()
}

/// The type as data.
fn data(ty: &Declared, declaration: &str) -> String {
    let (form, variants) = match &ty.form {
        Form::Struct(members) => ("Form::Whole".to_owned(), named("", members)),
        Form::Newtype(inner) => ("Form::Whole".to_owned(), one("", inner)),
        Form::Enum { tag, content, variants } => {
            let variants = variants.iter().map(|Variant { outside, fields, .. }| match fields {
                Fields::Unit => format!("Variant {{ name: {outside:?}, shape: Shape::Unit, members: &[] }}"),
                Fields::Newtype(inner) => one(outside, inner),
                Fields::Named(members) => named(outside, members),
            });
            let form = format!("Form::Choice {{ tag: {tag:?}, content: {content:?} }}");
            (form, variants.collect::<Vec<_>>().join(",\n"))
        }
    };
    format!(
        "Type {{ name: {:?}, declaration: {declaration:?}, form: {form}, variants: &[{variants}] }}",
        ty.name
    )
}

fn one(name: &str, inner: &str) -> String {
    let member = format!(
        "Member {{ name: \"\", kind: {inner:?}, exposure: Exposure::Everyone, left_out: LeftOut::Never, is_owner: false }}"
    );
    format!("Variant {{ name: {name:?}, shape: Shape::Newtype, members: &[{member}] }}")
}

fn named(name: &str, members: &[Member]) -> String {
    let members = members.iter().map(|member| {
        let (outside, ty, exposure) = (&member.outside, &member.ty, member.exposure.data());
        let (left_out, is_owner) = (member.left_out, member.is_owner);
        format!(
            "Member {{ name: {outside:?}, kind: {ty:?}, exposure: {exposure}, left_out: LeftOut::{left_out}, \
             is_owner: {is_owner} }}"
        )
    });
    let members = members.collect::<Vec<_>>().join(",\n");
    format!("Variant {{ name: {name:?}, shape: Shape::Named, members: &[{members}] }}")
}

/// The expression that makes a value.
fn made(ty: &Declared) -> String {
    match &ty.form {
        Form::Struct(members) => format!("Self {{ {} }}", made_members(members)),
        Form::Newtype(_) => "Self(Made::made(source))".to_owned(),
        Form::Enum { variants, .. } => {
            let last = variants.len() - 1;
            let arms = variants.iter().enumerate().map(|(i, variant)| {
                let pattern = if i == last { "_".to_owned() } else { i.to_string() };
                let name = variant.name;
                match &variant.fields {
                    Fields::Unit => format!("{pattern} => Self::{name},"),
                    Fields::Newtype(_) => format!("{pattern} => Self::{name}(Made::made(source)),"),
                    Fields::Named(members) => format!("{pattern} => Self::{name} {{ {} }},", made_members(members)),
                }
            });
            format!(
                "match source.below({}) {{ {} }}",
                variants.len(),
                arms.collect::<String>()
            )
        }
    }
}

fn made_members(members: &[Member]) -> String {
    let members = members.iter().map(|Member { name, is_owner, .. }| {
        let maker = if *is_owner {
            "Owner::of(source.user())"
        } else {
            "Made::made(source)"
        };
        format!("{name}: {maker}, ")
    });
    members.collect()
}

/// The expression that shows a value plainly.
fn plain(ty: &Declared) -> String {
    let of = |variant: usize, members: &str| {
        let upper = ty.name.to_uppercase();
        format!("Plain::Of {{ of: &{upper}, variant: {variant}, members: vec![{members}] }}")
    };
    let group = |variant: usize, members: &[Member]| {
        let names = members.iter().map(|member| member.name.as_str()).collect::<Vec<_>>();
        let plain = names.iter().map(|name| format!("{name}.plain()")).collect::<Vec<_>>();
        (names.join(", "), of(variant, &plain.join(", ")))
    };
    match &ty.form {
        Form::Struct(members) => {
            let (names, plain) = group(0, members);
            format!("let Self {{ {names} }} = self; {plain}")
        }
        Form::Newtype(_) => of(0, "self.0.plain()"),
        Form::Enum { variants, .. } => {
            let arms = variants.iter().enumerate().map(|(i, variant)| {
                let name = variant.name;
                match &variant.fields {
                    Fields::Unit => format!("Self::{name} => {},", of(i, "")),
                    Fields::Newtype(_) => format!("Self::{name}(it) => {},", of(i, "it.plain()")),
                    Fields::Named(members) => {
                        let (names, plain) = group(i, members);
                        format!("Self::{name} {{ {names} }} => {plain},")
                    }
                }
            });
            format!("match self {{ {} }}", arms.collect::<String>())
        }
    }
}
