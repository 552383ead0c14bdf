//! The end of a login on this machine: a listener that the browser is sent back to (RFC 8252, section 7.3).
//!
//! Whoever else comes by, a hostile page or another process, gets a short answer and changes nothing. Must not know:
//! how codes are exchanged.

mod answer;
mod visit;

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use monday_auth::{AuthError, AuthorizationCode, Callback, OAuthApp, PendingAuthorization, ReceiverFault};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinSet;
use url::Url;

use answer::Answer;
use visit::{Visit, read_visit};

/// A login is given up after so long.
const PATIENCE: Duration = Duration::from_mins(5);

/// A visitor who takes longer over one request is sent away.
const VISIT_TIME: Duration = Duration::from_secs(5);

/// More visitors than these wait until one has gone.
const VISITORS: usize = 64;

const BACKLOG: u32 = 128;

/// Waits on a loopback address for the browser's return. It takes one of the app's redirect URIs of the form
/// `http://127.0.0.1:PORT/…` or `http://[::1]:PORT/…`: monday compares redirect URIs as text, so ports are a fixed list
/// and not whatever is free.
///
/// Register a few ports with the app, so that a taken one does not end the login:
///
/// ```no_run
/// # async fn example(app: monday_auth::OAuthApp, http: &dyn monday_auth::HttpSend) -> Result<(), monday_auth::AuthError> {
/// use monday_client::LoopbackReceiver;
/// let receiver = LoopbackReceiver::bind(&app).await?;
/// let (url, pending) = app.begin_with(&receiver.options())?;
/// println!("Open {}", url.as_str());
/// let code = receiver.receive(pending).await?;
/// let grant = app.exchange(code, http).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct LoopbackReceiver {
    listener: TcpListener,
    /// The same port of the other address family, so that nobody else has it.
    _other: Option<TcpListener>,
    redirect_uri: String,
    /// Host and port as the browser says them.
    authority: String,
    path: String,
    patience: Duration,
}

impl LoopbackReceiver {
    /// Takes the first of the app's loopback redirect URIs whose port is free, before any browser is opened. The port
    /// is taken on both `127.0.0.1` and `[::1]`, where the machine has both.
    #[expect(clippy::unused_async, reason = "an async caller has the runtime that a listener needs")]
    pub async fn bind(app: &OAuthApp) -> Result<Self, AuthError> {
        let mut fault = ReceiverFault::NoLoopbackUri;
        for uri in app.redirect_uris() {
            let Some((url, address)) = loopback(uri.as_str()) else {
                continue;
            };
            match Self::take(uri.as_str(), &url, address) {
                Ok(receiver) => return Ok(receiver),
                Err(error) if error.kind() == io::ErrorKind::AddrInUse => fault = ReceiverFault::PortsTaken,
                Err(error) => fault = ReceiverFault::Io(error.kind()),
            }
        }
        Err(AuthError::Receiver(fault))
    }

    fn take(redirect_uri: &str, url: &Url, address: SocketAddr) -> io::Result<Self> {
        let other = match address.ip() {
            IpAddr::V4(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
            IpAddr::V6(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
        };
        let listener = listen(address)?;
        let other = match listen(SocketAddr::new(other, address.port())) {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(error),
            // A machine without the other family.
            other => other.ok(),
        };
        let host = url.host_str().unwrap_or_default();
        let authority = match url.port() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        };
        Ok(Self {
            listener,
            _other: other,
            redirect_uri: redirect_uri.to_owned(),
            authority,
            path: url.path().to_owned(),
            patience: PATIENCE,
        })
    }

    /// How long to wait for the browser. Default: five minutes.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// The redirect URI it waits at.
    #[must_use]
    pub fn redirect_uri(&self) -> &str {
        &self.redirect_uri
    }

    /// Options for [`OAuthApp::begin_with`] that name this receiver's redirect URI.
    #[must_use]
    pub fn options(&self) -> monday_auth::AuthorizeOptions {
        let mut options = monday_auth::AuthorizeOptions::default();
        options.redirect_uri = Some(self.redirect_uri.clone());
        options
    }

    /// Waits for the callback that has this login's state, shows the user a page that says how it went, and gives the
    /// checked code. Every other request is answered and forgotten.
    pub async fn receive(self, pending: PendingAuthorization) -> Result<AuthorizationCode, AuthError> {
        let late = AuthError::Receiver(ReceiverFault::NoCallback);
        tokio::time::timeout(self.patience, self.listen_for(pending)).await.unwrap_or(Err(late))
    }

    async fn listen_for(&self, pending: PendingAuthorization) -> Result<AuthorizationCode, AuthError> {
        let mut visits = JoinSet::new();
        loop {
            tokio::select! {
                accepted = self.listener.accept(), if visits.len() < VISITORS => match accepted {
                    Ok((stream, _)) => {
                        let (authority, path) = (self.authority.clone(), self.path.clone());
                        visits.spawn(tokio::time::timeout(VISIT_TIME, visit(stream, authority, path)));
                    }
                    // A visitor who left before being let in, or no file handle for now.
                    Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
                },
                Some(visited) = visits.join_next() => {
                    let Ok(Ok(Some((stream, callback)))) = visited else {
                        continue;
                    };
                    if !pending.recognises(&callback) {
                        visits.spawn(tokio::time::timeout(VISIT_TIME, turn_away(stream)));
                        continue;
                    }
                    let code = pending.finish_with(callback);
                    let answer = if code.is_ok() { Answer::LoggedIn } else { Answer::NotLoggedIn };
                    // What the user sees does not decide the login.
                    let _ = tokio::time::timeout(VISIT_TIME, answer.send(stream)).await;
                    return code;
                }
            }
        }
    }
}

/// Reads one request: a callback is handed on, everything else is answered here.
async fn visit(mut stream: TcpStream, authority: String, path: String) -> Option<(TcpStream, Callback)> {
    let refusal = match read_visit(&mut stream, &authority, &path).await {
        Visit::Callback(callback) => return Some((stream, callback)),
        Visit::Refused(refusal) => refusal,
        Visit::Gone => return None,
    };
    refusal.send(stream).await;
    None
}

async fn turn_away(stream: TcpStream) -> Option<(TcpStream, Callback)> {
    Answer::OtherLogin.send(stream).await;
    None
}

/// The address of a redirect URI on this machine.
fn loopback(uri: &str) -> Option<(Url, SocketAddr)> {
    let url = Url::parse(uri).ok().filter(|url| url.scheme() == "http")?;
    let ip = match url.host()? {
        url::Host::Ipv4(ip) => IpAddr::V4(ip),
        url::Host::Ipv6(ip) => IpAddr::V6(ip),
        url::Host::Domain(_) => return None,
    };
    let port = url.port_or_known_default()?;
    ip.is_loopback().then_some((url, SocketAddr::new(ip, port)))
}

/// Without `SO_REUSEADDR`, which on some systems lets two processes have one port.
fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}
