//! Host names to addresses, by the machine's own resolver, with a fault that can be told from others.
//!
//! Must not know: connections.

use std::fmt;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// The machine's resolver.
#[derive(Debug)]
pub(super) struct Names;

/// The resolver says that the name has no address. One that says nothing is cut off by the connect timeout.
#[derive(Debug)]
pub(super) struct Unresolved;

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            // The port is set by whoever connects.
            match tokio::net::lookup_host((name.as_str(), 0)).await {
                Ok(addresses) => Ok(Box::new(addresses.collect::<Vec<_>>().into_iter()) as Addrs),
                Err(_) => Err(Unresolved.into()),
            }
        })
    }
}

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the host name has no address")
    }
}

impl std::error::Error for Unresolved {}
