//! F32 to F49: refusals of the quota, of the credential and of the request, conflicts and redirects.
//!
//! Must not know: how the client waits.

use std::time::{Duration, SystemTime};

use monday_sdk::ErrorKind;

use super::call::Kind;
use super::row::{Outcome, Row, error, good};
use crate::scripted_server::{Answer, Step};

const SECOND: Duration = Duration::from_secs(1);

fn limited(after: &str) -> Answer {
    error(429, "MINUTE_RATE_LIMIT_EXCEEDED", "").with("retry-after", after)
}

fn message(status: u16, text: &str, more: &str) -> Answer {
    Answer::new(status, format!(r#"{{"errors":[{{"message":"{text}"{more}}}]}}"#))
}

pub(super) fn rows() -> Vec<Row> {
    [rates(), credentials(), conflicts(), redirects()].concat()
}

fn once(name: &'static str, answer: Answer) -> Row {
    Row::once(name, Step::Answer(answer))
}

fn always(name: &'static str, answer: Answer) -> Row {
    Row::always(name, Step::Answer(answer))
}

fn rates() -> Vec<Row> {
    use ErrorKind::{DailyLimit, RateLimited, TooComplex};
    let waits = (SECOND, SECOND.mul_f64(1.1) + SECOND);
    let soon = httpdate::fmt_http_date(SystemTime::now() - Duration::from_secs(50));
    vec![
        once("F32 a wait that is asked for", limited("1")).takes(waits.0, waits.1).only(&Kind::WITH_FILE),
        once("F33 a date in the past", limited(&soon)).takes(Duration::ZERO, SECOND),
        once("F33 a negative wait", limited("-5")).takes(Duration::ZERO, SECOND),
        once("F33 a wait that is no number", limited("1e9")).takes(Duration::ZERO, SECOND),
        once("F33 a wait in words", limited("in a moment")).takes(Duration::ZERO, SECOND),
        always("F33 a wait past the deadline", limited("50"))
            .fails(RateLimited, 1)
            .takes(Duration::ZERO, SECOND)
            .says_wait(Duration::from_secs(50))
            .then(Outcome::Fails(RateLimited), 0),
        always("F33 a wait for ever", limited("99999999999999999999"))
            .fails(RateLimited, 1)
            .takes(Duration::ZERO, SECOND),
        once(
            "F34 complexity, in the extensions",
            error(200, "COMPLEXITY_BUDGET_EXHAUSTED", r#","retry_in_seconds":1"#),
        )
        .takes(waits.0, waits.1),
        once(
            "F34 complexity, in the error data",
            error(200, "ComplexityException", r#","error_data":{"retry_in_seconds":1}"#),
        )
        .takes(waits.0, waits.1),
        once(
            "F34 complexity, in the message",
            message(
                200,
                "Complexity budget exhausted, reset in 1 seconds",
                r#","extensions":{"code":"ComplexityException"}"#,
            ),
        )
        .takes(waits.0, waits.1),
        always(
            "F35 one query too complex",
            message(200, "Query has complexity of 6000000, which exceeds max complexity of 5000000", ""),
        )
        .fails(TooComplex, 1),
        always("F35 by its code", error(200, "maxComplexityExceeded", "")).fails(TooComplex, 1),
        always("F36 the day is spent", error(429, "DAILY_LIMIT_EXCEEDED", ""))
            .fails(DailyLimit, 1)
            .says_wait(Duration::from_millis(1))
            .then(Outcome::Fails(DailyLimit), 0),
        once("F37 too many at once", error(429, "maxConcurrencyExceeded", "")),
        once("F37 too many at once, in words", message(200, "Concurrency limit exceeded", "")),
        once(
            "F38 too many from one address",
            error(429, "IP_RATE_LIMIT_EXCEEDED", "").with("retry-after", "1"),
        )
        .takes(waits.0, waits.1),
        once("F38 the API is blocked", error(503, "API_TEMPORARILY_BLOCKED", r#","retry_in_seconds":1"#))
            .takes(waits.0, waits.1),
        once("F38 a lock with a hint", error(423, "x", "").with("retry-after", "1")).takes(waits.0, waits.1),
        once("F38 a lock without one", error(423, "x", "")).takes(SECOND * 2, SECOND * 4),
        fine_with("F39 no number", r#""minuteRate";r="0";t=60"#, TEN),
        fine_with("F39 a number left out", r#""minuteRate";t=60"#, TEN),
        fine_with("F39 a number that is cut", r#""minuteRate";r=0;t=60, "other";r="#, TEN),
        fine_with("F39 a negative number", r#""minuteRate";r=-1;t=60"#, TEN),
        fine_with("F39 an unknown policy", r#""whatever";r=5;t=60"#, r#""whatever";q=10;w=60"#),
        fine_with("F39 no structured field", r#""minuteRate";r=0;t=60, ((("#, TEN),
        // No longer than the window, whatever is said.
        fine_with("F39 a huge time", r#""minuteRate";r=0;t=999999999999999"#, r#""minuteRate";q=10;w=1"#),
        fine_with("F39 a number without end", r#""minuteRate";r=0;t=60, "other";r=9999999999999999"#, TEN),
    ]
}

/// A budget of ten a minute.
const TEN: &str = r#""minuteRate";q=10;w=60"#;

/// The answer is taken, and the next call does not wait: whoever believes what is left and until when would.
fn fine_with(name: &'static str, limit: &str, policy: &str) -> Row {
    Row::fine(name, good().with("ratelimit", limit).with("ratelimit-policy", policy))
        .takes(Duration::ZERO, SECOND)
        .then(Outcome::Done, 1)
}

fn credentials() -> Vec<Row> {
    use ErrorKind::{Forbidden, IpRestricted, MissingScope, ProxyAuth, Unauthorized};
    vec![
        always("F42 a fixed token is refused", message(401, "Not Authenticated", "")).fails(Unauthorized, 1),
        always("F42 refused without a body", Answer::new(401, "")).fails(Unauthorized, 1),
        always("F41 an address is refused", message(401, "Your ip is restricted", "")).fails(IpRestricted, 1),
        always("F43 the user may not", error(403, "USER_ACCESS_DENIED", "")).fails(Forbidden, 1),
        always("F43 the user may not, older", error(200, "UserUnauthorizedException", ""))
            .fails(Forbidden, 1),
        always("F43 a scope is missing", error(200, "missingRequiredPermissions", "")).fails(MissingScope, 1),
        always("F43 a field is not for this token", error(200, "UNAUTHORIZED_FIELD_OR_TYPE", ""))
            .fails(MissingScope, 1),
        always("F44 a proxy wants credentials", Answer::new(407, "")).fails(ProxyAuth, 1),
    ]
}

fn conflicts() -> Vec<Row> {
    let conflict = || error(409, "IDEMPOTENCY_CONFLICT", "");
    let replayed = |answer: Answer| answer.with("idempotency-replayed", "true");
    vec![
        once("F45 a conflict with a hint", conflict().with("retry-after", "1")).takes(SECOND, SECOND * 3),
        once("F45 a conflict without one", conflict()).takes(SECOND * 2, SECOND * 4),
        always("F46 a fault from the cache", replayed(error(500, "INTERNAL_SERVER_ERROR", "")))
            .fails(ErrorKind::Server, 1)
            .ambiguous()
            .only(&[Kind::Mutation]),
        Row::fine("F48 an answer from the cache", replayed(good())),
    ]
}

fn redirects() -> Vec<Row> {
    let redirect = |status, target: &str| Answer::new(status, "").with("location", target);
    let targets = ["http://127.0.0.1:9/v2", "https://127.0.0.1:9/v2", "/v2", "//example.invalid/v2"];
    let statuses = [301, 302, 303, 307, 308];
    statuses
        .into_iter()
        .flat_map(|status| targets.map(|target| always("F49 a redirect", redirect(status, target))))
        .map(|row| row.fails(ErrorKind::Redirected, 1).only(&Kind::WITH_FILE))
        .collect()
}
