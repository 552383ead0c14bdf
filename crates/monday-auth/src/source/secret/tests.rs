//! A secret manager of a few lines behind the source.
//!
//! Must not know: real secret managers.

use std::collections::VecDeque;
use std::future::ready;
use std::sync::{Arc, Mutex};

use futures_util::FutureExt as _;

use super::*;
use crate::{Credential, CredentialProvider as _, CredentialSource as _, Rejection};

type Given = Result<Option<&'static str>, SecretFault>;

/// Gives these in turn.
#[derive(Debug, Clone)]
struct Scripted(Arc<Mutex<VecDeque<Given>>>);

impl Scripted {
    fn of(given: impl IntoIterator<Item = Given>) -> Self {
        Self(Arc::new(Mutex::new(given.into_iter().collect())))
    }
}

impl SecretReader for Scripted {
    fn name(&self) -> &'static str {
        "the scripted manager"
    }

    fn read(&self) -> BoxFuture<'static, Result<Option<Secret>, SecretFault>> {
        let next = self.0.lock().unwrap().pop_front().expect("it is asked once more");
        Box::pin(ready(next.map(|secret| secret.map(Secret::new))))
    }
}

fn found(source: &SecretSource) -> Result<Option<Credential>, AuthError> {
    source.find().now_or_never().unwrap()
}

#[test]
fn a_rotated_token_is_read_when_the_old_one_is_rejected_and_not_before() {
    let manager = Scripted::of([Ok(Some("token-old-1")), Ok(Some("token-new-1"))]);
    let source = SecretSource::new(manager.clone());
    let old = found(&source).unwrap().unwrap();
    assert_eq!(found(&source).unwrap().unwrap(), old);
    let new = source.rejected(&old, Rejection::Unauthorized).now_or_never().unwrap().unwrap();
    assert_ne!(new.fingerprint(), old.fingerprint());
    assert_eq!(found(&source).unwrap().unwrap(), new);
    assert!(manager.0.lock().unwrap().is_empty());
}

#[test]
fn a_token_in_a_field_is_taken_out_of_the_object() {
    let token = |secret, field: &'static str| {
        found(&SecretSource::new(Scripted::of([Ok(Some(secret))])).field(field))
    };
    let credential =
        token(r#"{"other": {"token": 1}, "token": "Bearer token-1234"}"#, "token").unwrap().unwrap();
    assert_eq!((credential.kind(), credential.token()), (CredentialKind::OAuth, Some("token-1234")));
    let no_field =
        AuthError::SecretManager { source_name: "the scripted manager", fault: SecretFault::NoField };
    for (secret, field) in [
        ("token-1234", "token"),
        (r#"{"token": 1}"#, "token"),
        (r#"{"token": "token-1234"}"#, "other"),
        (r#"{"token": "token-1234"} {}"#, "token"),
        (r#"["token", "token-1234"]"#, "token"),
    ] {
        assert_eq!(token(secret, field), Err(no_field.clone()), "{secret}");
    }
}

#[test]
fn no_secret_is_absent_and_a_refusal_is_an_error() {
    assert_eq!(found(&SecretSource::new(Scripted::of([Ok(None)]))), Ok(None));
    let source = SecretSource::new(Scripted::of([Err(SecretFault::Denied), Ok(Some("token-1234"))]));
    let error = found(&source).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the scripted manager gave no secret: it does not let this identity read the secret"
    );
    assert!(!error.is_retryable());
    assert!(found(&source).unwrap().is_some(), "a refusal is not remembered");
}

#[test]
fn a_secret_of_a_megabyte_is_no_token() {
    let long: &'static str = "x".repeat(1 << 20).leak();
    let error = found(&SecretSource::new(Scripted::of([Ok(Some(long))]))).unwrap_err();
    assert!(matches!(error, AuthError::SecretManager { fault: SecretFault::NotText, .. }));
}

#[test]
fn an_object_whose_field_nobody_named_is_no_token() {
    for object in [r#"{"token":"token-1234"}"#, " {\n}"] {
        let error = found(&SecretSource::new(Scripted::of([Ok(Some(object))]))).unwrap_err();
        assert!(matches!(error, AuthError::SecretManager { fault: SecretFault::Object, .. }), "{error}");
        assert!(error.advice().contains("`field`"));
    }
}
