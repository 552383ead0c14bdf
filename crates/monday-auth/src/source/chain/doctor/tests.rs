//! What the doctor says of tokens of each kind.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::*;
use crate::{FindingLevel, ProcessSource};

fn jwt(claims: &Value) -> String {
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    format!("{}.{}.{}", part(r#"{"alg":"HS256"}"#), part(&claims.to_string()), part("canary-signature"))
}

async fn lines(credential: Credential) -> Vec<(FindingLevel, String)> {
    let diagnosis = Chain::new().then(credential).doctor().await;
    diagnosis.findings().iter().map(|finding| (finding.level, finding.what.clone())).collect()
}

fn from_now(seconds: i64) -> i64 {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    i64::try_from(now.as_secs()).unwrap() + seconds
}

#[tokio::test]
async fn a_jwt_tells_whose_it_is_and_is_not_believed() {
    let claims = serde_json::json!({"tid": 1, "uid": 456, "actid": 123, "rgn": "use1", "per": "canary"});
    let credential = Credential::personal_token(jwt(&claims)).unwrap();
    let fingerprint = credential.fingerprint();
    let expected = [
        (FindingLevel::Good, format!("the value given has the personal token {fingerprint}")),
        (FindingLevel::Good, "the token does not end by itself".to_owned()),
        (
            FindingLevel::Good,
            "the token says it is of account 123, user 456, region use1 (not verified)".to_owned(),
        ),
    ];
    assert_eq!(lines(credential).await, expected);
}

#[tokio::test]
async fn what_a_token_says_is_repeated_only_if_it_is_an_id_or_a_short_name() {
    for odd in [
        serde_json::json!({"uid": "canary\n[good]", "actid": -1, "rgn": "x".repeat(21)}),
        serde_json::json!({"uid": {"canary": 1}, "actid": 1.5, "rgn": ""}),
        serde_json::json!([]),
        serde_json::json!("canary"),
    ] {
        let lines = lines(Credential::personal_token(jwt(&odd)).unwrap()).await;
        assert_eq!(lines.len(), 2, "{lines:?}");
    }
    assert_eq!(lines(Credential::personal_token("no-jwt-1234").unwrap()).await.len(), 2);
}

#[tokio::test]
async fn the_end_of_a_token_is_told() {
    let at = |exp| Credential::oauth(jwt(&serde_json::json!({"exp": exp}))).unwrap();
    for (credential, level, start) in [
        (at(from_now(3_590)), FindingLevel::Good, "the token ends in 59 minutes"),
        (at(from_now(200)), FindingLevel::Warning, "the token ends in 3 minutes"),
        (at(from_now(-5)), FindingLevel::Problem, "the token has ended"),
        (at(-5), FindingLevel::Problem, "the token has ended"),
        (
            Credential::oauth("no-jwt-1234").unwrap(),
            FindingLevel::Warning,
            "nothing says when the token ends",
        ),
        (
            Credential::short_lived("no-jwt-1234").unwrap(),
            FindingLevel::Warning,
            "the token ends in 4 minutes",
        ),
    ] {
        let lines = lines(credential).await;
        assert_eq!((lines[1].0, lines[1].1.as_str()), (level, start));
    }
}

#[tokio::test]
async fn broken_and_absent_sources_come_with_advice_and_without_secrets() {
    let chain = Chain::new()
        .then(ProcessSource::new("/nonexistent/program"))
        .then(Credential::personal_token("canary-token-1").unwrap());
    let diagnosis = chain.doctor().await;
    assert_eq!(diagnosis.worst(), FindingLevel::Problem);
    let expected = "problem  the program: the program that prints the token failed: it could not be started: entity not found\n         \
                    -> run the program by hand: it must print the token as one line and end with 0\n\
                    good     not asked, since an earlier source decides: the value given";
    assert_eq!(diagnosis.to_string(), expected);
    let nothing = Chain::new().doctor().await;
    assert_eq!(nothing.worst(), FindingLevel::Problem);
    assert_eq!(nothing.findings()[0].advice, Some(AuthError::Missing { tried: vec![] }.advice()));
    let canary = Chain::new().then(Credential::personal_token(jwt(&serde_json::json!({"uid": 1}))).unwrap());
    let diagnosis = canary.doctor().await;
    assert!(!format!("{diagnosis} {diagnosis:?}").contains(&URL_SAFE_NO_PAD.encode("canary-signature")));
}
