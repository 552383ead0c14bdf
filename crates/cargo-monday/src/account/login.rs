//! `login`: a token, asked for or fetched with the browser, checked, and kept where the SDK finds it.
//!
//! No token is printed. Must not know: the other commands.

mod browser;

use std::io::{self, IsTerminal as _, Read as _};

use clap::{Args, ValueEnum};
use monday_sdk::queries::Me;
use monday_sdk::{Client, Credential, CredentialKind};
use zeroize::Zeroizing;

use super::connection::{Account, Connection, told};
use crate::Failure;
use crate::outcome::Outcome;

/// What `login` takes.
#[derive(Args)]
#[command(after_help = HELP)]
pub struct Arguments {
    /// Where the token is kept.
    #[arg(long, value_enum, default_value = "profile")]
    store: Store,
    /// Log in to an app with the browser, in place of a personal token. Its secret is read from MONDAY_CLIENT_SECRET, or
    /// asked for.
    #[arg(long, requires = "client_id")]
    oauth: bool,
    #[command(flatten)]
    browser: browser::BrowserArguments,
    #[command(flatten)]
    account: Account,
}

/// Where tokens are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Store {
    /// A TOML file that only you can read.
    Profile,
}

const HELP: &str = "\
A personal token is under your picture in monday: Developers, then API token. It can do what you can do.
On a terminal it is asked for and not shown; otherwise it is read from standard input:

  pass monday/token | cargo monday login --profile work

The token is tried before it is kept, and a refused one is not kept. MONDAY_API_TOKEN and MONDAY_API_TOKEN_FILE go before
what is kept. An OAuth token ends within the hour, which is long enough to pull boards; a program refreshes its own, see
`OAuthSessions` of monday-sdk.

Exit codes: 0 kept; 2 an error, and nothing was kept.";

/// A longer text is no token.
const LONGEST: u64 = 64 * 1024;

/// A token by itself, without `Bearer `.
struct Token {
    text: Zeroizing<String>,
    kind: CredentialKind,
}

/// Runs it.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let account = &arguments.account;
    let endpoint = account.endpoint()?;
    let place = account.place()?;
    let token = if arguments.oauth { arguments.browser.log_in(&endpoint)? } else { asked()? };
    let credential = match token.kind {
        CredentialKind::OAuth => Credential::oauth(token.text.as_str()),
        _ => Credential::personal_token(token.text.as_str()),
    };
    let credential = credential.map_err(|error| told(&error))?.for_audience(endpoint.audience().clone());
    let connection = Connection::with(|| Client::builder().endpoint(endpoint).credential(credential))?;
    let me = connection.execute(Me).map_err(|error| format!("the token was not kept: {error}"))?.me;
    let me =
        me.ok_or("the token was not kept: it belongs to no user\n-> make one as a user of the account")?;
    let Store::Profile = arguments.store;
    place.keep(&account.profile, &token.text, token.kind)?;
    let kind = if token.kind == CredentialKind::OAuth { "OAuth" } else { "personal" };
    let (profile, path) = (&account.profile, place.path.display());
    Ok(Outcome::done(format!(
        "kept     the {kind} token of {} <{}>, {}: the profile `{profile}`\n\
         in       {path}, which only you can read\n\
         found    by `cargo monday`{}, behind MONDAY_API_TOKEN and MONDAY_API_TOKEN_FILE\n\
         in code  Chain::local(ProfileSource::new({:?}, {profile:?})), with the feature `profile-file`",
        me.name,
        me.email,
        me.account.name,
        options(account),
        path.to_string(),
    )))
}

/// What the other commands have to be told.
fn options(account: &Account) -> String {
    let mut text = String::new();
    if account.profile != super::profile::DEFAULT {
        text = format!(" with --profile {}", account.profile);
    }
    if account.profile_file.is_some() {
        text.push_str(" with the same --profile-file");
    }
    text
}

/// The token that is pasted, or comes in.
fn asked() -> Result<Token, Failure> {
    let text = secret("personal token (not shown): ")?;
    let (text, kind) = match text.trim().strip_prefix("Bearer ") {
        Some(token) => (token, CredentialKind::OAuth),
        None => (text.trim(), CredentialKind::PersonalToken),
    };
    if text.is_empty() {
        return Err("there is no token\n-> paste one, or write it to standard input".to_owned());
    }
    Ok(Token { text: Zeroizing::new(text.to_owned()), kind })
}

/// A secret: asked for on a terminal, else all of standard input.
fn secret(prompt: &str) -> Result<Zeroizing<String>, Failure> {
    let failed = |error: io::Error| format!("the secret could not be read: {}", error.kind());
    if io::stdin().is_terminal() {
        return rpassword::prompt_password(prompt).map(Zeroizing::new).map_err(failed);
    }
    let mut text = Zeroizing::new(String::new());
    io::stdin().lock().take(LONGEST).read_to_string(&mut text).map_err(failed)?;
    Ok(text)
}
