use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use super::discovery::{Issuer, Metadata, discover};
use super::error::{RemoteError, What};
use super::fetch::Fetcher;
use super::flights::Flights;
use super::place::Place;
use crate::clock::Clock;

/// How long metadata is good for, and for how much longer it serves while no newer can be had.
const FRESH: Duration = Duration::from_secs(24 * 3600);
const GRACE: Duration = Duration::from_secs(24 * 3600);
/// Metadata whose addresses do not answer is not asked for again before this time has passed.
const PAUSE: Duration = Duration::from_secs(30);

/// The metadata of an issuer, fetched when it is needed and once for all who need it.
#[derive(Clone)]
pub(super) struct MetadataSource(Arc<Source>);

struct Source {
    issuer: Issuer,
    fetcher: Arc<Fetcher>,
    clock: Clock,
    present: RwLock<Option<Present>>,
    flights: Flights<(), Result<Arc<Metadata>, RemoteError>>,
}

struct Present {
    metadata: Arc<Metadata>,
    since: Duration,
    /// Until then nobody asks again.
    settled_until: Duration,
}

impl MetadataSource {
    pub(super) fn new(issuer: Issuer, fetcher: Arc<Fetcher>, clock: Clock) -> Self {
        Self(Arc::new(Source {
            issuer,
            fetcher,
            clock,
            present: RwLock::new(None),
            flights: Flights::new(),
        }))
    }

    /// Where this is, as the metadata has it.
    pub(super) async fn place(&self, what: What) -> Result<Place, RemoteError> {
        let metadata = self.get().await?;
        let address = match what {
            What::Keys => metadata.jwks_uri.as_ref(),
            What::Introspection => metadata.introspection_endpoint.as_ref(),
            What::Metadata => None,
        };
        let place = address.ok_or(RemoteError::NoPlace(what)).and_then(|address| {
            Place::named_by(&self.0.issuer.place, address).map_err(|fault| RemoteError::Place(what, fault))
        });
        if place.is_err() {
            self.doubt();
        }
        place
    }

    /// What it names did not answer, or it names nothing: this may have been mended.
    pub(super) fn doubt(&self) {
        let mut present = self.0.present.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(present) = present.as_mut() {
            present.settled_until = present.settled_until.min(present.since.saturating_add(PAUSE));
        }
    }

    async fn get(&self) -> Result<Arc<Metadata>, RemoteError> {
        let flight = self.0.flights.join((), || match self.0.settled() {
            Some(metadata) => Err(metadata),
            None => Ok(self.clone().fetch()),
        });
        match flight {
            Err(metadata) => Ok(metadata),
            Ok(flight) => flight.landed().await.unwrap_or(Err(RemoteError::Stopped)),
        }
    }

    async fn fetch(self) -> Result<Arc<Metadata>, RemoteError> {
        let source = &self.0;
        let discovered = discover(&source.fetcher, &source.issuer).await;
        let now = source.clock.monotonic();
        let mut present = source.present.write().unwrap_or_else(PoisonError::into_inner);
        match discovered {
            Ok(metadata) => {
                let metadata = Arc::new(metadata);
                *present = Some(Present {
                    metadata: Arc::clone(&metadata),
                    since: now,
                    settled_until: now.saturating_add(FRESH),
                });
                Ok(metadata)
            }
            Err(error) => {
                let kept = present.as_mut().filter(|present| {
                    let is_good = now < present.since.saturating_add(FRESH + GRACE);
                    is_good && !error.is_lasting()
                });
                let kept = kept.ok_or(error)?;
                kept.settled_until = now.saturating_add(PAUSE);
                Ok(Arc::clone(&kept.metadata))
            }
        }
    }
}

impl Source {
    fn settled(&self) -> Option<Arc<Metadata>> {
        let present = self.present.read().unwrap_or_else(PoisonError::into_inner);
        let present = present.as_ref()?;
        (self.clock.monotonic() < present.settled_until).then(|| Arc::clone(&present.metadata))
    }
}
