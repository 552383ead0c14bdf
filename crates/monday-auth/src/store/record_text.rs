//! A token record as text: the one format of every store.
//!
//! Apart from [`TokenRecord`] on purpose, so that no record is written by accident. Must not know: where it is kept.

use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use super::StoreError;
use crate::token_record::millis;
use crate::unix_time::from_millis;
use crate::{CredentialKind, ScopeSet, Secret, TokenKey, TokenRecord};

const FORMAT: &str = "monday-token-record";
const VERSION: u32 = 1;

/// A record as JSON text of at most 64 KiB, for stores. It holds the tokens in the open: encrypt it or guard it.
#[derive(Debug)]
pub struct RecordText;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    format: String,
    version: u32,
    app: String,
    account: String,
    user: String,
    kind: String,
    access_token: String,
    refresh_token: Option<String>,
    scope: String,
    obtained_at: u64,
    expires_at: Option<u64>,
    authorized_at: u64,
    generation: u64,
    issuer: String,
    needs_consent: bool,
}

impl Drop for Written {
    fn drop(&mut self) {
        self.access_token.zeroize();
        self.refresh_token.zeroize();
    }
}

impl RecordText {
    /// A longer text is no record: 64 KiB.
    pub const LONGEST: usize = 64 * 1024;

    /// Writes a record under its key.
    ///
    /// # Errors
    ///
    /// [`StoreError::TooLong`] if it has more than [`LONGEST`](Self::LONGEST) bytes, [`StoreError::Corrupt`]
    /// if its token is none of OAuth's.
    pub fn write(key: &TokenKey, record: &TokenRecord) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let kind = match record.kind {
            CredentialKind::OAuth => "oauth",
            CredentialKind::LegacyOAuth => "legacy_oauth",
            // Neither has a consent whose tokens could be kept.
            CredentialKind::PersonalToken | CredentialKind::ShortLived => {
                return Err(StoreError::Corrupt("its token is not an OAuth token"));
            }
        };
        let written = Written {
            format: FORMAT.to_owned(),
            version: VERSION,
            app: key.app().to_owned(),
            account: key.account().to_owned(),
            user: key.user().to_owned(),
            kind: kind.to_owned(),
            access_token: record.access.expose().to_owned(),
            refresh_token: record.refresh.as_ref().map(|token| token.expose().to_owned()),
            scope: record.scope.to_string(),
            obtained_at: millis(record.obtained_at),
            expires_at: record.expires_at.map(millis),
            authorized_at: millis(record.authorized_at),
            generation: record.generation,
            issuer: record.issuer.clone(),
            needs_consent: record.needs_consent,
        };
        let text = serde_json::to_vec(&written).map(Zeroizing::new);
        let text = text.map_err(|_| StoreError::Corrupt("it cannot be written"))?;
        if text.len() > Self::LONGEST { Err(StoreError::TooLong) } else { Ok(text) }
    }

    /// Reads the record of a key.
    ///
    /// # Errors
    ///
    /// [`StoreError::Corrupt`] for what is no record of this SDK, too long, of a later version, or another
    /// key's.
    pub fn read(key: &TokenKey, text: &[u8]) -> Result<TokenRecord, StoreError> {
        if text.is_empty() {
            return Err(StoreError::Corrupt("it is empty"));
        }
        if text.len() > Self::LONGEST {
            return Err(StoreError::Corrupt("it is longer than 64 KiB"));
        }
        let mut written: Written = serde_json::from_slice(text)
            .map_err(|_| StoreError::Corrupt("it is not a record of this SDK"))?;
        if written.format != FORMAT || written.version != VERSION {
            return Err(StoreError::Corrupt("it has another format version"));
        }
        if (written.app.as_str(), written.account.as_str(), written.user.as_str())
            != (key.app(), key.account(), key.user())
        {
            return Err(StoreError::Corrupt("it is the record of another key"));
        }
        let kind = match written.kind.as_str() {
            "oauth" => CredentialKind::OAuth,
            "legacy_oauth" => CredentialKind::LegacyOAuth,
            _ => return Err(StoreError::Corrupt("it has a token of an unknown kind")),
        };
        Ok(TokenRecord {
            access: Secret::new(std::mem::take(&mut written.access_token)),
            refresh: written.refresh_token.take().map(Secret::new),
            kind,
            scope: ScopeSet::parse(&written.scope),
            obtained_at: from_millis(written.obtained_at),
            expires_at: written.expires_at.map(from_millis),
            authorized_at: from_millis(written.authorized_at),
            generation: written.generation,
            issuer: std::mem::take(&mut written.issuer),
            needs_consent: written.needs_consent,
        })
    }
}
