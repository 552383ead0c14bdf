//! The ledger's rules, each at the clock that decides it.

use super::*;

const VERIFIER: &str = "a-verifier-of-forty-three-characters-and-mor";

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_800_000_000 + seconds)
}

fn grant(challenge: Option<String>) -> Grant {
    let (client_id, redirect_uri) = ("app".to_owned(), "http://127.0.0.1:1/cb".to_owned());
    let signing_secret = "not-a-real-signing-secret".to_owned();
    Grant { client_id, redirect_uri, scope: "me:read".to_owned(), challenge, signing_secret }
}

fn pair(ledger: &mut Ledger) -> (String, String) {
    let code = ledger.code(grant(Some(s256(VERIFIER))), at(0));
    texts(&ledger.exchange(&code, "app", None, Some(VERIFIER), at(0)).unwrap())
}

fn texts(answer: &Value) -> (String, String) {
    let text = |name: &str| answer[name].as_str().unwrap().to_owned();
    (text("access_token"), text("refresh_token"))
}

#[test]
fn a_challenge_is_the_one_of_rfc_7636() {
    // Appendix B.
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    assert_eq!(s256(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

#[test]
fn a_code_lives_ten_minutes() {
    for (seconds, lives) in [(599, true), (600, false)] {
        let mut ledger = Ledger::new(Duration::from_hours(1));
        let code = ledger.code(grant(None), at(0));
        assert_eq!(ledger.exchange(&code, "app", None, None, at(seconds)).is_ok(), lives);
    }
}

#[test]
fn a_code_played_twice_ends_what_it_began() {
    let mut ledger = Ledger::new(Duration::from_hours(1));
    let code = ledger.code(grant(Some(s256(VERIFIER))), at(0));
    let (access, _) = texts(&ledger.exchange(&code, "app", None, Some(VERIFIER), at(0)).unwrap());
    assert!(ledger.is_live(&access, at(1)));
    let again = ledger.exchange(&code, "app", None, Some(VERIFIER), at(1));
    assert_eq!(again, Err(Refusal::INVALID_GRANT));
    assert!(!ledger.is_live(&access, at(1)));
}

#[test]
fn a_wrong_verifier_app_or_redirect_uri_gets_no_token() {
    let mut ledger = Ledger::new(Duration::from_hours(1));
    let code = ledger.code(grant(Some(s256(VERIFIER))), at(0));
    let tries: [(&str, Option<&str>, Option<&str>); 4] = [
        ("app", None, None),
        ("app", None, Some("another-verifier")),
        ("other", None, Some(VERIFIER)),
        ("app", Some("http://127.0.0.1:2/cb"), Some(VERIFIER)),
    ];
    for (client_id, uri, verifier) in tries {
        let result = ledger.exchange(&code, client_id, uri, verifier, at(0));
        assert_eq!(result, Err(Refusal::INVALID_GRANT), "{client_id} {uri:?} {verifier:?}");
    }
    assert_eq!(ledger.counts().invalid_grants, 4);
}

#[test]
fn a_refresh_token_played_twice_kills_its_whole_family() {
    let mut ledger = Ledger::new(Duration::from_hours(1));
    let (_, first) = pair(&mut ledger);
    let (access, second) = texts(&ledger.refresh(&first, "app", at(1)).unwrap());
    assert_eq!(ledger.refresh(&first, "app", at(2)), Err(Refusal::INVALID_GRANT));
    assert!(!ledger.is_live(&access, at(2)));
    assert_eq!(ledger.refresh(&second, "app", at(2)), Err(Refusal::INVALID_GRANT));
    let counts = OAuthCounts { refreshes: 1, reuses: 1, invalid_grants: 2 };
    assert_eq!(ledger.counts(), counts);
}

#[test]
fn a_family_ends_six_months_after_its_consent() {
    let mut ledger = Ledger::new(Duration::from_hours(1));
    let (_, first) = pair(&mut ledger);
    let half = FAMILY_LIFE.as_secs();
    let (_, second) = texts(&ledger.refresh(&first, "app", at(half - 1)).unwrap());
    assert_eq!(ledger.refresh(&second, "app", at(half)), Err(Refusal::INVALID_GRANT));
}

#[test]
fn an_access_token_ends_when_its_exp_says() {
    let mut ledger = Ledger::new(Duration::from_secs(2));
    let (access, _) = pair(&mut ledger);
    let claims = URL_SAFE_NO_PAD.decode(access.split('.').nth(1).unwrap()).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    assert_eq!(claims["exp"], 1_800_000_002_u64);
    assert!(ledger.is_live(&access, at(1)) && !ledger.is_live(&access, at(2)));
}

#[test]
fn revoking_either_token_ends_both_but_never_another_apps() {
    for which in [0, 1] {
        let mut ledger = Ledger::new(Duration::from_hours(1));
        let (access, refresh) = pair(&mut ledger);
        let token = [&access, &refresh][which];
        ledger.revoke(token, "other");
        assert!(ledger.is_live(&access, at(1)));
        ledger.revoke(token, "app");
        assert!(!ledger.is_live(&access, at(1)));
        assert_eq!(ledger.refresh(&refresh, "app", at(1)), Err(Refusal::INVALID_GRANT));
    }
}

#[test]
fn a_legacy_token_migrates_to_one_pair_however_often_it_is_asked() {
    let mut ledger = Ledger::new(Duration::from_hours(1));
    let code = ledger.code(grant(None), at(0));
    let legacy = ledger.exchange(&code, "app", None, None, at(0)).unwrap();
    assert!(legacy.get("refresh_token").is_none());
    let legacy = legacy["access_token"].as_str().unwrap().to_owned();
    let first = ledger.migrate(&legacy, "app", at(1)).unwrap();
    assert_eq!(ledger.migrate(&legacy, "app", at(2)).unwrap(), first);
    let error = |result: Result<Value, Refusal>| result.unwrap_err().error;
    assert_eq!(error(ledger.migrate(&texts(&first).0, "app", at(3))), "already_oauth_token");
    assert_eq!(error(ledger.migrate(&legacy, "other", at(3))), "api_app_id_mismatch");
    assert_eq!(error(ledger.migrate("unknown", "app", at(3))), "invalid_token");
    for _ in 5..MIGRATIONS {
        let _ = ledger.migrate(&legacy, "app", at(4));
    }
    assert_eq!(ledger.migrate(&legacy, "app", at(5)), Err(Refusal::TOO_MANY));
    assert!(ledger.migrate(&legacy, "app", at(400)).is_ok());
}
