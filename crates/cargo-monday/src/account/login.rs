//! `login`: a token or a session, asked for or fetched with the browser, checked, and kept where the SDK finds it.
//!
//! No token is printed. Must not know: the other commands.

mod browser;
mod keep;

use std::io::{self, IsTerminal as _, Read as _};

use clap::{Args, ValueEnum};
use monday_sdk::queries::Me;
use monday_sdk::{Client, Credential, CredentialKind};
use zeroize::Zeroizing;

use super::connection::{Account, Connection, told};
use super::keyring;
use super::runtime::CommandRuntime;
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
    /// asked for, and kept with the session, which is refreshed with it.
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
    /// Files that only you can read, in plain text: a personal token in the file of profiles, a session of OAuth in the
    /// folder `sessions` beside it and its app's secret in the profile.
    Profile,
    /// The system's keyring (Secret Service, Keychain or Credential Manager): all of it is there, encrypted; the file of
    /// profiles says only that it is. Without a keyring that is unlocked nothing is kept.
    Keyring,
}

const HELP: &str = "\
A personal token is under your picture in monday: Developers, then API token. It can do what you can do.
On a terminal it is asked for and not shown; otherwise it is read from standard input:

  pass monday/token | cargo monday login --profile work

The token is tried before it is kept, and a refused one is not kept. MONDAY_API_TOKEN and MONDAY_API_TOKEN_FILE go before
what is kept. An OAuth login keeps the whole session: its access token ends within the hour and is refreshed by whichever
command needs it next, and by your own program if it opens the same store. A profile has one token: a login takes away
what the profile had before.

Exit codes: 0 kept; 2 an error, and nothing was kept.";

/// A longer text is no token.
const LONGEST: u64 = 64 * 1024;

/// A token by itself, without `Bearer `.
struct Token {
    text: Zeroizing<String>,
    kind: CredentialKind,
}

/// What is to be kept.
enum Got {
    Token(Token),
    Session(Box<browser::Login>),
}

/// Runs it.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let (account, runtime) = (&arguments.account, CommandRuntime::new()?);
    let endpoint = account.endpoint()?;
    let place = account.place()?;
    if arguments.store == Store::Keyring {
        // Before anyone is asked for a token.
        runtime
            .block_on(keyring::keyring().find(keyring::SERVICE, &account.profile))
            .map_err(keyring::refused)?;
    }
    let got = if arguments.oauth {
        Got::Session(Box::new(arguments.browser.log_in(&runtime)?))
    } else {
        Got::Token(asked()?)
    };
    let credential = match &got {
        Got::Session(login) => login.grant.credential(),
        Got::Token(Token { text, kind: CredentialKind::OAuth }) => Credential::oauth(text.as_str()),
        Got::Token(Token { text, .. }) => Credential::personal_token(text.as_str()),
    };
    let credential = credential.map_err(|error| told(&error))?.for_audience(endpoint.audience().clone());
    let builder = || Client::builder().endpoint(endpoint.clone()).credential(credential);
    let connection = Connection::with(runtime, builder)?;
    let me = connection.execute(Me).map_err(|error| format!("the token was not kept: {error}"))?.me;
    let me =
        me.ok_or("the token was not kept: it belongs to no user\n-> make one as a user of the account")?;
    let kept = keep::Keeping { account, place: &place, endpoint: &endpoint, runtime: connection.runtime() }
        .keep(got, arguments.store, &me)?;
    Ok(Outcome::done(kept))
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
