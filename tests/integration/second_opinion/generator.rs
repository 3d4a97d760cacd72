//! Tokens, good and bad, and what is to be said to each.

use std::collections::BTreeSet;

use serde_json::Value;

use super::edits::{Case, Edit, Expected, NOW};
use super::form::{self, Shape};
use super::random::Random;
use super::signer::{ALGORITHMS, Signer};
use super::{claims, header};
use crate::peers::oidc::AUDIENCE;

/// `iss` of the good tokens.
pub(super) const ISSUER: &str = "https://issuer.test";

/// A token, with what was done to it.
pub(super) struct Token {
    pub(super) text: String,
    pub(super) expected: Expected,
    pub(super) edits: Vec<String>,
}

/// Members of an object as they are written, so that a name may come twice and a value be no JSON.
pub(super) type Members = Vec<(String, String)>;

/// A token before it is signed.
struct Draft {
    header: Members,
    claims: Members,
    shapes: [Option<Shape>; 2],
    expected: Expected,
    edits: Vec<String>,
    edited: BTreeSet<String>,
}

/// Makes tokens, each in its own way.
pub(super) struct Generator {
    random: Random,
    signers: Vec<Signer>,
    strangers: Vec<Signer>,
    header_cases: Vec<Vec<Case>>,
    claims_cases: Vec<Case>,
}

impl Generator {
    pub(super) fn new(seed: u64) -> Self {
        let next = |at: usize| ALGORITHMS[(at + 1) % ALGORITHMS.len()];
        let header_cases = |(at, algorithm): (usize, &&str)| header::edits(algorithm, next(at));
        Self {
            random: Random::new(seed),
            signers: ALGORITHMS.map(Signer::new).into(),
            strangers: ALGORITHMS.map(Signer::new).into(),
            header_cases: ALGORITHMS.iter().enumerate().map(header_cases).collect(),
            claims_cases: claims::edits(ISSUER, AUDIENCE),
        }
    }

    /// Those whose tokens are good.
    pub(super) fn signers(&self) -> &[Signer] {
        &self.signers
    }

    pub(super) fn token(&mut self) -> Token {
        let signer = self.random.below(self.signers.len());
        let mut draft = self.good(signer);
        let count = [0, 1, 1, 1, 1, 1, 2, 2, 3, 4][self.random.below(10)];
        let (mut signature, mut encoding) = (false, false);
        for _ in 0..count {
            match self.random.below(100) {
                0..28 => {
                    let case = self.random.one_of(&self.header_cases[signer]);
                    draft.edit(0, case);
                }
                28..70 => draft.edit(1, self.random.one_of(&self.claims_cases)),
                70..80 => {
                    let (part, shape) = (self.random.below(2), Shape::any(&mut self.random));
                    draft.shape(part, shape);
                }
                80..90 => signature = true,
                _ => encoding = true,
            }
        }
        self.finish(signer, draft, signature, encoding)
    }

    fn good(&mut self, signer: usize) -> Draft {
        let random = &mut self.random;
        let signer = &self.signers[signer];
        let text = |text: &str| Value::from(text).to_string();
        let mut header: Members = vec![
            ("typ".into(), text("at+jwt")),
            ("alg".into(), text(signer.algorithm)),
            ("kid".into(), text(&signer.id())),
        ];
        let mut claims: Members = vec![
            ("iss".into(), text(ISSUER)),
            ("aud".into(), text(AUDIENCE)),
            ("sub".into(), text("alice")),
            ("client_id".into(), text("client")),
            ("iat".into(), (NOW - 60).to_string()),
            ("exp".into(), (NOW + 600).to_string()),
            ("jti".into(), text(&format!("{}", random.below(1_000_000)))),
        ];
        if random.percent(50) {
            claims.push(("scope".into(), text("read:profile write:profile")));
        }
        if random.percent(30) {
            claims.push(("nbf".into(), (NOW - 60).to_string()));
        }
        for part in [&mut header, &mut claims] {
            if random.percent(30) {
                part.push((format!("any{}", random.below(9)), random.json(3).to_string()));
            }
            for at in (1..part.len()).rev() {
                part.swap(at, random.below(at + 1));
            }
        }
        Draft {
            header,
            claims,
            shapes: [None, None],
            expected: Expected::Good,
            edits: Vec::new(),
            edited: BTreeSet::new(),
        }
    }

    fn finish(&mut self, signer: usize, mut draft: Draft, signature: bool, encoding: bool) -> Token {
        let random = &mut self.random;
        let right = &self.signers[signer];
        let by = if signature {
            form::Signature::any(random)
        } else {
            form::Signature::Right
        };
        if by == form::Signature::MacByPublicKey {
            draft.set_algorithm("HS256");
        }
        let texts = [&draft.header, &draft.claims].map(form::written);
        let mut texts = texts.into_iter().zip(&draft.shapes).map(|(text, shape)| match shape {
            Some(shape) => shape.of(text),
            None => text.into_bytes(),
        });
        let mut segments = [texts.next(), texts.next()].map(|text| form::encoded(&text.unwrap()));
        drop(texts);
        let mut change = encoding.then(|| form::Encoding::any(random));
        let place = random.below(3);
        if let (Some(change), 0 | 1) = (&mut change, place) {
            draft.note(
                format!("{change:?} of segment {place}"),
                change.apply(&mut segments[place], random),
            );
        }
        let message = segments.join(".");
        let stranger = &self.strangers[signer];
        let other = &self.signers[(signer + 1) % self.signers.len()];
        let bytes = by.make(message.as_bytes(), right, stranger, other, random);
        if by != form::Signature::Right {
            draft.note(format!("{by:?}"), Expected::Bad);
        }
        let mut last = form::encoded(&bytes);
        if let (Some(change), 2) = (&mut change, place) {
            draft.note(format!("{change:?} of the signature"), change.apply(&mut last, random));
        }
        let mut text = format!("{message}.{last}");
        if by == form::Signature::OfAnotherText {
            text = form::with_another_payload(&text);
        }
        if encoding && random.percent(25) {
            let (how, changed) = form::other_segments(&text, random);
            text = changed;
            draft.note(how.to_owned(), Expected::Bad);
        }
        if text.len() > 16 * 1024 {
            draft.expected = draft.expected.and(Expected::Stricter("longer than 16 KiB (J21)"));
        }
        Token {
            text,
            expected: draft.expected,
            edits: draft.edits,
        }
    }
}

impl Draft {
    /// Each member is edited once, so that what becomes of the token is known.
    fn edit(&mut self, part: usize, (name, edit, expected): &Case) {
        let plain: String = serde_json::from_str(&format!("\"{name}\"")).unwrap_or_else(|_| (*name).to_owned());
        if !self.edited.insert(format!("{part} {plain}")) {
            return;
        }
        let members = if part == 0 { &mut self.header } else { &mut self.claims };
        let at = members.iter().position(|(member, _)| member == name);
        match (edit, at) {
            (Edit::Set(value), Some(at)) => members[at].1.clone_from(value),
            (Edit::Set(value) | Edit::After(value), None) => members.push(((*name).to_owned(), value.clone())),
            (Edit::After(value), Some(_)) => members.push(((*name).to_owned(), value.clone())),
            (Edit::Before(value), _) => members.insert(0, ((*name).to_owned(), value.clone())),
            (Edit::Remove, Some(at)) => drop(members.remove(at)),
            (Edit::Remove, None) => panic!("there is no {name} to remove"),
        }
        self.note(format!("{} {name} {edit:?}", ["header", "claims"][part]), *expected);
    }

    fn shape(&mut self, part: usize, shape: Shape) {
        if self.shapes[part].is_none() {
            self.note(format!("{} {shape:?}", ["header", "claims"][part]), shape.expected());
            self.shapes[part] = Some(shape);
        }
    }

    fn set_algorithm(&mut self, name: &str) {
        self.header.retain(|(member, _)| member != "alg");
        self.header.push(("alg".into(), format!("\"{name}\"")));
    }

    fn note(&mut self, edit: String, expected: Expected) {
        self.edits.push(edit);
        self.expected = self.expected.and(expected);
    }
}
