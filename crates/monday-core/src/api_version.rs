//! The `API-Version` a request asks for: a quarter such as `2026-10`, or `dev`.
//!
//! Must not know: which version a server really served (`ResponseMeta`), or when versions end.

use std::fmt;
use std::str::FromStr;

use crate::schema_version::SCHEMA_VERSION;

/// A version of the monday.com API: a quarter (`2026-10`), `current` or `dev`.
///
/// monday silently replaces an unknown version by the current one and a deprecated one by the maintenance
/// version; only a malformed one is refused. So compare it with
/// [`ResponseMeta::api_version`](crate::ResponseMeta::api_version).
///
/// Source: <https://developer.monday.com/api-reference/docs/api-versioning>.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ApiVersion(String);

impl ApiVersion {
    /// The version of the schema this SDK was generated from, as pinned in `schema/schema.lock.toml`.
    #[must_use]
    pub fn pinned() -> Self {
        Self(SCHEMA_VERSION.to_owned())
    }

    /// The text that goes into the `API-Version` header.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ApiVersion {
    type Err = InvalidApiVersion;

    fn from_str(text: &str) -> Result<Self, InvalidApiVersion> {
        let quarter = |text: &str| {
            let (year, month) = text.split_once('-')?;
            let digits =
                |part: &str, length| part.len() == length && part.bytes().all(|b| b.is_ascii_digit());
            Some(digits(year, 4) && digits(month, 2) && (1..=12).contains(&month.parse::<u8>().ok()?))
        };
        if text == "dev" || text == "current" || quarter(text) == Some(true) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidApiVersion)
        }
    }
}

impl fmt::Display for ApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text is not a version: write a quarter such as `2026-10`, `current` or `dev`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidApiVersion;

impl fmt::Display for InvalidApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an API version: write a quarter such as `2026-10`, `current` or `dev`")
    }
}

impl std::error::Error for InvalidApiVersion {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quarters_dev_and_current_are_versions_and_nothing_else_is() {
        for text in ["2026-10", "2025-01", "dev", "current"] {
            assert_eq!(text.parse::<ApiVersion>().map(|v| v.to_string()).as_deref(), Ok(text));
        }
        for text in
            ["", "2026", "2026-13", "2026-00", "26-10", "2026-1", "2026-+1", "Dev", "2026-10-01", "２026-10"]
        {
            assert_eq!(text.parse::<ApiVersion>(), Err(InvalidApiVersion), "{text}");
        }
    }

    #[test]
    fn the_pinned_version_is_itself_a_version() {
        assert_eq!(ApiVersion::pinned().as_str().parse(), Ok(ApiVersion::pinned()));
    }
}
