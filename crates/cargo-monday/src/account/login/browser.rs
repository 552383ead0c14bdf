//! A login with the browser: the user agrees there, and a grant comes back to this machine.
//!
//! Must not know: where tokens are kept.

use clap::Args;
use monday_sdk::auth::{AuthError, AuthServer, OAuthApp, OAuthAppBuilder, ScopeSet, Secret, TokenGrant};
use monday_sdk::queries::{GetBoard, Me};
use monday_sdk::{AuthTransport, LoopbackReceiver, Operation as _};
use zeroize::Zeroizing;

use super::secret;
use crate::Failure;
use crate::account::connection::{failed, told};
use crate::account::runtime::CommandRuntime;

/// More than one, since a port may be taken. monday compares them as text.
const REDIRECT_URIS: [&str; 3] =
    ["http://127.0.0.1:8737/callback", "http://127.0.0.1:8738/callback", "http://127.0.0.1:8739/callback"];

/// What a login with the browser takes.
#[derive(Args)]
pub(super) struct BrowserArguments {
    /// The app's client id.
    #[arg(long, requires = "oauth")]
    client_id: Option<String>,
    /// A redirect URI of the app on this machine; several are tried in turn. Default: http://127.0.0.1:8737/callback, and
    /// the same with 8738 and 8739.
    #[arg(long, requires = "oauth", value_name = "URI")]
    redirect_uri: Vec<String>,
    /// Print the address, and open no browser.
    #[arg(long, requires = "oauth")]
    no_browser: bool,
    /// The sandbox's authorization server.
    #[arg(long, requires = "endpoint", value_name = "URL", hide = true)]
    authorization_server: Option<String>,
}

/// What a login has brought.
pub(super) struct Login {
    pub(super) app: OAuthApp,
    pub(super) client_secret: Zeroizing<String>,
    pub(super) grant: TokenGrant,
    /// The sandbox's, where it is not monday's.
    pub(super) server: Option<String>,
}

impl BrowserArguments {
    /// Waits until the user has agreed.
    pub(super) fn log_in(&self, runtime: &CommandRuntime) -> Result<Login, Failure> {
        let client_id = self.client_id.clone().ok_or("--oauth wants --client-id")?;
        let client_secret = Self::client_secret()?;
        let app = self.app(client_id, &client_secret).map_err(|error| told(&error))?;
        let http = runtime.block_on(async { AuthTransport::new() }).map_err(|error| failed(&error))?;
        let grant = runtime.block_on(self.grant(&app, &http)).map_err(|error| told(&error))?;
        Ok(Login { app, client_secret, grant, server: self.authorization_server.clone() })
    }

    fn app(&self, client_id: String, client_secret: &str) -> Result<OAuthApp, AuthError> {
        let scopes = ScopeSet::minimal_for([Me::NAME, GetBoard::NAME]).scopes;
        let mut app = OAuthApp::builder(client_id, Secret::new(client_secret)).scopes(scopes);
        if self.redirect_uri.is_empty() {
            app = REDIRECT_URIS.iter().fold(app, |app, uri| app.redirect_uri(*uri));
        }
        app = self.redirect_uri.iter().fold(app, OAuthAppBuilder::redirect_uri);
        if let Some(server) = &self.authorization_server {
            app = app.server(AuthServer::loopback(server)?);
        }
        app.build()
    }

    #[expect(clippy::disallowed_methods, reason = "a command may read its environment")]
    fn client_secret() -> Result<Zeroizing<String>, Failure> {
        match std::env::var("MONDAY_CLIENT_SECRET") {
            Ok(secret) if !secret.is_empty() => Ok(Zeroizing::new(secret)),
            _ => secret("client secret of the app (not shown): ")
                .map(|secret| Zeroizing::new(secret.trim().to_owned())),
        }
    }

    async fn grant(&self, app: &OAuthApp, http: &AuthTransport) -> Result<TokenGrant, AuthError> {
        let receiver = LoopbackReceiver::bind(app).await?;
        let (url, pending) = app.begin_with(&receiver.options())?;
        // On standard error: it is for whoever sits here, and good for one login.
        if self.no_browser || open::that_detached(url.as_str()).is_err() {
            eprintln!("Open this in a browser:\n\n  {}\n", url.as_str());
        } else {
            eprintln!("Your browser opens. If it does not, open this:\n\n  {}\n", url.as_str());
        }
        let code = receiver.receive(pending).await?;
        app.exchange(code, http).await
    }
}
