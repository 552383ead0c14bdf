//! Compares the `API-Version` served with the one asked for.
//!
//! monday replaces an unknown or ended version without a word, so silence is no proof. Must not know: what differs
//! between versions.

use std::sync::atomic::{AtomicBool, Ordering};

use monday_core::ApiVersion;

use crate::{Error, ErrorKind};

/// What happens when another version is served than was asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ServedVersion {
    /// Nothing.
    Ignore,
    /// A warning in the log, once for a client.
    #[default]
    Warn,
    /// The call fails with [`ErrorKind::VersionMismatch`], even if it was done.
    Fail,
}

#[derive(Debug)]
pub(crate) struct VersionCheck {
    policy: ServedVersion,
    asked: ApiVersion,
    warned: AtomicBool,
}

impl VersionCheck {
    pub(crate) fn new(policy: ServedVersion, asked: ApiVersion) -> Self {
        Self { policy, asked, warned: AtomicBool::new(false) }
    }

    /// Compares with the version of the call, or of the client. `current` and `dev` are names for what changes, and an absent header says nothing.
    pub(crate) fn check(&self, own: Option<&ApiVersion>, served: Option<&str>) -> Result<(), Error> {
        let Some(served) = served else { return Ok(()) };
        let asked = own.unwrap_or(&self.asked).as_str();
        if served == asked || matches!(asked, "current" | "dev") {
            return Ok(());
        }
        match self.policy {
            ServedVersion::Ignore => Ok(()),
            ServedVersion::Warn => {
                if !self.warned.swap(true, Ordering::Relaxed) {
                    tracing::warn!(asked, served, "monday serves another API version than asked for");
                }
                Ok(())
            }
            ServedVersion::Fail => Err(Error::new(ErrorKind::VersionMismatch)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(policy: ServedVersion, asked: &str, served: Option<&str>) -> bool {
        VersionCheck::new(policy, asked.parse().unwrap()).check(None, served).is_ok()
    }

    #[test]
    fn only_another_version_fails_and_only_when_told_to() {
        assert!(check(ServedVersion::Fail, "2026-10", Some("2026-10")));
        assert!(check(ServedVersion::Fail, "2026-10", None));
        assert!(check(ServedVersion::Fail, "current", Some("2026-10")));
        assert!(!check(ServedVersion::Fail, "2026-10", Some("2026-07")));
        assert!(check(ServedVersion::Warn, "2026-10", Some("2026-07")));
        let fail = VersionCheck::new(ServedVersion::Fail, "2026-10".parse().unwrap());
        let own = "2026-07".parse().unwrap();
        assert!(fail.check(Some(&own), Some("2026-07")).is_ok(), "the call's own version");
        assert!(fail.check(Some(&own), Some("2026-10")).is_err());
    }
}
