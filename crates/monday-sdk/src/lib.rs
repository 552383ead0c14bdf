#![doc = include_str!("../../../README.md")]

pub use monday_auth as auth;
pub use monday_client as client;
pub use monday_core as core;
pub use monday_queries as queries;
#[cfg(feature = "cynic")]
pub use monday_schema as schema;

pub use monday_auth::{AuthError, Credential, CredentialKind, CredentialProvider, Endpoint, EnvSource};
pub use monday_client::{Client, ClientBuilder, Error, ErrorKind, ServedVersion};
pub use monday_core::{ApiVersion, Id, Json, Operation, PagedOperation, Quota, Request, Response};
