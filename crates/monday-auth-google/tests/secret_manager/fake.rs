//! A fake of Secret Manager's REST API, as its reference describes it: secrets with an `ETag` and annotations, versions
//! with a CRC-32C, and one meddler that may answer first.
//!
//! Must not know: what the secrets are for.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use google_cloud_secretmanager_v1::client::SecretManagerService;
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::client;
use crate::server::{Reply, Request, Server};

/// What a meddler does with a request.
pub(crate) enum Meddling {
    /// The request is done, as if there were none.
    Nothing,
    Answer(u16, String),
    Hang,
    /// The request is done, and its answer lost.
    LoseAnswer,
    /// The request is done as soon as it may, whether or not anybody waits for it.
    Later(Arc<Notify>),
}

type Meddler = dyn Fn(&mut State, &Request) -> Meddling + Send;

/// All that the service keeps.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) secrets: BTreeMap<String, FakeSecret>,
    pub(crate) requests: Vec<Request>,
    /// Permissions that the caller does not have.
    pub(crate) denied: Vec<String>,
}

/// One secret.
#[derive(Debug, Default, Clone)]
pub(crate) struct FakeSecret {
    pub(crate) etag: u64,
    pub(crate) annotations: HashMap<String, String>,
    /// Version 1 first; `None` once destroyed.
    pub(crate) versions: Vec<Option<Vec<u8>>>,
}

/// The service on a socket.
pub(crate) struct Fake {
    server: Server,
    state: Arc<Mutex<State>>,
    meddler: Arc<Mutex<Option<Box<Meddler>>>>,
}

/// An error in Google's form.
pub(crate) fn refusal(status: u16, code: &str) -> (u16, String) {
    let error = json!({"error": {"code": status, "status": code, "message": "canary-in-message"}});
    (status, error.to_string())
}

impl Fake {
    pub(crate) async fn start() -> Self {
        let state = Arc::<Mutex<State>>::default();
        let meddler = Arc::<Mutex<Option<Box<Meddler>>>>::default();
        let (kept, meddling) = (Arc::clone(&state), Arc::clone(&meddler));
        let server = Server::start(move |request| {
            let kept = Arc::clone(&kept);
            let meddling = {
                let mut state = kept.lock().unwrap();
                state.requests.push(request.clone());
                let meddling = meddling.lock().unwrap();
                meddling.as_ref().map_or(Meddling::Nothing, |meddle| meddle(&mut state, &request))
            };
            async move {
                if let Meddling::Later(may_go) = &meddling {
                    may_go.notified().await;
                }
                match meddling {
                    Meddling::Nothing | Meddling::Later(_) => answer(&mut kept.lock().unwrap(), &request),
                    Meddling::Answer(status, body) => Reply::Answer(status, body),
                    Meddling::Hang => Reply::Hang,
                    Meddling::LoseAnswer => {
                        answer(&mut kept.lock().unwrap(), &request);
                        Reply::Hang
                    }
                }
            }
        })
        .await;
        Self { server, state, meddler }
    }

    pub(crate) async fn client(&self) -> SecretManagerService {
        client(self.server.port).await
    }

    pub(crate) fn port(&self) -> u16 {
        self.server.port
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// From now on every request goes by this first.
    pub(crate) fn meddle(&self, meddler: impl Fn(&mut State, &Request) -> Meddling + Send + 'static) {
        *self.meddler.lock().unwrap() = Some(Box::new(meddler));
    }

    /// Every request is answered so.
    pub(crate) fn refuse(&self, status: u16, code: &'static str) {
        self.meddle(move |_, _| {
            let (status, body) = refusal(status, code);
            Meddling::Answer(status, body)
        });
    }

    /// A secret with one version, as people make it.
    pub(crate) fn put(&self, name: &str, bytes: &[u8]) {
        let mut state = self.state();
        let secret = state.secrets.entry(name.to_owned()).or_default();
        secret.etag += 1;
        secret.versions.push(Some(bytes.to_vec()));
    }

    pub(crate) fn count(&self, is_one: impl Fn(&Request) -> bool) -> usize {
        self.state().requests.iter().filter(|request| is_one(request)).count()
    }
}

/// Bytes with their checksum, as the service sends them.
pub(crate) fn payload(bytes: &[u8]) -> Value {
    // Numbers of 64 bits are text in Google's JSON.
    json!({"data": BASE64_STANDARD.encode(bytes), "dataCrc32c": crc32c::crc32c(bytes).to_string()})
}

fn answer(state: &mut State, request: &Request) -> Reply {
    let (status, body) = match done(state, request) {
        Ok(body) => (200, body.to_string()),
        Err((status, code)) => refusal(status, code),
    };
    Reply::Answer(status, body)
}

type Refused = (u16, &'static str);
const NOT_FOUND: Refused = (404, "NOT_FOUND");
const INVALID: Refused = (400, "INVALID_ARGUMENT");
const PRECONDITION: Refused = (400, "FAILED_PRECONDITION");

fn done(state: &mut State, request: &Request) -> Result<Value, Refused> {
    let path = request.path.strip_prefix("/v1/").ok_or(NOT_FOUND)?;
    let (resource, verb) = path.split_once(':').unwrap_or((path, ""));
    let body = || serde_json::from_str::<Value>(&request.body).map_err(|_| INVALID);
    if let Some(parent) = resource.strip_suffix("/secrets") {
        let id = request.query.split('&').find_map(|pair| pair.strip_prefix("secretId=")).ok_or(INVALID)?;
        return create(state, &format!("{parent}/secrets/{id}"), &body()?);
    }
    if verb == "testIamPermissions" {
        let wanted = body()?["permissions"].as_array().cloned().unwrap_or_default();
        let has = |permission: &Value| !state.denied.iter().any(|denied| permission == denied);
        return Ok(json!({"permissions": wanted.into_iter().filter(has).collect::<Vec<_>>()}));
    }
    let (name, number) =
        resource.split_once("/versions/").map_or((resource, None), |(name, number)| (name, Some(number)));
    if (request.method.as_str(), number) == ("DELETE", None) {
        return state.secrets.remove(name).map(|_| json!({})).ok_or(NOT_FOUND);
    }
    let secret = state.secrets.get_mut(name).ok_or(NOT_FOUND)?;
    match (request.method.as_str(), verb, number) {
        ("GET", "", None) => Ok(shown(name, secret)),
        ("PATCH", "", None) => patch(name, secret, request, &body()?),
        ("POST", "addVersion", None) => add(name, secret, &body()?),
        ("GET", "access", Some(number)) => {
            let number = if number == "latest" { secret.versions.len() } else { number.parse().unwrap() };
            let version =
                number.checked_sub(1).and_then(|index| secret.versions.get(index)).ok_or(NOT_FOUND)?;
            let bytes = version.as_ref().ok_or(PRECONDITION)?;
            Ok(json!({"name": format!("{name}/versions/{number}"), "payload": payload(bytes)}))
        }
        ("POST", "destroy", Some(number)) => {
            let index = number.parse::<usize>().unwrap() - 1;
            *secret.versions.get_mut(index).ok_or(NOT_FOUND)? = None;
            Ok(json!({"name": format!("{name}/versions/{number}"), "state": "DESTROYED"}))
        }
        _ => Err(INVALID),
    }
}

fn shown(name: &str, secret: &FakeSecret) -> Value {
    json!({"name": name, "etag": format!("\"{}\"", secret.etag), "annotations": secret.annotations})
}

fn annotations(body: &Value) -> HashMap<String, String> {
    serde_json::from_value(body["annotations"].clone()).unwrap_or_default()
}

fn create(state: &mut State, name: &str, body: &Value) -> Result<Value, Refused> {
    if body["replication"]["automatic"].is_null() {
        return Err(INVALID);
    }
    if state.secrets.contains_key(name) {
        return Err((409, "ALREADY_EXISTS"));
    }
    let secret = FakeSecret { etag: 1, annotations: annotations(body), versions: Vec::new() };
    let shown = shown(name, &secret);
    state.secrets.insert(name.to_owned(), secret);
    Ok(shown)
}

fn patch(name: &str, secret: &mut FakeSecret, request: &Request, body: &Value) -> Result<Value, Refused> {
    if request.query.split('&').all(|pair| pair != "updateMask=annotations") {
        return Err(INVALID);
    }
    let etag = body["etag"].as_str().unwrap_or_default();
    // Without one, the last write wins.
    if !etag.is_empty() && etag != format!("\"{}\"", secret.etag) {
        return Err(PRECONDITION);
    }
    secret.etag += 1;
    secret.annotations = annotations(body);
    Ok(shown(name, secret))
}

fn add(name: &str, secret: &mut FakeSecret, body: &Value) -> Result<Value, Refused> {
    let data = body["payload"]["data"].as_str().ok_or(INVALID)?;
    let bytes = BASE64_STANDARD.decode(data).map_err(|_| INVALID)?;
    let sum = body["payload"]["dataCrc32c"].as_str().and_then(|sum| sum.parse::<u32>().ok());
    // Google takes bytes without a checksum; the tests do not.
    if bytes.len() > 65_536 || sum != Some(crc32c::crc32c(&bytes)) {
        return Err(INVALID);
    }
    secret.versions.push(Some(bytes));
    Ok(json!({"name": format!("{name}/versions/{}", secret.versions.len()), "state": "ENABLED"}))
}
