//! What can go wrong with a call of Secret Manager, without a word of its answer.
//!
//! Must not know: secrets.

use std::error::Error as _;

use google_cloud_gax::error::rpc::Code;
use google_cloud_gax::error::{CredentialsError, Error};
use monday_auth::{SecretFault, StoreError};

/// Why a call gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    NotFound,
    /// The name is taken.
    Exists,
    /// The `ETag` is no longer that of the secret, or another write was going on.
    Aborted,
    /// `FAILED_PRECONDITION`: a version that is disabled or destroyed, or an `ETag` that is out of date.
    State,
    /// No credentials to sign in with.
    NoIdentity,
    Denied,
    Throttled,
    Unavailable,
    /// The bytes are not those of the checksum, or there is none.
    Checksum,
    Refused,
}

impl Fault {
    /// Whether a write that failed so may have been done all the same, or have failed because of its own
    /// first try.
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Self::Unavailable | Self::Exists | Self::Aborted | Self::State)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        of(&error)
    }
}

fn of(error: &Error) -> Fault {
    if let Some(status) = error.status() {
        return by_code(status.code);
    }
    if let Some(status) = error.http_status_code() {
        return by_status(status);
    }
    if error.is_authentication() {
        let credentials = error.source().and_then(|source| source.downcast_ref::<CredentialsError>());
        let is_transient = credentials.is_some_and(CredentialsError::is_transient);
        return if is_transient { Fault::Unavailable } else { Fault::NoIdentity };
    }
    if let Some(last) = error.source().and_then(|source| source.downcast_ref::<Error>()) {
        return of(last);
    }
    if error.is_serialization() || error.is_binding() { Fault::Refused } else { Fault::Unavailable }
}

fn by_code(code: Code) -> Fault {
    match code {
        Code::NotFound => Fault::NotFound,
        Code::AlreadyExists => Fault::Exists,
        Code::Aborted => Fault::Aborted,
        Code::FailedPrecondition => Fault::State,
        Code::PermissionDenied | Code::Unauthenticated => Fault::Denied,
        Code::ResourceExhausted => Fault::Throttled,
        Code::InvalidArgument | Code::OutOfRange | Code::Unimplemented => Fault::Refused,
        _ => Fault::Unavailable,
    }
}

/// For answers that are not of Google's form, as a proxy sends them.
fn by_status(status: u16) -> Fault {
    match status {
        401 | 403 => Fault::Denied,
        409 | 412 => Fault::Aborted,
        429 => Fault::Throttled,
        // What came with a good status and could not be read was cut off, and a gateway that does not know
        // the way says nothing about the secret.
        200..=299 | 404 | 500.. => Fault::Unavailable,
        _ => Fault::Refused,
    }
}

impl From<Fault> for SecretFault {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NoIdentity => Self::NoIdentity,
            Fault::Denied => Self::Denied,
            Fault::Throttled => Self::Throttled,
            Fault::Unavailable => Self::Unavailable,
            Fault::State => Self::Disabled,
            Fault::Checksum => Self::Checksum,
            Fault::NotFound | Fault::Exists | Fault::Aborted | Fault::Refused => Self::Refused,
        }
    }
}

impl From<Fault> for StoreError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NoIdentity | Fault::Denied | Fault::Refused => Self::Denied,
            Fault::NotFound | Fault::Exists | Fault::Aborted => Self::Conflict,
            Fault::State | Fault::Throttled | Fault::Unavailable | Fault::Checksum => Self::Unavailable,
        }
    }
}
