/// Whose requests are counted together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Per {
    /// The authenticated caller; where there is none, the address.
    #[default]
    Caller,
    /// The client: the application that a token was issued to. A caller without one counts as itself.
    Client,
    /// The API key. A caller who comes without one counts as itself.
    ApiKey,
    /// The caller's tenant. A caller without one counts as itself.
    Tenant,
    /// The client's address, IPv6 by its prefix.
    Ip,
    /// All requests to the endpoint; with a [name](crate::Rate::named), to all endpoints that have the limit.
    Endpoint,
    /// All requests to all endpoints that have the same limit.
    Service,
}

impl Per {
    /// Every value, for messages.
    pub const ALL: [Self; 7] = [
        Self::Caller,
        Self::Client,
        Self::ApiKey,
        Self::Tenant,
        Self::Ip,
        Self::Endpoint,
        Self::Service,
    ];

    /// The word in the attribute, and the name of the policy in the `RateLimit` headers.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Caller => "caller",
            Self::Client => "client",
            Self::ApiKey => "api_key",
            Self::Tenant => "tenant",
            Self::Ip => "ip",
            Self::Endpoint => "endpoint",
            Self::Service => "service",
        }
    }

    /// The value of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|per| per.as_str() == name)
    }

    /// Is it only known of an authenticated caller?
    #[must_use]
    pub const fn needs_caller(self) -> bool {
        matches!(self, Self::Client | Self::ApiKey | Self::Tenant)
    }
}

/// How requests are counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// A leaky bucket, the generic cell rate algorithm: an even pace, with a burst.
    #[default]
    Gcra,
    /// The count of the window before, weighted by how much of it still lies within a window's length, and that of this
    /// one: no more than about the count in any window, and all of it at once.
    SlidingWindow,
    /// The count of this window, which begins anew at once: for a day at midnight UTC.
    FixedQuota,
}

impl Algorithm {
    /// Every value, for messages.
    pub const ALL: [Self; 3] = [Self::Gcra, Self::SlidingWindow, Self::FixedQuota];

    /// The word in the attribute.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Gcra => "gcra",
            Self::SlidingWindow => "sliding_window",
            Self::FixedQuota => "fixed_quota",
        }
    }

    /// The value of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.as_str() == name)
    }
}
