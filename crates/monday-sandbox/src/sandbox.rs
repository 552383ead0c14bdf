//! A running sandbox: started, addressed, stopped when dropped.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::authorization::{Authorization, OAuthCounts, SandboxApp, TOKEN_LIFE};
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
    apps: Vec<SandboxApp>,
    token_life: Duration,
    token_delay: Duration,
}

impl Sandbox {
    /// Starts a sandbox on a free port, with 10,000 items on its large board.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// A sandbox to be started otherwise.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder {
            port: 0,
            items: 10_000,
            apps: Vec::new(),
            token_life: TOKEN_LIFE,
            token_delay: Duration::ZERO,
        }
    }

    /// The GraphQL endpoint, `http://127.0.0.1:PORT/v2`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/v2", self.address)
    }

    /// Where the authorization server stands, `http://127.0.0.1:PORT`: monday's `https://auth.monday.com`.
    #[must_use]
    pub fn authorization_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What has become of the tokens so far.
    #[must_use]
    pub fn oauth_counts(&self) -> OAuthCounts {
        self.site.authorization.counts()
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

    /// Registers an app with the authorization server.
    pub fn app(mut self, app: SandboxApp) -> Self {
        self.apps.push(app);
        self
    }

    /// How long access tokens live, rounded up to a whole second of the clock; an hour unless told.
    pub fn token_life(mut self, life: Duration) -> Self {
        self.token_life = life;
        self
    }

    /// How long the token endpoint keeps an answer back after it has burnt what it was given; not at all unless told.
    pub fn token_delay(mut self, delay: Duration) -> Self {
        self.token_delay = delay;
        self
    }

    /// Seeds the account and starts to serve.
    pub async fn start(self) -> io::Result<Sandbox> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await?;
        let address = listener.local_addr()?;
        let authorization =
            Authorization::new(format!("http://{address}"), self.apps, self.token_life, self.token_delay);
        let site = Arc::new(Site::seeded(self.items, authorization));
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
