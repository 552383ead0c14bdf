//! What can go wrong with one request, told in advance.
//!
//! Must not know: which request it happens to.

use std::time::Duration;

use axum::http::StatusCode;

use crate::refusal::Refusal;

/// A fault of one GraphQL request. Delays add up; of the others the first one counts.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fault {
    /// Refused with an error of monday's before any work.
    Refuse(Refused),
    /// 401 `Unauthorized`, as for a token that has expired.
    Unauthorized,
    /// A gateway's HTML with this status (502, 503, 504) before any work.
    Gateway(u16),
    /// The connection is closed before any work. Over HTTP/2 that ends everything on it.
    Close,
    /// The work is done, then the connection is closed instead of the answer. Over HTTP/2 that ends everything on it.
    LoseAnswer,
    /// So long before the work.
    Delay(Duration),
    /// A time between these two before the work.
    DelayBetween(Duration, Duration),
    /// So long between the work and the answer.
    DelayAnswer(Duration),
}

/// An error of monday's: code, HTTP status, message and wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    code: String,
    status: u16,
    message: String,
    retry_in: Option<u64>,
}

/// Code, HTTP status, message, and the wait in seconds where monday gives one.
const KNOWN: &[(&str, u16, &str, Option<u64>)] = &[
    ("API_TEMPORARILY_BLOCKED", 200, "API temporarily blocked", None),
    ("COMPLEXITY_BUDGET_EXHAUSTED", 429, "Complexity budget exhausted", Some(5)),
    ("DAILY_LIMIT_EXCEEDED", 429, "Daily limit exceeded", Some(3_600)),
    ("IDEMPOTENCY_CONFLICT", 409, "A request with the same idempotency key is in progress", Some(1)),
    ("INTERNAL_SERVER_ERROR", 500, "Internal server error", None),
    ("IP_RATE_LIMIT_EXCEEDED", 429, "IP rate limit exceeded", Some(10)),
    ("MINUTE_RATE_LIMIT_EXCEEDED", 429, "Minute rate limit exceeded", Some(60)),
    ("RESOURCE_LOCKED", 423, "Resource is currently locked, please try again later", None),
    ("USER_ACCESS_DENIED", 403, "User is not active", None),
    ("UserUnauthorizedException", 403, "User unauthorized to perform action", None),
    ("maxConcurrencyExceeded", 429, "Concurrency limit exceeded", Some(1)),
    ("missingRequiredPermissions", 200, "Missing required permissions", None),
    ("tooManyRequests", 200, "Rate limit already blocked", None),
];

impl Fault {
    /// Refused with this code, with the status and the wait that monday sends with it; an unknown code with 200.
    #[must_use]
    pub fn refuse(code: &str) -> Self {
        Self::Refuse(Refused::new(code))
    }

    /// In a few words.
    pub(crate) fn label(&self) -> String {
        match self {
            Self::Refuse(refused) => format!("refuse {}", refused.code),
            Self::Unauthorized => "unauthorized".to_owned(),
            Self::Gateway(status) => format!("gateway {status}"),
            Self::Close => "close".to_owned(),
            Self::LoseAnswer => "lose the answer".to_owned(),
            Self::Delay(wait) => format!("delay {} ms", wait.as_millis()),
            Self::DelayBetween(least, most) => {
                format!("delay {} to {} ms", least.as_millis(), most.as_millis())
            }
            Self::DelayAnswer(wait) => format!("delay the answer {} ms", wait.as_millis()),
        }
    }
}

impl Refused {
    /// An error with this code, with the status and the wait that monday sends with it; an unknown code with 200.
    #[must_use]
    pub fn new(code: &str) -> Self {
        let known = KNOWN.iter().find(|known| known.0 == code);
        let (_, status, message, retry_in) = known.copied().unwrap_or((code, 200, code, None));
        Self { code: code.to_owned(), status, message: message.to_owned(), retry_in }
    }

    /// With another HTTP status.
    #[must_use]
    pub fn status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// With `Retry-After` and `retry_in_seconds` of so many seconds, or without.
    #[must_use]
    pub fn retry_in(mut self, seconds: Option<u64>) -> Self {
        self.retry_in = seconds;
        self
    }

    pub(crate) fn refusal(&self) -> Refusal {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        let refusal = match self.code.as_str() {
            "COMPLEXITY_BUDGET_EXHAUSTED" => {
                let refusal = Refusal::complexity(self.retry_in.unwrap_or_default());
                return Refusal { status, retry_after: self.retry_in, ..refusal };
            }
            // monday's own data service: HTTP 200 that calls itself 400.
            "tooManyRequests" => {
                let mut refusal = Refusal::new(status, &self.code, &self.message);
                refusal.errors[0]["extensions"]["status_code"] = 400.into();
                refusal.errors[0]["extensions"]["service"] = "data-structure".into();
                refusal
            }
            // A locked board says so in its message only.
            "RESOURCE_LOCKED" => {
                let mut refusal = Refusal::new(status, &self.code, &self.message);
                refusal.errors[0]["extensions"] = serde_json::json!({"status_code": self.status});
                refusal
            }
            code => Refusal::new(status, code, &self.message),
        };
        match self.retry_in {
            // 409 has the header only.
            Some(seconds) if self.status == 409 => Refusal { retry_after: Some(seconds), ..refusal },
            Some(seconds) => refusal.retry_in(seconds),
            None => refusal,
        }
    }
}
