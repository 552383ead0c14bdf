//! What a token answer comes to: the tables of expiry, faults and refusals.
//!
//! Must not know: how an answer is fetched.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use super::*;
use crate::Scope;
use crate::unix_time::from_millis;

const NOW: u64 = 1_700_000_000;

fn at(seconds: u64) -> SystemTime {
    from_millis(seconds * 1000)
}

fn answer(status: u16, body: &str) -> HttpAnswer {
    HttpAnswer { status, date: None, retry_after: None, body: body.as_bytes().to_vec() }
}

fn read_at(status: u16, body: &str) -> Result<TokenGrant, Unusable> {
    read(&answer(status, body), Flow::OAuth21, at(NOW))
}

fn fault(status: u16, body: &str) -> AuthError {
    *read_at(status, body).unwrap_err().error
}

fn jwt(claims: &Value) -> String {
    format!("eyJhbGciOiJIUzI1NiJ9.{}.c2lnbmF0dXJl", URL_SAFE_NO_PAD.encode(claims.to_string()))
}

fn life(claims: &Value, date: Option<u64>) -> u64 {
    let body = json!({"access_token": jwt(claims), "token_type": "Bearer"}).to_string();
    let mut answer = answer(200, &body);
    answer.date = date.map(at);
    let grant = read(&answer, Flow::OAuth21, at(NOW)).unwrap();
    grant.expires_at.unwrap().duration_since(at(NOW)).unwrap().as_secs()
}

#[test]
fn the_end_is_read_from_the_jwt_and_never_believed_too_far() {
    let table = [
        (json!({"exp": NOW + 3600}), 3600),
        (json!({"exp": NOW + 2}), 2),
        (json!({"exp": 1_700_000_100.9}), 100),
        (json!({"exp": 253_402_300_799_u64}), 86_400),
        (json!({"exp": u64::MAX}), 86_400),
        (json!({"exp": 1e300}), 86_400),
        (json!({"exp": NOW}), 30),
        (json!({"exp": NOW - 1}), 30),
        (json!({"exp": 0}), 30),
        (json!({"exp": -5}), 30),
        (json!({"exp": "tomorrow"}), 3600),
        (json!({"exp": null}), 3600),
        (json!({"exp": [1]}), 3600),
        (json!({}), 3600),
        (json!("text"), 3600),
    ];
    for (claims, expected) in table {
        assert_eq!(life(&claims, None), expected, "{claims}");
    }
}

#[test]
fn the_servers_clock_counts_where_this_one_is_off() {
    let ahead = NOW + 12 * 3600;
    assert_eq!(life(&json!({"exp": ahead + 3600}), Some(ahead)), 3600);
    assert_eq!(life(&json!({"exp": ahead + 3600, "iat": ahead}), None), 3600);
    let behind = NOW - 12 * 3600;
    assert_eq!(life(&json!({"exp": behind + 3600}), Some(behind)), 3600);
    // Two seconds are the network's.
    assert_eq!(life(&json!({"exp": NOW + 3600}), Some(NOW - 2)), 3600);
}

#[test]
fn what_is_no_jwt_lives_an_hour_and_a_legacy_token_does_not_end() {
    for token in ["opaque-token-1", "a.b.c.d.efgh", "not.base64!.at-all", "..........."] {
        let body = json!({"access_token": token, "token_type": "bearer"}).to_string();
        let grant = read_at(200, &body).unwrap();
        assert_eq!(grant.expires_at, Some(at(NOW + 3600)), "{token}");
        let legacy = read(&answer(200, &body), Flow::Legacy, at(NOW)).unwrap();
        assert_eq!((legacy.expires_at, legacy.kind), (None, CredentialKind::LegacyOAuth));
    }
    let told = json!({"access_token": "opaque-token-1", "expires_in": 120}).to_string();
    assert_eq!(read_at(200, &told).unwrap().expires_at, Some(at(NOW + 120)));
}

#[test]
fn scopes_come_with_spaces_or_commas() {
    let expected = ScopeSet::from([Scope::MeRead, Scope::BoardsRead]);
    for scope in ["me:read boards:read", "boards:read,me:read"] {
        let body = json!({"access_token": "opaque-token-1", "refresh_token": "refresh-1", "scope": scope})
            .to_string();
        assert_eq!(read_at(200, &body).unwrap().scope, Some(expected.clone()));
    }
}

#[test]
fn a_field_that_cannot_be_used_is_named() {
    use TokenResponseFault::{Invalid, Missing, NotJson};
    let table = [
        ("[]", "the body", NotJson),
        ("{}", "access_token", Missing),
        ("\"text\"", "the body", NotJson),
        ("<html>", "the body", NotJson),
        (r#"{"token_type":"Bearer"}"#, "access_token", Missing),
        (r#"{"access_token":null}"#, "access_token", Missing),
        (r#"{"access_token":""}"#, "access_token", Invalid),
        (r#"{"access_token":7}"#, "access_token", Invalid),
        (r#"{"access_token":"with spaces in it"}"#, "access_token", Invalid),
        (r#"{"access_token":"with\r\nnewline"}"#, "access_token", Invalid),
        (r#"{"access_token":"opaque-token-1","token_type":"mac"}"#, "token_type", Invalid),
        (r#"{"access_token":"opaque-token-1","token_type":1}"#, "token_type", Invalid),
        (r#"{"access_token":"opaque-token-1","refresh_token":1}"#, "refresh_token", Invalid),
    ];
    for (body, field, fault_) in table {
        assert_eq!(fault(200, body), AuthError::TokenResponse { field, fault: fault_ }, "{body}");
    }
    let long = json!({"access_token": "x".repeat(8193)}).to_string();
    assert!(matches!(fault(200, &long), AuthError::TokenResponse { field: "access_token", .. }));
    let deep = format!("{{\"access_token\":{}{}}}", "[".repeat(1_000), "]".repeat(1_000));
    assert!(matches!(fault(200, &deep), AuthError::TokenResponse { field: "the body", .. }));
    let rescued = read_at(200, r#"{"access_token":"","refresh_token":"refresh-2"}"#).unwrap_err();
    assert_eq!(rescued.refresh.unwrap().expose(), "refresh-2");
}

#[test]
fn an_answer_that_was_cut_is_a_lost_one() {
    for body in ["", "{", r#"{"access_token":"opaque-tok"#] {
        assert_eq!(fault(200, body), AuthError::Transport(HttpFault::MaybeSent), "{body}");
    }
}

#[test]
fn refusals_are_typed_and_tell_nothing_they_must_not() {
    let code = |status, body: &str| match fault(status, body) {
        AuthError::OAuth(fault) => fault.code,
        other => panic!("{other:?}"),
    };
    assert_eq!(code(400, r#"{"error":"invalid_grant"}"#), OAuthCode::InvalidGrant);
    assert_eq!(code(401, r#"{"error":"invalid_client"}"#), OAuthCode::InvalidClient);
    assert_eq!(code(400, r#"{"error":"unauthorized_client"}"#), OAuthCode::UnauthorizedClient);
    assert_eq!(code(400, r#"{"error":"invalid_scope"}"#), OAuthCode::InvalidScope);
    assert_eq!(code(400, r#"{"error":"unsupported_grant_type"}"#), OAuthCode::UnsupportedGrantType);
    assert_eq!(code(200, r#"{"error":"invalid_grant"}"#), OAuthCode::InvalidGrant);
    assert_eq!(
        code(400, r#"{"error":"api_app_id_mismatch"}"#),
        OAuthCode::Other("api_app_id_mismatch".to_owned())
    );
    assert_eq!(code(400, r#"{"error":{"code":1}}"#), OAuthCode::Unreadable);
    assert_eq!(code(400, r#"{"error":"Token-Like.Text0"}"#), OAuthCode::Unreadable);
    let five_minutes = Some(Duration::from_mins(5));
    let busy = AuthError::ServerUnavailable { status: 429, retry_after: five_minutes };
    assert_eq!(fault(429, "slow down"), busy);
    assert_eq!(fault(400, r#"{"error":"too_many_requests"}"#), busy);
    assert_eq!(
        fault(503, r#"{"error":"invalid_grant"}"#),
        AuthError::ServerUnavailable { status: 503, retry_after: None }
    );
    assert_eq!(fault(400, "<html>canary"), AuthError::UnexpectedAnswer { status: 400 });
    assert_eq!(fault(302, r#"{"error":"invalid_grant"}"#), AuthError::UnexpectedAnswer { status: 302 });

    let long = json!({"error": "invalid_grant", "error_description": format!("canary\u{0}\u{1b}[2J{}", "x".repeat(1 << 20))});
    let AuthError::OAuth(said) = fault(400, &long.to_string()) else { panic!() };
    assert_eq!(said.description.as_str().chars().count(), 200);
    assert!(!said.description.as_str().chars().any(char::is_control));
    assert!(!format!("{said} {said:?} {said:#?}").contains("canary"));
}

proptest::proptest! {
    #[test]
    fn any_answer_is_tokens_or_a_typed_error(status in 100_u16..600, body in ".{0,200}") {
        if let Err(unusable) = read_at(status, &body) {
            proptest::prop_assert!(!unusable.error.to_string().is_empty());
        }
    }
}
