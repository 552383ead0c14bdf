//! monday's error codes as data: which kind each is, and which kinds are worth another try.
//!
//! The set of codes is open; an unknown one is judged by its status. Source:
//! <https://developer.monday.com/api-reference/docs/error-handling>. Must not know: where an error came from.

use monday_core::GraphQlError;

use crate::ErrorKind;

/// Whether a request of this fate may be sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum RetryClass {
    /// Another try would end the same way.
    Never,
    /// The server did nothing: any request may be sent again.
    NotExecuted,
    /// The server may have done it: a query may be sent again, a mutation under its idempotency key only.
    MaybeExecuted,
}

impl RetryClass {
    /// The class of a kind of error.
    pub(crate) fn of(kind: ErrorKind) -> Self {
        match kind {
            ErrorKind::RateLimited
            | ErrorKind::Locked
            | ErrorKind::Conflict
            | ErrorKind::Dns
            | ErrorKind::Connect
            | ErrorKind::Unavailable => Self::NotExecuted,
            ErrorKind::Server | ErrorKind::Truncated | ErrorKind::Disconnected | ErrorKind::Stalled => {
                Self::MaybeExecuted
            }
            _ => Self::Never,
        }
    }
}

/// Codes of `extensions.code` and the older `error_code`, and of OAuth's error bodies.
const CODES: &[(&str, ErrorKind)] = &[
    ("API_TEMPORARILY_BLOCKED", ErrorKind::Unavailable),
    ("ASSET_UNAVAILABLE", ErrorKind::NotFound),
    ("AuthenticationException", ErrorKind::Unauthorized),
    ("COMPLEXITY_BUDGET_EXHAUSTED", ErrorKind::RateLimited),
    ("ColumnValueException", ErrorKind::ColumnValue),
    ("ComplexityException", ErrorKind::RateLimited),
    ("CorrectedValueException", ErrorKind::ColumnValue),
    ("CreateBoardException", ErrorKind::InvalidArgument),
    ("CursorException", ErrorKind::CursorExpired),
    ("DAILY_LIMIT_EXCEEDED", ErrorKind::DailyLimit),
    ("DeleteLastGroupException", ErrorKind::InvalidArgument),
    ("FIELD_LIMIT_EXCEEDED", ErrorKind::RateLimited),
    ("FIELD_MINUTE_RATE_LIMIT_EXCEEDED", ErrorKind::RateLimited),
    ("GRAPHQL_PARSE_FAILED", ErrorKind::Document),
    ("GRAPHQL_VALIDATION_FAILED", ErrorKind::Document),
    ("IDEMPOTENCY_CONFLICT", ErrorKind::Conflict),
    ("INTERNAL_SERVER_ERROR", ErrorKind::Server),
    ("IP_RATE_LIMIT_EXCEEDED", ErrorKind::RateLimited),
    ("InvalidArgumentException", ErrorKind::InvalidArgument),
    ("InvalidBoardIdException", ErrorKind::NotFound),
    ("InvalidColumnIdException", ErrorKind::NotFound),
    ("InvalidItemIdException", ErrorKind::NotFound),
    ("InvalidUserIdException", ErrorKind::NotFound),
    ("InvalidVersionException", ErrorKind::Version),
    ("ItemNameTooLongException", ErrorKind::InvalidArgument),
    ("ItemsLimitationException", ErrorKind::LimitReached),
    ("JsonParseException", ErrorKind::BadRequest),
    ("MINUTE_RATE_LIMIT_EXCEEDED", ErrorKind::RateLimited),
    ("NOT_AUTHENTICATED", ErrorKind::Unauthorized),
    ("NOT_FOUND", ErrorKind::NotFound),
    ("RATE_LIMIT_EXCEEDED", ErrorKind::RateLimited),
    ("RecordInvalidException", ErrorKind::LimitReached),
    ("ResourceNotFoundException", ErrorKind::NotFound),
    ("UNAUTHORIZED", ErrorKind::Forbidden),
    ("UNAUTHORIZED_FIELD_OR_TYPE", ErrorKind::MissingScope),
    ("USER_ACCESS_DENIED", ErrorKind::Forbidden),
    ("Unauthorized", ErrorKind::Unauthorized),
    ("UserUnauthorizedException", ErrorKind::Forbidden),
    ("WORKFLOW_VALIDATION_FAILED", ErrorKind::InvalidArgument),
    ("access_denied", ErrorKind::Forbidden),
    ("already_oauth_token", ErrorKind::InvalidArgument),
    ("api_app_id_mismatch", ErrorKind::InvalidArgument),
    ("complexityBudgetExhausted", ErrorKind::RateLimited),
    ("invalid_client", ErrorKind::Credential),
    ("invalid_grant", ErrorKind::Unauthorized),
    ("invalid_region", ErrorKind::InvalidArgument),
    ("invalid_request", ErrorKind::BadRequest),
    ("invalid_scope", ErrorKind::MissingScope),
    ("invalid_token", ErrorKind::Unauthorized),
    ("maxComplexityExceeded", ErrorKind::TooComplex),
    ("maxConcurrencyExceeded", ErrorKind::RateLimited),
    ("missingRequiredPermissions", ErrorKind::MissingScope),
    ("personal_tokens_not_supported", ErrorKind::InvalidArgument),
    ("server_error", ErrorKind::Server),
    ("temporarily_unavailable", ErrorKind::Unavailable),
    ("temporary_unavailable", ErrorKind::Unavailable),
    ("tooManyRequests", ErrorKind::RateLimited),
    ("too_many_requests", ErrorKind::RateLimited),
    ("unauthorized_client", ErrorKind::Credential),
    ("undefinedField", ErrorKind::Document),
];

/// Errors that have no code of their own, by how their message starts.
const MESSAGES: &[(&str, ErrorKind)] = &[
    ("Bad request", ErrorKind::BadRequest),
    ("Concurrency limit exceeded", ErrorKind::RateLimited),
    ("CursorExpiredError", ErrorKind::CursorExpired),
    ("Internal Server Error", ErrorKind::Server),
    ("Not Authenticated", ErrorKind::Unauthorized),
    ("Parse error on", ErrorKind::Document),
    ("Query has complexity of", ErrorKind::TooComplex),
    ("Rate Limit Exceeded", ErrorKind::RateLimited),
    ("Resource is currently locked", ErrorKind::Locked),
    ("Your ip is restricted", ErrorKind::IpRestricted),
];

/// The kind of one error; `http_status` decides where the error itself says nothing.
pub(crate) fn classify(error: &GraphQlError, http_status: u16) -> ErrorKind {
    let by_message =
        MESSAGES.iter().find(|(start, _)| error.message().starts_with(start)).map(|(_, kind)| *kind);
    // An address list refuses with 401 and sometimes with the code of a bad token: no refresh helps.
    if by_message == Some(ErrorKind::IpRestricted) {
        return ErrorKind::IpRestricted;
    }
    let by_code =
        error.code().and_then(|code| CODES.iter().find(|(known, _)| *known == code)).map(|(_, kind)| *kind);
    let by_status = |status: Option<u16>| status.filter(|status| *status >= 400).map(of_status);
    by_code
        .or(by_message)
        .or_else(|| by_status(error.status_code()))
        .or_else(|| by_status(Some(http_status)))
        .unwrap_or(ErrorKind::Api)
}

/// The kind of an HTTP status that says no.
pub(crate) fn of_status(status: u16) -> ErrorKind {
    match status {
        401 => ErrorKind::Unauthorized,
        403 => ErrorKind::Forbidden,
        404 => ErrorKind::NotFound,
        407 => ErrorKind::ProxyAuth,
        409 => ErrorKind::Conflict,
        422 => ErrorKind::InvalidArgument,
        423 => ErrorKind::Locked,
        429 => ErrorKind::RateLimited,
        408 | 500..=599 => ErrorKind::Server,
        413 => ErrorKind::RequestTooLarge,
        400 | 405 | 415 => ErrorKind::BadRequest,
        _ => ErrorKind::Api,
    }
}

#[cfg(test)]
mod tests;
