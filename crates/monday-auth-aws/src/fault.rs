//! What can go wrong with a call of Secrets Manager, without a word of its answer.
//!
//! Must not know: secrets.

use aws_sdk_secretsmanager::config::http::HttpResponse;
use aws_sdk_secretsmanager::error::{ProvideErrorMetadata, SdkError};
use monday_auth::{SecretFault, StoreError};

/// Why a call gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// No such secret, or none with this staging label.
    NotFound,
    /// The name is taken.
    Exists,
    /// `InvalidRequestException`: the secret is about to be deleted, or in another state that forbids the call.
    State,
    /// No credentials to sign with.
    NoIdentity,
    Denied,
    Throttled,
    Unavailable,
    /// Anything else, of which `InvalidParameterException` is the usual one.
    Refused,
}

impl Fault {
    /// Whether the call may have been done all the same.
    pub(crate) fn is_open(self) -> bool {
        self == Self::Unavailable
    }
}

impl<E: ProvideErrorMetadata> From<SdkError<E, HttpResponse>> for Fault {
    fn from(error: SdkError<E, HttpResponse>) -> Self {
        match &error {
            // A dispatch failure that is no fault of the connection comes before it: the identity's.
            SdkError::DispatchFailure(failure) if failure.is_other() || failure.is_user() => Self::NoIdentity,
            SdkError::ServiceError(answer) => {
                let status = answer.raw().status().as_u16();
                answer.err().code().and_then(by_code).unwrap_or_else(|| by_status(status))
            }
            SdkError::ResponseError(answer) => by_status(answer.raw().status().as_u16()),
            SdkError::ConstructionFailure(_) => Self::Refused,
            _ => Self::Unavailable,
        }
    }
}

/// The codes of Secrets Manager's API reference, and those common to all services.
fn by_code(code: &str) -> Option<Fault> {
    Some(match code {
        "ResourceNotFoundException" => Fault::NotFound,
        "ResourceExistsException" => Fault::Exists,
        "InvalidRequestException" => Fault::State,
        "AccessDeniedException"
        | "AccessDenied"
        | "DecryptionFailure"
        | "EncryptionFailure"
        | "ExpiredToken"
        | "ExpiredTokenException"
        | "IncompleteSignature"
        | "InvalidClientTokenId"
        | "InvalidSignatureException"
        | "KMSAccessDeniedException"
        | "MissingAuthenticationToken"
        | "MissingAuthenticationTokenException"
        | "NotAuthorized"
        | "OptInRequired"
        | "RequestExpired"
        | "UnauthorizedOperation"
        | "UnrecognizedClientException" => Fault::Denied,
        "LimitExceededException"
        | "RequestLimitExceeded"
        | "RequestThrottled"
        | "Throttling"
        | "ThrottlingException"
        | "ThrottledException"
        | "TooManyRequestsException" => Fault::Throttled,
        "InternalFailure"
        | "InternalServerError"
        | "InternalServiceError"
        | "ServiceUnavailable"
        | "ServiceUnavailableException" => Fault::Unavailable,
        "InvalidParameterException" => Fault::Refused,
        _ => return None,
    })
}

fn by_status(status: u16) -> Fault {
    match status {
        401 | 403 => Fault::Denied,
        429 => Fault::Throttled,
        // What came with a good status and could not be read was cut off.
        200..=299 | 500.. => Fault::Unavailable,
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
            Fault::NotFound | Fault::Exists | Fault::Refused => Self::Refused,
        }
    }
}

impl From<Fault> for StoreError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NoIdentity | Fault::Denied | Fault::Refused => Self::Denied,
            Fault::NotFound | Fault::Exists => Self::Conflict,
            Fault::State | Fault::Throttled | Fault::Unavailable => Self::Unavailable,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_counts_more_than_a_status_and_a_status_more_than_nothing() {
        for (code, fault) in [
            ("ResourceNotFoundException", Fault::NotFound),
            ("ResourceExistsException", Fault::Exists),
            ("InvalidRequestException", Fault::State),
            ("DecryptionFailure", Fault::Denied),
            ("UnrecognizedClientException", Fault::Denied),
            ("ExpiredTokenException", Fault::Denied),
            ("LimitExceededException", Fault::Throttled),
            ("InternalServiceError", Fault::Unavailable),
            ("InvalidParameterException", Fault::Refused),
        ] {
            assert_eq!(by_code(code), Some(fault), "{code}");
        }
        assert_eq!(by_code("SomethingNew"), None);
        for (status, fault) in [
            (403, Fault::Denied),
            (429, Fault::Throttled),
            (503, Fault::Unavailable),
            (200, Fault::Unavailable),
            (400, Fault::Refused),
        ] {
            assert_eq!(by_status(status), fault, "{status}");
        }
    }
}
