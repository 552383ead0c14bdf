//! A server that answers each call as told, or passes it on.
//!
//! Must not know: what the calls mean.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// One call, as it came.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) action: String,
    pub(crate) body: String,
    raw: Vec<u8>,
}

/// What is done with a call.
pub(crate) enum Reply {
    Answer(u16, String),
    /// Nothing comes, ever.
    Hang,
    /// The connection ends instead of an answer.
    Close,
    /// The server at this port answers.
    PassOn(u16),
    /// The server at this port is asked, and its answer lost.
    PassOnAndHang(u16),
    /// The same, but the connection ends.
    PassOnAndClose(u16),
}

/// An answer of Secrets Manager's protocol that refuses.
pub(crate) fn refusal(status: u16, code: &str) -> Reply {
    Reply::Answer(status, format!(r#"{{"__type":"{code}","message":"canary-in-message"}}"#))
}

type Replies = dyn Fn(Call) -> Pin<Box<dyn Future<Output = Reply> + Send>> + Send + Sync;

/// The server. It is gone when dropped.
pub(crate) struct Scripted {
    pub(crate) port: u16,
    calls: Arc<Mutex<Vec<Call>>>,
    task: JoinHandle<()>,
}

impl Scripted {
    pub(crate) async fn start<F: Future<Output = Reply> + Send + 'static>(
        reply: impl Fn(Call) -> F + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let calls = Arc::<Mutex<Vec<Call>>>::default();
        let noted = Arc::clone(&calls);
        let replies: Arc<Replies> = Arc::new(move |call| Box::pin(reply(call)));
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, Arc::clone(&noted), Arc::clone(&replies)));
            }
        });
        Self { port, calls, task }
    }

    /// One answer for every call.
    pub(crate) async fn always(status: u16, code: &'static str) -> Self {
        Self::start(move |_| std::future::ready(refusal(status, code))).await
    }

    pub(crate) fn calls(&self) -> Vec<Call> {
        self.calls.lock().unwrap().clone()
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, noted: Arc<Mutex<Vec<Call>>>, replies: Arc<Replies>) {
    while let Some(call) = read(&mut stream).await {
        noted.lock().unwrap().push(call.clone());
        match replies(call.clone()).await {
            Reply::Answer(status, body) => {
                let head = format!(
                    "HTTP/1.1 {status} X\r\ncontent-type: application/x-amz-json-1.1\r\ncontent-length: {}\r\n\r\n",
                    body.len()
                );
                stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
            }
            Reply::Hang => std::future::pending().await,
            Reply::Close => return,
            Reply::PassOn(port) => {
                let answer = pass_on(&call, port).await;
                stream.write_all(&answer).await.unwrap();
                return;
            }
            Reply::PassOnAndHang(port) => {
                pass_on(&call, port).await;
                std::future::pending::<()>().await;
            }
            Reply::PassOnAndClose(port) => {
                pass_on(&call, port).await;
                return;
            }
        }
    }
}

async fn read(stream: &mut TcpStream) -> Option<Call> {
    let mut raw = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&raw).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let field = |name: &str| {
                let mut lines = head.lines().filter_map(|line| line.split_once(':'));
                lines
                    .find(|(field, _)| field.eq_ignore_ascii_case(name))
                    .map(|(_, value)| value.trim().to_owned())
            };
            let length = field("content-length").map_or(0, |length| length.parse().unwrap());
            if body.len() >= length {
                let target = field("x-amz-target").unwrap_or_default();
                let action = target.split('.').next_back().unwrap_or_default().to_owned();
                return Some(Call { action, body: body.to_owned(), raw });
            }
        }
        let mut piece = [0; 4096];
        match stream.read(&mut piece).await {
            Ok(read) if read > 0 => raw.extend_from_slice(&piece[..read]),
            _ => return None,
        }
    }
}

async fn pass_on(call: &Call, port: u16) -> Vec<u8> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    // The answer ends with the connection.
    let text = String::from_utf8(call.raw.clone()).unwrap();
    let closing = text.replacen("\r\n", "\r\nconnection: close\r\n", 1);
    stream.write_all(closing.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    answer
}
