//! Which tokens are taken, and why each of the others is not.

mod forged;
mod kinds;

use std::time::{Duration, SystemTime};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER;
use jsonwebtoken::{Algorithm, EncodingKey};
use serde_json::{Value, json};

use super::*;
use crate::{Secret, SignedFault};

const SECRET: &str = "not-a-real-signing-secret-0123456";
const ENDPOINT: &str = "https://app.example.com/run";
const HS256: &str = r#"{"alg":"HS256","typ":"JWT"}"#;
const NOW: u64 = 1_800_000_000;

fn at(seconds: u64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
}

fn part(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn signature(algorithm: Algorithm, message: &str, secret: &str) -> String {
    let key = EncodingKey::from_secret(secret.as_bytes());
    let signer = (DEFAULT_PROVIDER.signer_factory)(&algorithm, &key).unwrap();
    part(signer.try_sign(message.as_bytes()).unwrap())
}

/// A token that is signed as it should be, whatever it says.
fn signed(header: &str, payload: impl AsRef<[u8]>) -> String {
    let message = format!("{}.{}", part(header), part(payload));
    let signature = signature(Algorithm::HS256, &message, SECRET);
    format!("{message}.{signature}")
}

/// The claims of monday's documentation.
fn request_claims() -> Value {
    json!({
        "accountId": 1_825_529, "userId": 4_012_689, "aud": ENDPOINT, "exp": NOW + 300, "iat": NOW,
        "shortLivedToken": "short-lived-token-1",
    })
}

fn session_claims() -> Value {
    json!({
        "exp": NOW + 300,
        "dat": {
            "client_id": "client-1", "user_id": 4_012_689, "account_id": 1_825_529, "slug": "acme",
            "app_id": 101, "app_version_id": 104, "install_id": 112, "is_admin": true, "is_view_only": false,
        },
    })
}

/// Other claims; `null` takes one out.
fn with(mut claims: Value, changes: &Value) -> String {
    let object = claims.as_object_mut().unwrap();
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            object.remove(name);
        } else {
            object.insert(name.clone(), value.clone());
        }
    }
    claims.to_string()
}

fn signing_secret() -> SigningSecret {
    SigningSecret::new(Secret::new(SECRET)).unwrap()
}

fn client_secret() -> ClientSecret {
    ClientSecret::new(Secret::new(SECRET)).unwrap()
}

fn request(authorization: &str) -> Result<IntegrationRequest, SignedFault> {
    IntegrationRequest::read(Some(authorization), ENDPOINT, &signing_secret(), at(NOW))
}

fn session(authorization: &str) -> Result<SessionToken, SignedFault> {
    SessionToken::read(Some(authorization), &client_secret(), at(NOW))
}

fn lifecycle(authorization: &str) -> Result<LifecycleWebhook, SignedFault> {
    LifecycleWebhook::read(Some(authorization), &client_secret(), at(NOW))
}
