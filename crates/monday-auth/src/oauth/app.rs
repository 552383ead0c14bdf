//! The app as monday knows it, and what it does: begin a login, exchange, refresh, revoke.
//!
//! Must not know: where tokens are kept, when to refresh.

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use oauth2::{CsrfToken, PkceCodeChallenge};

use super::app_secret::{self, AppSecret, READ_TIME};
use super::requests::{self, Parties};
use super::token_answer::{self, Unusable};
use super::{
    AuthServer, AuthorizationCode, AuthorizationUrl, Flow, PendingAuthorization, RedirectUri, TokenGrant,
};
use crate::runtime::on_timer;
use crate::{
    AppFault, AuthError, BodyKind, Endpoint, HttpAnswer, HttpFault, HttpRequest, HttpSend, ScopeSet, Secret,
    SecretReader,
};

/// How long a request to the authorization server may take.
pub(crate) const REQUEST_TIME: Duration = Duration::from_secs(10);

/// An app of the Developer Center: client id and secret, redirect URIs, scopes, flow.
///
/// ```
/// use monday_auth::{OAuthApp, Scope, ScopeSet, Secret};
/// let app = OAuthApp::builder("client-id", Secret::new("client-secret"))
///     .redirect_uri("https://app.example.com/callback")
///     .scopes(ScopeSet::from([Scope::MeRead, Scope::BoardsRead]))
///     .build()?;
/// let (url, pending) = app.begin()?;
/// assert!(url.as_str().starts_with("https://auth.monday.com/oauth2/authorize?response_type=code&"));
/// assert!(pending.finish("/callback?code=1234&state=guessed").is_err());
/// # Ok::<(), monday_auth::AuthError>(())
/// ```
pub struct OAuthApp {
    pub(super) client_id: String,
    pub(crate) secret: AppSecret,
    redirect_uris: Vec<RedirectUri>,
    pub(super) scopes: ScopeSet,
    pub(super) flow: Flow,
    pub(super) server: AuthServer,
}

/// Builds an [`OAuthApp`].
#[derive(Debug)]
pub struct OAuthAppBuilder {
    client_id: String,
    client_secret: Secret,
    reader: Option<Arc<dyn SecretReader>>,
    redirect_uris: Vec<String>,
    scopes: ScopeSet,
    flow: Flow,
    server: Option<AuthServer>,
}

/// What else can be said when a login begins.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct AuthorizeOptions {
    /// Which of the app's redirect URIs; the first if `None`.
    pub redirect_uri: Option<String>,
    /// Which scopes; the app's if `None`.
    pub scopes: Option<ScopeSet>,
    /// The slug of the one account that may be chosen.
    pub subdomain: Option<String>,
    /// A version of the app that is not live yet; for its collaborators.
    pub app_version_id: Option<String>,
    /// Lets an admin install the app first, where it is not installed.
    pub force_install_if_needed: bool,
}

impl OAuthAppBuilder {
    /// Adds a redirect URI, written exactly as in the Developer Center.
    #[must_use]
    pub fn redirect_uri(mut self, uri: impl Into<String>) -> Self {
        self.redirect_uris.push(uri.into());
        self
    }

    /// The scopes to ask for. Without any, monday asks the user for all that the app version lists.
    #[must_use]
    pub fn scopes(mut self, scopes: ScopeSet) -> Self {
        self.scopes = scopes;
        self
    }

    /// The older flow, for app versions that have not moved to OAuth 2.1.
    #[must_use]
    pub fn legacy(mut self) -> Self {
        self.flow = Flow::Legacy;
        self
    }

    /// Another authorization server, such as a sandbox's ([`AuthServer::loopback`]). Default: monday's.
    #[must_use]
    pub fn server(mut self, server: AuthServer) -> Self {
        self.server = Some(server);
        self
    }

    /// Checks everything and builds the app.
    pub fn build(self) -> Result<OAuthApp, AuthError> {
        let clean =
            |text: &str| (1..=512).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if !clean(&self.client_id) {
            return Err(AuthError::App(AppFault::Client));
        }
        let secret = AppSecret::new(self.client_secret, self.reader)?;
        let redirect_uris: Vec<_> =
            self.redirect_uris.iter().map(|uri| RedirectUri::new(uri)).collect::<Result<_, _>>()?;
        Ok(OAuthApp {
            client_id: self.client_id,
            secret,
            redirect_uris,
            scopes: self.scopes,
            flow: self.flow,
            server: self.server.map_or_else(AuthServer::monday, Ok)?,
        })
    }
}

impl OAuthApp {
    /// Starts with the client id and secret of the Developer Center.
    pub fn builder(client_id: impl Into<String>, client_secret: Secret) -> OAuthAppBuilder {
        OAuthAppBuilder {
            client_id: client_id.into(),
            client_secret,
            reader: None,
            redirect_uris: Vec::new(),
            scopes: ScopeSet::default(),
            flow: Flow::default(),
            server: None,
        }
    }

    /// Starts with the client id, and the secret that this reader finds in a secret manager. One that is a JSON object is
    /// read by way of a [`SecretField`](crate::SecretField); a line's end after the secret is not part of it.
    ///
    /// The secret is read now, and again when the authorization server answers a request with `invalid_client`. If it is
    /// another one then, it is used from then on and the request is sent once more: that answer says that the client was
    /// not authenticated and nothing was done, so no code or refresh token is spent (RFC 6749, section 5.2). Reading has 5
    /// seconds; if it fails, or the secret is the same, the request fails with the server's answer. A secret that is
    /// still the same is not read again for 30 seconds.
    ///
    /// # Errors
    ///
    /// [`AuthError::SecretManager`] for a secret that cannot be read or is not there, that is a JSON object
    /// ([`SecretFault::Object`](crate::SecretFault::Object)), or no visible ASCII of up to 512 bytes
    /// ([`SecretFault::NotClientSecret`](crate::SecretFault::NotClientSecret)).
    ///
    /// ```
    /// # use monday_auth::{AuthError, OAuthApp, SecretField, SecretReader};
    /// # async fn app(reader: impl SecretReader) -> Result<OAuthApp, AuthError> {
    /// OAuthApp::builder_from("client-id", SecretField::new(reader, "client_secret"))
    ///     .await?
    ///     .redirect_uri("https://app.example.com/callback")
    ///     .build()
    /// # }
    /// ```
    pub async fn builder_from(
        client_id: impl Into<String> + Send,
        reader: impl SecretReader,
    ) -> Result<OAuthAppBuilder, AuthError> {
        let (client_id, reader): (String, Arc<dyn SecretReader>) = (client_id.into(), Arc::new(reader));
        let broken = |fault| AuthError::SecretManager { source_name: reader.name(), fault };
        let secret = app_secret::read(&reader).await.map_err(broken)?;
        Ok(OAuthAppBuilder { reader: Some(reader), ..Self::builder(client_id, secret.duplicate()) })
    }

    /// The client id.
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.client_id
    }

    /// Its redirect URIs, in the order given.
    #[must_use]
    pub fn redirect_uris(&self) -> &[RedirectUri] {
        &self.redirect_uris
    }

    /// The flow.
    #[must_use]
    pub fn flow(&self) -> Flow {
        self.flow
    }

    /// The scopes it asks for.
    #[must_use]
    pub fn scopes(&self) -> &ScopeSet {
        &self.scopes
    }

    /// The authorization server.
    #[must_use]
    pub fn server(&self) -> &AuthServer {
        &self.server
    }

    /// Begins a login: where to send the browser, and what to keep until it comes back.
    pub fn begin(&self) -> Result<(AuthorizationUrl, PendingAuthorization), AuthError> {
        self.begin_with(&AuthorizeOptions::default())
    }

    /// Begins a login with options. State and PKCE verifier are 256 random bits each; the challenge method is S256.
    pub fn begin_with(
        &self,
        options: &AuthorizeOptions,
    ) -> Result<(AuthorizationUrl, PendingAuthorization), AuthError> {
        // `oauth2` draws its own random numbers and panics without them.
        getrandom::fill(&mut [0; 1]).map_err(|_| AuthError::App(AppFault::NoRandom))?;
        let redirect_uri = self.redirect_uri(options.redirect_uri.as_deref())?;
        let plain = |text: &String| {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        if ![&options.subdomain, &options.app_version_id].into_iter().flatten().all(plain) {
            return Err(AuthError::App(AppFault::Parameter));
        }
        let scopes = options.scopes.clone().unwrap_or_else(|| self.scopes.clone());
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let state = CsrfToken::new_random_len(32);
        let pending = PendingAuthorization {
            client_id: self.client_id.clone(),
            state: Secret::new(state.secret().as_str()),
            verifier: Secret::new(verifier.secret().as_str()),
            redirect_uri: redirect_uri.clone(),
            issuers: self.server.issuers.clone(),
            scopes: scopes.clone(),
            begun_at: SystemTime::now(),
        };
        let url = requests::authorize_url(
            &self.parties(&self.secret.current()),
            redirect_uri,
            &scopes,
            options,
            challenge,
            state,
        )?;
        Ok((AuthorizationUrl(url), pending))
    }

    fn redirect_uri(&self, wanted: Option<&str>) -> Result<&RedirectUri, AuthError> {
        let first = self.redirect_uris.first().ok_or(AuthError::App(AppFault::NoRedirectUri))?;
        let Some(wanted) = wanted else {
            return Ok(first);
        };
        let found = self.redirect_uris.iter().find(|uri| uri.as_str() == wanted);
        found.ok_or(AuthError::App(AppFault::UnknownRedirectUri))
    }

    /// Exchanges a code for tokens. Sent once: a code works once. If the server refuses the app's secret and a newer one
    /// is found ([`builder_from`](Self::builder_from)), sent once more with that.
    ///
    /// # Errors
    ///
    /// [`AuthError::App`] for a code of another app: nothing is sent then. [`AuthError::OAuth`] when the
    /// server refuses the code or the app, [`AuthError::ServerUnavailable`] when it is overloaded,
    /// [`AuthError::Transport`] when it could not be reached or its answer was lost,
    /// [`AuthError::TokenResponse`] and [`AuthError::UnexpectedAnswer`] for an answer that is of no use.
    /// After any of them but the first the code may be spent: begin a new login.
    pub async fn exchange(
        &self,
        code: AuthorizationCode,
        http: &dyn HttpSend,
    ) -> Result<TokenGrant, AuthError> {
        if code.client_id != self.client_id {
            return Err(AuthError::App(AppFault::OtherApp));
        }
        let body = |secret: &Secret| requests::exchange(&self.parties(secret), &code);
        let answer = self.post_as_client(self.server.token(self.flow), BodyKind::Form, body, http).await?;
        let grant =
            token_answer::read(&answer, self.flow, SystemTime::now()).map_err(|unusable| *unusable.error)?;
        Ok(grant.or_scope(code.scopes))
    }

    /// Exchanges a refresh token, once and with this secret, for the next pair. [`OAuthSessions`](crate::OAuthSessions) does it safely:
    /// a refresh token works once, and an answer that is not kept is a session lost.
    pub(crate) async fn refresh(
        &self,
        secret: &Secret,
        refresh: &Secret,
        http: &dyn HttpSend,
        now: SystemTime,
    ) -> Result<TokenGrant, Unusable> {
        let sent = async {
            let body = requests::refresh(&self.parties(secret), refresh)?;
            self.post(self.server.token(self.flow), BodyKind::Form, body, http).await
        };
        token_answer::read(&sent.await?, self.flow, now)
    }

    /// Revokes a token (RFC 7009). A server that does not know the token says so with success.
    pub(crate) async fn revoke(
        &self,
        token: &Secret,
        is_refresh: bool,
        http: &dyn HttpSend,
    ) -> Result<(), AuthError> {
        if self.flow == Flow::Legacy {
            return Err(AuthError::App(AppFault::LegacyFlow));
        }
        let body = |secret: &Secret| requests::revoke(&self.parties(secret), token, is_refresh);
        let answer = self.post_as_client(&self.server.revoke, BodyKind::Form, body, http).await?;
        token_answer::read_success(&answer)
    }

    /// Posts what is formed with the app's secret. When the server refuses the secret and there is a newer one, posts it
    /// once more with that.
    pub(super) async fn post_as_client(
        &self,
        endpoint: &Endpoint,
        kind: BodyKind,
        body: impl Fn(&Secret) -> Result<Secret, AuthError> + Send,
        http: &dyn HttpSend,
    ) -> Result<HttpAnswer, AuthError> {
        let secret = self.secret.current();
        let answer = self.post(endpoint, kind, body(&secret)?, http).await?;
        if !token_answer::refuses_client(&answer) {
            return Ok(answer);
        }
        match self.secret.after_refusal(secret.fingerprint(), on_timer(READ_TIME)).await {
            Some(newer) => self.post(endpoint, kind, body(&newer)?, http).await,
            None => Ok(answer),
        }
    }

    pub(super) async fn post(
        &self,
        endpoint: &Endpoint,
        kind: BodyKind,
        body: Secret,
        http: &dyn HttpSend,
    ) -> Result<HttpAnswer, AuthError> {
        let request = HttpRequest { endpoint: endpoint.clone(), kind, body, timeout: REQUEST_TIME };
        let answer = http.send(request).await.map_err(AuthError::Transport)?;
        if answer.body.len() > HttpRequest::LONGEST_ANSWER {
            return Err(AuthError::Transport(HttpFault::Unreadable));
        }
        Ok(answer)
    }

    fn parties<'a>(&'a self, client_secret: &'a Secret) -> Parties<'a> {
        Parties {
            client_id: &self.client_id,
            client_secret,
            authorize: self.server.authorize.url(),
            token: self.server.token(self.flow).url(),
        }
    }

    /// A JSON body of text fields.
    pub(super) fn json(fields: &HashMap<&str, &str>) -> Result<Secret, AuthError> {
        serde_json::to_string(fields).map(Secret::new).map_err(|_| AuthError::App(AppFault::Request))
    }
}

impl fmt::Debug for OAuthApp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuthApp")
            .field("client_id", &self.client_id)
            .field("client_secret", &self.secret.current())
            .field("redirect_uris", &self.redirect_uris)
            .field("scopes", &self.scopes)
            .field("flow", &self.flow)
            .finish_non_exhaustive()
    }
}
