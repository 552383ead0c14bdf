//! What can go wrong with a call of Secrets Manager, without a word of its answer.
//!
//! Must not know: secrets.

use std::error::Error;
use std::iter::successors;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_secretsmanager::config::http::HttpResponse;
use aws_sdk_secretsmanager::error::{ConnectorError, ProvideErrorMetadata, SdkError};
use monday_auth::{SecretFault, StoreError};

use crate::departure::Exposed;

/// Why a call gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// No such secret, or none with this staging label.
    NotFound,
    /// The name is taken.
    Exists,
    /// `InvalidRequestException`: the secret is about to be deleted, or in another state that forbids the
    /// call.
    State,
    /// No credentials to sign with, or no region to send to.
    NoIdentity,
    /// The endpoint is one that others could listen to, so nothing was sent.
    Exposed,
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

    /// Why the call failed, of which a try left this machine or none did.
    ///
    /// `other` is what the SDK calls all that comes before the connection, and also a connection that ends
    /// without an answer: only the former says something about the identity.
    pub(crate) fn of<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>, has_left: bool) -> Self {
        match error {
            SdkError::DispatchFailure(failure) if failure.is_other() && !has_left => {
                failure.as_connector_error().map_or(Self::Unavailable, before_the_connection)
            }
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

fn before_the_connection(error: &ConnectorError) -> Fault {
    let first: &(dyn Error + 'static) = error;
    for cause in successors(Some(first), |error| (*error).source()) {
        if cause.is::<Exposed>() {
            return Fault::Exposed;
        }
        match cause.downcast_ref() {
            Some(CredentialsError::CredentialsNotLoaded(_) | CredentialsError::InvalidConfiguration(_)) => {
                return Fault::NoIdentity;
            }
            // A time-out, a 503 of STS, a container's agent that restarts: it may pass.
            Some(_) => return Fault::Unavailable,
            None => {}
        }
    }
    // There is nobody to ask for credentials, or no region.
    Fault::NoIdentity
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
            Fault::NotFound | Fault::Exists | Fault::Exposed | Fault::Refused => Self::Refused,
        }
    }
}

impl From<Fault> for StoreError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NoIdentity | Fault::Denied | Fault::Refused => Self::Denied,
            Fault::Exposed => Self::NotSetUp(
                "the endpoint of Secrets Manager is neither https nor a loopback address such as 127.0.0.1",
            ),
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
