use std::cell::RefCell;
use std::fmt;
use std::time::Duration;

use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use secure_policy::Expr;
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::Output;
use crate::authn::Principal;
use crate::authz::Identifier;
use crate::clock::Clock;
use crate::gate::Copied;

/// Who looks at an output: the caller, or nobody in particular.
///
/// Only the gate makes one, from the verified caller.
pub struct Viewer {
    caller: Option<Principal>,
    /// What the caller may see, by the address of the rule: scopes and roles are looked up once a response.
    known: RefCell<Vec<(usize, Rights)>>,
    /// The caller is a user, and not a client that acts for itself.
    is_user: bool,
    /// Those of an answer in JSON, where they are ready.
    headers: Option<Copied>,
    /// By which it is told how long the credential is still good, where somebody asks.
    clock: Option<Clock>,
}

/// No answer takes longer, in seconds.
const LONGEST: f64 = 10.0 * 365.0 * 24.0 * 3600.0;

/// What a caller has of what an [`Audience`] asks for.
#[derive(Clone, Copy, Debug)]
struct Rights {
    /// Scope and role.
    entitled: bool,
    /// A scope that stands in for the owner.
    stands_in: bool,
}

/// To whom a member of an output is shown. What is given must hold together.
#[derive(Debug)]
pub struct Audience {
    /// The scopes of the caller's token.
    pub scope: Option<Expr>,
    /// The caller's roles.
    pub role: Option<Expr>,
    /// The value that holds the member is the caller's own.
    pub owner: bool,
    /// Callers with these scopes count as the owner.
    pub or_scope: Option<Expr>,
}

impl Viewer {
    pub(crate) fn of(caller: Option<Principal>, clock: Option<Clock>, headers: Option<Copied>) -> Self {
        Self {
            is_user: caller.as_ref().is_some_and(Principal::may_own),
            caller,
            clock,
            headers,
            known: RefCell::default(),
        }
    }

    /// The same, for an answer that has headers of its own.
    pub(super) fn without_headers(mut self) -> Self {
        self.headers = None;
        self
    }

    /// The headers of an answer in JSON of so many bytes.
    pub(super) fn take_headers(&mut self, bytes: usize) -> HeaderMap {
        if let Some(copied) = self.headers.take() {
            return copied.of_length(bytes);
        }
        let mut headers = HeaderMap::with_capacity(2);
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(CONTENT_LENGTH, bytes.into());
        headers
    }

    /// The caller.
    #[must_use]
    pub fn caller(&self) -> Option<&Principal> {
        self.caller.as_ref()
    }

    /// How long the credential is still good.
    pub(super) fn remaining(&self) -> Option<Duration> {
        let (caller, clock) = (self.caller.as_ref()?, self.clock.as_ref()?);
        // What has expired, within its leeway, is over; what expires in a thousand years lasts for ten.
        let remaining = (caller.expires_at() - clock.unix_seconds()).clamp(0.0, LONGEST);
        Some(Duration::from_secs_f64(remaining))
    }

    /// Is this the caller's identifier? A client that acts for itself owns nothing that belongs to a user.
    #[inline]
    pub fn is(&self, owner: &(impl Identifier + ?Sized)) -> bool {
        let user = self.caller.as_ref().filter(|_| self.is_user);
        user.is_some_and(|caller| owner.names(caller.subject()))
    }

    /// May the caller see what is shown to this audience, as a part of a value that is, or is not, the caller's `own`?
    #[inline]
    #[must_use]
    pub fn may_see(&self, own: bool, audience: &'static Audience) -> bool {
        let rights = self.rights(audience);
        rights.entitled && (!audience.owner || own || rights.stands_in)
    }

    /// What the caller has of what an audience asks for, looked up once.
    #[inline]
    fn rights(&self, audience: &'static Audience) -> Rights {
        let address = std::ptr::from_ref(audience).addr();
        let known = self.known.borrow().iter().find(|(rule, _)| *rule == address).copied();
        known.map_or_else(|| self.look_up(address, audience), |(_, rights)| rights)
    }

    #[cold]
    fn look_up(&self, address: usize, audience: &'static Audience) -> Rights {
        let caller = self.caller.as_ref();
        let scope = |scope: &Expr| caller.is_some_and(|caller| scope.holds(|name| caller.has_scope(name)));
        let role = |role: &Expr| caller.is_some_and(|caller| role.holds(|name| caller.has_role(name)));
        let rights = Rights {
            entitled: audience.scope.as_ref().is_none_or(scope) && audience.role.as_ref().is_none_or(role),
            stands_in: audience.or_scope.as_ref().is_some_and(scope),
        };
        self.known.borrow_mut().push((address, rights));
        rights
    }
}

impl fmt::Debug for Viewer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Viewer")
            .field("caller", &self.caller)
            .finish_non_exhaustive()
    }
}

impl Audience {
    /// What the JSON Schema says of it, as `x-shown-to`.
    pub(super) fn schema(&self) -> Value {
        let texts = [
            ("scope", &self.scope),
            ("role", &self.role),
            ("or_scope", &self.or_scope),
        ];
        let given = texts.into_iter().filter_map(|(key, expr)| Some((key, expr.as_ref()?)));
        let mut who: Map<String, Value> = given
            .map(|(key, expr)| (key.to_owned(), json!(expr.to_string())))
            .collect();
        if self.owner {
            who.insert("owner".to_owned(), json!(true));
        }
        Value::Object(who)
    }
}

/// A value as a viewer sees it.
pub struct Shown<'v, T: ?Sized> {
    value: &'v T,
    viewer: &'v Viewer,
}

impl<'v, T: ?Sized> Shown<'v, T> {
    /// For the implementation of an [`Output`] whose parts are outputs.
    pub fn new(value: &'v T, viewer: &'v Viewer) -> Self {
        Self { value, viewer }
    }
}

impl<T: Output + ?Sized> Serialize for Shown<'_, T> {
    #[inline]
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.show(self.viewer, serializer)
    }
}

impl<T: ?Sized> fmt::Debug for Shown<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Shown").finish_non_exhaustive()
    }
}
