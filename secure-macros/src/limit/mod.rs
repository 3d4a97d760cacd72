//! What an endpoint has of limits: rates of its own, and those that `limits!` declares.

pub(crate) mod declare;
mod expand;
mod rate;

use std::num::NonZeroU32;

use secure_policy::Rate;
use syn::{LitInt, LitStr, Path};

use crate::diagnostic::{Code, Diagnostics};
use crate::formula::Formula;
use crate::options::{Keyed, name_of};

pub(crate) use expand::{charge, literal, proofs};
use rate::{Cost, OPTIONS, Written};
pub(crate) use rate::{Value, read};

/// One limit of an endpoint.
pub(crate) struct Limit {
    pub(crate) base: Base,
    /// What a request takes, where it is computed.
    pub(crate) cost: Option<Formula>,
}

/// What is counted, and where it is said.
pub(crate) enum Base {
    /// Here.
    Own {
        rate: Rate,
        literal: LitStr,
        /// Whose requests are counted together, where it is written.
        per: Option<LitStr>,
    },
    /// Where the constant is declared; but for the cost that a request to this endpoint has.
    Declared {
        path: Path,
        cost: Option<(NonZeroU32, LitInt)>,
    },
}

impl Limit {
    /// `None` after a fault.
    pub(crate) fn resolve(keyed: Keyed<Value>, diagnostics: &mut Diagnostics) -> Option<Self> {
        match &keyed.value {
            Value::Text(literal) => {
                let written = Written::read(literal, &keyed, diagnostics)?;
                Some(Self {
                    base: Base::Own {
                        rate: written.rate,
                        literal: literal.clone(),
                        per: written.per,
                    },
                    cost: written.cost,
                })
            }
            Value::Constant(path) => Self::declared(path.clone(), &keyed, diagnostics),
        }
    }

    fn declared(path: Path, keyed: &Keyed<Value>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let (mut cost, before) = (None, diagnostics.len());
        keyed.each_option(&OPTIONS, diagnostics, |name, meta, diagnostics| {
            if name == "cost" {
                cost = Cost::read(meta, diagnostics);
                return;
            }
            let fault = format!("`{name}` is part of `{}`, which is declared once", text_of(&path));
            let constant = path.segments.last().map(|last| last.ident.to_string());
            let help = format!(
                "write it where `limits!` declares `{}`; the option here is `cost`",
                constant.unwrap_or_default()
            );
            diagnostics.push(meta, Code::Key, &fault, "", &help);
        });
        let (cost, formula) = match cost {
            Some(Cost::Units(units, literal)) => {
                let units = diagnostics.keep(&literal, Code::Measure, Rate::checked_cost(units));
                (units.map(|units| (units, literal)), None)
            }
            Some(Cost::Computed(formula)) => (None, Some(formula)),
            None => (None, None),
        };
        (diagnostics.len() == before).then_some(Self {
            base: Base::Declared { path, cost },
            cost: formula,
        })
    }
}

/// The path as written.
pub(crate) fn text_of(path: &Path) -> String {
    let leading = if path.leading_colon.is_some() { "::" } else { "" };
    format!("{leading}{}", name_of(&syn::Meta::Path(path.clone())))
}
