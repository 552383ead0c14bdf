//! A way to a server that can be cut, hung, slowed and restored.
//!
//! Must not know: what goes through it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// How the way is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    Open,
    /// What comes back is held up for so long.
    Slow(Duration),
    /// Connections are taken and closed; those that are there, too.
    Cut,
    /// Connections are taken, and nothing comes through.
    Hung,
}

pub(crate) struct CutProxy {
    pub(crate) address: String,
    way: watch::Sender<Way>,
    stranded: watch::Sender<()>,
    came_back: Arc<AtomicUsize>,
}

impl CutProxy {
    /// An open way to this server.
    pub(crate) async fn to(server: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let (way, watched) = watch::channel(Way::Open);
        let (stranded, noticed) = watch::channel(());
        let came_back = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&came_back);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let mut noticed = noticed.clone();
                noticed.mark_unchanged();
                let carried = carry(stream, server.clone(), watched.clone(), Arc::clone(&counter));
                tokio::spawn(async move {
                    tokio::pin!(carried);
                    tokio::select! {
                        () = &mut carried => {}
                        // Kept, and never moved again.
                        _ = noticed.changed() => std::future::pending::<()>().await,
                    }
                });
            }
        });
        Self { address, way, stranded, came_back }
    }

    pub(crate) fn set(&self, way: Way) {
        self.way.send_replace(way);
    }

    /// Lets the connections there are die without a word; new ones go through.
    pub(crate) fn strand(&self) {
        self.stranded.send_replace(());
    }

    /// How many bytes came from the server so far.
    pub(crate) fn came_back(&self) -> usize {
        self.came_back.load(Ordering::Relaxed)
    }
}

async fn carry(client: TcpStream, server: String, mut way: watch::Receiver<Way>, counter: Arc<AtomicUsize>) {
    if *way.borrow_and_update() == Way::Cut {
        return;
    }
    let Ok(server) = TcpStream::connect(server).await else {
        return;
    };
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let there = pump(from_client, to_server, way.clone(), None);
    let back = pump(from_server, to_client, way.clone(), Some(counter));
    tokio::select! {
        () = there => {}
        () = back => {}
        _ = way.wait_for(|way| *way == Way::Cut) => {}
    }
}

async fn pump(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut way: watch::Receiver<Way>,
    counter: Option<Arc<AtomicUsize>>,
) {
    let mut buffer = vec![0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        if way.wait_for(|way| *way != Way::Hung).await.is_err() {
            return;
        }
        if let Some(counter) = &counter {
            counter.fetch_add(length, Ordering::Relaxed);
            let held_up = match *way.borrow() {
                Way::Slow(time) => time,
                _ => Duration::ZERO,
            };
            tokio::time::sleep(held_up).await;
        }
        if to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
    }
}
