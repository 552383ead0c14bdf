//! Every code and message that monday is known to send, and what becomes of others.

use super::*;

fn error(json: &str) -> GraphQlError {
    let body = format!(r#"{{"errors":[{json}]}}"#);
    monday_core::Envelope::<()>::deserialize(body.as_bytes()).unwrap().errors.remove(0)
}

#[test]
fn codes_stand_once_and_in_order() {
    assert!(CODES.windows(2).all(|pair| pair[0].0 < pair[1].0));
    assert!(MESSAGES.windows(2).all(|pair| pair[0].0 < pair[1].0));
}

#[test]
fn the_code_decides_before_either_status() {
    let too_many = error(r#"{"message":"x","extensions":{"code":"tooManyRequests","status_code":400}}"#);
    assert_eq!(classify(&too_many, 200), ErrorKind::RateLimited);
}

#[test]
fn a_message_decides_where_there_is_no_known_code() {
    assert_eq!(classify(&error(r#""Parse error on \"x\"""#), 200), ErrorKind::Document);
    let locked =
        r#"{"message":"Resource is currently locked, please try again later","extensions":{"code":"New"}}"#;
    assert_eq!(classify(&error(locked), 200), ErrorKind::Locked);
}

#[test]
fn a_restricted_address_is_never_taken_for_a_bad_token() {
    let error = error(r#"{"message":"Your ip is restricted","extensions":{"code":"Unauthorized"}}"#);
    assert_eq!(classify(&error, 401), ErrorKind::IpRestricted);
}

#[test]
fn an_unknown_code_is_kept_and_judged_by_the_statuses_in_turn() {
    let unknown = |status| {
        error(&format!(r#"{{"message":"m","extensions":{{"code":"Brandnew","status_code":{status}}}}}"#))
    };
    assert_eq!(unknown(200).code(), Some("Brandnew"));
    assert_eq!(classify(&unknown(200), 200), ErrorKind::Api);
    assert_eq!(classify(&unknown(200), 503), ErrorKind::Server);
    assert_eq!(classify(&unknown(404), 503), ErrorKind::NotFound);
}

/// Code or message, HTTP status, kind: all that monday documents or that has been seen.
/// Source: <https://developer.monday.com/api-reference/docs/error-handling>.
const SEEN: &[(&str, u16, ErrorKind)] = &[
    ("API_TEMPORARILY_BLOCKED", 200, ErrorKind::Unavailable),
    ("ASSET_UNAVAILABLE", 200, ErrorKind::NotFound),
    ("ColumnValueException", 200, ErrorKind::ColumnValue),
    ("CorrectedValueException", 200, ErrorKind::ColumnValue),
    ("CreateBoardException", 200, ErrorKind::InvalidArgument),
    ("InvalidArgumentException", 200, ErrorKind::InvalidArgument),
    ("InvalidBoardIdException", 200, ErrorKind::NotFound),
    ("InvalidColumnIdException", 200, ErrorKind::NotFound),
    ("InvalidItemIdException", 200, ErrorKind::NotFound),
    ("InvalidUserIdException", 200, ErrorKind::NotFound),
    ("InvalidVersionException", 200, ErrorKind::Version),
    ("ItemNameTooLongException", 200, ErrorKind::InvalidArgument),
    ("ItemsLimitationException", 200, ErrorKind::LimitReached),
    ("missingRequiredPermissions", 200, ErrorKind::MissingScope),
    ("UNAUTHORIZED_FIELD_OR_TYPE", 200, ErrorKind::MissingScope),
    ("Parse error on \"x\"", 200, ErrorKind::Document),
    ("undefinedField", 200, ErrorKind::Document),
    ("GRAPHQL_VALIDATION_FAILED", 400, ErrorKind::Document),
    ("GRAPHQL_PARSE_FAILED", 400, ErrorKind::Document),
    ("ResourceNotFoundException", 404, ErrorKind::NotFound),
    ("NOT_FOUND", 200, ErrorKind::NotFound),
    ("UNAUTHORIZED", 200, ErrorKind::Forbidden),
    ("Unauthorized", 401, ErrorKind::Unauthorized),
    ("AuthenticationException", 401, ErrorKind::Unauthorized),
    ("NOT_AUTHENTICATED", 401, ErrorKind::Unauthorized),
    ("Your ip is restricted", 401, ErrorKind::IpRestricted),
    ("UserUnauthorizedException", 200, ErrorKind::Forbidden),
    ("USER_ACCESS_DENIED", 403, ErrorKind::Forbidden),
    ("Bad request", 400, ErrorKind::BadRequest),
    ("JsonParseException", 400, ErrorKind::BadRequest),
    ("DeleteLastGroupException", 409, ErrorKind::InvalidArgument),
    ("IDEMPOTENCY_CONFLICT", 409, ErrorKind::Conflict),
    ("RecordInvalidException", 422, ErrorKind::LimitReached),
    ("Resource is currently locked, please try again later", 423, ErrorKind::Locked),
    ("WORKFLOW_VALIDATION_FAILED", 200, ErrorKind::InvalidArgument),
    ("Internal Server Error", 500, ErrorKind::Server),
    ("INTERNAL_SERVER_ERROR", 200, ErrorKind::Server),
    ("504 gateway timeout", 504, ErrorKind::Server),
    ("COMPLEXITY_BUDGET_EXHAUSTED", 200, ErrorKind::RateLimited),
    ("ComplexityException", 200, ErrorKind::RateLimited),
    ("complexityBudgetExhausted", 200, ErrorKind::RateLimited),
    ("maxComplexityExceeded", 200, ErrorKind::TooComplex),
    ("Query has complexity of 6000000, which exceeds max complexity of 5000000", 200, ErrorKind::TooComplex),
    ("MINUTE_RATE_LIMIT_EXCEEDED", 429, ErrorKind::RateLimited),
    ("Minute rate limit exceeded", 429, ErrorKind::RateLimited),
    ("Minute limit rate exceeded", 429, ErrorKind::RateLimited),
    ("Rate Limit Exceeded", 429, ErrorKind::RateLimited),
    ("RATE_LIMIT_EXCEEDED", 429, ErrorKind::RateLimited),
    ("maxConcurrencyExceeded", 429, ErrorKind::RateLimited),
    ("Concurrency limit exceeded", 429, ErrorKind::RateLimited),
    ("IP_RATE_LIMIT_EXCEEDED", 429, ErrorKind::RateLimited),
    ("DAILY_LIMIT_EXCEEDED", 200, ErrorKind::DailyLimit),
    ("FIELD_LIMIT_EXCEEDED", 200, ErrorKind::RateLimited),
    ("FIELD_MINUTE_RATE_LIMIT_EXCEEDED", 200, ErrorKind::RateLimited),
    ("tooManyRequests", 200, ErrorKind::RateLimited),
    ("CursorException", 200, ErrorKind::CursorExpired),
    ("CursorExpiredError: the cursor has expired", 200, ErrorKind::CursorExpired),
    ("invalid_request", 400, ErrorKind::BadRequest),
    ("unauthorized_client", 403, ErrorKind::Credential),
    ("access_denied", 403, ErrorKind::Forbidden),
    ("invalid_scope", 403, ErrorKind::MissingScope),
    ("server_error", 500, ErrorKind::Server),
    ("temporary_unavailable", 500, ErrorKind::Unavailable),
    ("temporarily_unavailable", 500, ErrorKind::Unavailable),
    ("invalid_client", 401, ErrorKind::Credential),
    ("invalid_grant", 400, ErrorKind::Unauthorized),
    ("already_oauth_token", 400, ErrorKind::InvalidArgument),
    ("personal_tokens_not_supported", 400, ErrorKind::InvalidArgument),
    ("invalid_region", 400, ErrorKind::InvalidArgument),
    ("api_app_id_mismatch", 400, ErrorKind::InvalidArgument),
    ("invalid_token", 401, ErrorKind::Unauthorized),
    ("too_many_requests", 429, ErrorKind::RateLimited),
];

#[test]
fn every_code_and_message_that_is_known_has_its_kind_in_each_shape() {
    for (text, status, kind) in SEEN {
        let text = text.replace('"', "\\\"");
        let shapes = if text.contains(' ') {
            vec![format!(r#"{{"errors":[{{"message":"{text}"}}]}}"#), format!(r#"{{"errors":["{text}"]}}"#)]
        } else {
            vec![
                format!(r#"{{"errors":[{{"message":"m","extensions":{{"code":"{text}"}}}}]}}"#),
                format!(r#"{{"error_code":"{text}","error_message":"m","status_code":200}}"#),
            ]
        };
        for body in shapes {
            let errors = monday_core::Envelope::<()>::deserialize(body.as_bytes()).unwrap().errors;
            assert_eq!(classify(&errors[0], *status), *kind, "{body}");
        }
    }
}

#[test]
fn every_code_of_the_table_is_one_that_was_seen() {
    for (code, kind) in CODES {
        assert!(SEEN.iter().any(|(seen, _, seen_kind)| seen == code && seen_kind == kind), "{code}");
    }
}

#[test]
fn every_kind_says_what_to_do() {
    for kind in ErrorKind::ALL {
        assert!(crate::Error::new(*kind).advice().len() > 8, "{kind:?}");
    }
}
