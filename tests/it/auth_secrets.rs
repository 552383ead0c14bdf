//! Every secret of a login, a refresh, their failures and a logout is looked for in all that a process says.
//!
//! The process logs at TRACE and shows every public type and error; the secrets are those that really went
//! over the wire. Must not know: how secrets are kept.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Debug;
use std::fs;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use monday_sdk::auth::{
    AuthError, BoxFuture, Callback, HttpAnswer, HttpFault, HttpRequest, HttpSend, Rejection, Secret,
    TokenStore as _,
};
use monday_sdk::queries::Me;
use monday_sdk::{AuthTransport, CredentialProvider as _};

use crate::auth_support::{
    CLIENT_SECRET, client_of, decide, file_store, http, key, log_in, sandbox, sessions_through,
};
use crate::own_process::{process, told};
use crate::secrets_stay_secret::forms;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_that_logs_in_refreshes_fails_and_logs_out_says_none_of_its_secrets() {
    let said = |plant: bool| async move {
        let sandbox = sandbox(Duration::from_hours(1), Duration::ZERO).await;
        let folder = tempfile::tempdir().unwrap();
        let mut command =
            process("auth_secrets::a_process_that_talks", &sandbox.authorization_url(), folder.path());
        let output = command.env("TEST_PLANT", plant.to_string()).output().await.unwrap();
        let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{text}");
        let secrets = fs::read_to_string(folder.path().join("secrets")).unwrap();
        let secrets: BTreeSet<String> = secrets.lines().map(str::to_owned).collect();
        (text, secrets)
    };
    let leaks = |text: &str, secrets: &BTreeSet<String>| -> Vec<String> {
        // A JWT's parts are secrets of their own, but for its header, which all have.
        let parts = secrets.iter().flat_map(|secret| {
            let jwt = secret.starts_with("eyJ").then(|| secret.split('.').skip(1).map(str::to_owned));
            jwt.into_iter().flatten().chain([secret.clone()])
        });
        parts.filter(|part| forms(part).iter().any(|form| text.contains(form))).collect()
    };
    let (text, secrets) = said(false).await;
    // Client secret, state, verifier, two codes, and at least two pairs of tokens.
    assert!(secrets.len() >= 9, "{}", secrets.len());
    for step in [
        "logged in",
        "token refreshed",
        "token refused",
        "logged out",
        "posting",
        "asked the authorization server",
    ] {
        assert!(text.contains(step), "{step} was not logged");
    }
    assert_eq!(leaks(&text, &secrets), Vec::<String>::new(), "{text}");
    // The same process with one careless line.
    let (text, secrets) = said(true).await;
    assert!(!leaks(&text, &secrets).is_empty());
}

/// Notes every secret that goes over the wire, either way.
#[derive(Clone)]
struct Recorder {
    inner: AuthTransport,
    secrets: Arc<Mutex<BTreeSet<String>>>,
}

impl Debug for Recorder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.inner.fmt(f)
    }
}

impl Recorder {
    fn note(&self, secret: &str) {
        self.secrets.lock().unwrap().insert(secret.to_owned());
    }
}

impl HttpSend for Recorder {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpAnswer, HttpFault>> {
        Box::pin(async move {
            let answer = self.inner.send(request).await;
            if let Ok(answer) = &answer
                && let Ok(serde_json::Value::Object(fields)) = serde_json::from_slice(&answer.body)
            {
                for name in ["access_token", "refresh_token"] {
                    if let Some(token) = fields.get(name).and_then(|token| token.as_str()) {
                        self.note(token);
                    }
                }
            }
            answer
        })
    }
}

/// Makes an answer of what was sent.
type Shape = fn(&str) -> String;

/// An authorization server that repeats what it was sent.
#[derive(Debug, Clone, Copy)]
struct Parrot {
    status: u16,
    shape: Shape,
}

impl HttpSend for Parrot {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpAnswer, HttpFault>> {
        let body = String::from_utf8(request.into_body()).unwrap();
        let body = (self.shape)(&body).into_bytes();
        Box::pin(std::future::ready(Ok(HttpAnswer {
            status: self.status,
            date: None,
            retry_after: None,
            body,
        })))
    }
}

fn show(value: &dyn Debug) {
    println!("{value:?}\n{value:#?}");
}

fn show_error(error: &(dyn Error + 'static)) {
    println!("{error}");
    show(&error);
    let mut source = error.source();
    while let Some(cause) = source {
        println!("{cause}");
        show(&cause);
        source = cause.source();
    }
}

fn parameter(url: &str, name: &str) -> String {
    let url = url::Url::parse(url).unwrap();
    url.query_pairs().find(|(found, _)| found == name).unwrap().1.into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a process that talks"]
async fn a_process_that_talks() {
    let (Some(origin), Some(folder)) = (told("TEST_ORIGIN"), told("TEST_FOLDER")) else {
        return;
    };
    tracing_log::LogTracer::init().unwrap();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
        .with_ansi(false);
    tracing::subscriber::set_global_default(subscriber.finish()).unwrap();
    let folder = std::path::PathBuf::from(folder);
    let recorder = Recorder { inner: http(), secrets: Arc::default() };
    recorder.note(CLIENT_SECRET);
    let store = file_store(&folder.join("tokens"));
    let sessions = sessions_through(&origin, store.clone(), Arc::new(recorder.clone()));
    show(&(&recorder.inner, sessions.app(), &store, &sessions));

    // A login whose callback is someone else's, and one whose code is refused.
    let (url, pending) = sessions.app().begin().unwrap();
    show(&(&url, &pending));
    let back = decide(url.as_str(), "allow").await;
    recorder.note(&parameter(&back, "code"));
    recorder.note(&parameter(&back, "state"));
    show(&Callback::parse(&back).unwrap());
    let other = sessions.app().begin().unwrap().1;
    show_error(&other.finish(&back).unwrap_err());
    let code = pending.finish(&back).unwrap();
    show(&code);
    let shapes: [(u16, Shape); 6] = [
        (500, str::to_owned),
        (302, str::to_owned),
        (200, |sent| format!("<html>{sent}")),
        (400, |sent| serde_json::json!({"error": "invalid_request", "error_description": sent}).to_string()),
        (400, |sent| serde_json::json!({"error": sent, "error_description": {"sent": sent}}).to_string()),
        (200, |sent| {
            serde_json::json!({"access_token": [sent], "token_type": sent, "scope": sent}).to_string()
        }),
    ];
    for (status, shape) in shapes {
        let (url, pending) = sessions.app().begin().unwrap();
        let back = decide(url.as_str(), "allow").await;
        recorder.note(&parameter(&back, "code"));
        let code = pending.finish(&back).unwrap();
        let error: AuthError = sessions.app().exchange(code, &Parrot { status, shape }).await.unwrap_err();
        show_error(&error);
        println!("{}", error.advice());
    }

    // A login, a call, a refresh.
    let provider = sessions.log_in(&key(), code).await.unwrap();
    let client = client_of(&origin, provider.clone());
    client.execute(Me).await.unwrap();
    let held = provider.current().await.unwrap();
    show(&(&provider, &client, &held, store.load(&key()).await.unwrap()));
    show(&held.header_for(held.audience()).unwrap());
    let refreshed = provider.rejected(&held, Rejection::Unauthorized).await.unwrap();
    show(&refreshed);
    println!("{}", refreshed.fingerprint());
    client.execute(Me).await.unwrap();

    // Refreshes that are refused, in every shape.
    for (status, shape) in shapes {
        let failing = sessions_through(&origin, store.clone(), Arc::new(Parrot { status, shape }));
        let provider = failing.provider(&key()).unwrap();
        let held = provider.current().await.unwrap();
        show_error(&provider.rejected(&held, Rejection::Unauthorized).await.unwrap_err());
        if let Err(error) = client_of(&origin, provider).execute(Me).await {
            show_error(&error);
        }
    }

    // Logout; then a record that is not one, with a token in it.
    sessions.log_out(&key()).await.unwrap();
    show_error(&client.execute(Me).await.unwrap_err());
    log_in(&sessions, &key()).await;
    let text = fs::read_to_string(store.path_of(&key())).unwrap();
    fs::write(store.path_of(&key()), text.replace("access_token", "token")).unwrap();
    show_error(&store.load(&key()).await.unwrap_err());
    show(&Secret::new(CLIENT_SECRET));

    let secrets: Vec<_> = recorder.secrets.lock().unwrap().iter().cloned().collect();
    if told("TEST_PLANT").as_deref() == Some("true") {
        tracing::trace!(token = secrets[0], "a careless line");
    }
    fs::write(folder.join("secrets"), secrets.join("\n")).unwrap();
}
