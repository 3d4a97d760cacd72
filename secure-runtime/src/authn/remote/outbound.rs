use std::time::Duration;

use crate::startup::Fault;

/// How an authorization server is called: its time, its size, and whom to trust.
///
/// Defaults: 3 s for a whole exchange, 256 KiB for an answer, the certificates that the system trusts, no proxy. Redirects
/// are never followed. What the environment says of proxies (`HTTPS_PROXY` and its siblings) is not read: where keys come
/// from is a matter of the configuration.
///
/// ```
/// use std::time::Duration;
/// use secure_runtime::Outbound;
///
/// let outbound = Outbound::new().timeout(Duration::from_secs(2));
/// ```
#[derive(Clone, Debug)]
#[must_use = "it calls nobody by itself"]
pub struct Outbound {
    pub(super) timeout: Duration,
    pub(super) max_answer: usize,
    pub(super) roots: Vec<Vec<u8>>,
    pub(super) proxy: Option<String>,
}

impl Default for Outbound {
    fn default() -> Self {
        Self::new()
    }
}

impl Outbound {
    /// The defaults.
    pub fn new() -> Self {
        Self {
            timeout: Duration::from_secs(3),
            max_answer: 256 * 1024,
            roots: Vec::new(),
            proxy: None,
        }
    }

    /// The longest time for one exchange, from the look-up of the name to the last byte of the answer. 3 s unless said
    /// otherwise; from 100 ms to 30 s.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The largest answer, in bytes. 256 KiB unless said otherwise; from 1 KiB to 4 MiB.
    pub fn max_answer(mut self, bytes: usize) -> Self {
        self.max_answer = bytes;
        self
    }

    /// One more authority to trust, beside those of the system: its certificate in PEM.
    pub fn trust_pem(mut self, certificate: impl Into<Vec<u8>>) -> Self {
        self.roots.push(certificate.into());
        self
    }

    /// The proxy for https, as `http://proxy.internal:3128`. TLS goes through it to the server itself, so it sees no
    /// content.
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.proxy = Some(url.into());
        self
    }

    pub(super) fn check(&self, place: &str, faults: &mut Vec<Fault>) {
        let mut fault = |fault: &str| faults.push(Fault::new(place, fault, "leave it out for the default"));
        if !(Duration::from_millis(100)..=Duration::from_secs(30)).contains(&self.timeout) {
            fault("a time-out below 100 ms or above 30 s for calls to the authorization server");
        }
        if !(1024..=4 * 1024 * 1024).contains(&self.max_answer) {
            fault("a largest answer below 1 KiB or above 4 MiB from the authorization server");
        }
    }
}
