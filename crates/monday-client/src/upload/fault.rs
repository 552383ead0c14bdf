//! What can be wrong with a file while it is sent.
//!
//! Must not know: the file's name and place.

use std::io;

/// Why a file could not be sent as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum UploadFault {
    /// It could not be opened or read.
    Unreadable(io::ErrorKind),
    /// It became shorter or longer while it was sent.
    Changed {
        /// Its length in bytes when it was opened.
        expected: u64,
        /// How many bytes it had; of one that grew, as many as were read.
        found: u64,
    },
    /// Its name is empty or holds control characters.
    Name,
    /// Its media type is none.
    ContentType,
}

impl std::fmt::Display for UploadFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable(kind) => write!(f, "the file cannot be read: {kind}"),
            Self::Changed { expected, found } => {
                write!(f, "the file had {expected} bytes when it was opened, and {found} when it was sent")
            }
            Self::Name => f.write_str("the file's name is empty or holds control characters"),
            Self::ContentType => f.write_str("the media type is not of the form `type/subtype`"),
        }
    }
}

impl std::error::Error for UploadFault {}
