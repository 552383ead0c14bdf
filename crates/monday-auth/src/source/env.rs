//! The environment: `MONDAY_API_TOKEN`, else the file named by `MONDAY_API_TOKEN_FILE`.
//!
//! The only place of the library that reads the environment. Must not know: other sources.

use std::ffi::{OsStr, OsString};
use std::fs::{self, File};
use std::io::{self, Read};

use super::kept::{Found, Kept, KeptSource};
use super::token_form::TokenForm;
use crate::{Audience, AuthError, BoxFuture, Credential, CredentialKind, Secret, TokenFault};

const TOKEN: &str = "MONDAY_API_TOKEN";
const TOKEN_FILE: &str = "MONDAY_API_TOKEN_FILE";

/// A longer file holds no token; reading stops here.
const LONGEST_FILE: u64 = 64 * 1024;

/// Reads the token from the environment when the first request needs it, and again when the API rejects it: a
/// file that was rewritten in the meantime (a mounted secret that rotated) is picked up without a restart.
///
/// A variable that is empty counts as not set. Text that starts with `Bearer ` is an OAuth token, other text
/// a personal token, unless [`kind`](Self::kind) says otherwise.
#[derive(Debug)]
pub struct EnvSource {
    variables: Variables,
    form: TokenForm,
    kept: Kept,
}

/// Which of the two variables are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Variables {
    Both,
    Token,
    TokenFile,
}

impl Default for EnvSource {
    fn default() -> Self {
        Self::new()
    }
}

impl EnvSource {
    /// The source, for monday's API.
    #[must_use]
    pub fn new() -> Self {
        Self::of(Variables::Both)
    }

    /// `MONDAY_API_TOKEN` only, so that a [`Chain`](crate::Chain) tells the two apart.
    #[must_use]
    pub fn token() -> Self {
        Self::of(Variables::Token)
    }

    /// `MONDAY_API_TOKEN_FILE` only.
    #[must_use]
    pub fn token_file() -> Self {
        Self::of(Variables::TokenFile)
    }

    fn of(variables: Variables) -> Self {
        Self { variables, form: TokenForm::default(), kept: Kept::default() }
    }

    /// The kind of token that is in the environment.
    #[must_use]
    pub fn kind(mut self, kind: CredentialKind) -> Self {
        self.form.kind = Some(kind);
        self
    }

    /// The server the token is for.
    #[must_use]
    pub fn audience(mut self, audience: Audience) -> Self {
        self.form.audience = audience;
        self
    }

    /// Reads the environment now.
    pub fn read(&self) -> Result<Credential, AuthError> {
        self.read_from(|name| variable(name))
    }

    fn read_from(&self, variable: impl Fn(&str) -> Option<OsString>) -> Result<Credential, AuthError> {
        let set = |name, other| {
            if self.variables == other { None } else { variable(name).filter(|value| !value.is_empty()) }
        };
        if let Some(value) = set(TOKEN, Variables::TokenFile) {
            let token = value.into_string().map_err(|_| not_ascii(TOKEN))?;
            return self.form.credential(&Secret::new(token), TOKEN);
        }
        if let Some(path) = set(TOKEN_FILE, Variables::Token) {
            let unreadable =
                |error: io::Error| AuthError::UnreadableFile { source_name: TOKEN_FILE, kind: error.kind() };
            // A pipe would block until someone writes.
            if !fs::metadata(&path).map_err(unreadable)?.is_file() {
                return Err(unreadable(io::ErrorKind::InvalidInput.into()));
            }
            let mut bytes = Vec::new();
            File::open(path)
                .and_then(|file| file.take(LONGEST_FILE).read_to_end(&mut bytes))
                .map_err(unreadable)?;
            let token = String::from_utf8(bytes).map_err(|_| not_ascii(TOKEN_FILE))?;
            return self.form.credential(&Secret::new(token), TOKEN_FILE);
        }
        Err(self.absent())
    }
}

impl KeptSource for EnvSource {
    fn label(&self) -> &'static str {
        match self.variables {
            Variables::Both => "MONDAY_API_TOKEN or MONDAY_API_TOKEN_FILE",
            Variables::Token => TOKEN,
            Variables::TokenFile => TOKEN_FILE,
        }
    }

    fn absent(&self) -> AuthError {
        AuthError::Missing {
            tried: match self.variables {
                Variables::Both => vec![TOKEN, TOKEN_FILE],
                Variables::Token => vec![TOKEN],
                Variables::TokenFile => vec![TOKEN_FILE],
            },
        }
    }

    fn kept(&self) -> &Kept {
        &self.kept
    }

    fn read_anew(&self) -> BoxFuture<'static, Found> {
        Box::pin(std::future::ready(match self.read() {
            Err(AuthError::Missing { .. }) => Ok(None),
            found => found.map(Some),
        }))
    }
}

/// A variable of this process's environment.
#[expect(clippy::disallowed_methods, reason = "the named place where the environment is read")]
pub(super) fn variable(name: impl AsRef<OsStr>) -> Option<OsString> {
    std::env::var_os(name)
}

fn not_ascii(source_name: &'static str) -> AuthError {
    AuthError::InvalidToken { source_name, fault: TokenFault::Character }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &EnvSource, token: Option<&str>, file: Option<&str>) -> Result<Credential, AuthError> {
        source.read_from(|name| match name {
            TOKEN => token.map(Into::into),
            TOKEN_FILE => file.map(Into::into),
            other => panic!("read {other}"),
        })
    }

    #[test]
    fn the_token_comes_before_the_file() {
        let credential = read(&EnvSource::new(), Some("token-1234"), Some("/nonexistent")).unwrap();
        assert_eq!(credential.kind(), CredentialKind::PersonalToken);
    }

    #[test]
    fn the_file_is_read_and_its_newline_dropped() {
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), "token-1234\n").unwrap();
        let credential = read(&EnvSource::new(), Some(""), file.path().to_str()).unwrap();
        assert_eq!(credential.header_for(&Audience::monday()).unwrap(), "token-1234");
    }

    #[test]
    fn a_bearer_prefix_or_the_kind_makes_it_an_oauth_token() {
        let prefixed = read(&EnvSource::new(), Some("Bearer token-1234"), None).unwrap();
        let told = read(&EnvSource::new().kind(CredentialKind::OAuth), Some("token-1234"), None).unwrap();
        assert_eq!((prefixed.kind(), told.kind()), (CredentialKind::OAuth, CredentialKind::OAuth));
    }

    #[test]
    fn nothing_set_names_both_variables_and_a_broken_one_stops() {
        let missing = read(&EnvSource::new(), None, Some("")).unwrap_err();
        assert_eq!(missing.to_string(), "no credential: MONDAY_API_TOKEN and MONDAY_API_TOKEN_FILE not set");
        let broken = read(&EnvSource::new(), Some("a b"), Some("/nonexistent")).unwrap_err();
        assert!(matches!(broken, AuthError::InvalidToken { source_name: TOKEN, .. }));
        let unreadable = read(&EnvSource::new(), None, Some("/nonexistent")).unwrap_err();
        assert!(matches!(unreadable, AuthError::UnreadableFile { kind: io::ErrorKind::NotFound, .. }));
        let folder = read(&EnvSource::new(), None, Some("/")).unwrap_err();
        assert!(matches!(folder, AuthError::UnreadableFile { kind: io::ErrorKind::InvalidInput, .. }));
    }

    #[test]
    fn each_variable_can_be_a_source_of_its_own() {
        let both = (Some("token-1234"), Some("/nonexistent"));
        assert!(read(&EnvSource::token(), both.0, both.1).is_ok());
        let file = read(&EnvSource::token_file(), both.0, both.1).unwrap_err();
        assert!(matches!(file, AuthError::UnreadableFile { .. }));
        let missing = read(&EnvSource::token(), None, both.1).unwrap_err();
        assert_eq!(missing, AuthError::Missing { tried: vec![TOKEN] });
    }
}
