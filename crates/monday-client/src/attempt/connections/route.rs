//! The way to a server before its TLS: straight, or by a tunnel through the proxy that the environment names.
//!
//! `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` are read as curl reads them. Must not know: the server's TLS.

use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use hyper_util::rt::TokioIo;
use monday_auth::BoxFuture;
use rustls::ClientConfig;
use tokio::net::TcpStream;
use tower_service::Service;

use super::super::names::Names;

/// A connection whose other end is gone is noticed by the machine.
const ALIVE_AFTER: Duration = Duration::from_secs(15);
const ALIVE_RETRIES: u32 = 3;
#[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
const UNANSWERED: Duration = Duration::from_secs(30);

pub(crate) type Fault = Box<dyn std::error::Error + Send + Sync>;

/// Plain bytes to a server, or through a proxy to it; a proxy may itself be reached by TLS.
pub(crate) type Way = MaybeHttpsStream<TokioIo<TcpStream>>;

/// Opens ways.
#[derive(Debug, Clone)]
pub(crate) struct Route {
    straight: HttpConnector<Names>,
    /// Nothing where no proxy may be used.
    proxies: Option<Arc<Matcher>>,
    to_proxy: HttpsConnector<HttpConnector<Names>>,
}

impl Route {
    pub(super) fn new(proxies: Option<Arc<Matcher>>, tls: &ClientConfig, wait: Duration) -> Self {
        let mut straight = HttpConnector::new_with_resolver(Names);
        straight.enforce_http(false);
        straight.set_nodelay(true);
        straight.set_keepalive(Some(ALIVE_AFTER));
        straight.set_keepalive_interval(Some(ALIVE_AFTER));
        straight.set_keepalive_retries(Some(ALIVE_RETRIES));
        #[cfg(any(target_os = "android", target_os = "fuchsia", target_os = "linux"))]
        straight.set_tcp_user_timeout(Some(UNANSWERED));
        // Shared among the addresses of a name, so that one that swallows connections does not take it all.
        straight.set_connect_timeout(Some(wait));
        let to_proxy = HttpsConnector::from((straight.clone(), tls.clone()));
        Self { straight, proxies, to_proxy }
    }

    fn proxy_for(&self, server: &Uri) -> Option<Intercept> {
        self.proxies.as_ref()?.intercept(server)
    }
}

impl Service<Uri> for Route {
    type Response = Way;
    type Error = Fault;
    type Future = BoxFuture<'static, Result<Way, Fault>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Fault>> {
        self.straight.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, server: Uri) -> Self::Future {
        let Some(proxy) = self.proxy_for(&server) else {
            let connecting = self.straight.call(server);
            return Box::pin(async move { Ok(MaybeHttpsStream::Http(connecting.await?)) });
        };
        let mut tunnel = Tunnel::new(proxy.uri().clone(), self.to_proxy.clone());
        if let Some(credential) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(credential.clone());
        }
        Box::pin(async move { Ok(tunnel.call(server).await?) })
    }
}
