//! An HTTP request as a GraphQL call with a credential, or the reason why it is none.
//!
//! Must not know: GraphQL beyond the request's parts, quotas.

use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::authorization::Authorization;
use crate::execution::Call;
use crate::meter::Purse;
use crate::refusal::Refusal;
use crate::server::{OAUTH_TOKEN, PERSONAL_TOKEN};

/// Who asks for what.
pub(crate) struct Request {
    pub(crate) caller: Caller,
    pub(crate) call: Call,
}

/// What the headers say.
pub(crate) struct Caller {
    /// The token, without `Bearer`.
    pub(crate) credential: String,
    pub(crate) idempotency_key: Option<String>,
}

impl Request {
    /// Whose points it draws on.
    pub(crate) fn purse(&self, is_mutation: bool) -> Purse {
        match is_mutation {
            _ if self.caller.credential == PERSONAL_TOKEN => Purse::Person,
            true => Purse::AppWrite,
            false => Purse::AppRead,
        }
    }
}

pub(crate) fn read(
    authorization: &Authorization,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Request, Refusal> {
    Ok(Request { caller: caller(authorization, headers, "application/json")?, call: call(body)? })
}

/// Who asks, if the credential is good and the body is of this media type.
pub(crate) fn caller(
    authorization: &Authorization,
    headers: &HeaderMap,
    media_type: &str,
) -> Result<Caller, Refusal> {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let given = header(AUTHORIZATION.as_str()).unwrap_or_default();
    let token = given.strip_prefix("Bearer ").unwrap_or(given);
    if given != PERSONAL_TOKEN && token != OAUTH_TOKEN && !authorization.is_live(token) {
        return Err(Refusal::not_authenticated());
    }
    let fits = header(CONTENT_TYPE.as_str()).is_some_and(|kind| {
        kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(media_type))
    });
    if !fits {
        return Err(Refusal::bad_request());
    }
    if header("api-version").is_some_and(|version| !is_version(version)) {
        return Err(Refusal::version());
    }
    let key = header("idempotency-key").filter(|key| !key.is_empty()).map(str::to_owned);
    Ok(Caller { credential: token.to_owned(), idempotency_key: key })
}

/// An unknown version becomes the current one without a word; only a malformed one is refused.
fn is_version(text: &str) -> bool {
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    matches!(text, "current" | "dev")
        || text.split_once('-').is_some_and(|(year, month)| digits(year, 4) && digits(month, 2))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    query: Option<String>,
    variables: Option<Value>,
    operation_name: Option<String>,
}

fn call(body: &[u8]) -> Result<Call, Refusal> {
    let body: Body = serde_json::from_slice(body).map_err(|_| Refusal::json())?;
    let variables = variables(body.variables)?;
    let query = body.query.filter(|query| !query.trim().is_empty()).ok_or_else(Refusal::bad_request)?;
    Ok(Call { query, variables, operation_name: body.operation_name, ..Call::default() })
}

pub(crate) fn variables(given: Option<Value>) -> Result<Map<String, Value>, Refusal> {
    match given {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(variables)) => Ok(variables),
        Some(_) => Err(Refusal::json()),
    }
}
