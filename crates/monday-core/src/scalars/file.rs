//! The scalar `File`.

use serde::{Serialize, Serializer};

/// The place of an upload among the variables. It is `null` in JSON; the file itself follows it in a multipart request
/// to `/v2/file`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct File;

impl Serialize for File {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_none()
    }
}
