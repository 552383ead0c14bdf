//! A TCP proxy in front of a server on loopback, for faults of the wire.
//!
//! Its rooms: `wire` (what can happen to a connection), `connection` (the bytes of one). It does not look inside, so it
//! carries HTTP/1.1 as well as HTTP/2.
//! Must not know: HTTP, the sandbox.

mod connection;
mod wire;

use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use connection::Passed;
pub use wire::Wire;

/// A proxy that takes connections until it is dropped, which ends them too.
///
/// ```
/// # async fn example() -> std::io::Result<()> {
/// use monday_sandbox::{FaultProxy, Sandbox, Wire};
///
/// let sandbox = Sandbox::start().await?;
/// let proxy = FaultProxy::start(sandbox.address()).await?;
/// // The first connection breaks after 100 bytes of the answer, all later ones are whole.
/// proxy.will([Wire::CutAnswerAt(100)]);
/// println!("POST {}", proxy.url("/v2"));
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct FaultProxy {
    address: SocketAddr,
    desk: Arc<Desk>,
    accepting: Mutex<Option<JoinHandle<()>>>,
}

/// What the connections share.
#[derive(Debug)]
struct Desk {
    upstream: SocketAddr,
    script: Mutex<Script>,
    connections: AtomicU64,
    passed: Passed,
    hung_up: watch::Sender<()>,
}

#[derive(Debug, Default)]
struct Script {
    next: VecDeque<Wire>,
    then: Wire,
}

impl FaultProxy {
    /// Starts a proxy on a free port of 127.0.0.1. Everything passes unless told.
    pub async fn start(upstream: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let desk = Arc::new(Desk {
            upstream,
            script: Mutex::default(),
            connections: AtomicU64::new(0),
            passed: Passed::default(),
            hung_up: watch::Sender::new(()),
        });
        let accepting = tokio::spawn(accept(listener, Arc::clone(&desk)));
        Ok(Self { address, desk, accepting: Mutex::new(Some(accepting)) })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://127.0.0.1:PORT` with this path.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The fates of the next connections, after those that are told already.
    pub fn will(&self, wires: impl IntoIterator<Item = Wire>) {
        self.script().next.extend(wires);
    }

    /// The fate of every connection for which nothing else is told.
    pub fn always(&self, wire: Wire) {
        self.script().then = wire;
    }

    /// How many connections it has taken.
    #[must_use]
    pub fn connections(&self) -> u64 {
        self.desk.connections.load(Ordering::Relaxed)
    }

    /// How many bytes of requests and of answers have passed, over all connections.
    #[must_use]
    pub fn passed(&self) -> (u64, u64) {
        let passed = &self.desk.passed;
        (passed.request.load(Ordering::Relaxed), passed.answer.load(Ordering::Relaxed))
    }

    /// Ends all open connections, idle ones included; new ones are taken.
    pub fn hang_up(&self) {
        self.desk.hung_up.send_replace(());
    }

    /// Ends all open connections and stops listening: the next ones are refused by the system.
    pub async fn refuse(&self) {
        let accepting = self.accepting().take();
        if let Some(accepting) = accepting {
            accepting.abort();
            // The listener is closed once the task is gone.
            let _ = accepting.await;
        }
    }

    /// Listens again, on the same port, after [`refuse`](Self::refuse).
    pub async fn listen(&self) -> io::Result<()> {
        if self.accepting().is_none() {
            let listener = TcpListener::bind(self.address).await?;
            *self.accepting() = Some(tokio::spawn(accept(listener, Arc::clone(&self.desk))));
        }
        Ok(())
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.desk.script()
    }

    fn accepting(&self) -> MutexGuard<'_, Option<JoinHandle<()>>> {
        self.accepting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        if let Some(accepting) = self.accepting().take() {
            accepting.abort();
        }
    }
}

impl Desk {
    fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn serve(&self, wire: Wire, client: TcpStream) {
        let mut hung_up = self.hung_up.subscribe();
        tokio::select! {
            () = connection::carry(wire, client, self.upstream, &self.passed) => {}
            _ = hung_up.changed() => {}
        }
    }
}

/// Takes connections; they end with the task.
async fn accept(listener: TcpListener, desk: Arc<Desk>) {
    let mut open = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                // What fails here is one connection, and its client sees it.
                let Ok((client, _)) = accepted else { continue };
                desk.connections.fetch_add(1, Ordering::Relaxed);
                let wire = {
                    let mut script = desk.script();
                    script.next.pop_front().unwrap_or(script.then)
                };
                let desk = Arc::clone(&desk);
                open.spawn(async move { desk.serve(wire, client).await });
            }
            Some(_) = open.join_next() => {}
        }
    }
}
