use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How long nothing is accepted after a failure that is not the connection's own: without a pause, a process that has no
/// file descriptor left would ask for the same connection again and again.
const PAUSE: Duration = Duration::from_secs(1);

/// No more often than this it is said that there are too many connections.
const QUIET: Duration = Duration::from_secs(60);

/// Where connections come from.
pub(super) trait Accept {
    type Stream;

    fn accept(&mut self) -> impl Future<Output = io::Result<(Self::Stream, SocketAddr)>> + Send;
}

impl Accept for TcpListener {
    type Stream = TcpStream;

    async fn accept(&mut self) -> io::Result<(TcpStream, SocketAddr)> {
        TcpListener::accept(self).await
    }
}

/// As many places as there may be connections.
pub(super) struct Doors {
    places: Arc<Semaphore>,
    max: usize,
    pause: Duration,
    said: Option<Instant>,
}

/// The place of one connection, free again when it is dropped.
pub(super) struct Place(#[expect(dead_code, reason = "it is held")] OwnedSemaphorePermit);

impl Doors {
    pub(super) fn new(max: usize) -> Self {
        // More than a semaphore can count is more than there can be connections.
        let max = max.min(Semaphore::MAX_PERMITS);
        Self {
            places: Arc::new(Semaphore::new(max)),
            max,
            pause: PAUSE,
            said: None,
        }
    }

    /// The next free place, whenever there is one.
    async fn place(&mut self) -> io::Result<Place> {
        let free = Arc::clone(&self.places).try_acquire_owned();
        let place = match free {
            Ok(place) => place,
            Err(_) => {
                if self.said.is_none_or(|said| said.elapsed() > QUIET) {
                    self.said = Some(Instant::now());
                    tracing::warn!(target: "secure::serve", max_connections = self.max, "no more connections are accepted until one ends");
                }
                // Nobody closes the semaphore.
                Arc::clone(&self.places)
                    .acquire_owned()
                    .await
                    .map_err(io::Error::other)?
            }
        };
        Ok(Place(place))
    }

    /// The next connection, with its place.
    async fn next<L: Accept>(&mut self, listener: &mut L) -> io::Result<(L::Stream, SocketAddr, Place)> {
        let place = self.place().await?;
        let (stream, peer) = listener.accept().await?;
        Ok((stream, peer, place))
    }
}

/// Hands out connections until `stop` is ready. No error ends it.
pub(super) async fn accept<L: Accept>(
    mut listener: L,
    mut doors: Doors,
    stop: impl Future<Output = ()>,
    mut each: impl FnMut(L::Stream, SocketAddr, Place),
) {
    let mut stop = pin!(stop);
    loop {
        let next = async {
            match doors.next(&mut listener).await {
                Ok(next) => Some(next),
                // It was gone before it was taken: the next one may be there already.
                Err(error) if is_of_the_connection(&error) => None,
                Err(error) => {
                    tracing::error!(target: "secure::serve", %error, "a connection could not be accepted");
                    tokio::time::sleep(doors.pause).await;
                    None
                }
            }
        };
        tokio::select! {
            biased;
            () = &mut stop => return,
            next = next => if let Some((stream, peer, place)) = next {
                each(stream, peer, place);
            },
        }
    }
}

fn is_of_the_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// What comes, and how often it was asked for.
    struct Script {
        outcomes: VecDeque<io::Result<u32>>,
        asked: Arc<AtomicUsize>,
    }

    impl Accept for Script {
        type Stream = u32;

        async fn accept(&mut self) -> io::Result<(u32, SocketAddr)> {
            self.asked.fetch_add(1, Ordering::SeqCst);
            match self.outcomes.pop_front() {
                Some(outcome) => outcome.map(|stream| (stream, SocketAddr::from(([192, 0, 2, 1], 1)))),
                None => std::future::pending().await,
            }
        }
    }

    /// What was accepted in this time, how often it was asked for, and the places of what was accepted.
    async fn run(
        max: usize,
        pause: Duration,
        outcomes: Vec<io::Result<u32>>,
        time: Duration,
    ) -> (Vec<u32>, usize, Vec<Place>) {
        let asked = Arc::new(AtomicUsize::new(0));
        let script = Script {
            outcomes: outcomes.into(),
            asked: Arc::clone(&asked),
        };
        let (mut accepted, mut places) = (Vec::new(), Vec::new());
        let doors = Doors {
            pause,
            ..Doors::new(max)
        };
        accept(script, doors, tokio::time::sleep(time), |stream, _, place| {
            accepted.push(stream);
            places.push(place);
        })
        .await;
        (accepted, asked.load(Ordering::SeqCst), places)
    }

    /// No file descriptor left, as Linux and the BSDs number it.
    fn exhausted() -> io::Result<u32> {
        Err(io::Error::from_raw_os_error(24))
    }

    #[tokio::test]
    async fn l11_a_process_without_descriptors_waits_and_goes_on() {
        let (pause, time) = (Duration::from_millis(50), Duration::from_millis(220));
        let outcomes = (0..1000).map(|_| exhausted()).collect();
        let (accepted, asked, _) = run(10, pause, outcomes, time).await;
        assert!(accepted.is_empty());
        assert!((2..=5).contains(&asked), "asked {asked} times in {time:?}");

        let outcomes = vec![exhausted(), Ok(7), exhausted(), Ok(8)];
        let (accepted, ..) = run(10, pause, outcomes, time).await;
        assert_eq!(accepted, [7, 8]);
    }

    #[tokio::test]
    async fn l11_a_connection_that_is_gone_delays_no_other() {
        let gone = || Err(io::ErrorKind::ConnectionAborted.into());
        let outcomes = vec![gone(), gone(), Ok(7)];
        let (accepted, ..) = run(10, Duration::from_secs(60), outcomes, Duration::from_millis(50)).await;
        assert_eq!(accepted, [7]);
    }

    #[tokio::test]
    async fn l11_beyond_the_bound_nothing_is_accepted() {
        let outcomes = (0..5).map(Ok).collect();
        let (accepted, asked, places) = run(2, PAUSE, outcomes, Duration::from_millis(50)).await;
        assert_eq!((accepted, asked), (vec![0, 1], 2));
        // A failure gives its place back.
        drop(places);
        let outcomes = vec![exhausted(), exhausted(), Ok(1)];
        let (accepted, ..) = run(1, Duration::from_millis(1), outcomes, Duration::from_millis(100)).await;
        assert_eq!(accepted, [1]);
    }

    #[tokio::test]
    async fn a_stop_is_heard_while_it_waits() {
        for (max, outcomes) in [(1, vec![Ok(1), Ok(2)]), (9, vec![exhausted()])] {
            let stopped = run(max, Duration::from_secs(3600), outcomes, Duration::from_millis(20));
            assert!(tokio::time::timeout(Duration::from_secs(5), stopped).await.is_ok());
        }
    }
}
