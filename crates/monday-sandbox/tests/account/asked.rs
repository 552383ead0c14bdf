//! A question over TCP, and its answer.
//!
//! Must not know: what is asked.

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// Asks whoever listens at `host:port`; `None` where the connection is closed instead of an answer.
pub(crate) async fn asked(address: &str, token: &str, query: &str) -> Option<Value> {
    let body = json!({ "query": query }).to_string();
    let request = format!(
        "POST /v2 HTTP/1.1\r\nhost: sandbox\r\nauthorization: {token}\r\ncontent-type: application/json\r\n\
         connection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.ok()?;
    let answer = String::from_utf8(answer).unwrap();
    let (_, body) = answer.split_once("\r\n\r\n")?;
    Some(serde_json::from_str(body).unwrap_or_else(|_| panic!("{answer}")))
}
