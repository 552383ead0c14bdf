//! The four kinds: what each reads of its own token, at the clock that decides it.

use super::*;
use crate::{Audience, AuthError, CredentialKind};
use jsonwebtoken::{DecodingKey, Validation};

#[test]
fn the_tokens_of_mondays_documentation_are_read() {
    let token = signed(HS256, request_claims().to_string());
    for authorization in [token.clone(), format!("Bearer {token}"), format!("bearer {token}")] {
        let request = request(&authorization).unwrap();
        assert_eq!((request.account_id, request.user_id), (1_825_529, 4_012_689));
        assert_eq!((request.issued_at, request.expires_at), (Some(at(NOW)), at(NOW + 300)));
    }
    let token = signed(HS256, session_claims().to_string());
    let expected = SessionToken {
        account_id: 1_825_529,
        user_id: 4_012_689,
        slug: "acme".to_owned(),
        app_id: 101,
        app_version_id: 104,
        is_view_only: false,
        expires_at: at(NOW + 300),
    };
    assert_eq!(session(&format!("Bearer {token}")).unwrap(), expected);
    let seen = lifecycle(&token).unwrap();
    assert_eq!((seen.account_id, seen.user_id, seen.app_id), (Some(1_825_529), Some(4_012_689), Some(101)));
    let seen = lifecycle(&signed(HS256, request_claims().to_string())).unwrap();
    assert_eq!((seen.account_id, seen.app_id, seen.expires_at), (Some(1_825_529), None, Some(at(NOW + 300))));
}

#[test]
fn a_short_lived_token_is_a_credential_that_ends_with_its_request() {
    let request = request(&signed(HS256, request_claims().to_string())).unwrap();
    let credential = request.credential().unwrap();
    assert_eq!(credential.kind(), CredentialKind::ShortLived);
    assert_eq!(credential.expires_at(), Some(at(NOW + 300)));
    assert_eq!(credential.header_for(&Audience::monday()).unwrap(), "short-lived-token-1");
    assert!(!format!("{request:?} {credential:?}").contains("short-lived-token"));
}

#[test]
fn a_request_without_a_short_lived_token_has_no_credential() {
    let token = signed(HS256, with(request_claims(), &json!({"shortLivedToken": null})));
    let missing = AuthError::Signed(SignedFault::Claim("shortLivedToken"));
    assert_eq!(request(&token).unwrap().credential().unwrap_err(), missing);
    let token = signed(HS256, with(request_claims(), &json!({"shortLivedToken": "two words"})));
    let unusable = request(&token).unwrap().credential().unwrap_err();
    assert!(matches!(unusable, AuthError::InvalidToken { source_name: "shortLivedToken", .. }));
}

#[test]
fn clocks_may_be_sixty_seconds_apart_and_no_more() {
    let exp = |exp: Value| request(&signed(HS256, with(request_claims(), &json!({"exp": exp})))).is_ok();
    let nbf = |nbf: Value| request(&signed(HS256, with(request_claims(), &json!({"nbf": nbf})))).is_ok();
    assert!(exp(json!(NOW - 59)) && !exp(json!(NOW - 60)));
    assert!(exp(json!(1_799_999_941.5)) && !exp(json!(1_799_999_940.9)));
    assert!(nbf(json!(NOW + 60)) && !nbf(json!(NOW + 61)) && nbf(json!(0)));
    let lifecycle_ends =
        |exp: u64| lifecycle(&signed(HS256, with(session_claims(), &json!({"exp": exp})))).is_ok();
    assert!(lifecycle_ends(NOW - 59) && !lifecycle_ends(NOW - 60));
}

#[test]
fn a_lifecycle_token_without_an_end_is_good_for_minutes_and_one_without_times_for_none() {
    let issued = |iat: Value| {
        let claims = with(session_claims(), &json!({"exp": null, "iat": iat}));
        lifecycle(&signed(HS256, claims)).map(|webhook| webhook.expires_at)
    };
    assert_eq!(issued(json!(NOW - 359)), Ok(None));
    assert_eq!(issued(json!(NOW - 360)), Err(SignedFault::Expired));
    assert_eq!(issued(json!(NOW + 60)), Ok(None));
    assert_eq!(issued(json!(NOW + 61)), Err(SignedFault::NotYetValid));
    assert_eq!(issued(Value::Null), Err(SignedFault::Claim("exp")));
    let endless = signed(HS256, with(session_claims(), &json!({"exp": null, "iat": null})));
    assert!(LifecycleWebhook::verify_endless(&*endless, &client_secret()).is_ok());
    let ended = signed(HS256, with(session_claims(), &json!({"exp": 1})));
    assert!(LifecycleWebhook::verify_endless(&*ended, &client_secret()).is_err(), "an end is an end");
}

#[test]
fn ids_are_numbers_or_their_digits() {
    let text = with(request_claims(), &json!({"accountId": "1825529", "userId": "18446744073709551615"}));
    let request = request(&signed(HS256, text)).unwrap();
    assert_eq!((request.account_id, request.user_id), (1_825_529, u64::MAX));
}

#[test]
fn a_session_token_lacks_nothing() {
    let whole = session_claims();
    for name in ["account_id", "user_id", "slug", "app_id", "app_version_id", "is_view_only"] {
        let mut claims = whole.clone();
        claims["dat"].as_object_mut().unwrap().remove(name);
        assert_eq!(session(&signed(HS256, claims.to_string())).unwrap_err(), SignedFault::Claim(name));
    }
    for (change, fault) in [
        (json!({"dat": null}), SignedFault::Claim("dat")),
        (json!({"dat": [1, 2, "acme", 3, 4, false]}), SignedFault::Claim("dat")),
        (json!({"exp": null}), SignedFault::Claim("exp")),
        (json!({"exp": NOW - 3600}), SignedFault::Expired),
    ] {
        assert_eq!(session(&signed(HS256, with(whole.clone(), &change))).unwrap_err(), fault, "{change}");
    }
    let mut view_only = whole.clone();
    view_only["dat"]["is_view_only"] = json!("false");
    let fault = session(&signed(HS256, view_only.to_string())).unwrap_err();
    assert_eq!(fault, SignedFault::Claim("is_view_only"));
}

#[test]
fn one_kinds_token_is_not_anothers() {
    let session_token = signed(HS256, session_claims().to_string());
    assert!(request(&session_token).is_err());
    assert!(session(&signed(HS256, request_claims().to_string())).is_err());
}

#[test]
fn an_unsigned_webhook_is_told_apart_and_never_taken() {
    let webhook = |authorization| BoardWebhook::verify(authorization, ENDPOINT, &signing_secret());
    for authorization in [None, Some(""), Some("Bearer ")] {
        assert_eq!(webhook(authorization).unwrap_err(), AuthError::Signed(SignedFault::Unsigned));
    }
    let forged = webhook(Some("not.a.token")).unwrap_err();
    assert_ne!(forged, AuthError::Signed(SignedFault::Unsigned));
    let lifecycle = LifecycleWebhook::verify(None, &client_secret());
    assert_eq!(lifecycle.unwrap_err(), AuthError::Signed(SignedFault::Unsigned));
}

#[test]
fn a_board_webhook_is_for_its_own_url() {
    let read = |url, seconds| {
        let token = signed(HS256, request_claims().to_string());
        BoardWebhook::read(Some(&*token), url, &signing_secret(), at(seconds))
    };
    let webhook = read(ENDPOINT, NOW).unwrap();
    assert_eq!((webhook.account_id, webhook.user_id), (1_825_529, 4_012_689));
    assert_eq!(read("https://app.example.com/other", NOW).unwrap_err(), SignedFault::Audience);
    let nowhere = signed(HS256, with(request_claims(), &json!({"aud": ""})));
    let unset = BoardWebhook::read(Some(&*nowhere), "", &signing_secret(), at(NOW));
    assert_eq!(unset.unwrap_err(), SignedFault::Audience);
    assert_eq!(read(ENDPOINT, NOW + 360).unwrap_err(), SignedFault::Expired);
}

#[test]
fn the_clock_of_the_machine_is_asked() {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs();
    for (exp, good) in [(now + 300, true), (now - 300, false)] {
        let token = signed(HS256, with(request_claims(), &json!({"exp": exp})));
        assert_eq!(IntegrationRequest::verify(&*token, ENDPOINT, &signing_secret()).is_ok(), good);
        assert_eq!(BoardWebhook::verify(&*token, ENDPOINT, &signing_secret()).is_ok(), good);
        let token = signed(HS256, with(session_claims(), &json!({"exp": exp})));
        assert_eq!(SessionToken::verify(&*token, &client_secret()).is_ok(), good);
        assert_eq!(LifecycleWebhook::verify(&*token, &client_secret()).is_ok(), good);
    }
}

#[test]
fn a_token_of_others_is_taken_and_ours_by_jsonwebtoken() {
    // The first example of jwt.io, whose secret is `your-256-bit-secret`.
    let token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c";
    let secret = ClientSecret::new(Secret::new("your-256-bit-secret")).unwrap();
    assert!(LifecycleWebhook::read_endless(Some(token), &secret, at(NOW)).is_ok());
    assert!(LifecycleWebhook::verify_endless(token, &secret).is_ok());
    // It was signed in 2018.
    assert_eq!(LifecycleWebhook::read(Some(token), &secret, at(NOW)).unwrap_err(), SignedFault::Expired);

    let key = EncodingKey::from_secret(SECRET.as_bytes());
    let encoded = jsonwebtoken::encode(&jsonwebtoken::Header::default(), &request_claims(), &key).unwrap();
    assert!(request(&encoded).is_ok());
    let mut rules = Validation::new(Algorithm::HS256);
    rules.set_audience(&[ENDPOINT]);
    rules.validate_exp = false;
    let ours = signed(HS256, request_claims().to_string());
    let key = DecodingKey::from_secret(SECRET.as_bytes());
    assert!(jsonwebtoken::decode::<Value>(ours, &key, &rules).is_ok());
}

#[test]
fn a_secret_that_is_none_is_refused() {
    for text in ["", "seven77", "with a space in it", "tökén-1234", "newline-1\n", &"x".repeat(513)] {
        let fault = AuthError::Signed(SignedFault::Secret);
        assert_eq!(SigningSecret::new(Secret::new(text)).unwrap_err(), fault);
        assert_eq!(ClientSecret::new(Secret::new(text)).unwrap_err(), fault);
    }
    assert!(!format!("{:?} {:?}", signing_secret(), client_secret()).contains("real"));
}
