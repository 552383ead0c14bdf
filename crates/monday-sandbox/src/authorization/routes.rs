//! HTTP of the authorization server: pages, redirects, token answers.
//!
//! Must not know: how tokens are kept.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::SystemTime;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use url::{Url, form_urlencoded};

use super::app::SandboxApp;
use super::ledger::Grant;
use super::refusal::Refusal;
use super::{Authorization, consent};
use crate::server::{PERSONAL_TOKEN, Site};

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/oauth2/authorize", get(ask).post(decide))
        .route("/oauth2/token", post(legacy_token))
        .route("/oauth_ms/oauth/token", post(token))
        .route("/oauth_ms/oauth/revoke", post(revoke))
        .route("/oauth_ms/oauth/migrate", post(migrate))
        .route("/oauth_ms/.well-known/oauth-authorization-server", get(metadata))
}

async fn ask(State(site): State<Arc<Site>>, RawQuery(query): RawQuery) -> Response {
    let parameters = pairs(query.unwrap_or_default().as_bytes());
    answer(&site.authorization, &parameters, None)
}

async fn decide(State(site): State<Arc<Site>>, body: Bytes) -> Response {
    let mut parameters = pairs(&body);
    let decision = parameters.iter().position(|(name, _)| name == "decision");
    let allowed = decision.is_some_and(|at| parameters.remove(at).1 == "allow");
    answer(&site.authorization, &parameters, Some(allowed))
}

/// The page while nothing is decided, and the way back once it is.
fn answer(server: &Authorization, parameters: &[(String, String)], allowed: Option<bool>) -> Response {
    let named: HashMap<&str, &str> =
        parameters.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let app = named.get("client_id").and_then(|id| server.app(id));
    let target = app.and_then(|app| redirect_uri(app, named.get("redirect_uri").copied()));
    let (Some(app), Some(target)) = (app, target) else {
        return html(StatusCode::BAD_REQUEST, consent::refused());
    };
    let grant = if named.len() == parameters.len() {
        grant(app, target.as_str(), &named)
    } else {
        Err("invalid_request")
    };
    let Ok(mut back) = Url::parse(target) else {
        return html(StatusCode::BAD_REQUEST, consent::refused());
    };
    match (grant, allowed) {
        (Ok(grant), None) => {
            return html(StatusCode::OK, consent::page(&app.client_id, &grant.scope, parameters));
        }
        (Ok(grant), Some(true)) => {
            let scope = grant.scope.clone();
            let code = server.ledger().code(grant, SystemTime::now());
            back.query_pairs_mut().append_pair("code", &code).append_pair("scope", &scope);
        }
        (Ok(_), Some(false)) => {
            back.query_pairs_mut().append_pair("error", "access_denied");
        }
        (Err(error), _) => {
            back.query_pairs_mut().append_pair("error", error);
        }
    }
    if let Some(state) = named.get("state") {
        back.query_pairs_mut().append_pair("state", state);
    }
    back.query_pairs_mut().append_pair("iss", &server.issuer());
    (StatusCode::SEE_OTHER, [(LOCATION, back.to_string())]).into_response()
}

/// Character for character; may be left out by an app that has one.
fn redirect_uri<'a>(app: &'a SandboxApp, asked: Option<&str>) -> Option<&'a String> {
    match (asked, app.redirect_uris.as_slice()) {
        (Some(asked), registered) => registered.iter().find(|uri| *uri == asked),
        (None, [only]) => Some(only),
        (None, _) => None,
    }
}

fn grant(app: &SandboxApp, target: &str, named: &HashMap<&str, &str>) -> Result<Grant, &'static str> {
    if named.get("response_type").is_some_and(|kind| *kind != "code") {
        return Err("invalid_request");
    }
    let challenge = named.get("code_challenge").map(|challenge| (*challenge).to_owned());
    match &challenge {
        None if !app.legacy => return Err("invalid_request"),
        Some(text)
            if !(43..=128).contains(&text.len()) || named.get("code_challenge_method") != Some(&"S256") =>
        {
            return Err("invalid_request");
        }
        _ => {}
    }
    let scope = match named.get("scope").filter(|scope| !scope.trim().is_empty()) {
        None => app.scopes.join(" "),
        Some(asked) if asked.split_whitespace().all(|one| app.scopes.iter().any(|own| own == one)) => {
            asked.split_whitespace().collect::<Vec<_>>().join(" ")
        }
        Some(_) => return Err("invalid_scope"),
    };
    Ok(Grant {
        client_id: app.client_id.clone(),
        redirect_uri: target.to_owned(),
        scope,
        challenge: challenge.filter(|_| !app.legacy),
        signing_secret: app.signing_secret.clone(),
    })
}

async fn legacy_token(State(site): State<Arc<Site>>, headers: HeaderMap, body: Bytes) -> Response {
    reply(authenticated(&site.authorization, &headers, &body).and_then(|(app, form)| {
        if !app.legacy {
            return Err(Refusal::bad("unauthorized_client"));
        }
        exchange(&site.authorization, app, &form)
    }))
}

async fn token(State(site): State<Arc<Site>>, headers: HeaderMap, body: Bytes) -> Response {
    let result = authenticated(&site.authorization, &headers, &body).and_then(|(app, form)| {
        match form.get("grant_type").map(String::as_str) {
            Some("authorization_code") if app.legacy => Err(Refusal::bad("unauthorized_client")),
            Some("authorization_code") => exchange(&site.authorization, app, &form),
            Some("refresh_token") => {
                let token = form.get("refresh_token").ok_or(Refusal::INVALID_REQUEST)?;
                site.authorization.ledger().refresh(token, &app.client_id, SystemTime::now())
            }
            Some(_) => Err(Refusal::bad("unsupported_grant_type")),
            None => Err(Refusal::INVALID_REQUEST),
        }
    });
    tokio::time::sleep(site.authorization.token_delay).await;
    reply(result)
}

fn exchange(
    server: &Authorization,
    app: &SandboxApp,
    form: &HashMap<String, String>,
) -> Result<Value, Refusal> {
    let field = |name: &str| form.get(name).map(String::as_str);
    let code = field("code").ok_or(Refusal::INVALID_REQUEST)?;
    let now = SystemTime::now();
    server.ledger().exchange(code, &app.client_id, field("redirect_uri"), field("code_verifier"), now)
}

async fn revoke(State(site): State<Arc<Site>>, headers: HeaderMap, body: Bytes) -> Response {
    reply(authenticated(&site.authorization, &headers, &body).and_then(|(app, form)| {
        let token = form.get("token").ok_or(Refusal::INVALID_REQUEST)?;
        site.authorization.ledger().revoke(token, &app.client_id);
        Ok(json!({"success": true}))
    }))
}

async fn migrate(State(site): State<Arc<Site>>, headers: HeaderMap, body: Bytes) -> Response {
    reply(authenticated(&site.authorization, &headers, &body).and_then(|(app, form)| {
        let token = form.get("api_token").ok_or(Refusal::INVALID_REQUEST)?;
        if token == PERSONAL_TOKEN {
            return Err(Refusal::bad("personal_tokens_not_supported"));
        }
        site.authorization.ledger().migrate(token, &app.client_id, SystemTime::now())
    }))
}

async fn metadata(State(site): State<Arc<Site>>) -> Response {
    let server = &site.authorization;
    reply(Ok(json!({
        "issuer": server.issuer(),
        "authorization_endpoint": format!("{}/oauth2/authorize", server.base),
        "token_endpoint": format!("{}/oauth_ms/oauth/token", server.base),
        "revocation_endpoint": format!("{}/oauth_ms/oauth/revoke", server.base),
        "response_types_supported": ["code"],
        "grant_types_supported": ["authorization_code", "refresh_token"],
        "token_endpoint_auth_methods_supported": ["client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
    })))
}

/// The app a body speaks for, and the body. `client_secret_post` is the only way in.
fn authenticated<'a>(
    server: &'a Authorization,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<(&'a SandboxApp, HashMap<String, String>), Refusal> {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let form: HashMap<String, String> = match kind.split(';').next().map(str::trim) {
        Some("application/json") => serde_json::from_slice(body).map_err(|_| Refusal::INVALID_REQUEST)?,
        Some("application/x-www-form-urlencoded") => pairs(body).into_iter().collect(),
        _ => return Err(Refusal::INVALID_REQUEST),
    };
    let app = form.get("client_id").and_then(|id| server.app(id));
    let app = app.filter(|app| form.get("client_secret") == Some(&app.client_secret));
    app.map(|app| (app, form)).ok_or(Refusal::INVALID_CLIENT)
}

fn pairs(form: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(form).into_owned().collect()
}

fn html(status: StatusCode, page: String) -> Response {
    let headers = [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CACHE_CONTROL, "no-store"),
        (CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"),
    ];
    (status, headers, page).into_response()
}

fn reply(result: Result<Value, Refusal>) -> Response {
    let (status, body) = match result {
        Ok(body) => (StatusCode::OK, body),
        Err(refusal) => (refusal.status, json!({"error": refusal.error})),
    };
    (status, [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "no-store")], body.to_string())
        .into_response()
}
