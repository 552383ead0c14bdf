//! A secret that is read, compared and read again; and codes, revocations and migrations that are sent once more.
//!
//! Must not know: refreshing.

use std::collections::VecDeque;
use std::future::{pending, ready};

use super::*;
use crate::{
    BodyKind, HttpAnswer, HttpFault, HttpRequest, HttpSend, OAuthApp, OAuthCode, SecretField, TokenGrant,
};

type Given = Result<Option<&'static str>, SecretFault>;

/// Gives these in turn, then never answers.
#[derive(Debug, Clone)]
struct Scripted(Arc<Mutex<VecDeque<Given>>>);

impl Scripted {
    fn of(given: impl IntoIterator<Item = Given>) -> Self {
        Self(Arc::new(Mutex::new(given.into_iter().collect())))
    }

    fn left(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

impl SecretReader for Scripted {
    fn name(&self) -> &'static str {
        "the scripted manager"
    }

    fn read(&self) -> BoxFuture<'static, Result<Option<Secret>, SecretFault>> {
        match self.0.lock().unwrap().pop_front() {
            Some(given) => Box::pin(ready(given.map(|secret| secret.map(Secret::new)))),
            None => Box::pin(pending()),
        }
    }
}

/// Refuses every secret but this, and knows who asked what.
#[derive(Debug)]
struct Server(&'static str, Mutex<Vec<(String, BodyKind)>>);

impl HttpSend for Server {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpAnswer, HttpFault>> {
        let kind = request.kind();
        let body = String::from_utf8(request.into_body()).unwrap();
        let (status, answer) = if body.contains(self.0) {
            (200, r#"{"access_token":"access-token-1","token_type":"Bearer"}"#)
        } else {
            (401, r#"{"error":"invalid_client"}"#)
        };
        self.1.lock().unwrap().push((body, kind));
        let body = answer.as_bytes().to_vec();
        Box::pin(ready(Ok(HttpAnswer { status, date: None, retry_after: None, body })))
    }
}

async fn app(reader: impl SecretReader) -> OAuthApp {
    let builder = OAuthApp::builder_from("client-1", reader).await.unwrap();
    builder.redirect_uri("https://app.example.com/callback").build().unwrap()
}

async fn exchange(app: &OAuthApp, http: &Server) -> Result<TokenGrant, AuthError> {
    let (_, pending) = app.begin().unwrap();
    let code = format!("code=c&state={}", pending.state.expose());
    app.exchange(pending.finish(&code).unwrap(), http).await
}

fn is_refused<T>(result: Result<T, AuthError>) -> bool {
    matches!(result, Err(AuthError::OAuth(fault)) if fault.code == OAuthCode::InvalidClient)
}

#[tokio::test]
async fn a_code_a_revocation_and_a_migration_are_sent_once_more_with_the_rotated_secret() {
    for request in 0..3 {
        let manager = Scripted::of([Ok(Some("secret-old")), Ok(Some("secret-new\n"))]);
        let (app, server) = (app(manager.clone()).await, Server("secret-new", Mutex::default()));
        let token = Secret::new("token-1234");
        for _ in 0..2 {
            match request {
                0 => drop(exchange(&app, &server).await.unwrap()),
                1 => app.revoke(&token, true, &server).await.unwrap(),
                _ => drop(app.migrate_legacy(&token, &server).await.unwrap()),
            }
        }
        let sent = server.1.into_inner().unwrap();
        let secrets: Vec<_> = sent.iter().map(|(body, _)| body.contains("secret-new")).collect();
        assert_eq!(secrets, [false, true, true], "request {request}");
        assert_eq!(sent[0].0.len(), sent[1].0.len(), "the same but for the secret");
        assert_eq!((sent[0].1, manager.left()), (sent[1].1, 0));
    }
}

#[tokio::test]
async fn a_newer_secret_that_is_refused_too_is_the_servers_answer() {
    let manager = Scripted::of([Ok(Some("secret-old")), Ok(Some("secret-new"))]);
    let (app, server) = (app(manager).await, Server("another", Mutex::default()));
    assert!(is_refused(exchange(&app, &server).await));
    assert_eq!(server.1.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_secret_that_is_still_the_same_is_not_read_again_for_a_while() {
    let same = Ok(Some("secret-old"));
    let manager = Scripted::of([same, same, same]);
    let mut app = app(manager.clone()).await;
    let server = Server("secret-new", Mutex::default());
    for _ in 0..5 {
        assert!(is_refused(exchange(&app, &server).await));
    }
    assert_eq!((manager.left(), server.1.lock().unwrap().len()), (1, 5));
    assert_eq!(app.secret.quiet, Duration::from_secs(30));
    app.secret.quiet = Duration::ZERO;
    assert!(is_refused(exchange(&app, &server).await));
    assert_eq!(manager.left(), 0);
}

#[tokio::test]
async fn a_manager_that_fails_or_has_nothing_of_use_leaves_the_servers_answer() {
    for given in
        [Ok(None), Err(SecretFault::Denied), Ok(Some("")), Ok(Some("two words")), Ok(Some("caf\u{e9}"))]
    {
        let manager = Scripted::of([Ok(Some("secret-old")), given, Ok(Some("secret-new"))]);
        let (app, server) = (app(manager).await, Server("secret-new", Mutex::default()));
        assert!(is_refused(exchange(&app, &server).await), "{given:?}");
        assert_eq!(server.1.lock().unwrap().len(), 1);
        assert!(exchange(&app, &server).await.is_ok(), "a fault is not remembered");
    }
}

#[tokio::test]
async fn a_manager_that_never_answers_is_given_up_after_five_seconds() {
    let (app, server) =
        (app(Scripted::of([Ok(Some("secret-old"))])).await, Server("secret-new", Mutex::default()));
    let begun = Instant::now();
    assert!(is_refused(exchange(&app, &server).await));
    assert!((5..8).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn an_app_is_built_with_the_secret_in_a_field_or_not_at_all() {
    let json = Ok(Some("{\"client_secret\": \"secret-1\", \"signing_secret\": \"secret-2\"}"));
    let app = app(SecretField::new(Scripted::of([json]), "client_secret")).await;
    assert_eq!(app.secret.current().expose(), "secret-1");
    assert!(!format!("{app:?} {:?}", app.secret).contains("secret-1"));
    for (given, fault) in [
        (Ok(None), SecretFault::Absent),
        (json, SecretFault::NoField),
        (Err(SecretFault::Throttled), SecretFault::Throttled),
        (Ok(Some("{\"other\": \"two words\"}")), SecretFault::NotClientSecret),
        (Ok(Some("{\"other\": \"{}\"}")), SecretFault::Object),
    ] {
        let reader = SecretField::new(Scripted::of([given]), "other");
        let error = OAuthApp::builder_from("client-1", reader).await.unwrap_err();
        assert_eq!(error, AuthError::SecretManager { source_name: "the scripted manager", fault });
    }
}

#[tokio::test]
async fn what_cannot_be_a_client_secret_is_refused_with_its_reason() {
    let (longest, long): (&'static str, &'static str) = ("x".repeat(512).leak(), "x".repeat(513).leak());
    for (text, fault, words) in [
        ("{\"client_secret\":\"secret-1\"}", SecretFault::Object, "use a `SecretField`"),
        (" \n{\n\"client_secret\": \"secret-1\"\n}\n", SecretFault::Object, "use a `SecretField`"),
        (long, SecretFault::NotClientSecret, "up to 512 bytes"),
        ("two words", SecretFault::NotClientSecret, "visible ASCII"),
        ("", SecretFault::NotClientSecret, "visible ASCII"),
    ] {
        let error = OAuthApp::builder_from("client-1", Scripted::of([Ok(Some(text))])).await.unwrap_err();
        assert_eq!(error, AuthError::SecretManager { source_name: "the scripted manager", fault }, "{text}");
        assert!(error.to_string().contains(words) && !error.is_retryable(), "{error}");
    }
    assert_eq!(app(Scripted::of([Ok(Some(longest))])).await.secret.current().expose(), longest);
}
