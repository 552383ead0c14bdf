//! How far a refusal reaches: all calls, how many at once, or one field.
//!
//! Must not know: what follows from it.

use monday_core::Quota;

use crate::{Error, ErrorKind};

/// What a refused call says about the calls beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// A budget of all calls is spent, or the API is blocked.
    Everyone,
    /// There were too many at once.
    Concurrency,
    /// One field or service is at its limit; other calls may pass.
    Field,
}

const CONCURRENCY: &str = "maxConcurrencyExceeded";
const CONCURRENCY_MESSAGE: &str = "Concurrency limit exceeded";
const OF_FIELDS: [&str; 3] = ["FIELD_LIMIT_EXCEEDED", "FIELD_MINUTE_RATE_LIMIT_EXCEEDED", "tooManyRequests"];
const OF_POINTS: [&str; 2] = ["COMPLEXITY_BUDGET_EXHAUSTED", "ComplexityException"];
const OF_AN_ADDRESS: &str = "IP_RATE_LIMIT_EXCEEDED";

impl Refusal {
    /// What an error refuses; `None` when it refuses nothing. Where it has no code its headers tell.
    pub(crate) fn of(error: &Error, quota: &Quota) -> Option<Self> {
        if !matches!(error.kind(), ErrorKind::RateLimited | ErrorKind::Unavailable) {
            return None;
        }
        let has = |code: &str| has_code(error, code);
        let full = || quota.budget("concurrency").is_some_and(|budget| budget.remaining == Some(0));
        let is_concurrency = has(CONCURRENCY)
            || error.api_errors().is_empty() && error.kind() == ErrorKind::RateLimited && full()
            || error.api_errors().iter().any(|error| error.message().starts_with(CONCURRENCY_MESSAGE));
        Some(if is_concurrency {
            Self::Concurrency
        } else if OF_FIELDS.into_iter().any(has) {
            Self::Field
        } else {
            Self::Everyone
        })
    }
}

/// Whether a fault lasts for a while that the server may not name.
pub(crate) fn is_blocked(error: &Error) -> bool {
    let of_its_kind =
        matches!(error.kind(), ErrorKind::Unavailable | ErrorKind::Locked | ErrorKind::Conflict);
    of_its_kind || has_code(error, OF_AN_ADDRESS)
}

/// Whether a budget of complexity points was spent.
pub(crate) fn is_of_points(error: &Error) -> bool {
    OF_POINTS.iter().any(|code| has_code(error, code))
}

fn has_code(error: &Error, code: &str) -> bool {
    error.api_errors().iter().any(|error| error.code() == Some(code))
}

#[cfg(test)]
mod tests {
    use monday_core::GraphQlError;
    use serde_json::json;

    use super::*;

    fn refusal(kind: ErrorKind, code: &str, message: &str) -> (Option<Refusal>, bool) {
        let extensions = json!({ "code": code });
        let error = GraphQlError::new(message, extensions.as_object().unwrap().clone());
        let error = Error::new(kind).with_api_errors(vec![error]);
        (Refusal::of(&error, &Quota::default()), is_blocked(&error))
    }

    #[test]
    fn a_refusal_without_a_code_is_one_of_concurrency_where_the_headers_say_so() {
        let mut quota = Quota::default();
        let error = Error::new(ErrorKind::RateLimited);
        assert_eq!(Refusal::of(&error, &quota), Some(Refusal::Everyone));
        quota.budget_mut("concurrency").remaining = Some(0);
        assert_eq!(Refusal::of(&error, &quota), Some(Refusal::Concurrency));
    }

    #[test]
    fn each_refusal_reaches_as_far_as_it_says() {
        use ErrorKind::{Conflict, Locked, NotFound, RateLimited, Unavailable};
        for (kind, code, message, expected, blocked) in [
            (RateLimited, "MINUTE_RATE_LIMIT_EXCEEDED", "", Some(Refusal::Everyone), false),
            (RateLimited, "COMPLEXITY_BUDGET_EXHAUSTED", "", Some(Refusal::Everyone), false),
            (RateLimited, "IP_RATE_LIMIT_EXCEEDED", "", Some(Refusal::Everyone), true),
            (Unavailable, "API_TEMPORARILY_BLOCKED", "", Some(Refusal::Everyone), true),
            (RateLimited, "maxConcurrencyExceeded", "", Some(Refusal::Concurrency), false),
            (RateLimited, "x", "Concurrency limit exceeded", Some(Refusal::Concurrency), false),
            (RateLimited, "FIELD_LIMIT_EXCEEDED", "", Some(Refusal::Field), false),
            (RateLimited, "tooManyRequests", "", Some(Refusal::Field), false),
            (Locked, "x", "", None, true),
            (Conflict, "IDEMPOTENCY_CONFLICT", "", None, true),
            (NotFound, "x", "", None, false),
        ] {
            assert_eq!(refusal(kind, code, message), (expected, blocked), "{code} {message}");
        }
    }
}
