//! Host names to addresses, by the machine's own resolver, with a fault that can be told from others.
//!
//! Must not know: connections.

use std::fmt;
use std::net::SocketAddr;
use std::task::{Context, Poll};
use std::vec;

use hyper_util::client::legacy::connect::dns::Name;
use monday_auth::BoxFuture;
use tower_service::Service;

/// The machine's resolver.
#[derive(Debug, Clone)]
pub(crate) struct Names;

/// The resolver says that the name has no address. One that says nothing is cut off by the connect timeout.
#[derive(Debug)]
pub(crate) struct Unresolved;

impl Service<Name> for Names {
    type Response = vec::IntoIter<SocketAddr>;
    type Error = Unresolved;
    type Future = BoxFuture<'static, Result<Self::Response, Unresolved>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Unresolved>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        Box::pin(async move {
            // The port is set by whoever connects.
            let addresses = tokio::net::lookup_host((name.as_str(), 0)).await.map_err(|_| Unresolved)?;
            Ok(addresses.collect::<Vec<_>>().into_iter())
        })
    }
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the host name has no address")
    }
}

impl std::error::Error for Unresolved {}
