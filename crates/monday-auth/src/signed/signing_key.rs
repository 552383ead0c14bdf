//! The two secrets of an app, told apart by type.
//!
//! Must not know: what is signed with them.

use crate::{AuthError, Secret, SignedFault};

macro_rules! signing_keys {
    ($($(#[$doc:meta])* $name:ident;)+) => {$(
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name(Secret);

        impl $name {
            /// Takes the secret in: 8 to 512 visible ASCII characters, else [`SignedFault::Secret`]. An empty one would
            /// let everybody sign.
            pub fn new(secret: Secret) -> Result<Self, AuthError> {
                let text = secret.expose();
                let clean = (8..=512).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
                if clean { Ok(Self(secret)) } else { Err(AuthError::Signed(SignedFault::Secret)) }
            }

            pub(super) fn key(&self) -> &[u8] {
                self.0.expose().as_bytes()
            }
        }
    )+};
}

signing_keys! {
    /// The Signing Secret of the Developer Center: integration requests and board webhooks are signed with it.
    SigningSecret;
    /// The Client Secret of the Developer Center: session tokens and lifecycle webhooks are signed with it.
    ClientSecret;
}
