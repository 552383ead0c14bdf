//! Carries the bytes of one connection, as far as its fate allows.
//!
//! Must not know: what the bytes mean, which connection this is.

use std::future::pending;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::net::tcp::{ReadHalf, WriteHalf};
use tokio::time::{sleep, timeout};

use super::wire::{End, Flow, Wire};

/// A client that was hung up on gets so long to read what it was sent.
const FAREWELL: Duration = Duration::from_secs(2);

/// Bytes that have passed, over all connections.
#[derive(Debug, Default)]
pub(super) struct Passed {
    pub(super) request: AtomicU64,
    pub(super) answer: AtomicU64,
}

/// Why a direction stopped before its end.
struct Cut(End);

/// Whether the server has spoken since the client last did.
type Heard = AtomicBool;

pub(super) async fn carry(wire: Wire, mut client: TcpStream, upstream: SocketAddr, passed: &Passed) {
    match wire {
        Wire::Hold => return pending().await,
        Wire::Reset => return reset(client),
        _ => {}
    }
    // A server that is not there is a connection that ends.
    let Ok(mut server) = TcpStream::connect(upstream).await else { return };
    // Ticks and cuts are to be seen when they happen.
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    let (request, answer) = wire.flows();
    let heard = Heard::new(false);
    let (from_client, to_client) = client.split();
    let (from_server, to_server) = server.split();
    let ended = tokio::try_join!(
        pump(from_client, to_server, request, &passed.request, || heard.store(false, Ordering::Release)),
        async {
            match answer.swallow {
                Some(quiet) => swallow(from_server, quiet, &heard).await,
                None => pump(from_server, to_client, answer, &passed.answer, || {}).await,
            }
        }
    );
    match ended {
        Ok(_) => {}
        Err(Cut(End::Reset)) => reset(client),
        Err(Cut(_)) => {
            drop(server);
            hang_up(client).await;
        }
    }
}

/// Passes bytes on until their end, or until this direction is cut.
async fn pump(
    mut from: ReadHalf<'_>,
    mut to: WriteHalf<'_>,
    flow: Flow,
    passed: &AtomicU64,
    on_bytes: impl Fn(),
) -> Result<(), Cut> {
    let mut buffer = vec![0; 16 * 1024];
    let mut left = flow.end;
    loop {
        let read = from.read(&mut buffer).await.map_err(|_| Cut(End::Close))?;
        if read == 0 {
            // The other side may have gone; then the other direction says so.
            let _ = to.shutdown().await;
            return Ok(());
        }
        let allowed = left.map_or(read, |(left, _)| left.min(read));
        on_bytes();
        let tick = flow.drip.map_or(allowed, |(bytes, _)| bytes).max(1);
        for bytes in buffer[..allowed].chunks(tick) {
            to.write_all(bytes).await.map_err(|_| Cut(End::Close))?;
            passed.fetch_add(bytes.len() as u64, Ordering::Relaxed);
            if let Some((_, every)) = flow.drip {
                sleep(every).await;
            }
        }
        if let Some((left, end)) = &mut left {
            *left -= allowed;
            match (*left, *end) {
                (0, End::HalfClose) => {
                    let _ = to.shutdown().await;
                    return drain(from).await;
                }
                (0, end) => return Err(Cut(end)),
                _ => {}
            }
        }
    }
}

/// Reads what the server says and keeps it back.
async fn swallow(mut from: ReadHalf<'_>, quiet: Duration, heard: &Heard) -> Result<(), Cut> {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        match timeout(quiet, from.read(&mut buffer)).await {
            Ok(Ok(read)) if read > 0 => heard.store(true, Ordering::Release),
            Ok(_) => return Err(Cut(End::Close)),
            Err(_) if heard.load(Ordering::Acquire) => return Err(Cut(End::Close)),
            Err(_) => {}
        }
    }
}

async fn drain(mut from: ReadHalf<'_>) -> Result<(), Cut> {
    let mut buffer = vec![0; 16 * 1024];
    while from.read(&mut buffer).await.is_ok_and(|read| read > 0) {}
    Ok(())
}

fn reset(client: TcpStream) {
    let _ = client.set_zero_linger();
    drop(client);
}

/// Closing with bytes unread would be a reset, and would take from the client what it was sent.
async fn hang_up(mut client: TcpStream) {
    let _ = client.shutdown().await;
    let mut buffer = vec![0; 16 * 1024];
    let read_out = async { while client.read(&mut buffer).await.is_ok_and(|read| read > 0) {} };
    let _ = timeout(FAREWELL, read_out).await;
}
