//! Opens a connection, its TLS included, within a time.
//!
//! Must not know: the way to the server.

use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use monday_auth::BoxFuture;
use tower_service::Service;

use super::route::{Fault, Route, Way};

/// A way to a server, with TLS above it or, to this machine, without.
#[derive(Debug, Clone)]
pub(crate) struct Connector {
    https: HttpsConnector<Route>,
    wait: Duration,
}

impl Connector {
    pub(super) fn new(https: HttpsConnector<Route>, wait: Duration) -> Self {
        Self { https, wait }
    }
}

impl Service<Uri> for Connector {
    type Response = MaybeHttpsStream<Way>;
    type Error = Fault;
    type Future = BoxFuture<'static, Result<Self::Response, Fault>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Fault>> {
        self.https.poll_ready(context)
    }

    fn call(&mut self, server: Uri) -> Self::Future {
        let connected = tokio::time::timeout(self.wait, self.https.call(server));
        Box::pin(async move { connected.await? })
    }
}
