use std::hash::{Hash, Hasher};

use secure_policy::Per;

use super::table::Room;
use crate::address::Origin;
use crate::authn::{Identity, Means, Principal};

/// Whose bucket a request draws from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bucket<'r> {
    Caller {
        issuer: &'r str,
        subject: &'r str,
        /// Of these two.
        identity: Identity,
    },
    Client {
        issuer: &'r str,
        client: &'r str,
    },
    ApiKey {
        issuer: &'r str,
        id: &'r str,
    },
    Tenant {
        issuer: &'r str,
        tenant: &'r str,
    },
    Address(Origin),
    /// Who somebody claims to be, whether or not there is such a one.
    Claimed(&'r str),
    /// The same, from this address.
    ClaimedFrom(&'r str, Origin),
    /// Everybody's.
    Everyone,
}

impl<'r> Bucket<'r> {
    /// Where there is no caller, the origin takes its place; a caller who lacks what is counted by counts as itself.
    #[inline]
    pub(crate) fn of(per: Per, caller: Option<&'r Principal>, origin: Origin) -> Self {
        if matches!(per, Per::Endpoint | Per::Service) {
            return Self::Everyone;
        }
        let Some(caller) = caller.filter(|_| per != Per::Ip) else {
            return Self::Address(origin);
        };
        let issuer = caller.issuer();
        let own = match per {
            Per::Client => caller.client_id().map(|client| Self::Client { issuer, client }),
            Per::ApiKey if caller.verified().means == Means::ApiKey => {
                caller.token_id().map(|id| Self::ApiKey { issuer, id })
            }
            Per::Tenant => caller.tenant().map(|tenant| Self::Tenant { issuer, tenant }),
            _ => None,
        };
        own.unwrap_or(Self::Caller {
            issuer,
            subject: caller.subject(),
            identity: caller.identity(),
        })
    }

    #[inline]
    pub(crate) fn of_limit(self, limit: u64) -> OfLimit<'r> {
        OfLimit { limit, bucket: self }
    }

    #[inline]
    pub(crate) fn room(&self) -> Room {
        match self {
            Self::Address(_) => Room::Addresses,
            Self::Claimed(_) | Self::ClaimedFrom(..) => Room::Failures,
            _ => Room::Callers,
        }
    }

    /// The bucket that it is kept beside in a cluster, where one step reaches no further: attempts draw from both of theirs.
    #[cfg(feature = "redis")]
    pub(crate) fn home(self) -> Self {
        match self {
            Self::ClaimedFrom(who, _) => Self::Claimed(who),
            own => own,
        }
    }

    /// Its bytes, of which no two buckets have the same, for a keyed hash that several instances share.
    #[cfg(feature = "redis")]
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut address = [0; 16];
        let (tag, parts): (u8, [&[u8]; 2]) = match self {
            Self::Caller { issuer, subject, .. } => (1, [issuer.as_bytes(), subject.as_bytes()]),
            Self::Client { issuer, client } => (2, [issuer.as_bytes(), client.as_bytes()]),
            Self::ApiKey { issuer, id } => (3, [issuer.as_bytes(), id.as_bytes()]),
            Self::Tenant { issuer, tenant } => (4, [issuer.as_bytes(), tenant.as_bytes()]),
            Self::Address(of) => (5, [octets(of.address(), &mut address), &[]]),
            Self::Claimed(who) => (6, [who.as_bytes(), &[]]),
            Self::ClaimedFrom(who, from) => (7, [who.as_bytes(), octets(from.address(), &mut address)]),
            Self::Everyone => (8, [&[], &[]]),
        };
        let mut bytes = vec![tag];
        for part in parts {
            bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
            bytes.extend_from_slice(part);
        }
        bytes
    }
}

/// A bucket of one limit, to be hashed.
pub(crate) struct OfLimit<'b> {
    limit: u64,
    bucket: Bucket<'b>,
}

impl Hash for OfLimit<'_> {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.limit.hash(state);
        std::mem::discriminant(&self.bucket).hash(state);
        match self.bucket {
            Bucket::Caller { identity, .. } => identity.bits().hash(state),
            Bucket::Everyone => {}
            Bucket::Client { issuer, client } => (issuer, client).hash(state),
            Bucket::ApiKey { issuer, id } => (issuer, id).hash(state),
            Bucket::Tenant { issuer, tenant } => (issuer, tenant).hash(state),
            Bucket::Address(of) => of.hash(state),
            Bucket::Claimed(who) => who.hash(state),
            Bucket::ClaimedFrom(who, from) => (who, from).hash(state),
        }
    }
}

#[cfg(feature = "redis")]
fn octets(address: std::net::IpAddr, into: &mut [u8; 16]) -> &[u8] {
    match address {
        std::net::IpAddr::V4(v4) => {
            let (four, _) = into.split_at_mut(4);
            four.copy_from_slice(&v4.octets());
            four
        }
        std::net::IpAddr::V6(v6) => {
            *into = v6.octets();
            into
        }
    }
}

#[cfg(test)]
#[cfg(feature = "testing")]
mod tests {
    use super::*;
    use crate::limit::Table;

    #[test]
    fn every_part_of_a_bucket_tells_it_from_all_others() {
        let origin = Origin::LOOPBACK;
        let caller = |issuer, subject| Bucket::Caller {
            issuer,
            subject,
            identity: Identity::of(issuer, subject),
        };
        let buckets = [
            caller("a", "b"),
            caller("a", "c"),
            caller("d", "b"),
            caller("ab", ""),
            caller("", "ab"),
            Bucket::Client {
                issuer: "a",
                client: "b",
            },
            Bucket::Client {
                issuer: "d",
                client: "b",
            },
            Bucket::ApiKey { issuer: "a", id: "b" },
            Bucket::Tenant {
                issuer: "a",
                tenant: "b",
            },
            Bucket::Address(origin),
            Bucket::Claimed("b"),
            Bucket::ClaimedFrom("b", origin),
            Bucket::Everyone,
        ];
        let table = Table::new(1000);
        let key = |bucket: Bucket<'_>, limit| table.key(Room::Callers, bucket.of_limit(limit));
        let all: Vec<_> = buckets
            .iter()
            .flat_map(|bucket| [1, 2].map(|limit| key(*bucket, limit)))
            .collect();
        for (i, one) in all.iter().enumerate() {
            assert!(all.iter().skip(i + 1).all(|other| one != other), "{:?}", buckets[i / 2]);
        }
        assert_eq!(all[0], key(caller("a", "b"), 1));
    }
}
