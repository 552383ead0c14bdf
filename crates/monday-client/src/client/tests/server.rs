//! A small HTTP server over TCP that counts what it is asked at once.
//!
//! Must not know: clients, what is asked.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What is sent back, and after how long.
pub(super) struct Answer {
    status: u16,
    headers: String,
    body: String,
    delay: Duration,
}

impl Answer {
    pub(super) fn new(status: u16, body: &str) -> Self {
        Self { status, headers: String::new(), body: body.to_owned(), delay: Duration::ZERO }
    }

    pub(super) fn ok(body: &str) -> Self {
        Self::new(200, body)
    }

    pub(super) fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.headers = format!("{}{name}: {value}\r\n", self.headers);
        self
    }
}

type Answers = dyn Fn(usize) -> Answer + Send + Sync;

struct Shared {
    answers: Box<Answers>,
    heads: Mutex<Vec<String>>,
    at_once: AtomicUsize,
    most: AtomicUsize,
}

pub(super) struct Server {
    port: u16,
    shared: Arc<Shared>,
    accepting: tokio::task::JoinHandle<()>,
}

impl Server {
    /// Answers each request by its number, from 0.
    pub(super) async fn start(answers: impl Fn(usize) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            answers: Box::new(answers),
            heads: Mutex::default(),
            at_once: AtomicUsize::new(0),
            most: AtomicUsize::new(0),
        });
        let serving = Arc::clone(&shared);
        let accepting = tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let shared = Arc::clone(&serving);
                tokio::spawn(async move { while shared.exchange(&mut stream).await.is_some() {} });
            }
        });
        Self { port, shared, accepting }
    }

    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/v2", self.port)
    }

    pub(super) fn heads(&self) -> Vec<String> {
        self.shared.heads.lock().unwrap().clone()
    }

    pub(super) fn most_at_once(&self) -> usize {
        self.shared.most.load(SeqCst)
    }

    pub(super) fn forget_most(&self) {
        self.shared.most.store(0, SeqCst);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Shared {
    /// One request and its answer; `None` when the connection has ended.
    async fn exchange(&self, stream: &mut TcpStream) -> Option<()> {
        let head = read(stream).await?;
        let number = {
            let mut heads = self.heads.lock().unwrap();
            heads.push(head);
            heads.len() - 1
        };
        let now = self.at_once.fetch_add(1, SeqCst) + 1;
        self.most.fetch_max(now, SeqCst);
        let answer = (self.answers)(number);
        tokio::time::sleep(answer.delay).await;
        self.at_once.fetch_sub(1, SeqCst);
        let Answer { status, headers, body, .. } = answer;
        let length = body.len();
        let text = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
        );
        stream.write_all(text.as_bytes()).await.ok()
    }
}

/// Reads a request, and gives its head in lower case.
async fn read(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let head = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    };
    let text = String::from_utf8_lossy(&bytes[..head]).to_lowercase();
    let length =
        text.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
    while bytes.len() < head + length {
        if stream.read_buf(&mut bytes).await.ok()? == 0 {
            return None;
        }
    }
    Some(text)
}
