//! A server over TLS that does what a script says, in HTTP/1.1 and in HTTP/2.
//!
//! Must not know: clients, what is expected of them.

mod http1;
mod http2;
mod identity;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

pub(crate) use identity::{acceptor_as, authority, strangers_authority};

/// What is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    Http1,
    Http2,
}

impl Protocol {
    pub(crate) const BOTH: [Self; 2] = [Self::Http1, Self::Http2];

    fn name(self) -> &'static [u8] {
        match self {
            Self::Http1 => b"http/1.1",
            Self::Http2 => b"h2",
        }
    }
}

/// How the receiver learns where a body ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framing {
    /// By its length.
    Length,
    /// In chunks; without a length over HTTP/2.
    Chunked,
    /// By the end of the connection; without a length over HTTP/2.
    Close,
}

/// An answer as it is sent if nothing goes wrong.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    pub(crate) framing: Framing,
    /// The length that is declared, where it is not the body's.
    pub(crate) declared: Option<usize>,
    /// How long it takes.
    pub(crate) delay: Duration,
    /// It waits there too.
    pub(crate) gate: Option<Gate>,
}

impl Answer {
    pub(crate) fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
        let (framing, delay) = (Framing::Length, Duration::ZERO);
        Self { status, headers, body: body.into(), framing, declared: None, delay, gate: None }
    }

    /// Sets a header in place of one of the same name.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(other, _)| other != name);
        self.and(name, value)
    }

    /// Adds a header.
    pub(crate) fn and(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub(crate) fn framed(mut self, framing: Framing) -> Self {
        self.framing = framing;
        self
    }

    pub(crate) fn declaring(mut self, length: usize) -> Self {
        self.declared = Some(length);
        self
    }

    pub(crate) fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    pub(crate) fn behind(mut self, gate: Gate) -> Self {
        self.gate = Some(gate);
        self
    }

    /// So many bytes of the body, or all there are.
    fn part(&self, count: usize) -> &[u8] {
        &self.body[..count.min(self.body.len())]
    }
}

/// Holds answers back until the test lets them pass. It is closed at first.
#[derive(Debug, Clone)]
pub(crate) struct Gate(Arc<Semaphore>);

impl Gate {
    pub(crate) fn closed() -> Self {
        Self(Arc::new(Semaphore::new(0)))
    }

    /// Lets so many answers pass.
    pub(crate) fn let_pass(&self, count: usize) {
        self.0.add_permits(count);
    }

    /// Lets all answers pass from now on.
    pub(crate) fn open(&self) {
        self.0.close();
    }

    async fn pass(&self) {
        if let Ok(place) = self.0.acquire().await {
            place.forget();
        }
    }
}

/// What the server does with one request.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Answer(Answer),
    /// Resets the connection before the first byte.
    Reset,
    /// Sends the head and so many bytes of the body, then resets (HTTP/2: the stream).
    ResetAfter(Answer, usize),
    /// Sends the head and so many bytes of the body, then ends in good order.
    EndAfter(Answer, usize),
    /// Never answers.
    Silence,
    /// Sends the head at once, then a byte of the body each time.
    Drip(Answer, Duration),
    /// Never ends its head (HTTP/1.1); never sends one (HTTP/2).
    EndlessHead(Duration),
    /// Closes (HTTP/1.1) or refuses the stream (HTTP/2): nothing was looked at.
    Refuse,
    /// Ends the connection in good order instead of an answer (HTTP/2: GOAWAY).
    GoAway,
    /// Answers, then closes the idle connection.
    AnswerAndClose(Answer),
    /// Sends these bytes in place of an answer, whatever is spoken.
    Raw(Vec<u8>),
    /// Answers before the request's body has come, then stops reading.
    AnswerEarly(Answer),
}

impl Step {
    /// Whether an upload is read to its end before the step is done.
    fn awaits_upload(&self) -> bool {
        !matches!(self, Self::AnswerEarly(_) | Self::Reset | Self::Refuse)
    }

    /// Comes when an answer is due.
    async fn is_due(&self) {
        if let Self::Answer(answer) = self {
            tokio::time::sleep(answer.delay).await;
            if let Some(gate) = &answer.gate {
                gate.pass().await;
            }
        }
    }
}

/// An upload may go on for long after its head.
fn is_upload(path: &str) -> bool {
    path.ends_with("/file")
}

/// A request that came in.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) connection: usize,
    pub(crate) path: String,
    pub(crate) headers: http::HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

type Script = dyn Fn(usize, &Seen) -> Step + Send + Sync;

struct Shared {
    script: Box<Script>,
    seen: Mutex<Vec<Seen>>,
    connections: AtomicUsize,
}

impl Shared {
    /// Notes a request, and says what is to be done with it.
    fn step(&self, seen: Seen) -> Step {
        let mut all = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let step = (self.script)(all.len(), &seen);
        all.push(seen);
        step
    }
}

pub(crate) struct ScriptedServer {
    port: u16,
    shared: Arc<Shared>,
    accepting: tokio::task::JoinHandle<()>,
}

impl ScriptedServer {
    /// Speaks one protocol; the script says what becomes of each request by its number, from 0.
    pub(crate) async fn start(
        protocol: Protocol,
        script: impl Fn(usize, &Seen) -> Step + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            script: Box::new(script),
            seen: Mutex::default(),
            connections: AtomicUsize::new(0),
        });
        let serving = Arc::clone(&shared);
        let accepting = tokio::spawn(async move {
            let acceptor = identity::acceptor(protocol.name());
            let mut connections = JoinSet::new();
            for number in 0.. {
                let Ok((stream, _)) = listener.accept().await else { return };
                serving.connections.store(number + 1, Ordering::Relaxed);
                let socket = Socket::of(&stream);
                let (acceptor, shared) = (acceptor.clone(), Arc::clone(&serving));
                connections.spawn(async move {
                    // Whoever does not trust the certificate leaves here.
                    let Ok(stream) = acceptor.accept(stream).await else { return };
                    match protocol {
                        Protocol::Http1 => http1::serve(stream, &socket, number, &shared).await,
                        Protocol::Http2 => http2::serve(stream, socket, number, shared).await,
                    }
                });
            }
        });
        Self { port, shared, accepting }
    }

    pub(crate) fn origin(&self) -> String {
        format!("https://127.0.0.1:{}", self.port)
    }

    /// How many connections came in, those that ended in their handshake included.
    pub(crate) fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::Relaxed)
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.shared.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for ScriptedServer {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// A second hold on a connection's socket, to reset it.
struct Socket(std::os::fd::OwnedFd);

impl Socket {
    fn of(stream: &TcpStream) -> Self {
        use std::os::fd::AsFd as _;
        Self(stream.as_fd().try_clone_to_owned().unwrap())
    }

    /// From now on the end of the connection is a reset.
    fn will_reset(&self) {
        let linger = Some(Duration::ZERO);
        let _ = socket2::SockRef::from(&self.0).set_linger(linger);
    }
}
