//! What caused an error of the client, and the errors that are made of a cause.
//!
//! Must not know: what is said of it.

use monday_auth::AuthError;
use monday_core::{DecodeError, EncodeError, PageError};

use super::{Error, ErrorKind};
use crate::UploadFault;

#[derive(Debug)]
pub(super) enum Source {
    Auth(AuthError),
    Decode(DecodeError),
    Encode(EncodeError),
    Upload(UploadFault),
    File(std::io::Error),
    Page(PageError),
}

impl Error {
    pub(crate) fn decode(error: DecodeError) -> Self {
        use monday_core::DecodeErrorKind;
        let kind = match error.kind() {
            DecodeErrorKind::Empty | DecodeErrorKind::Truncated => ErrorKind::Truncated,
            _ => ErrorKind::Decode,
        };
        let mut this = Self::new(kind);
        this.0.source = Some(Source::Decode(error));
        this
    }

    pub(crate) fn of_file(kind: std::io::ErrorKind) -> Self {
        let mut this = Self::new(ErrorKind::File);
        this.0.source = Some(Source::File(kind.into()));
        this
    }

    pub(crate) fn of_upload(fault: UploadFault) -> Self {
        let mut this = Self::new(ErrorKind::Upload);
        this.0.source = Some(Source::Upload(fault));
        this
    }

    pub(crate) fn of_page(fault: PageError) -> Self {
        let mut this = Self::new(ErrorKind::UnfitItem);
        this.0.source = Some(Source::Page(fault));
        this
    }

    /// What the items of a page do not fit.
    pub(super) fn page_error(&self) -> Option<&PageError> {
        match self.0.source.as_ref()? {
            Source::Page(error) => Some(error),
            _ => None,
        }
    }

    /// What was wrong with the file of an upload.
    #[must_use]
    pub fn upload_fault(&self) -> Option<UploadFault> {
        match self.0.source {
            Some(Source::Upload(fault)) => Some(fault),
            _ => None,
        }
    }

    pub(crate) fn unauthorized(mut self, source: AuthError) -> Self {
        self.0.source = Some(Source::Auth(source));
        self
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.0.source.as_ref()? {
            Source::Auth(error) => Some(error),
            Source::Decode(error) => Some(error),
            Source::Encode(error) => Some(error),
            Source::Upload(fault) => Some(fault),
            Source::File(error) => Some(error),
            Source::Page(error) => Some(&**error),
        }
    }
}

impl From<AuthError> for Error {
    fn from(error: AuthError) -> Self {
        Self::new(ErrorKind::Credential).unauthorized(error)
    }
}

impl From<EncodeError> for Error {
    fn from(error: EncodeError) -> Self {
        let mut this = Self::new(ErrorKind::Encode);
        this.0.source = Some(Source::Encode(error));
        this
    }
}
