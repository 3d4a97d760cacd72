use std::net::IpAddr;

use axum::extract::OriginalUri;
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, StatusCode};

#[cfg(feature = "mtls")]
use super::certificate::TrustedPeers;
use super::certificate::{ClientCertificate, check_binding};
use super::credential::{Scheme, Token, invalid};
use super::dpop::{ProofRequest, ProofVerifier, Refused, check_bearer};
use super::principal::Principal;
use super::{Challenge, unavailable};
use crate::Problem;
use crate::audit::Reason;

/// RFC 9449 §8.1.
pub(crate) const DPOP_NONCE: HeaderName = HeaderName::from_static("dpop-nonce");

/// What proves that the sender of a token has the key that the token is bound to.
pub(super) struct Possession {
    pub(super) proofs: Option<ProofVerifier>,
    #[cfg(feature = "mtls")]
    pub(super) peers: Option<TrustedPeers>,
}

/// Where the client's certificate is found, if it has one: most requests need not look.
pub(super) enum Certificate<'r> {
    #[cfg(feature = "mtls")]
    Forwarded(Option<ClientCertificate>),
    OfConnection(&'r Parts),
}

impl Certificate<'_> {
    pub(super) fn get(&self) -> Option<&ClientCertificate> {
        match self {
            #[cfg(feature = "mtls")]
            Self::Forwarded(certificate) => certificate.as_ref(),
            Self::OfConnection(parts) => parts.extensions.get(),
        }
    }
}

impl Possession {
    /// The algorithms of proofs, separated by spaces, where proofs are taken.
    pub(super) fn algorithms(&self) -> Option<&str> {
        self.proofs.as_ref().map(ProofVerifier::algorithms)
    }

    /// The nonce for the next proof, where one is asked for.
    pub(super) fn nonce(&self) -> Option<HeaderValue> {
        self.proofs.as_ref().and_then(ProofVerifier::nonce)
    }

    /// The client's certificate, as the connection has it or a trusted proxy says. `peer` is the other end of the connection.
    ///
    /// # Errors
    ///
    /// 400 where it cannot be said whose the certificate is.
    pub(super) fn certificate<'r>(
        &self,
        parts: &'r Parts,
        #[cfg_attr(not(feature = "mtls"), expect(unused_variables))] peer: Option<IpAddr>,
    ) -> Result<Certificate<'r>, Problem> {
        #[cfg(feature = "mtls")]
        if let Some(peers) = &self.peers {
            let refused =
                |detail| Problem::refusal(StatusCode::BAD_REQUEST, Reason::CredentialAmbiguous).detail(detail);
            return peers
                .certificate(parts, peer)
                .map(Certificate::Forwarded)
                .map_err(refused);
        }
        Ok(Certificate::OfConnection(parts))
    }

    /// Is the scheme taken?
    pub(super) fn takes(&self, scheme: Scheme) -> bool {
        scheme == Scheme::Bearer || self.proofs.is_some()
    }

    /// The proofs that a token asks for which was sent without one.
    ///
    /// # Errors
    ///
    /// 401 `invalid_token`, if it asks for one.
    pub(super) fn check_bearer(&self, caller: &Principal, certificate: &Certificate<'_>) -> Result<(), Problem> {
        check_bearer(self.check_certificate(caller, certificate)?).map_err(refusal)
    }

    /// The proofs that a verified token asks for, each time that it is sent. Gives the nonce for the answer, if any.
    ///
    /// # Errors
    ///
    /// 401 `invalid_token`, `invalid_dpop_proof` or `use_dpop_nonce`; 503 where that cannot be found out.
    pub(super) async fn check_proof(
        &self,
        parts: &Parts,
        token: Token<'_>,
        caller: &Principal,
        certificate: &Certificate<'_>,
    ) -> Result<Option<HeaderValue>, Problem> {
        let jkt = self.check_certificate(caller, certificate)?;
        let Some(proofs) = &self.proofs else {
            return check_bearer(jkt).map(|()| None).map_err(refusal);
        };
        // Below a router that is nested, the path is cut; the client's own is the original one.
        let uri = parts
            .extensions
            .get::<OriginalUri>()
            .map_or(&parts.uri, |original| &original.0);
        let request = ProofRequest {
            headers: &parts.headers,
            method: &parts.method,
            path: uri.path(),
        };
        let accepted = proofs.check(&request, token.text()?, jkt).await.map_err(refusal)?;
        Ok(accepted.nonce)
    }

    /// The certificate that the token is bound to, if it is; gives the key that it is bound to besides.
    fn check_certificate<'c>(
        &self,
        caller: &'c Principal,
        certificate: &Certificate<'_>,
    ) -> Result<Option<&'c str>, Problem> {
        let Some(bound) = &caller.verified().confirmation else {
            return Ok(None);
        };
        check_binding(bound.x5t_s256.as_deref(), certificate.get()).map_err(invalid)?;
        Ok(bound.jkt.as_deref())
    }
}

fn refusal(refused: Refused) -> Problem {
    let Some((code, description)) = refused.error() else {
        return match refused {
            Refused::Unavailable(cause) => unavailable(cause),
            _ => Problem::broken("a refused proof without a reason"),
        };
    };
    let reason = match &refused {
        // That is how a client learns of the nonce, and no guess.
        Refused::Nonce(_) => Reason::Nonce,
        _ => Reason::CredentialInvalid,
    };
    let problem = Problem::refusal(StatusCode::UNAUTHORIZED, reason)
        .detail(description)
        .challenge(Challenge::error(code, description));
    match refused {
        Refused::Nonce(nonce) => problem.header(DPOP_NONCE, nonce),
        _ => problem,
    }
}
