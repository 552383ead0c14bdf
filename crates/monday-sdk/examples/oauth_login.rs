//! Logs a user in with the browser, says who it is, refreshes the token, and logs out again.
//!
//! Without an app it starts the sandbox, which has one. With `MONDAY_CLIENT_ID` and `MONDAY_CLIENT_SECRET` the same
//! code talks to monday; the app then needs one of the redirect URIs below, and the scopes `me:read` and
//! `account:read`.

use std::error::Error;
use std::sync::Arc;

use monday_sandbox::{Sandbox, SandboxApp};
use monday_sdk::auth::{
    AuthServer, AuthorizationUrl, MemoryStore, OAuthApp, OAuthSessions, Rejection, ScopeSet, Secret, TokenKey,
};
use monday_sdk::queries::Me;
use monday_sdk::{
    AuthTransport, Client, CredentialProvider as _, Endpoint, LoopbackReceiver, Operation as _, TokioRuntime,
};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// More than one, since a port may be taken. monday compares them as text.
const REDIRECT_URIS: [&str; 3] =
    ["http://127.0.0.1:8737/callback", "http://127.0.0.1:8738/callback", "http://127.0.0.1:8739/callback"];

#[tokio::main]
async fn main() -> Outcome<()> {
    let scopes = ScopeSet::minimal_for([Me::NAME]).scopes;
    if let Some((id, secret)) = app_of_the_environment() {
        let app = REDIRECT_URIS.iter().fold(OAuthApp::builder(id, secret), |app, uri| app.redirect_uri(*uri));
        return log_in(app.scopes(scopes).build()?, Endpoint::monday()?).await;
    }
    let app = REDIRECT_URIS
        .iter()
        .fold(SandboxApp::new("sandbox-app", "sandbox-secret"), |app, uri| app.redirect_uri(*uri));
    let sandbox = Sandbox::builder().items(1).app(app).start().await?;
    println!("MONDAY_CLIENT_ID is not set: this runs against the sandbox at {}\n", sandbox.url());
    let app = OAuthApp::builder("sandbox-app", Secret::new("sandbox-secret"));
    let app = REDIRECT_URIS.iter().fold(app, |app, uri| app.redirect_uri(*uri));
    let server = AuthServer::loopback(&sandbox.authorization_url())?;
    log_in(app.scopes(scopes).server(server).build()?, Endpoint::loopback(&sandbox.url())?).await
}

#[expect(clippy::disallowed_methods, reason = "a program may read its environment")]
fn app_of_the_environment() -> Option<(String, Secret)> {
    let id = std::env::var("MONDAY_CLIENT_ID").ok()?;
    Some((id, Secret::new(std::env::var("MONDAY_CLIENT_SECRET").ok()?)))
}

async fn log_in(app: OAuthApp, endpoint: Endpoint) -> Outcome<()> {
    let receiver = LoopbackReceiver::bind(&app).await?;
    let (url, pending) = app.begin_with(&receiver.options())?;
    open_or_print(&url);
    let code = receiver.receive(pending).await?;

    // Whose tokens they are is the caller's to say; a web app would use its own user's and account's ids.
    let key = TokenKey::new(app.client_id(), "account", "user");
    // Kept in memory: a program that is to find them again uses `FileStore` or the keyring.
    let sessions = OAuthSessions::builder(
        app,
        MemoryStore::new(),
        Arc::new(AuthTransport::new()?),
        Arc::new(TokioRuntime::current()?),
    );
    let sessions = sessions.audience(endpoint.audience().clone()).build();
    let provider = sessions.log_in(&key, code).await?;

    let client = Client::builder().endpoint(endpoint).credential(provider.clone()).build()?;
    let me = client.execute(Me).await?.me.ok_or("the token belongs to no user")?;
    println!("I am {} <{}> of {}", me.name, me.email, me.account.name);

    // By itself this happens when the token is about to end, or when the API refuses it.
    let old = provider.current().await?;
    let new = provider.rejected(&old, Rejection::Unauthorized).await?;
    println!("refreshed {} to {}", old.fingerprint(), new.fingerprint());
    client.execute(Me).await?;

    sessions.log_out(&key).await?;
    println!("logged out: {}", provider.current().await.err().ok_or("the token is still there")?);
    Ok(())
}

fn open_or_print(url: &AuthorizationUrl) {
    if open::that_detached(url.as_str()).is_err() {
        println!("Open this in a browser:\n\n  {}\n", url.as_str());
    } else {
        println!("Your browser opens. If it does not, open this:\n\n  {}\n", url.as_str());
    }
}
