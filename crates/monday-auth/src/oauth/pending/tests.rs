//! The table of callbacks: which end in a code, and what is wrong with the others.

use super::*;
use crate::{OAuthApp, Scope};

fn app() -> OAuthApp {
    OAuthApp::builder("client-1", Secret::new("client-secret"))
        .redirect_uri("https://app.example.com/callback")
        .scopes(ScopeSet::from([Scope::MeRead]))
        .build()
        .unwrap()
}

/// What a callback comes to; `STATE` stands for the state of the login.
fn finish(callback: &str) -> Result<AuthorizationCode, AuthError> {
    let (_, pending) = app().begin().unwrap();
    let callback = callback.replace("STATE", pending.state.expose());
    pending.finish(&callback)
}

fn denied(callback: &str) -> Option<OAuthCode> {
    match finish(callback) {
        Err(AuthError::Denied(fault)) => Some(fault.code),
        _ => None,
    }
}

#[test]
fn a_callback_with_its_state_and_a_code_is_a_code() {
    for callback in [
        "https://app.example.com/callback?code=code-1&state=STATE",
        "/callback?state=STATE&code=code-1",
        "?code=code-1&state=STATE&utm_source=x&utm_source=y",
        "code=code-1&state=STATE#fragment",
        "code=code-1&state=STATE&iss=https%3A%2F%2Fauth.monday.com",
        "code=code-1&state=STATE&iss=https://auth.monday.com/oauth_ms&status=approved",
    ] {
        let code = finish(callback).unwrap();
        assert_eq!(code.code.expose(), "code-1", "{callback}");
        assert_eq!(code.scopes, ScopeSet::from([Scope::MeRead]));
    }
    let narrowed = finish("code=code-1&state=STATE&scope=me:read,boards:read").unwrap();
    assert_eq!(narrowed.scopes, ScopeSet::from([Scope::MeRead, Scope::BoardsRead]));
}

#[test]
fn every_other_callback_is_refused_for_its_reason() {
    use CallbackFault::{Code, Duplicate, Issuer, State, Status, TooLong};
    let other = app().begin().unwrap().1.state.expose().to_owned();
    let long = format!("code=code-1&state=STATE&x={}", "x".repeat(9_000));
    let long_code = format!("code={}&state=STATE", "x".repeat(2_049));
    let table = [
        ("", State),
        ("code=code-1", State),
        ("code=code-1&state=", State),
        ("code=code-1&state=guessed", State),
        (&*format!("code=code-1&state={other}"), State),
        ("code=code-1&state=STATEx", State),
        ("code=code-1&state=STATE%20", State),
        ("code=code-1&STATE=STATE", State),
        ("code=code-1&state=%2553TATE", State),
        ("code=code-1&state=STATE&state=STATE", Duplicate),
        ("code=code-1&code=code-2&state=STATE", Duplicate),
        ("error=access_denied&error=x&state=STATE", Duplicate),
        ("state=STATE", Code),
        ("code=&state=STATE", Code),
        ("code=a%0d%0ab&state=STATE", Code),
        ("code=a%20b&state=STATE", Code),
        (&*long_code, Code),
        ("code=code-1&state=STATE&iss=https://evil.example", Issuer),
        ("code=code-1&state=STATE&iss=", Issuer),
        ("code=code-1&state=STATE&iss=https://auth.monday.com.evil.example", Issuer),
        ("code=code-1&state=STATE&status=denied", Status),
        ("code=code-1&state=STATE&status=", Status),
        (&*long, TooLong),
    ];
    for (callback, fault) in table {
        assert_eq!(finish(callback).unwrap_err(), AuthError::Callback(fault), "{callback}");
    }
    let (_, pending) = app().begin().unwrap();
    let swapped: String = pending
        .state
        .expose()
        .chars()
        .map(|c| if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() })
        .collect();
    let result = pending.finish(&format!("code=code-1&state={swapped}"));
    assert_eq!(result.unwrap_err(), AuthError::Callback(State));
}

#[test]
fn an_error_counts_before_any_code() {
    for (callback, code) in [
        ("error=access_denied&state=STATE", OAuthCode::AccessDenied),
        ("code=code-1&error=access_denied&state=STATE", OAuthCode::AccessDenied),
        ("error=access_denied", OAuthCode::AccessDenied),
        ("error=temporary_unavailable&state=STATE", OAuthCode::TemporarilyUnavailable),
        ("error=temporarily_unavailable&state=STATE", OAuthCode::TemporarilyUnavailable),
        ("error=invalid_scope&state=STATE&error_description=no", OAuthCode::InvalidScope),
        ("error=%3Cscript%3E&state=STATE", OAuthCode::Unreadable),
        ("error=&state=STATE&code=code-1", OAuthCode::Unreadable),
    ] {
        assert_eq!(denied(callback), Some(code), "{callback}");
    }
    let forged = finish("error=access_denied&state=guessed").unwrap_err();
    assert_eq!(forged, AuthError::Callback(CallbackFault::State));
}

#[test]
fn a_login_lives_ten_minutes_whichever_way_the_clock_goes() {
    for (offset, taken) in [(-601, false), (-599, true), (0, true), (599, true), (601, false)] {
        let (_, pending) = app().begin().unwrap();
        let callback = format!("code=code-1&state={}", pending.state.expose());
        let now = if offset < 0 {
            pending.begun_at - Duration::from_secs(i64::unsigned_abs(offset))
        } else {
            pending.begun_at + Duration::from_secs(i64::unsigned_abs(offset))
        };
        let result = pending.finish_at(Callback::parse(&callback).unwrap(), now);
        assert_eq!(result.is_ok(), taken, "{offset}");
    }
}

#[test]
fn state_and_verifier_are_256_bits_and_never_the_same() {
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..100 {
        let (url, pending) = app().begin().unwrap();
        // 32 bytes are 43 characters of base64url.
        assert_eq!((pending.state.expose().len(), pending.verifier.expose().len()), (43, 43));
        assert!(!url.as_str().contains(pending.verifier.expose()));
        assert!(
            seen.insert(pending.state.expose().to_owned())
                && seen.insert(pending.verifier.expose().to_owned())
        );
    }
}

#[test]
fn a_listener_recognises_its_own_callback_only() {
    let (_, pending) = app().begin().unwrap();
    let own = Callback::parse(&format!("error=access_denied&state={}", pending.state.expose())).unwrap();
    assert!(pending.recognises(&own));
    for other in ["", "state=", "state=guessed", "code=code-1"] {
        assert!(!pending.recognises(&Callback::parse(other).unwrap()), "{other}");
    }
    let shown = format!("{own:?} {pending:?} {:?}", app().begin().unwrap().0);
    assert!(!shown.contains(pending.state.expose()) && !shown.contains(pending.verifier.expose()));
}
