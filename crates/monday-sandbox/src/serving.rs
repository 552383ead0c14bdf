//! Takes connections, each in a task of its own, and ends them with the server.
//!
//! Must not know: what is asked on them.

use std::io;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use crate::line::{Hook, Line};

/// After a connection could not be taken, for want of file descriptors say.
const PAUSE: Duration = Duration::from_millis(100);

/// How long requests that are being answered may hold up a stop.
const PATIENCE: Duration = Duration::from_secs(5);

/// A server on one listener. Dropped, it closes everything at once.
#[derive(Debug)]
pub(crate) struct Serving {
    task: JoinHandle<()>,
    stopping: watch::Sender<()>,
}

impl Serving {
    pub(crate) fn start(listener: TcpListener, router: Router) -> Self {
        let stopping = watch::Sender::new(());
        let task = tokio::spawn(accept(listener, router, stopping.subscribe()));
        Self { task, stopping }
    }

    /// Takes no more connections, lets what is being answered be answered, and waits for the end of all.
    pub(crate) async fn stop(&mut self) {
        self.stopping.send_replace(());
        if tokio::time::timeout(PATIENCE, &mut self.task).await.is_err() {
            self.task.abort();
            // It was aborted.
            let _ = (&mut self.task).await;
        }
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// The connections are in a set that ends with this task.
async fn accept(listener: TcpListener, router: Router, mut stopping: watch::Receiver<()>) {
    let mut open = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    open.spawn(carry(stream, router.clone(), stopping.clone()));
                }
                Err(error) if is_of_the_caller(&error) => {}
                Err(_) => tokio::time::sleep(PAUSE).await,
            },
            Some(_) = open.join_next() => {}
            _ = stopping.changed() => break,
        }
    }
    drop(listener);
    while open.join_next().await.is_some() {}
}

async fn carry(stream: TcpStream, router: Router, mut stopping: watch::Receiver<()>) {
    // Without it, small answers are late; a connection that does not have it still works.
    let _ = stream.set_nodelay(true);
    let hook = Hook::default();
    let line = Line::new(stream, hook.clone());
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(hook.clone()));
        router.call(request)
    });
    let server = Builder::new(TokioExecutor::new());
    let mut connection = pin!(server.serve_connection(TokioIo::new(line), service));
    // How a connection ends is its client's to see.
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = stopping.changed() => {}
    }
    connection.as_mut().graceful_shutdown();
    let _ = connection.await;
}

fn is_of_the_caller(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};

    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
