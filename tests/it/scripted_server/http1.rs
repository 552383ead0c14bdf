//! The script over HTTP/1.1, byte by byte.
//!
//! Must not know: other protocols.

use std::fmt::Write as _;
use std::io;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

use super::{Answer, Framing, Seen, Shared, Socket, Step, is_upload};

/// Serves a connection until it ends.
pub(super) async fn serve(
    mut stream: TlsStream<TcpStream>,
    socket: &Socket,
    connection: usize,
    shared: &Shared,
) {
    loop {
        match exchange(&mut stream, socket, connection, shared).await {
            Ok(true) => {}
            Ok(false) => return drop(stream.shutdown().await),
            // A reset says no goodbye.
            Err(_) => return,
        }
    }
}

/// One request: whether the connection may be used again.
async fn exchange(
    stream: &mut TlsStream<TcpStream>,
    socket: &Socket,
    connection: usize,
    shared: &Shared,
) -> io::Result<bool> {
    let Some((head, mut body)) = read_head(stream).await? else { return Ok(false) };
    let (path, headers) = parse(&head);
    let length = headers.get("content-length").and_then(|length| length.to_str().ok()?.parse().ok());
    let is_upload = is_upload(&path);
    if !is_upload {
        while length.is_some_and(|length: usize| body.len() < length) {
            if stream.read_buf(&mut body).await? == 0 {
                return Ok(false);
            }
        }
    }
    let step = shared.step(Seen { connection, path, headers, body: body.clone() });
    if is_upload && step.awaits_upload() {
        let mut left = length.unwrap_or(0).saturating_sub(body.len());
        let mut buffer = vec![0; 64 * 1024];
        while left > 0 {
            match stream.read(&mut buffer).await? {
                0 => return Ok(false),
                count => left = left.saturating_sub(count),
            }
        }
    }
    step.is_due().await;
    perform(step, stream, socket).await
}

async fn perform(step: Step, stream: &mut TlsStream<TcpStream>, socket: &Socket) -> io::Result<bool> {
    match step {
        Step::Answer(answer) => {
            let is_open = answer.framing != Framing::Close;
            send(stream, &answer, answer.body.len(), true).await?;
            return Ok(is_open);
        }
        Step::AnswerEarly(answer) => {
            send(stream, &answer, answer.body.len(), true).await?;
            // What is still to come is not read.
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        Step::AnswerAndClose(answer) => send(stream, &answer, answer.body.len(), true).await?,
        Step::Reset => return reset(socket),
        Step::ResetAfter(answer, count) => {
            send(stream, &answer, count, false).await?;
            // What was sent is to arrive before the reset.
            tokio::time::sleep(Duration::from_millis(50)).await;
            return reset(socket);
        }
        Step::EndAfter(answer, count) => send(stream, &answer, count, false).await?,
        Step::Silence => std::future::pending().await,
        Step::Drip(answer, pause) => {
            stream.write_all(head(&answer).as_bytes()).await?;
            for byte in &answer.body {
                stream.write_all(&[*byte]).await?;
                stream.flush().await?;
                tokio::time::sleep(pause).await;
            }
        }
        Step::EndlessHead(pause) => {
            stream.write_all(b"HTTP/1.1 200 OK\r\nx-endless: ").await?;
            loop {
                stream.write_all(b"x").await?;
                stream.flush().await?;
                tokio::time::sleep(pause).await;
            }
        }
        Step::Refuse | Step::GoAway => {}
        Step::Raw(bytes) => stream.write_all(&bytes).await?,
    }
    stream.flush().await?;
    Ok(false)
}

fn reset<T>(socket: &Socket) -> io::Result<T> {
    socket.will_reset();
    Err(io::ErrorKind::ConnectionReset.into())
}

/// Sends the head and so many bytes of the body; `whole` closes the last chunk.
async fn send(
    stream: &mut TlsStream<TcpStream>,
    answer: &Answer,
    count: usize,
    whole: bool,
) -> io::Result<()> {
    let mut bytes = head(answer).into_bytes();
    let part = answer.part(count);
    if answer.framing == Framing::Chunked {
        bytes.extend_from_slice(
            format!("{:x}\r\n", if whole { part.len() } else { answer.body.len() }).as_bytes(),
        );
    }
    bytes.extend_from_slice(part);
    if answer.framing == Framing::Chunked && whole {
        bytes.extend_from_slice(b"\r\n0\r\n\r\n");
    }
    stream.write_all(&bytes).await?;
    stream.flush().await
}

fn head(answer: &Answer) -> String {
    let mut head = format!("HTTP/1.1 {} X\r\n", answer.status);
    for (name, value) in &answer.headers {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    match answer.framing {
        Framing::Length => {
            let _ = write!(head, "content-length: {}\r\n", answer.declared.unwrap_or(answer.body.len()));
        }
        Framing::Chunked => head.push_str("transfer-encoding: chunked\r\n"),
        Framing::Close => head.push_str("connection: close\r\n"),
    }
    head + "\r\n"
}

async fn read_head(stream: &mut TlsStream<TcpStream>) -> io::Result<Option<(Vec<u8>, Vec<u8>)>> {
    let mut bytes = Vec::new();
    loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            let body = bytes.split_off(end + 4);
            return Ok(Some((bytes, body)));
        }
        if stream.read_buf(&mut bytes).await? == 0 {
            return Ok(None);
        }
    }
}

fn parse(head: &[u8]) -> (String, HeaderMap) {
    let text = String::from_utf8_lossy(head);
    let mut lines = text.lines();
    let path = lines.next().and_then(|line| line.split(' ').nth(1)).unwrap_or_default().to_owned();
    let fields = lines.filter_map(|line| line.split_once(": "));
    let headers = fields.filter_map(|(name, value)| {
        Some((name.parse::<HeaderName>().ok()?, HeaderValue::from_str(value).ok()?))
    });
    (path, headers.collect())
}
