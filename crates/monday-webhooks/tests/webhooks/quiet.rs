//! Nothing of a secret, a token or a body is in a refusal, in `Debug`, or in a log.

use std::fmt::Debug;
use std::io;
use std::sync::{Arc, LazyLock, Mutex};

use monday_webhooks::auth::{ClientSecret, Secret, SigningSecret};
use monday_webhooks::{BoardChange, BoardReceiver, Incoming, LifecycleReceiver, Received};
use serde_json::{Value, json};
use tracing::Dispatch;
use tracing::subscriber::NoSubscriber;
use tracing_subscriber::fmt::MakeWriter;

use crate::support::{fixture, hs256, names, now, signed};

const CANARY: &str = "canary-77-words";

/// With one subscriber alone, tracing takes the word of whichever thread meets an event first, another test's perhaps,
/// on whether anybody listens.
static ANOTHER: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(NoSubscriber::default()));

/// All that was logged.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

/// Every text but those that say what kind of event it is.
fn marked(value: &mut Value) {
    match value {
        Value::String(text) => CANARY.clone_into(text),
        Value::Array(values) => values.iter_mut().for_each(marked),
        Value::Object(fields) => {
            fields.iter_mut().filter(|(name, _)| *name != "type").for_each(|(_, value)| marked(value));
        }
        _ => {}
    }
}

fn told(what: &impl Debug) -> String {
    format!("{what:?} {what:#?}")
}

#[tokio::test]
async fn no_word_of_secret_token_or_body_is_told() {
    let log = Log::default();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).finish();
    LazyLock::force(&ANOTHER);
    let guard = tracing::subscriber::set_default(subscriber);
    tracing::trace!("the log works");
    let mut texts = Vec::new();

    let endpoint = format!("https://{CANARY}.example");
    let secret = format!("{CANARY}-secret");
    let claims =
        json!({"accountId": 1, "userId": 2, "aud": endpoint, "exp": now() + 300, "shortLivedToken": CANARY});
    let token = signed(&hs256(), &claims, &secret);
    let boards = BoardReceiver::new(endpoint, SigningSecret::new(Secret::new(secret.clone())).unwrap());
    texts.push(told(&boards));
    let mut bodies: Vec<Value> = names("board").iter().map(|name| fixture("board", name)).collect();
    bodies.push(json!({"event": {"type": CANARY, "boardId": CANARY, "updateId": CANARY}}));
    bodies.push(json!({"event": {"type": "create_update", "pulseId": 1, "updateId": CANARY}}));
    for body in &mut bodies {
        body["event"]
            .as_object_mut()
            .unwrap()
            .iter_mut()
            .filter(|(name, _)| *name != "type")
            .for_each(|(_, value)| marked(value));
        body["event"]["triggerUuid"] = format!("{CANARY}-{}", texts.len()).into();
        let body = body.to_string();
        let incoming = Incoming::new("POST", [("authorization", token.as_bytes())], body.as_bytes());
        let received = boards.receive(&incoming).await.unwrap();
        let Received::Event(delivery) = &received else { panic!("{received:?}") };
        if let BoardChange::ColumnChanged(change) = &delivery.event.change {
            assert_eq!(change.column_title.as_deref(), Some(CANARY), "the words are there for who asks");
        }
        texts.extend([
            told(&received),
            told(delivery),
            told(&delivery.event),
            told(&delivery.event.change),
            told(&incoming),
        ]);
    }
    let challenge = json!({"challenge": CANARY}).to_string();
    let challenge = boards.receive(&Incoming::new("POST", [], challenge.as_bytes())).await.unwrap();
    let Received::Handled(handled) = &challenge else { panic!("{challenge:?}") };
    assert!(handled.reply().body.contains(CANARY));
    texts.extend([told(&challenge), told(&handled.reply())]);

    let client_secret = ClientSecret::new(Secret::new(secret.clone())).unwrap();
    let lifecycle = LifecycleReceiver::new(client_secret);
    texts.push(told(&lifecycle));
    let token_of_app = signed(&hs256(), &json!({"exp": now() + 300, "dat": {"slug": CANARY}}), &secret);
    for kind in names("lifecycle").into_iter().chain([CANARY.to_owned()]) {
        let mut body = fixture("lifecycle", "install");
        marked(&mut body);
        body["type"] = kind.into();
        let body = body.to_string();
        let incoming = Incoming::new("POST", [("authorization", token_of_app.as_bytes())], body.as_bytes());
        let delivery = lifecycle.receive(&incoming).unwrap();
        assert_eq!(delivery.event.user_email.as_deref(), Some(CANARY));
        let event = &delivery.event;
        texts.extend([told(&delivery), told(event), told(&event.version), told(&event.subscription)]);
    }

    let forged = format!("{token}A");
    let huge = CANARY.repeat(100_000);
    let bodies = [
        CANARY,
        &huge,
        "{\"event\":\"canary-77-words\"}",
        "[\"canary-77-words\"]",
        "{\"type\":\"canary-77-words\"}",
    ];
    for body in bodies {
        for authorization in [&token, &token_of_app, &forged, &CANARY.to_owned()] {
            for method in ["POST", CANARY] {
                let incoming =
                    Incoming::new(method, [("authorization", authorization.as_bytes())], body.as_bytes());
                let refusals =
                    [boards.receive(&incoming).await.unwrap_err(), lifecycle.receive(&incoming).unwrap_err()];
                for refusal in refusals {
                    texts.push(format!("{refusal} {} {:?}", refusal.advice(), refusal.reply()));
                    texts.push(format!("{} {}", told(&refusal), refusal.reply().body));
                }
            }
        }
    }

    drop(guard);
    let logged = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(logged.contains("the log works"));
    texts.push(logged);
    for text in texts {
        assert!(!text.contains("canary"), "{text}");
        assert!(!text.contains(&token) && !text.contains(&secret));
    }
}
