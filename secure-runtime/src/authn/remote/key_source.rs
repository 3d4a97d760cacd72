use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use super::error::{RemoteError, What};
use super::fetch::Fetcher;
use super::flights::{Flight, Flights};
use super::metadata::MetadataSource;
use super::place::Place;
use crate::authn::jwt::{KeySet, SignatureAlgorithm};
use crate::clock::Clock;

/// What the server says of freshness counts within these bounds.
const LEAST_FRESH: Duration = Duration::from_secs(5 * 60);
const MOST_FRESH: Duration = Duration::from_secs(24 * 3600);
/// And if it says nothing, this.
const USUALLY_FRESH: Duration = Duration::from_secs(3600);
/// Between the attempts of a start-up.
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// The keys of one issuer, kept up to date. Cheap to clone.
///
/// A set is *fresh* for as long as the server says, within 5 min and 24 h, and for 1 h if it says nothing. After that it
/// still serves while one refresh runs beside the requests, until it is older by [`last_good`](Settings::last_good). From
/// then on requests wait for the refresh. No lock is held while anything is fetched.
#[derive(Clone)]
pub(crate) struct KeySource(Arc<Source>);

pub(super) struct Settings {
    pub(super) algorithms: Vec<SignatureAlgorithm>,
    pub(super) last_good: Duration,
    /// From the end of a refresh, good or not, until the next may begin.
    pub(super) cooldown: Duration,
    /// For how long a start-up tries.
    pub(super) startup_wait: Duration,
}

/// Where the set is.
pub(super) enum Whereabouts {
    Discovered(MetadataSource),
    Given(Place),
}

struct Source {
    issuer: String,
    whereabouts: Whereabouts,
    settings: Settings,
    fetcher: Arc<Fetcher>,
    clock: Clock,
    state: RwLock<State>,
    flights: Flights<(), Result<Arc<KeySet>, RemoteError>>,
}

#[derive(Clone, Default)]
struct State {
    present: Option<Present>,
    /// When the last refresh ended, and how, if it failed.
    ended: Option<Duration>,
    failure: Option<RemoteError>,
}

#[derive(Clone)]
struct Present {
    set: Arc<KeySet>,
    fresh_until: Duration,
    good_until: Duration,
}

impl KeySource {
    pub(super) fn new(
        issuer: String,
        whereabouts: Whereabouts,
        settings: Settings,
        fetcher: Arc<Fetcher>,
        clock: Clock,
    ) -> Self {
        Self(Arc::new(Source {
            issuer,
            whereabouts,
            settings,
            fetcher,
            clock,
            state: RwLock::default(),
            flights: Flights::new(),
        }))
    }

    /// Fetches the keys for the first time, for the start of an application. It tries again until they are there or the time
    /// for it is over, but not where only another configuration could help (K1).
    ///
    /// # Errors
    ///
    /// What failed last.
    pub(crate) async fn ready(&self) -> Result<(), RemoteError> {
        let attempts = async {
            let mut pause = FIRST_PAUSE;
            loop {
                if self.0.state().usable(self.0.clock.monotonic()).is_some() {
                    return Ok(());
                }
                match self.landed(self.refresh_now()).await {
                    Ok(_) => return Ok(()),
                    Err(error) if error.is_lasting() => return Err(error),
                    Err(_) => tokio::time::sleep(pause).await,
                }
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        };
        let in_time = tokio::time::timeout(self.0.settings.startup_wait, attempts).await;
        in_time.unwrap_or_else(|_| Err(self.0.state().failure.unwrap_or(RemoteError::Stopped)))
    }

    /// The keys for a token that names this `kid`, or none.
    ///
    /// Whoever names a key that is there waits for nothing while the set is good. A `kid` that is not there waits for one
    /// refresh, which all share; after it, for the time of the cooldown, the answer is the set as it is.
    ///
    /// # Errors
    ///
    /// There is no set that is good, and none can be had: the token can be neither accepted nor refused.
    pub(crate) async fn keys(&self, kid: Option<&str>) -> Result<Arc<KeySet>, RemoteError> {
        if let Some(set) = self.present(kid) {
            return Ok(set);
        }
        let state = self.0.state();
        match (self.refresh(), state.usable(self.0.clock.monotonic())) {
            (None, _) => self.0.settled(),
            (Some(flight), None) => self.landed(flight).await,
            // If that fails, the set until now is still good, and does not have the key.
            (Some(flight), Some(present)) => Ok(self.landed(flight).await.unwrap_or_else(|_| Arc::clone(&present.set))),
        }
    }

    /// The same without waiting: `None` where there is no set that is good, or none with this `kid`.
    pub(crate) fn present(&self, kid: Option<&str>) -> Option<Arc<KeySet>> {
        let now = self.0.clock.monotonic();
        let state = self.0.state();
        let present = state.usable(now)?;
        if kid.is_some_and(|kid| !present.set.has(kid)) {
            return None;
        }
        if now >= present.fresh_until {
            // It goes on by itself; nobody waits for it.
            self.refresh();
        }
        Some(Arc::clone(&present.set))
    }

    #[cfg(test)]
    pub(super) fn is_refreshing(&self) -> bool {
        !self.0.flights.is_idle()
    }

    async fn landed(&self, flight: Flight<Result<Arc<KeySet>, RemoteError>>) -> Result<Arc<KeySet>, RemoteError> {
        flight.landed().await.unwrap_or(Err(RemoteError::Stopped))
    }

    /// The refresh that is under way, or a new one, unless the last ended just now.
    fn refresh(&self) -> Option<Flight<Result<Arc<KeySet>, RemoteError>>> {
        let decide = || {
            if self.0.is_cooling() {
                Err(())
            } else {
                Ok(self.clone().run())
            }
        };
        self.0.flights.join((), decide).ok()
    }

    fn refresh_now(&self) -> Flight<Result<Arc<KeySet>, RemoteError>> {
        let Ok(flight) = self
            .0
            .flights
            .join((), || Ok::<_, std::convert::Infallible>(self.clone().run()));
        flight
    }

    async fn run(self) -> Result<Arc<KeySet>, RemoteError> {
        let fetched = self.0.fetch().await;
        let now = self.0.clock.monotonic();
        let mut state = self.0.state.write().unwrap_or_else(PoisonError::into_inner);
        state.ended = Some(now);
        state.failure = fetched.as_ref().err().copied();
        let (set, fresh_for) = match fetched {
            Ok(fetched) => fetched,
            Err(error) => {
                drop(state);
                tracing::warn!(
                    target: "secure::authn",
                    issuer = %self.0.issuer,
                    cause = %error,
                    "the keys of an issuer could not be refreshed"
                );
                return Err(error);
            }
        };
        let fresh_until = now.saturating_add(fresh_for);
        state.present = Some(Present {
            set: Arc::clone(&set),
            fresh_until,
            good_until: fresh_until.saturating_add(self.0.settings.last_good),
        });
        Ok(set)
    }
}

impl Source {
    fn state(&self) -> State {
        self.state.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The state after a refresh that ended just now.
    fn settled(&self) -> Result<Arc<KeySet>, RemoteError> {
        let state = self.state();
        let set = state
            .usable(self.clock.monotonic())
            .map(|present| Arc::clone(&present.set));
        set.ok_or(state.failure.unwrap_or(RemoteError::Stopped))
    }

    fn is_cooling(&self) -> bool {
        let until = self
            .state()
            .ended
            .map(|ended| ended.saturating_add(self.settings.cooldown));
        until.is_some_and(|until| self.clock.monotonic() < until)
    }

    async fn fetch(&self) -> Result<(Arc<KeySet>, Duration), RemoteError> {
        let place = match &self.whereabouts {
            Whereabouts::Given(place) => place.clone(),
            Whereabouts::Discovered(metadata) => metadata.place(What::Keys).await?,
        };
        let read = self.read(&place).await;
        if let (Err(_), Whereabouts::Discovered(metadata)) = (&read, &self.whereabouts) {
            metadata.doubt();
        }
        read
    }

    async fn read(&self, place: &Place) -> Result<(Arc<KeySet>, Duration), RemoteError> {
        let fetched = self.fetcher.get(place).await;
        let fetched = fetched.map_err(|fault| RemoteError::Fetch(What::Keys, fault))?;
        let before = self.state().present.map(|present| present.set);
        let set = KeySet::read(&fetched.body, &self.settings.algorithms, before.as_deref());
        let set = Arc::new(set.map_err(RemoteError::KeySet)?);
        let fresh_for = fetched
            .max_age
            .map_or(USUALLY_FRESH, |age| age.clamp(LEAST_FRESH, MOST_FRESH));
        // The same keys stay the same set.
        let same = before.filter(|before| before.generation == set.generation);
        Ok((same.unwrap_or(set), fresh_for))
    }
}

impl State {
    fn usable(&self, now: Duration) -> Option<&Present> {
        self.present.as_ref().filter(|present| now < present.good_until)
    }
}

impl fmt::Debug for KeySource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeySource")
            .field("issuer", &self.0.issuer)
            .finish_non_exhaustive()
    }
}
