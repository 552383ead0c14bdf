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
    /// The token, without `Bearer`.
    pub(crate) credential: String,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) call: Call,
}

impl Request {
    /// Whose points it draws on.
    pub(crate) fn purse(&self, is_mutation: bool) -> Purse {
        match is_mutation {
            _ if self.credential == PERSONAL_TOKEN => Purse::Person,
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
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let given = header(AUTHORIZATION.as_str()).unwrap_or_default();
    let token = given.strip_prefix("Bearer ").unwrap_or(given);
    if given != PERSONAL_TOKEN && token != OAUTH_TOKEN && !authorization.is_live(token) {
        return Err(Refusal::not_authenticated());
    }
    let is_json = header(CONTENT_TYPE.as_str()).is_some_and(|kind| {
        kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
    });
    if !is_json {
        return Err(Refusal::bad_request());
    }
    if header("api-version").is_some_and(|version| !is_version(version)) {
        return Err(Refusal::version());
    }
    let key = header("idempotency-key").filter(|key| !key.is_empty()).map(str::to_owned);
    Ok(Request { credential: token.to_owned(), idempotency_key: key, call: call(body)? })
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
    let variables = match body.variables {
        None | Some(Value::Null) => Map::new(),
        Some(Value::Object(variables)) => variables,
        Some(_) => return Err(Refusal::json()),
    };
    let query = body.query.filter(|query| !query.trim().is_empty()).ok_or_else(Refusal::bad_request)?;
    Ok(Call { query, variables, operation_name: body.operation_name })
}
