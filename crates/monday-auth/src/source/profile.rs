//! A profile file: TOML, one table for each profile, guarded by its mode.
//!
//! Must not know: other sources, where the file is usually kept.

use std::path::{Path, PathBuf};

use toml::{Table, Value};
use zeroize::Zeroize as _;

use super::kept::{Found, Kept, KeptSource};
use super::token_form::TokenForm;
use crate::private_file::{FileFault, read_private};
use crate::{Audience, AuthError, BoxFuture, Credential, CredentialKind, ProfileFault, Secret};

const NAME: &str = "the profile file";

/// A longer file is no profile file.
const LONGEST: u64 = 64 * 1024;

/// One profile of a TOML file that only its owner can read. It is read when first needed, and again when the
/// API rejects its token.
///
/// ```toml
/// [work]
/// token = "…"
/// kind = "oauth" # or "personal", which is the default
/// ```
///
/// No file, or no such profile in it, means absent; so does a profile that has no token and says where its token is kept
/// instead (`store = "keyring"`): put that source behind this one. A file that others can read, a link, text that is no TOML
/// and a profile without a token are errors ([`ProfileFault`]).
#[derive(Debug)]
pub struct ProfileSource {
    path: PathBuf,
    profile: String,
    form: TokenForm,
    kept: Kept,
}

impl ProfileSource {
    /// A profile of this file, for monday's API.
    pub fn new(path: impl Into<PathBuf>, profile: impl Into<String>) -> Self {
        Self { path: path.into(), profile: profile.into(), form: TokenForm::default(), kept: Kept::default() }
    }

    /// The server the token is for.
    #[must_use]
    pub fn audience(mut self, audience: Audience) -> Self {
        self.form.audience = audience;
        self
    }
}

fn read(path: &Path, profile: &str, form: &TokenForm) -> Found {
    let refuse = |fault| Err(AuthError::Profile(fault));
    let bytes = match read_private(path, LONGEST) {
        Ok(bytes) => bytes,
        Err(FileFault::Absent) => return Ok(None),
        Err(FileFault::Io(kind)) => return refuse(ProfileFault::Unreadable(kind)),
        Err(FileFault::Exposed(_)) => return refuse(ProfileFault::Exposed),
    };
    let mut table = parse(&bytes)?;
    let found = match table.get(profile) {
        None => Ok(None),
        Some(found) if is_kept_elsewhere(found) => Ok(None),
        Some(found) => token_of(found, form).map(Some),
    };
    table.iter_mut().for_each(|(_, value)| wipe(value));
    found
}

fn parse(bytes: &[u8]) -> Result<Table, AuthError> {
    let line_at = |end| bytes.iter().take(end).filter(|byte| **byte == b'\n').count() + 1;
    let syntax = |end| AuthError::Profile(ProfileFault::Syntax { line: line_at(end) });
    let text = std::str::from_utf8(bytes).map_err(|fault| syntax(fault.valid_up_to()))?;
    // The parser's error quotes the text, so only its place is taken.
    text.parse::<Table>().map_err(|fault| syntax(fault.span().map_or(0, |span| span.start)))
}

fn is_kept_elsewhere(profile: &Value) -> bool {
    profile.get("token").is_none() && profile.get("store").is_some_and(Value::is_str)
}

fn token_of(profile: &Value, form: &TokenForm) -> Result<Credential, AuthError> {
    let token = profile.get("token").and_then(Value::as_str);
    let token = Secret::new(token.ok_or(AuthError::Profile(ProfileFault::NoToken))?);
    let kind = match profile.get("kind").map(Value::as_str) {
        None => form.kind,
        Some(Some("personal")) => Some(CredentialKind::PersonalToken),
        Some(Some("oauth")) => Some(CredentialKind::OAuth),
        Some(_) => return Err(AuthError::Profile(ProfileFault::UnknownKind)),
    };
    TokenForm { kind, ..form.clone() }.credential(&token, NAME)
}

/// Overwrites every text: the tokens of the other profiles are in it too.
fn wipe(value: &mut Value) {
    match value {
        Value::String(text) => text.zeroize(),
        Value::Array(values) => values.iter_mut().for_each(wipe),
        Value::Table(table) => table.iter_mut().for_each(|(_, value)| wipe(value)),
        _ => {}
    }
}

impl KeptSource for ProfileSource {
    fn label(&self) -> &'static str {
        NAME
    }

    fn kept(&self) -> &Kept {
        &self.kept
    }

    /// Reads the file now; it is small and on this machine.
    fn read_anew(&self) -> BoxFuture<'static, Found> {
        Box::pin(std::future::ready(read(&self.path, &self.profile, &self.form)))
    }
}

#[cfg(test)]
mod tests;
