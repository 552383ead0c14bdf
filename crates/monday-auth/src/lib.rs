//! Credentials for the monday.com API: a secret goes in, one `Authorization` header comes out.
//!
//! The only crate that opens a secret. A credential carries its audience (scheme, host and port) and leaves for
//! no other. With the feature `oauth`, OAuth's requests are formed here and sent through a trait, `HttpSend`. Must not
//! know: how requests are sent, GraphQL.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

// Credentials, and the sources they come from.
mod audience;
mod auth_error;
mod credential;
mod diagnosis;
mod endpoint;
mod jwt;
#[cfg(feature = "keyring")]
mod keyring;
mod own_thread;
#[cfg(any(feature = "oauth", feature = "profile-file"))]
mod private_file;
mod provider;
mod scope;
mod secret;
mod source;
mod time_words;
mod unix_time;

// Apps that users log in to: how tokens are asked for, kept and refreshed.
#[cfg(feature = "oauth")]
mod auth_event;
#[cfg(feature = "oauth")]
mod http_send;
#[cfg(feature = "oauth")]
mod oauth;
#[cfg(feature = "oauth")]
mod refresh;
#[cfg(feature = "oauth")]
mod runtime;
#[cfg(any(feature = "encrypted-file", feature = "sealed-cookie"))]
mod sealing;
#[cfg(feature = "oauth")]
mod store;
#[cfg(feature = "oauth")]
mod token_key;
#[cfg(feature = "oauth")]
mod token_record;

// What monday signs.
#[cfg(feature = "signed")]
mod signed;
#[cfg(feature = "signed")]
mod webhook;

pub use audience::Audience;
pub use auth_error::{
    AppFault, AuthError, CallbackFault, ConsentLost, EndpointFault, HttpFault, OAuthCode, OAuthFault,
    ProcessFault, ProfileFault, ReceiverFault, SecretFault, ServerText, SignedFault, StoreError, TokenFault,
    TokenResponseFault,
};
pub use credential::{Credential, CredentialKind, Generation, Scheme};
pub use diagnosis::{Diagnosis, Finding, FindingLevel};
pub use endpoint::Endpoint;
#[cfg(feature = "keyring")]
pub use keyring::Keyring;
pub use provider::{BoxFuture, CredentialProvider, Rejection, RequestContext};
pub use scope::{Scope, ScopeNeed, ScopeReview, ScopeSet};
pub use secret::{Fingerprint, Secret};
#[cfg(feature = "keyring")]
pub use source::KeyringSource;
#[cfg(feature = "profile-file")]
pub use source::ProfileSource;
pub use source::{
    Chain, ChainTrace, CredentialSource, EnvSource, ProcessSource, SecretField, SecretReader, SecretSource,
    SourceOutcome, TraceStep,
};

#[cfg(feature = "oauth")]
pub use self::{
    http_send::{BodyKind, HttpAnswer, HttpRequest, HttpSend},
    oauth::{
        AuthServer, AuthorizationCode, AuthorizationUrl, AuthorizeOptions, Callback, Flow, OAuthApp,
        OAuthAppBuilder, PendingAuthorization, RedirectUri, TokenGrant,
    },
    refresh::{OAuthProvider, OAuthSessions, OAuthSessionsBuilder},
    runtime::Runtime,
    store::{Expect, FileStore, Lease, MemoryStore, RecordText, TokenStore},
    token_key::TokenKey,
    token_record::{CONSENT_LIFE, TokenRecord, Version},
};
#[cfg(any(feature = "encrypted-file", feature = "sealed-cookie"))]
pub use sealing::SealKey;
#[cfg(all(feature = "oauth", feature = "keyring"))]
pub use store::KeyringStore;
#[cfg(feature = "store-conformance")]
pub use store::{BrokenPromise, StoreConformance};

#[cfg(feature = "signed")]
pub use signed::{
    BoardWebhook, ClientSecret, IntegrationRequest, LifecycleWebhook, SessionToken, SigningSecret,
};
#[cfg(feature = "signed")]
pub use webhook::{SeenWebhooks, WebhookChallenge, WebhookClaim};

#[cfg(feature = "oauth")]
pub(crate) use self::{oauth::Unusable, refresh::refresh_step};
