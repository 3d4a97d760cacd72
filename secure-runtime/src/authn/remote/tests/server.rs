use std::collections::HashMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use axum::serve::Listener;
use futures_util::stream;
use tokio::net::{TcpListener, TcpStream};

/// An authorization server that answers as it is told, and remembers what it was asked.
pub(super) struct Server {
    pub(super) address: SocketAddr,
    script: Arc<Script>,
}

#[derive(Default)]
struct Script {
    answers: Mutex<HashMap<String, Answer>>,
    asked: Mutex<Vec<Asked>>,
    sent: AtomicUsize,
}

#[derive(Clone, Debug)]
pub(super) struct Asked {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

#[derive(Clone)]
pub(super) enum Answer {
    Json(String),
    /// With this `Cache-Control`.
    Kept(&'static str, String),
    Typed(&'static str, Vec<u8>),
    Status(u16),
    /// Whatever else it says.
    Like(u16, &'static str, String),
    Redirect(String),
    /// After this time.
    Late(Duration, String),
    Hang,
    /// JSON that never ends, as fast as it is read.
    Endless,
    /// A byte now and then.
    Drip,
}

impl Server {
    pub(super) async fn start() -> Self {
        Self::on(TcpListener::bind("127.0.0.1:0").await.unwrap())
    }

    pub(super) fn on(listener: impl Listener<Addr = SocketAddr>) -> Self {
        let script = Arc::new(Script::default());
        let address = listener.local_addr().unwrap();
        let router = Router::new().fallback(answer).with_state(Arc::clone(&script));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, script }
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(super) fn set(&self, path: &str, answer: Answer) {
        self.script.answers.lock().unwrap().insert(path.to_owned(), answer);
    }

    pub(super) fn asked(&self) -> Vec<Asked> {
        self.script.asked.lock().unwrap().clone()
    }

    pub(super) fn count(&self, path: &str) -> usize {
        self.asked().iter().filter(|asked| asked.path == path).count()
    }

    /// Bytes of endless answers so far.
    pub(super) fn sent(&self) -> usize {
        self.script.sent.load(Ordering::SeqCst)
    }
}

async fn answer(State(script): State<Arc<Script>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap();
    let path = parts.uri.path().to_owned();
    script.asked.lock().unwrap().push(Asked {
        method: parts.method,
        path: path.clone(),
        headers: parts.headers,
        body: String::from_utf8(body.to_vec()).unwrap(),
    });
    let answer = script.answers.lock().unwrap().get(&path).cloned();
    let json = Response::builder().header("content-type", "application/json");
    match answer.unwrap_or(Answer::Status(404)) {
        Answer::Json(text) => json.body(text.into()),
        Answer::Kept(directives, text) => json.header("cache-control", directives).body(text.into()),
        Answer::Typed(kind, bytes) => Response::builder().header("content-type", kind).body(bytes.into()),
        Answer::Status(status) => json.status(status).body("{}".into()),
        Answer::Like(status, kind, text) => Response::builder()
            .status(status)
            .header("content-type", kind)
            .body(text.into()),
        Answer::Redirect(to) => json.status(302).header("location", to).body(Body::empty()),
        Answer::Late(time, text) => {
            tokio::time::sleep(time).await;
            json.body(text.into())
        }
        Answer::Hang => std::future::pending().await,
        Answer::Endless => {
            let chunks = stream::repeat_with(move || {
                script.sent.fetch_add(8192, Ordering::SeqCst);
                Ok::<_, Infallible>(Bytes::from_static(&[b' '; 8192]))
            });
            json.body(Body::from_stream(chunks))
        }
        Answer::Drip => {
            let drops = stream::unfold((), |()| async {
                tokio::time::sleep(Duration::from_millis(50)).await;
                Some((Ok::<_, Infallible>(Bytes::from_static(b" ")), ()))
            });
            json.body(Body::from_stream(drops))
        }
    }
    .unwrap()
}

/// A server below HTTP: it says these bytes to whoever connects, and closes.
pub(super) async fn raw(bytes: Vec<u8>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            say(&stream, &bytes).await;
        }
    });
    address
}

async fn say(stream: &TcpStream, mut bytes: &[u8]) {
    // The request first: an answer to nothing is another fault.
    while stream.try_read(&mut [0; 4096]).is_err() {
        stream.readable().await.unwrap();
    }
    while !bytes.is_empty() {
        stream.writable().await.unwrap();
        match stream.try_write(bytes) {
            Ok(written) => bytes = &bytes[written..],
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => return,
        }
    }
}
