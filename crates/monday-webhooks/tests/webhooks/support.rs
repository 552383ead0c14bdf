//! Requests as monday makes them, signed by a hand of our own.
//!
//! Must not know: what is tested with them.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use monday_webhooks::auth::{ClientSecret, Secret, SigningSecret};
use monday_webhooks::{BoardEvent, BoardReceiver, Handled, Incoming, Received, Refusal};
use serde_json::{Value, json};
use sha2::Sha256;

pub(crate) const ENDPOINT: &str = "https://app.example.com/webhooks/boards";
pub(crate) const SIGNING_SECRET: &str = "not-a-real-signing-secret-01";
pub(crate) const CLIENT_SECRET: &str = "not-a-real-client-secret-0001";
pub(crate) const ACCOUNT: u64 = 7_654_321;

pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs()
}

pub(crate) fn at(since_1970: f64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs_f64(since_1970)
}

pub(crate) fn part(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(crate) fn signed(header: &Value, claims: &Value, secret: &str) -> String {
    let message = format!("{}.{}", part(header.to_string()), part(claims.to_string()));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(message.as_bytes());
    format!("{message}.{}", part(mac.finalize().into_bytes()))
}

pub(crate) fn hs256() -> Value {
    json!({"alg": "HS256", "typ": "JWT"})
}

pub(crate) fn claims() -> Value {
    json!({"accountId": ACCOUNT, "userId": 55_512_345, "aud": ENDPOINT, "iat": now(), "exp": now() + 300})
}

/// What monday sends as `Authorization` of a board's webhook.
pub(crate) fn token() -> String {
    signed(&hs256(), &claims(), SIGNING_SECRET)
}

pub(crate) fn signing_secret() -> SigningSecret {
    SigningSecret::new(Secret::new(SIGNING_SECRET)).unwrap()
}

pub(crate) fn client_secret() -> ClientSecret {
    ClientSecret::new(Secret::new(CLIENT_SECRET)).unwrap()
}

pub(crate) fn receiver() -> BoardReceiver {
    BoardReceiver::new(ENDPOINT, signing_secret())
}

pub(crate) fn post<'a>(authorization: Option<&'a str>, body: &'a [u8]) -> Incoming<'a> {
    Incoming::new("POST", authorization.map(|value| ("Authorization", value.as_bytes())), body)
}

pub(crate) async fn receive(
    receiver: &BoardReceiver,
    authorization: Option<&str>,
    body: &[u8],
) -> Result<Received, Refusal> {
    receiver.receive(&post(authorization, body)).await
}

/// A delivery of this body, rightly signed.
pub(crate) async fn delivered(receiver: &BoardReceiver, body: &Value) -> Received {
    receive(receiver, Some(&token()), body.to_string().as_bytes()).await.unwrap()
}

/// The event is new, and done now.
pub(crate) async fn is_new(receiver: &BoardReceiver, body: &Value) -> bool {
    match delivered(receiver, body).await {
        Received::Event(delivery) => receiver.done(&delivery).await == Ok(Handled::Done),
        _ => false,
    }
}

fn fixtures(kind: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "fixtures", kind].iter().collect()
}

pub(crate) fn fixture(kind: &str, name: &str) -> Value {
    let path = fixtures(kind).join(name).with_extension("json");
    let text = fs::read(&path).unwrap_or_else(|_| panic!("the event {name} has no fixture"));
    serde_json::from_slice(&text).unwrap()
}

/// The names of all fixtures, sorted.
pub(crate) fn names(kind: &str) -> Vec<String> {
    let files = fs::read_dir(fixtures(kind)).unwrap();
    let stem = |path: PathBuf| path.file_stem().unwrap().to_str().unwrap().to_owned();
    let mut names: Vec<_> = files.map(|file| stem(file.unwrap().path())).collect();
    names.sort();
    names
}

pub(crate) fn board_event(name: &str) -> BoardEvent {
    parsed(&fixture("board", name))
}

pub(crate) fn parsed(body: &Value) -> BoardEvent {
    BoardEvent::parse(body.to_string().as_bytes()).unwrap()
}

/// A fixture with other fields; a null takes one out.
pub(crate) fn with(name: &str, changes: &Value) -> Value {
    let mut body = fixture("board", name);
    let event = body["event"].as_object_mut().unwrap();
    for (field, value) in changes.as_object().unwrap() {
        if value.is_null() {
            event.remove(field);
        } else {
            event.insert(field.clone(), value.clone());
        }
    }
    body
}
