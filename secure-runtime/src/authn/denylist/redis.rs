use super::{KEPT_LONGER, Presented, is_earlier};
use crate::Redis;
use crate::authn::{Unavailable, digest::of_parts};
use crate::clock::Clock;

/// The longest time for which a denial is kept, in seconds: 10 years.
const LONGEST: f64 = 10.0 * 365.0 * 86_400.0;

/// Keeps an entry for the longer of two times, so that a second denial never shortens the first.
const DENY: &str = r"
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then
    redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])
end
return 1";

/// The same, and the later of two moments.
const DENY_SUBJECT: &str = r"
local before = redis.call('GET', KEYS[1])
local moment = ARGV[2]
if before and tonumber(before) > tonumber(moment) then
    moment = before
end
local kept = math.max(redis.call('PTTL', KEYS[1]), tonumber(ARGV[1]))
redis.call('SET', KEYS[1], moment, 'PX', string.format('%.0f', kept))
return 1";

/// Tokens that were revoked before their time, for all instances that ask the same Redis.
///
/// It holds hashes of ids and subjects, each for as long as the token could be used, and an hour. Clones share it.
///
/// ```
/// use secure_runtime::{Redis, RedisDenylist};
///
/// # async fn revoke(jti: &str, expires_at: f64) -> Result<(), Box<dyn std::error::Error>> {
/// let denylist = RedisDenylist::new(Redis::open("redis://127.0.0.1:6379/0")?);
/// denylist.deny(jti, expires_at).await?;
/// # Ok(())
/// # }
/// ```
///
/// # Security
///
/// While Redis is away, every request with a token is answered with 503: whether it was revoked cannot be known.
#[derive(Clone, Debug)]
pub struct RedisDenylist {
    redis: Redis,
    clock: Clock,
}

impl RedisDenylist {
    /// The list in this Redis.
    #[must_use]
    pub fn new(redis: Redis) -> Self {
        Self {
            redis,
            clock: Clock::default(),
        }
    }

    /// By the clock that tokens are verified by.
    pub(crate) fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Refuses the token with this `jti` from now on, of whatever issuer. `expires_at` is its `exp`, in seconds since 1970.
    ///
    /// # Errors
    ///
    /// If Redis did not take it. The token may still be accepted, then.
    pub async fn deny(&self, jti: &str, expires_at: f64) -> Result<(), Unavailable> {
        let Some(milliseconds) = self.kept(expires_at) else {
            return Ok(());
        };
        let mut command = ::redis::cmd("EVAL");
        command.arg(DENY).arg(1).arg(self.token_key(jti)).arg(milliseconds);
        self.redis.ask::<()>(&command).await
    }

    /// Refuses from now on what this issuer issued for this subject before `issued_before`: tokens with an earlier `iat`, or
    /// without one. `expires_at` is when the last of them has expired, which is as long as the denial has to be kept. Both are
    /// in seconds since 1970.
    ///
    /// # Errors
    ///
    /// If Redis did not take it. The tokens may still be accepted, then.
    pub async fn deny_subject(
        &self,
        issuer: &str,
        subject: &str,
        issued_before: f64,
        expires_at: f64,
    ) -> Result<(), Unavailable> {
        let Some(milliseconds) = self.kept(expires_at) else {
            return Ok(());
        };
        // What is no moment is later than any; Lua and Rust read this number alike.
        let moment = if issued_before.is_finite() { issued_before } else { 1e15 };
        let mut command = ::redis::cmd("EVAL");
        command
            .arg(DENY_SUBJECT)
            .arg(1)
            .arg(self.subject_key(issuer, subject))
            .arg(milliseconds)
            .arg(format!("{moment}"));
        self.redis.ask::<()>(&command).await
    }

    /// One round trip.
    pub(crate) async fn refuses(&self, token: &Presented<'_>) -> Result<bool, Unavailable> {
        let mut keys = vec![self.subject_key(token.issuer, token.subject)];
        keys.extend(token.jti.map(|jti| self.token_key(jti)));
        let entries = self.redis.read(&keys).await?;
        let [subject, jti @ ..] = &entries[..] else {
            return Err(Unavailable::new("the denylist in Redis has another form"));
        };
        if jti.len() != usize::from(token.jti.is_some()) {
            return Err(Unavailable::new("the denylist in Redis has another form"));
        }
        if jti.iter().any(Option::is_some) {
            return Ok(true);
        }
        match subject {
            None => Ok(false),
            Some(moment) => match moment.parse() {
                Ok(moment) => Ok(is_earlier(token.iat, moment)),
                Err(_) => Err(Unavailable::new("the denylist in Redis has another form")),
            },
        }
    }

    /// In milliseconds from now, or nothing if it is over.
    fn kept(&self, expires_at: f64) -> Option<u64> {
        let seconds = expires_at + KEPT_LONGER - self.clock.unix_seconds();
        // What is no time is one that never comes.
        let seconds = if seconds.is_nan() {
            LONGEST
        } else {
            seconds.min(LONGEST)
        };
        (seconds > 0.0).then(|| (seconds * 1000.0).ceil() as u64)
    }

    fn token_key(&self, jti: &str) -> String {
        self.redis.key("denied-token", &of_parts(&[jti]))
    }

    fn subject_key(&self, issuer: &str, subject: &str) -> String {
        self.redis.key("denied-subject", &of_parts(&[issuer, subject]))
    }
}

#[cfg(test)]
#[cfg(feature = "testing")]
mod tests {
    use super::*;
    use crate::redis::cluster::Cluster;
    use crate::redis::server::Server;

    const NOW: f64 = 10_000.0;

    fn list(server: &Server) -> RedisDenylist {
        RedisDenylist::new(server.redis()).clock(Clock::held_at(NOW as u64))
    }

    fn token<'t>(subject: &'t str, jti: Option<&'t str>, iat: Option<f64>) -> Presented<'t> {
        Presented {
            issuer: "https://id.test",
            subject,
            jti,
            iat,
        }
    }

    async fn refuses(list: &RedisDenylist, subject: &str, jti: Option<&str>, iat: Option<f64>) -> bool {
        list.refuses(&token(subject, jti, iat)).await.unwrap()
    }

    fn kept(server: &Server) -> f64 {
        server.only_key().1
    }

    #[tokio::test]
    async fn j21_a_denied_token_is_refused_by_every_instance_for_as_long_as_it_counts() {
        let server = Server::start();
        let (here, there) = (list(&server), list(&server));
        here.deny("stolen", NOW + 100.0).await.unwrap();
        assert!(refuses(&there, "alice", Some("stolen"), Some(NOW)).await);
        assert!(
            !refuses(&there, "alice", Some("mine"), Some(NOW)).await && !refuses(&there, "alice", None, None).await
        );
        let seconds = kept(&server);
        assert!((3690.0..=3700.0).contains(&seconds), "{seconds}");
        here.deny("stolen", NOW - 1000.0).await.unwrap();
        let seconds = kept(&server);
        assert!(
            (3690.0..=3700.0).contains(&seconds),
            "a second denial shortened the first: {seconds}"
        );
        here.deny("stolen", f64::NAN).await.unwrap();
        assert!(kept(&server) > 300_000_000.0);
        // What is over needs no entry.
        here.deny("old", NOW - 3601.0).await.unwrap();
        let (key, _) = server.only_key();
        assert!(
            key.starts_with("secure:denied-token:") && !key.contains("stolen"),
            "{key}"
        );
    }

    #[tokio::test]
    async fn j21_a_subjects_earlier_tokens_are_refused_by_every_instance() {
        let server = Server::start();
        let (here, there) = (list(&server), list(&server));
        here.deny_subject("https://id.test", "alice", NOW + 0.5, NOW + 100.0)
            .await
            .unwrap();
        here.deny_subject("https://id.test", "alice", NOW - 5.0, NOW - 50.0)
            .await
            .unwrap();
        for (iat, refused) in [
            (Some(NOW), true),
            (Some(0.0), true),
            (None, true),
            (Some(NOW + 0.5), false),
            (Some(NOW + 1.0), false),
        ] {
            assert_eq!(refuses(&there, "alice", Some("a"), iat).await, refused, "{iat:?}");
        }
        let seconds = kept(&server);
        assert!((3690.0..=3700.0).contains(&seconds), "{seconds}");
        assert!(!refuses(&there, "bob", Some("a"), None).await);
        let elsewhere = Presented {
            issuer: "https://other.test",
            ..token("alice", None, None)
        };
        assert!(!there.refuses(&elsewhere).await.unwrap());
        here.deny_subject("https://id.test", "alice", f64::INFINITY, NOW + 100.0)
            .await
            .unwrap();
        assert!(refuses(&there, "alice", None, Some(1e12)).await);
    }

    #[tokio::test]
    async fn j21_while_redis_is_away_or_wrong_nothing_is_said_to_be_fine() {
        let server = Server::start();
        let list = list(&server);
        list.deny_subject("https://id.test", "alice", NOW, NOW + 100.0)
            .await
            .unwrap();
        server.run::<()>(&["SET", &server.only_key().0, "soon"]);
        assert!(list.refuses(&token("alice", None, Some(NOW))).await.is_err());
        assert!(!refuses(&list, "bob", Some("a"), Some(NOW)).await);
        drop(server);
        assert!(list.refuses(&token("bob", Some("a"), Some(NOW))).await.is_err());
        assert!(list.deny("stolen", NOW + 100.0).await.is_err());
    }

    /// The two entries that a token may meet lie in different slots, and one that cannot be had is not taken for none.
    #[tokio::test]
    async fn j21_in_a_cluster_both_entries_are_asked_for() {
        let mut cluster = Cluster::start();
        let [here, there] = [(); 2].map(|()| RedisDenylist::new(cluster.redis()).clock(Clock::held_at(NOW as u64)));
        for n in 0..10 {
            let (jti, subject) = (format!("stolen-{n}"), format!("subject-{n}"));
            here.deny(&jti, NOW + 100.0).await.unwrap();
            let [expires, before] = [NOW + 100.0, NOW + 0.5];
            here.deny_subject("https://id.test", &subject, before, expires)
                .await
                .unwrap();
            assert!(refuses(&there, "alice", Some(&jti), Some(NOW)).await);
            assert!(refuses(&there, &subject, Some("mine"), Some(NOW)).await);
            assert!(!refuses(&there, "alice", Some("mine"), Some(NOW)).await);
        }
        let home = |key: String| cluster.home(&key);
        let alices = home(here.subject_key("https://id.test", "alice"));
        let (mut lost, mut kept) = ((0..).map(|n| n.to_string()), (0..).map(|n| n.to_string()));
        let lost = lost.find(|jti| home(here.token_key(jti)) != alices).unwrap();
        let kept = kept.find(|jti| home(here.token_key(jti)) == alices).unwrap();
        let gone = home(here.token_key(&lost));
        // A slot that nobody has any more, and then a server that is away.
        let unassigned = cluster.slot(&here.token_key(&lost)).to_string();
        for server in cluster.servers() {
            server.run::<()>(&["CLUSTER", "DELSLOTS", &unassigned]);
        }
        let new = RedisDenylist::new(cluster.redis());
        assert!(new.refuses(&token("alice", Some(&lost), Some(NOW))).await.is_err());
        cluster.servers()[gone].kill();
        assert!(there.refuses(&token("alice", Some(&lost), Some(NOW))).await.is_err());
        assert!(!refuses(&there, "alice", Some(&kept), Some(NOW)).await);
    }
}
