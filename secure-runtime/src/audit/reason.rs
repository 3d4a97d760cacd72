/// Why the gate refused a request, for the audit event and as the label of a metric.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Reason {
    /// No credential where one is needed.
    CredentialMissing,
    /// A credential that does not verify.
    CredentialInvalid,
    /// More than one credential, or one in a forbidden place.
    CredentialAmbiguous,
    /// A proof of possession without the nonce that is asked for.
    Nonce,
    /// What knows of the credential is away: an issuer, a store.
    Unavailable,
    /// A limit was exceeded.
    Rate,
    /// There were too many failed attempts.
    LockedOut,
    /// The header section is too large.
    HeaderSize,
    /// The token lacks a scope.
    Scope,
    /// The caller lacks a role.
    Role,
    /// The object belongs to somebody else.
    Owner,
    /// The object belongs to another tenant.
    Tenant,
    /// There is no object of this identifier.
    Absent,
    /// The endpoint's condition does not hold.
    Condition,
    /// The token lacks claims that the handler asks for.
    Claims,
    /// The input has a member that the caller may not set.
    Member,
    /// The input is malformed or breaks a rule.
    Input,
    /// The body is in a format that the endpoint does not read.
    MediaType,
    /// The body is too large.
    BodySize,
    /// The method is not the endpoint's.
    Method,
    /// The time for the answer ran out.
    Timeout,
    /// The endpoint has as many requests under way as it may.
    Busy,
    /// The application has as many requests under way as it may.
    Overload,
    /// The client went away.
    Cancelled,
    /// Something panicked.
    Panic,
    /// A check could not be carried out.
    Broken,
}

impl Reason {
    /// Every reason, in the order of their declaration.
    pub const ALL: [Self; 26] = [
        Self::CredentialMissing,
        Self::CredentialInvalid,
        Self::CredentialAmbiguous,
        Self::Nonce,
        Self::Unavailable,
        Self::Rate,
        Self::LockedOut,
        Self::HeaderSize,
        Self::Scope,
        Self::Role,
        Self::Owner,
        Self::Tenant,
        Self::Absent,
        Self::Condition,
        Self::Claims,
        Self::Member,
        Self::Input,
        Self::MediaType,
        Self::BodySize,
        Self::Method,
        Self::Timeout,
        Self::Busy,
        Self::Overload,
        Self::Cancelled,
        Self::Panic,
        Self::Broken,
    ];

    /// The label.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CredentialMissing => "credential_missing",
            Self::CredentialInvalid => "credential_invalid",
            Self::CredentialAmbiguous => "credential_ambiguous",
            Self::Nonce => "nonce",
            Self::Unavailable => "unavailable",
            Self::Rate => "rate",
            Self::LockedOut => "locked_out",
            Self::HeaderSize => "header_size",
            Self::Scope => "scope",
            Self::Role => "role",
            Self::Owner => "owner",
            Self::Tenant => "tenant",
            Self::Absent => "absent",
            Self::Condition => "condition",
            Self::Claims => "claims",
            Self::Member => "member",
            Self::Input => "input",
            Self::MediaType => "media_type",
            Self::BodySize => "body_size",
            Self::Method => "method",
            Self::Timeout => "timeout",
            Self::Busy => "busy",
            Self::Overload => "overload",
            Self::Cancelled => "cancelled",
            Self::Panic => "panic",
            Self::Broken => "broken",
        }
    }

    /// The event's name in the OWASP logging vocabulary.
    #[must_use]
    pub const fn event(self) -> &'static str {
        match self {
            Self::CredentialMissing | Self::CredentialInvalid | Self::CredentialAmbiguous | Self::Nonce => {
                "authn_token_fail"
            }
            Self::Rate => "excess_rate_limit_exceeded",
            Self::LockedOut => "authn_login_lock",
            Self::Scope
            | Self::Role
            | Self::Owner
            | Self::Tenant
            | Self::Absent
            | Self::Condition
            | Self::Claims
            | Self::Member => "authz_fail",
            Self::HeaderSize | Self::Input | Self::MediaType | Self::BodySize | Self::Method => "input_validation_fail",
            // The vocabulary has no word for these four.
            Self::Unavailable => "sys_unavailable",
            Self::Timeout => "sys_timeout",
            Self::Busy | Self::Overload => "sys_overload",
            Self::Cancelled => "sys_cancelled",
            Self::Panic | Self::Broken => "sys_crash",
        }
    }
}
