use std::fmt;
use std::mem;
use std::num::NonZeroU32;
use std::time::Duration;

use crate::{ByteSize, Expr, List, Rate};

/// The security of one endpoint, whole: what the attribute says, as a constant.
///
/// Enforcement, audit, metrics and documentation read this one value, so what is documented is what is enforced.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The handler's name with its module, as audit log and metrics show it.
    pub endpoint: &'static str,
    /// Method and path, where the attribute states them.
    pub route: Option<Route>,
    /// Who may call.
    pub access: Access,
    /// What the identifiers in the request are bound to.
    pub bindings: List<Binding>,
    /// The condition, where there is one.
    pub condition: Option<Condition>,
    /// The limits; empty means the application's default.
    pub rates: List<Rate>,
    /// The largest body; `None` means the application's default.
    pub max_body: Option<ByteSize>,
    /// The longest time an answer may take; `None` means the application's default.
    pub timeout: Option<Duration>,
    /// The longest time that the body may take to come, from when it is first asked for; `None` means the application's default.
    pub body_timeout: Option<Duration>,
    /// How many requests may be under way at once, each from its authorization to the end of its answer; `None` means any
    /// number.
    pub concurrency: Option<NonZeroU32>,
    /// A body may be coded with gzip (RFC 9110 §8.4.1.3). [`Policy::max_body`] holds for what comes in and for what comes
    /// out.
    pub gzip: bool,
    /// The credential must be bound to a key that its sender proves to have: DPoP (RFC 9449), or a client certificate
    /// (RFC 8705). A bearer token is refused.
    pub sender_constrained: bool,
}

impl Policy {
    /// What holds where nothing is stated: some caller, and the application's defaults.
    pub const UNSTATED: Self = Self::new(
        "",
        Access::Caller {
            scope: None,
            role: None,
        },
    );

    /// A policy that says who may call and nothing else. What is stated is added by the functions below, as expansions do:
    /// the compiler reads a call sooner than a field.
    #[must_use]
    pub const fn new(endpoint: &'static str, access: Access) -> Self {
        Self {
            endpoint,
            route: None,
            access,
            bindings: List::EMPTY,
            condition: None,
            rates: List::EMPTY,
            max_body: None,
            timeout: None,
            body_timeout: None,
            concurrency: None,
            gzip: false,
            sender_constrained: false,
        }
    }

    /// With a [`route`](Self::route).
    #[must_use]
    pub const fn at(mut self, method: Method, path: &'static str) -> Self {
        self.route = Some(Route { method, path });
        self
    }

    /// With one of [`bindings`](Self::bindings), without options.
    #[must_use]
    pub const fn bound(self, kind: BindingKind, value: &'static str, source: Source) -> Self {
        let (or_scope, hidden) = (None, false);
        self.with_bindings(List::one(Binding {
            kind,
            value,
            source,
            or_scope,
            hidden,
        }))
    }

    /// With [`bindings`](Self::bindings).
    #[must_use]
    pub const fn bound_by(self, bindings: &'static [Binding]) -> Self {
        self.with_bindings(List::many(bindings))
    }

    const fn with_bindings(mut self, bindings: List<Binding>) -> Self {
        // Nothing is dropped while compiling, and there is nothing in it.
        mem::forget(mem::replace(&mut self.bindings, bindings));
        self
    }

    /// With a [`condition`](Self::condition).
    #[must_use]
    pub const fn when(mut self, source: &'static str, mentions: &'static [Mention]) -> Self {
        self.condition = Some(Condition { source, mentions });
        self
    }

    /// With one of [`rates`](Self::rates).
    #[must_use]
    pub const fn limited(mut self, rate: Rate) -> Self {
        self.rates = List::one(rate);
        self
    }

    /// With [`rates`](Self::rates).
    #[must_use]
    pub const fn limited_by(mut self, rates: &'static [Rate]) -> Self {
        self.rates = List::many(rates);
        self
    }

    /// With [`max_body`](Self::max_body), in bytes.
    ///
    /// # Panics
    ///
    /// While compiling, on a size that [`ByteSize::new`] refuses.
    #[must_use]
    pub const fn with_max_body(mut self, bytes: u64) -> Self {
        self.max_body = Some(ByteSize::new(bytes));
        self
    }

    /// With a [`timeout`](Self::timeout).
    #[must_use]
    pub const fn within(mut self, seconds: u64, nanoseconds: u32) -> Self {
        self.timeout = Some(Duration::new(seconds, nanoseconds));
        self
    }

    /// With a [`body_timeout`](Self::body_timeout).
    #[must_use]
    pub const fn with_body_within(mut self, seconds: u64, nanoseconds: u32) -> Self {
        self.body_timeout = Some(Duration::new(seconds, nanoseconds));
        self
    }

    /// With a [`concurrency`](Self::concurrency).
    ///
    /// # Panics
    ///
    /// While compiling, on zero, which would admit nobody.
    #[must_use]
    pub const fn at_once(mut self, count: u32) -> Self {
        assert!(count > 0, "a concurrency of zero");
        self.concurrency = NonZeroU32::new(count);
        self
    }

    /// With [`gzip`](Self::gzip), or without.
    #[must_use]
    pub const fn with_gzip(mut self, gzip: bool) -> Self {
        self.gzip = gzip;
        self
    }

    /// With [`sender_constrained`](Self::sender_constrained) set.
    #[must_use]
    pub const fn for_bound_credentials(mut self) -> Self {
        self.sender_constrained = true;
        self
    }

    /// Is this parameter of the path, as the handler takes it from there, bound to a caller, declared shared, or part of
    /// the condition? A value of the same name in the body is another value.
    #[must_use]
    pub fn covers(&self, parameter: &str) -> bool {
        let is_it = |name: &str, source| name == parameter && source == Source::Path;
        let mentions = self.condition.iter().flat_map(|condition| condition.mentions);
        let bound = self
            .bindings
            .iter()
            .any(|binding| is_it(binding.name(), binding.source));
        bound || mentions.copied().any(|mention| is_it(mention.name, mention.source))
    }
}

/// A request's method and path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path, in axum's syntax.
    pub path: &'static str,
}

/// The methods an endpoint can answer. `Get` answers HEAD as well, with the same checks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// GET, and HEAD.
    Get,
    /// POST.
    Post,
    /// PUT.
    Put,
    /// PATCH.
    Patch,
    /// DELETE.
    Delete,
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 5] = [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete];

    /// The name on the wire.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Who may call an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody; nobody is asked who they are.
    Public {
        /// Why, for the reader of the manifest.
        reason: &'static str,
    },
    /// Anybody; who presents a credential must present a good one.
    Optional,
    /// Any caller with a valid credential, who also has what is named here.
    Caller {
        /// Scopes of the token.
        scope: Option<Expr>,
        /// Roles of the user.
        role: Option<Expr>,
    },
}

/// Ties an identifier in the request to the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// To what.
    pub kind: BindingKind,
    /// The value that is compared, as written: `user_id`, or `request.user_id`.
    pub value: &'static str,
    /// From which part of the request the handler takes it.
    pub source: Source,
    /// Scopes that let a caller through who is not the owner.
    pub or_scope: Option<Expr>,
    /// Answer 404 instead of 403, so that nobody learns that the object exists.
    pub hidden: bool,
}

impl Binding {
    /// The last part of [`Binding::value`], which is the name of the path's parameter.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.value.rsplit('.').next().unwrap_or(self.value)
    }
}

/// What a [`Binding`] compares with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BindingKind {
    /// The caller's subject.
    Owner,
    /// The caller's tenant.
    Tenant,
    /// Nothing: the identifier belongs to nobody in particular.
    Shared,
}

impl BindingKind {
    /// The key in the attribute.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Tenant => "tenant",
            Self::Shared => "shared",
        }
    }
}

/// Where an argument of a handler comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// The path.
    Path,
    /// The query.
    Query,
    /// The body.
    Body,
    /// Anything else: headers, state, the caller.
    Other,
}

/// A condition over the arguments and the caller, checked by rustc.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Condition {
    /// As written.
    pub source: &'static str,
    /// The arguments it mentions.
    pub mentions: &'static [Mention],
}

/// A handler's variable that a [`Condition`] mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Its name.
    pub name: &'static str,
    /// From which part of the request it comes.
    pub source: Source,
}
