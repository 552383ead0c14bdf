//! A compact JWT (RFC 7519) under HS256: its signature is checked before its claims are read.
//!
//! `jsonwebtoken` computes and compares the signature. Its `decode` is not used: it takes its algorithms from a state of
//! the whole process, which another crate may have set, and the clock from the machine. Must not know: what the claims mean.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER;
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::de::{Deserializer as _, Error as _, MapAccess, Visitor};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

use super::claims::Claims;
use crate::SignedFault;

const LONGEST: usize = 8 * 1024;

/// Fields of a header that change how the token is read, or bring a key of its own (RFC 7515, section 4.1; RFC 7797).
const REFUSED: [&str; 8] = ["crit", "b64", "zip", "enc", "jwk", "jku", "x5c", "x5u"];

/// The claims of a token that this key has signed. It may come as `Bearer …` or raw.
pub(super) fn verified(authorization: Option<&str>, key: &[u8]) -> Result<Claims, SignedFault> {
    let token = authorization.map(bare).filter(|token| !token.is_empty()).ok_or(SignedFault::Unsigned)?;
    if token.len() > LONGEST {
        return Err(SignedFault::TooLong);
    }
    let (message, signature) = token.rsplit_once('.').ok_or(SignedFault::Malformed)?;
    let (header, payload) = message.split_once('.').ok_or(SignedFault::Malformed)?;
    let header = object(&decoded(header)?).ok_or(SignedFault::Header)?;
    if header.get("alg").and_then(Value::as_str) != Some("HS256") {
        return Err(SignedFault::Algorithm);
    }
    let is_jwt = match header.get("typ") {
        None => true,
        Some(kind) => kind.as_str().is_some_and(|kind| kind.eq_ignore_ascii_case("JWT")),
    };
    if !is_jwt || REFUSED.iter().any(|field| header.contains_key(*field)) {
        return Err(SignedFault::Header);
    }
    let payload = decoded(payload)?;
    if !is_signed(message, &decoded(signature)?, key) {
        return Err(SignedFault::Signature);
    }
    object(&payload).map(Claims).ok_or(SignedFault::Malformed)
}

/// Compared by `aws-lc`'s HMAC, in constant time.
fn is_signed(message: &str, signature: &[u8], key: &[u8]) -> bool {
    let key = DecodingKey::from_secret(key);
    let verifier = (DEFAULT_PROVIDER.verifier_factory)(&Algorithm::HS256, &key);
    verifier.is_ok_and(|verifier| verifier.verify(message.as_bytes(), &signature.to_vec()).is_ok())
}

/// RFC 7235: the scheme's letters may be of either case.
fn bare(authorization: &str) -> &str {
    match authorization.split_at_checked(7) {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("Bearer ") => token,
        _ => authorization,
    }
}

/// The payload may hold a token of its own, so the text is overwritten.
fn decoded(part: &str) -> Result<Zeroizing<Vec<u8>>, SignedFault> {
    URL_SAFE_NO_PAD.decode(part).map(Zeroizing::new).map_err(|_| SignedFault::Malformed)
}

/// A JSON object that names nothing twice.
fn object(json: &[u8]) -> Option<Map<String, Value>> {
    let mut json = serde_json::Deserializer::from_slice(json);
    let object = json.deserialize_map(NoneTwice).ok()?;
    json.end().ok().map(|()| object)
}

/// `Map` itself would keep the last of two.
struct NoneTwice;

impl<'de> Visitor<'de> for NoneTwice {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
        let mut object = Map::new();
        while let Some((name, value)) = fields.next_entry()? {
            if object.insert(name, value).is_some() {
                return Err(A::Error::custom("a field came twice"));
            }
        }
        Ok(object)
    }
}
