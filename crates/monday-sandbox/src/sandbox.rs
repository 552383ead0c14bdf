//! A running sandbox: started, addressed, stopped when dropped.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::server::{self, Site};
use crate::world;

/// A sandbox that takes connections until it is dropped; open ones end with their client. Several in one process do not see each other.
#[derive(Debug)]
pub struct Sandbox {
    address: SocketAddr,
    site: Arc<Site>,
    server: JoinHandle<()>,
}

/// Starts a [`Sandbox`].
#[derive(Debug, Clone)]
#[must_use]
pub struct SandboxBuilder {
    port: u16,
    items: usize,
}

impl Sandbox {
    /// Starts a sandbox on a free port, with 10,000 items on its large board.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// A sandbox to be started otherwise.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder { port: 0, items: 10_000 }
    }

    /// The GraphQL endpoint, `http://127.0.0.1:PORT/v2`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/v2", self.address)
    }

    /// The personal token it takes, raw.
    #[must_use]
    pub fn personal_token(&self) -> &'static str {
        server::PERSONAL_TOKEN
    }

    /// The OAuth access token it takes, as `Bearer` or raw.
    #[must_use]
    pub fn oauth_token(&self) -> &'static str {
        server::OAUTH_TOKEN
    }

    /// The board with many items.
    #[must_use]
    pub fn large_board_id(&self) -> &'static str {
        world::LARGE_BOARD
    }

    /// How many GraphQL requests have come in, refused ones included.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.site.requests()
    }
}

impl SandboxBuilder {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// How many items the large board has.
    pub fn items(mut self, items: usize) -> Self {
        self.items = items;
        self
    }

    /// Seeds the account and starts to serve.
    pub async fn start(self) -> io::Result<Sandbox> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await?;
        let address = listener.local_addr()?;
        let site = Arc::new(Site::seeded(self.items));
        let router = server::router(Arc::clone(&site));
        let server = tokio::spawn(async move {
            // Serving ends with the task; an error here is the listener's, and clients see it as a refused connection.
            let _ = axum::serve(listener, router).await;
        });
        Ok(Sandbox { address, site, server })
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.server.abort();
    }
}
