//! GraphQL requests written by hand, and what comes back, byte for byte.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use monday_sandbox::{Quotas, Sandbox, SandboxBuilder};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

pub(crate) const ME: &str = "query Me { me { id } }";

/// Ends a test that hangs.
pub(crate) async fn within<T>(test: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), test).await.expect("the test hangs")
}

/// A sandbox with 1,200 items on its large board.
pub(crate) fn builder() -> SandboxBuilder {
    Sandbox::builder().items(1_200)
}

pub(crate) async fn limited(quotas: Quotas) -> Sandbox {
    builder().quotas(quotas).start().await.unwrap()
}

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub(crate) fn error(&self) -> Value {
        self.json()["errors"][0]["extensions"].clone()
    }

    /// HTTP status, code, `Retry-After` and `retry_in_seconds`.
    pub(crate) fn refusal(&self) -> (u16, String, Option<u64>, Option<u64>) {
        let error = self.error();
        let code = error["code"].as_str().unwrap_or_default().to_owned();
        let header = self.header("retry-after").map(|seconds| seconds.parse().unwrap());
        (self.status, code, header, error["retry_in_seconds"].as_u64())
    }
}

/// A mutation that creates an item on the large board.
pub(crate) fn create(sandbox: &Sandbox, name: &str) -> String {
    let board = sandbox.large_board_id();
    format!("mutation NewItem {{ create_item(board_id: {board}, item_name: \"{name}\") {{ id }} }}")
}

/// How many items of the large board have this name.
pub(crate) fn named(sandbox: &Sandbox, name: &str) -> usize {
    sandbox.item_names(sandbox.large_board_id()).iter().filter(|known| *known == name).count()
}

/// A request with the sandbox's personal token.
pub(crate) async fn ask(sandbox: &Sandbox, query: &str) -> Answer {
    send(sandbox.address(), sandbox.personal_token(), query, "").await.unwrap()
}

/// The same, with an idempotency key.
pub(crate) async fn ask_with_key(sandbox: &Sandbox, query: &str, key: &str) -> io::Result<Answer> {
    let header = format!("Idempotency-Key: {key}\r\n");
    send(sandbox.address(), sandbox.personal_token(), query, &header).await
}

pub(crate) fn request(token: &str, query: &str, headers: &str) -> String {
    let body = json!({"query": query}).to_string();
    let length = body.len();
    format!(
        "POST /v2 HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Authorization: {token}\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
    )
}

/// A request on a connection of its own. A connection that ends without a whole answer is an error.
pub(crate) async fn send(address: SocketAddr, token: &str, query: &str, headers: &str) -> io::Result<Answer> {
    let answer = exchange(address, &request(token, query, headers)).await?;
    whole(&answer).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
}

/// Every byte that comes back until the connection ends.
pub(crate) async fn exchange(address: SocketAddr, request: &str) -> io::Result<Vec<u8>> {
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(answer)
}

pub(crate) fn whole(answer: &[u8]) -> Option<Answer> {
    let text = std::str::from_utf8(answer).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    let answer = Answer {
        status: head.split(' ').nth(1)?.parse().ok()?,
        head: head.to_ascii_lowercase(),
        body: body.to_owned(),
    };
    let length = answer.header("content-length")?.parse::<usize>().ok()?;
    (answer.body.len() == length).then_some(answer)
}
