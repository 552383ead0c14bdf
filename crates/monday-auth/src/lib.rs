//! Credentials for the monday.com API: a secret goes in, one `Authorization` header comes out.
//!
//! The only crate that opens a secret. A credential carries its audience (scheme, host and port) and leaves for
//! no other. OAuth's requests are formed here and sent through [`HttpSend`]. Must not know: how requests are sent, GraphQL.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod audience;
mod auth_error;
mod auth_event;
mod credential;
mod diagnosis;
mod endpoint;
mod http_send;
mod jwt;
#[cfg(feature = "keyring")]
mod keyring;
mod oauth;
mod private_file;
mod provider;
mod refresh;
mod runtime;
mod scope;
#[cfg(any(feature = "encrypted-file", feature = "sealed-cookie"))]
mod sealing;
mod secret;
#[cfg(feature = "signed")]
mod signed;
mod source;
mod store;
mod time_words;
mod token_key;
mod token_record;
#[cfg(feature = "signed")]
mod webhook;

pub use audience::Audience;
pub use auth_error::{
    AppFault, AuthError, CallbackFault, ConsentLost, EndpointFault, OAuthCode, OAuthFault, ProcessFault,
    ProfileFault, ReceiverFault, SecretFault, ServerText, SignedFault, TokenFault, TokenResponseFault,
};
pub use credential::{Credential, CredentialKind, Generation, Scheme};
pub use diagnosis::{Diagnosis, Finding, FindingLevel};
pub use endpoint::Endpoint;
pub use http_send::{BodyKind, HttpAnswer, HttpFault, HttpRequest, HttpSend};
#[cfg(feature = "keyring")]
pub use keyring::Keyring;
pub use oauth::{
    AuthServer, AuthorizationCode, AuthorizationUrl, AuthorizeOptions, Callback, Flow, OAuthApp,
    OAuthAppBuilder, PendingAuthorization, RedirectUri, TokenGrant,
};
pub use provider::{BoxFuture, CredentialProvider, Rejection, RequestContext};
pub use refresh::{OAuthProvider, OAuthSessions, OAuthSessionsBuilder};
pub use runtime::Runtime;
pub use scope::{Scope, ScopeNeed, ScopeReview, ScopeSet};
#[cfg(any(feature = "encrypted-file", feature = "sealed-cookie"))]
pub use sealing::SealKey;
pub use secret::{Fingerprint, Secret};
#[cfg(feature = "signed")]
pub use signed::{
    BoardWebhook, ClientSecret, IntegrationRequest, LifecycleWebhook, SessionToken, SigningSecret,
};
#[cfg(feature = "keyring")]
pub use source::KeyringSource;
#[cfg(feature = "profile-file")]
pub use source::ProfileSource;
pub use source::{
    Chain, ChainTrace, CredentialSource, EnvSource, ProcessSource, SecretField, SecretReader, SecretSource,
    SourceOutcome, TraceStep,
};
#[cfg(feature = "keyring")]
pub use store::KeyringStore;
#[cfg(feature = "store-conformance")]
pub use store::{BrokenPromise, StoreConformance};
pub use store::{Expect, FileStore, Lease, MemoryStore, RecordText, StoreError, TokenStore};
pub use token_key::TokenKey;
pub use token_record::{CONSENT_LIFE, TokenRecord, Version};
#[cfg(feature = "signed")]
pub use webhook::{SeenWebhooks, WebhookChallenge, WebhookClaim};

pub(crate) use oauth::Unusable;
pub(crate) use refresh::refresh_step;
