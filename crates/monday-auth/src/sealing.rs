//! Sealed bytes: XChaCha20-Poly1305 with a context that is bound but not kept.
//!
//! Must not know: what is sealed.

use std::fmt;

use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use zeroize::{Zeroize as _, Zeroizing};

const NONCE: usize = 24;

/// A key of 32 random bytes, kept where secrets are kept. Overwritten on drop; `Debug` does not show it.
pub struct SealKey([u8; 32]);

impl SealKey {
    /// Takes a key in.
    #[must_use]
    pub fn new(key: [u8; 32]) -> Self {
        Self(key)
    }
}

impl Drop for SealKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for SealKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealKey")
    }
}

/// A fresh nonce, then the sealed bytes; `None` without random numbers.
pub(crate) fn seal(key: &SealKey, context: &[u8], bytes: &[u8]) -> Option<Vec<u8>> {
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce).ok()?;
    let cipher = XChaCha20Poly1305::new((&key.0).into());
    let sealed = cipher.encrypt(&XNonce::from(nonce), Payload { msg: bytes, aad: context }).ok()?;
    Some([nonce.as_slice(), &sealed].concat())
}

/// What was sealed; `None` for another key or context, or any changed bit.
pub(crate) fn open(key: &SealKey, context: &[u8], sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
    let nonce: [u8; NONCE] = nonce.try_into().ok()?;
    let cipher = XChaCha20Poly1305::new((&key.0).into());
    cipher.decrypt(&XNonce::from(nonce), Payload { msg: sealed, aad: context }).ok().map(Zeroizing::new)
}
