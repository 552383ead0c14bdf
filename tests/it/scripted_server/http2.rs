//! The script over HTTP/2, frame by frame.
//!
//! Must not know: other protocols.

use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use h2::server::{Connection, SendResponse};
use h2::{Reason, RecvStream, SendStream};
use http::{Request, Response};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_rustls::server::TlsStream;

use super::{Answer, Framing, Seen, Shared, Socket, Step, is_upload};

/// What a request asks of its connection.
enum Wish {
    Reset,
    GoAway,
    Close,
    Raw(Vec<u8>),
}

/// Serves a connection until it ends.
pub(super) async fn serve(
    stream: TlsStream<TcpStream>,
    socket: Socket,
    connection: usize,
    shared: Arc<Shared>,
) {
    let Ok(mut serving) = h2::server::handshake(stream).await else { return };
    let (wishes, mut endings) = mpsc::unbounded_channel();
    let mut requests = JoinSet::new();
    loop {
        tokio::select! {
            accepted = serving.accept() => {
                let Some(Ok((request, respond))) = accepted else { return };
                let (shared, wishes) = (Arc::clone(&shared), wishes.clone());
                requests.spawn(async move { exchange(request, respond, connection, &shared, &wishes).await });
            }
            Some(wish) = endings.recv() => return end(serving, wish, &socket).await,
        }
    }
}

/// Ends the connection as a request has wished.
async fn end(mut serving: Connection<TlsStream<TcpStream>, Bytes>, wish: Wish, socket: &Socket) {
    match wish {
        Wish::Reset => socket.will_reset(),
        Wish::GoAway => {
            serving.abrupt_shutdown(Reason::NO_ERROR);
            let _ = poll_fn(|context| serving.poll_closed(context)).await;
        }
        Wish::Close => {
            serving.graceful_shutdown();
            let _ = tokio::time::timeout(Duration::from_millis(200), async {
                while serving.accept().await.is_some() {}
            })
            .await;
        }
        // The connection owns its stream, and gives it back to nobody: the bytes go below TLS.
        Wish::Raw(bytes) => {
            if let Ok(stream) = socket.0.try_clone()
                && let Ok(mut stream) = TcpStream::from_std(std::net::TcpStream::from(stream))
            {
                let _ = stream.write_all(&bytes).await;
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
    }
}

async fn exchange(
    request: Request<RecvStream>,
    respond: SendResponse<Bytes>,
    connection: usize,
    shared: &Shared,
    wishes: &mpsc::UnboundedSender<Wish>,
) -> Option<()> {
    let (parts, mut receiving) = request.into_parts();
    let path = parts.uri.path().to_owned();
    let is_upload = is_upload(&path);
    let mut body = Vec::new();
    if !is_upload {
        body = read(&mut receiving).await?;
    }
    let step = shared.step(Seen { connection, path, headers: parts.headers, body });
    if is_upload && step.awaits_upload() {
        read(&mut receiving).await?;
    }
    step.is_due().await;
    perform(step, respond, wishes).await
}

async fn read(receiving: &mut RecvStream) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(data) = receiving.data().await {
        let data = data.ok()?;
        let _ = receiving.flow_control().release_capacity(data.len());
        body.extend_from_slice(&data);
    }
    Some(body)
}

async fn perform(
    step: Step,
    mut respond: SendResponse<Bytes>,
    wishes: &mpsc::UnboundedSender<Wish>,
) -> Option<()> {
    match step {
        Step::Answer(answer) | Step::AnswerEarly(answer) => {
            let mut sending = head(&answer, &mut respond)?;
            send(&mut sending, &answer.body, true).await?;
        }
        Step::AnswerAndClose(answer) => {
            let mut sending = head(&answer, &mut respond)?;
            send(&mut sending, &answer.body, true).await?;
            wishes.send(Wish::Close).ok()?;
        }
        Step::Reset => wish(wishes, Wish::Reset).await,
        Step::ResetAfter(answer, count) => {
            let mut sending = head(&answer, &mut respond)?;
            send(&mut sending, answer.part(count), false).await?;
            tokio::time::sleep(Duration::from_millis(50)).await;
            sending.send_reset(Reason::INTERNAL_ERROR);
        }
        Step::EndAfter(answer, count) => {
            let mut sending = head(&answer, &mut respond)?;
            send(&mut sending, answer.part(count), true).await?;
        }
        Step::Silence | Step::EndlessHead(_) => std::future::pending().await,
        Step::Drip(answer, pause) => {
            let mut sending = head(&answer, &mut respond)?;
            for byte in answer.body {
                send(&mut sending, &[byte], false).await?;
                tokio::time::sleep(pause).await;
            }
            send(&mut sending, &[], true).await?;
        }
        Step::Refuse => respond.send_reset(Reason::REFUSED_STREAM),
        Step::GoAway => wish(wishes, Wish::GoAway).await,
        Step::Raw(bytes) => wish(wishes, Wish::Raw(bytes)).await,
    }
    Some(())
}

/// Asks for the end of the connection, and waits for it: a stream that is given up before would say so.
async fn wish(wishes: &mpsc::UnboundedSender<Wish>, wish: Wish) {
    let _ = wishes.send(wish);
    std::future::pending::<()>().await;
}

fn head(answer: &Answer, respond: &mut SendResponse<Bytes>) -> Option<SendStream<Bytes>> {
    let mut response = Response::builder().status(answer.status);
    for (name, value) in &answer.headers {
        response = response.header(name, value);
    }
    if answer.framing == Framing::Length {
        response = response.header("content-length", answer.declared.unwrap_or(answer.body.len()));
    }
    respond.send_response(response.body(()).ok()?, false).ok()
}

/// Sends as fast as the receiver takes it.
async fn send(sending: &mut SendStream<Bytes>, mut bytes: &[u8], is_last: bool) -> Option<()> {
    while !bytes.is_empty() {
        sending.reserve_capacity(bytes.len());
        let capacity = poll_fn(|context| sending.poll_capacity(context)).await?.ok()?;
        let (now, later) = bytes.split_at(capacity.min(bytes.len()));
        sending.send_data(Bytes::copy_from_slice(now), false).ok()?;
        bytes = later;
    }
    if is_last {
        sending.send_data(Bytes::new(), true).ok()?;
    }
    Some(())
}
