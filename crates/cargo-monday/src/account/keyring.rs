//! The keyring of this system, and what it is called in it.
//!
//! Must not know: profiles, commands.

#[cfg(target_os = "macos")]
use apple_native_keyring_store::keychain::Store;
use monday_sdk::auth::{AuthError, Keyring, StoreError};
#[cfg(windows)]
use windows_native_keyring_store::Store;
#[cfg(all(unix, not(target_os = "macos")))]
use zbus_secret_service_keyring_store::Store;

use super::connection::told;
use crate::Failure;

/// What personal tokens are filed under; their user is the profile.
pub(super) const SERVICE: &str = "monday";

/// What the secrets of apps are filed under; their user is the client id.
pub(super) const APP_SERVICE: &str = "monday client secret";

/// The keychain of macOS, the credential manager of Windows, the Secret Service of Linux. Opened when first needed.
pub(super) fn keyring() -> Keyring {
    Keyring::opened_by(|| Ok(Store::new()?))
}

/// Nothing was put into the keyring, nor anywhere else.
pub(super) fn refused(error: StoreError) -> Failure {
    if !matches!(error, StoreError::KeyringUnavailable(_)) {
        return told(&AuthError::Store(error));
    }
    let start = if cfg!(all(unix, not(target_os = "macos"))) {
        "start one in this session (GNOME Keyring, KWallet or another Secret Service) and unlock it"
    } else {
        "unlock it, and let this program in"
    };
    format!(
        "{error}; nothing was kept, in the keyring or elsewhere\n\
         -> {start}; or keep files that only you can read: cargo monday login --store profile"
    )
}
