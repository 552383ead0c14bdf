//! The bytes of a secret, checked, and gone after use.
//!
//! The SDK's own type shows them with `Debug` and does not check them. Must not know: what they mean.

use std::fmt;

use google_cloud_secretmanager_v1::model::SecretPayload;
use zeroize::{Zeroize as _, Zeroizing};

use crate::fault::Fault;

/// What a version of a secret holds.
pub(crate) struct Payload(Zeroizing<Vec<u8>>);

impl Payload {
    /// The bytes, if their CRC-32C is the one that came with them. One must come.
    pub(crate) fn checked(payload: Option<SecretPayload>) -> Result<Self, Fault> {
        let payload = payload.ok_or(Fault::Checksum)?;
        let bytes = Zeroizing::new(payload.data.to_vec());
        if let Ok(mut original) = payload.data.try_into_mut() {
            original.as_mut().zeroize();
        }
        if payload.data_crc32c == Some(checksum(&bytes)) { Ok(Self(bytes)) } else { Err(Fault::Checksum) }
    }

    /// The bytes as the SDK sends them, with their checksum.
    pub(crate) fn sent(bytes: &[u8]) -> SecretPayload {
        SecretPayload::new().set_data(bytes.to_vec()).set_data_crc32c(checksum(bytes))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub(crate) fn into_text(mut self) -> Option<String> {
        let text = String::from_utf8(std::mem::take(&mut *self.0));
        text.map_err(|error| error.into_bytes().zeroize()).ok()
    }
}

fn checksum(bytes: &[u8]) -> i64 {
    crc32c::crc32c(bytes).into()
}

impl fmt::Debug for Payload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Payload").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_bytes_with_their_own_checksum_are_taken() {
        // The check value of CRC-32C (RFC 3720, appendix B.4 has others).
        assert_eq!(checksum(b"123456789"), 0xe306_9283);
        let right = Payload::sent(b"123456789");
        assert_eq!(Payload::checked(Some(right.clone())).unwrap().bytes(), b"123456789");
        let missing = right.clone().set_or_clear_data_crc32c(None::<i64>);
        let wrong = right.clone().set_data_crc32c(1);
        let other = right.set_data("123456780");
        for payload in [Some(missing), Some(wrong), Some(other), None] {
            assert_eq!(Payload::checked(payload).unwrap_err(), Fault::Checksum);
        }
        let shown = format!("{:?}", Payload::checked(Some(Payload::sent(b"canary"))).unwrap());
        assert_eq!(shown, "Payload { .. }");
    }
}
