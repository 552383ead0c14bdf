//! A marked secret is looked for wherever a user or an operator could see it.
//!
//! Must not know: how a secret is held.

use std::error::Error as _;
use std::fmt::Debug;
use std::io::Write;
use std::sync::{Arc, LazyLock, Mutex, Once};

use monday_sdk::auth::{Audience, EnvSource, Secret};
use monday_sdk::core::Envelope;
use monday_sdk::queries::{CreateItem, DeleteItem, Me};
use monday_sdk::{Client, Credential, CredentialKind, Endpoint, Error, Json, Operation, Request};
use tracing::Dispatch;
use tracing::subscriber::NoSubscriber;
use tracing_subscriber::fmt::MakeWriter;
use wiremock::ResponseTemplate;

use crate::support::{client_for, json, sandbox, server};

/// In the token, in variables, in answers.
const CANARY: &str = "cANARY7f3a91d0e5";

/// The forms in which a secret leaks: as it is, and as debug output, encoders and other cases would write it.
pub(crate) fn forms(secret: &str) -> Vec<String> {
    let bytes = secret.as_bytes();
    let hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let decimal = bytes.iter().map(u8::to_string).collect::<Vec<_>>().join(", ");
    let percent = bytes.iter().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let escaped = bytes.iter().map(|byte| format!("\\u00{byte:02x}")).collect::<String>();
    let reversed = secret.chars().rev().collect();
    let mut forms = vec![
        secret.to_owned(),
        secret.to_uppercase(),
        secret.to_lowercase(),
        hex.to_uppercase(),
        hex,
        decimal,
        percent,
        escaped,
        reversed,
    ];
    // Base64 of the secret at each of the three places it can have in a longer text.
    forms.extend((0..3).map(|shift| {
        let text = base64(&[&vec![b'x'; shift], bytes].concat());
        text[4..text.len() - 4].to_owned()
    }));
    forms
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let joined =
            chunk.iter().chain(&[0, 0]).take(3).fold(0_usize, |sum, byte| sum << 8 | usize::from(*byte));
        text.extend((0..4).map(|place| char::from(ALPHABET[joined >> (18 - 6 * place) & 63])));
    }
    text
}

fn leaks(text: &str) -> Vec<String> {
    forms(CANARY).into_iter().filter(|form| text.contains(form)).collect()
}

/// With one subscriber alone, tracing takes the word of whichever thread meets an event first, another test's perhaps,
/// on whether anybody listens.
static ANOTHER: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(NoSubscriber::default()));

/// Everything logged on this thread while it lives, at TRACE, by `tracing` and by `log`.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    pub(crate) fn capture() -> (Self, tracing::subscriber::DefaultGuard) {
        static BRIDGE: Once = Once::new();
        BRIDGE.call_once(|| tracing_log::LogTracer::init().unwrap());
        let log = Self::default();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_span_events(tracing_subscriber::fmt::format::FmtSpan::FULL)
            .with_ansi(false)
            .with_writer(log.clone())
            .finish();
        LazyLock::force(&ANOTHER);
        (log, tracing::subscriber::set_default(subscriber))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn shown<T: Debug>(value: &T) -> String {
    format!("{value:?}\n{value:#?}\n")
}

fn every_face(error: &Error) -> String {
    let mut text = format!("{error}\n{}{}\n", shown(error), error.advice());
    let mut source = error.source();
    while let Some(cause) = source {
        text += &format!("{cause}\n{}", shown(&cause));
        source = cause.source();
    }
    text
}

#[test]
fn the_search_finds_what_it_is_for() {
    let (log, guard) = Log::capture();
    tracing::trace!(token = CANARY, "a careless line");
    drop(guard);
    assert!(!leaks(&log.text()).is_empty());
    for form in forms(CANARY) {
        assert!(!leaks(&format!("before {form} after")).is_empty(), "{form}");
    }
    assert!(!leaks(&base64(format!("Bearer {CANARY} and more").as_bytes())).is_empty());
}

#[tokio::test]
async fn no_public_type_shows_the_secret_it_holds() {
    let endpoint = Endpoint::loopback("http://127.0.0.1:9/v2").unwrap();
    let credential = Credential::oauth(CANARY).unwrap().for_audience(endpoint.audience().clone());
    let header = credential.header_for(endpoint.audience()).unwrap();
    let builder = Client::builder().endpoint(endpoint.clone()).credential(credential.clone());
    let mut text = shown(&Secret::new(CANARY)) + &shown(&credential) + &shown(&header) + &shown(&builder);
    text += &shown(&builder.build().unwrap());
    text += &shown(&Request::new(&DeleteItem { item_id: CANARY.into() }).unwrap());
    text += &shown(&credential.header_for(&Audience::monday()).unwrap_err());
    text += &shown(&Credential::oauth(format!("{CANARY}\n\n")).unwrap_err());
    text +=
        &shown(&Endpoint::https(&format!("https://{CANARY}@api.monday.com/v2?token={CANARY}")).unwrap_err());
    text += &shown(
        &Envelope::<serde_json::Value>::deserialize(
            format!(r#"{{"data":"{CANARY}","errors":["{CANARY}"]}}"#).as_bytes(),
        )
        .unwrap(),
    );
    text += &shown(&EnvSource::new());
    assert!(text.len() > 1_000);
    assert_eq!(leaks(&text), Vec::<String>::new(), "{text}");
}

#[tokio::test]
async fn neither_logs_nor_errors_show_token_variables_or_answers() {
    let (log, _guard) = Log::capture();
    let echo =
        format!(r#"{{"data":null,"errors":[{{"message":"{CANARY}","extensions":{{"code":"Unheard"}}}}]}}"#);
    let partial = format!(
        r#"{{"data":{{"me":{{"id":"1"}}}},"errors":[{{"message":"{CANARY}","extensions":{{"error_data":{{"value":"{CANARY}"}}}}}}]}}"#
    );
    let unfit = format!(r#"{{"data":{{"me":{{"name":{{"{CANARY}":1}}}}}}}}"#);
    let answers = [
        json(&echo),
        json(&partial),
        json(&unfit),
        json(&format!(r#"{{"{CANARY}":1}}"#)),
        json(&format!("\"{CANARY}")),
        ResponseTemplate::new(200).set_body_raw(format!("<html>{CANARY}"), "text/html"),
        ResponseTemplate::new(401).set_body_raw(
            format!(r#"{{"error":"invalid_token","error_description":"{CANARY}"}}"#),
            "application/json",
        ),
        ResponseTemplate::new(307)
            .insert_header("location", format!("http://127.0.0.1:9/?{CANARY}").as_str()),
        ResponseTemplate::new(429).insert_header("retry-after", "90").set_body_string(CANARY),
        ResponseTemplate::new(500).set_body_string(CANARY),
    ];
    let mut faces = String::new();
    for answer in answers {
        for kind in [CredentialKind::PersonalToken, CredentialKind::OAuth] {
            let (server, _) = server(answer.clone()).await;
            let client = client_for(&format!("{}/v2", server.uri()), kind, CANARY).build().unwrap();
            faces += &every_face(&client.execute(Me).await.unwrap_err());
            let delete = DeleteItem { item_id: CANARY.into() };
            match client.send(&delete).await {
                Ok(response) => faces += &shown(&response),
                Err(error) => faces += &every_face(&error),
            }
        }
    }
    let client = client_for("http://127.0.0.1:9/v2", CredentialKind::OAuth, CANARY).build().unwrap();
    faces += &every_face(&client.execute(Me).await.unwrap_err());
    assert!(log.text().contains("monday.operation") && log.text().contains("TRACE"), "nothing was captured");
    assert_eq!(leaks(&faces), Vec::<String>::new(), "{faces}");
    assert_eq!(leaks(&log.text()), Vec::<String>::new(), "{}", log.text());
}

#[tokio::test]
async fn a_story_that_succeeds_logs_no_variables_and_no_data() {
    let (log, _guard) = Log::capture();
    let (sandbox, client) = sandbox(2).await;
    let values = Json::text(&serde_json::json!({"text": CANARY})).unwrap();
    let create = CreateItem::new(sandbox.large_board_id(), CANARY).column_values(values);
    let created = client.execute(create).await.unwrap().create_item.unwrap();
    assert_eq!(created.name, CANARY);
    assert!(log.text().contains(CreateItem::NAME));
    assert_eq!(leaks(&log.text()), Vec::<String>::new());
    assert!(!log.text().contains(sandbox.personal_token()));
}
