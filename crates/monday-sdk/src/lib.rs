//! The Rust SDK for [monday.com](https://developer.monday.com): typed operations on the whole real schema,
//! typed errors, and tokens that stay where they belong.
//!
//! ```no_run
//! use monday_sdk::queries::Me;
//! use monday_sdk::{Client, Credential, Error};
//!
//! # async fn example() -> Result<(), Error> {
//! let client = Client::builder().credential(Credential::from_env()?).build()?;
//! println!("{:?}", client.execute(Me).await?.me.map(|me| me.name));
//! # Ok(())
//! # }
//! ```
//!
//! [`queries`] holds the operations, [`Client`] what sends them, [`auth`] the credentials, [`core`] the
//! nouns. Must not hold: logic.

pub use monday_auth as auth;
pub use monday_client as client;
#[cfg(feature = "columns")]
pub use monday_columns as columns;
pub use monday_core as core;
#[cfg(feature = "documents")]
pub use monday_document_macros::operation;
pub use monday_queries as queries;
#[cfg(feature = "cynic")]
pub use monday_schema::structs as cynic;
#[cfg(feature = "webhooks")]
pub use monday_webhooks as webhooks;

pub use monday_auth::{AuthError, Credential, CredentialKind, CredentialProvider, Endpoint, EnvSource};
#[cfg(feature = "oauth")]
pub use monday_client::{AuthTransport, AuthTransportBuilder, LoopbackReceiver, TokioRuntime};
pub use monday_client::{
    Bulk, Client, ClientBuilder, CursorPolicy, Download, DownloadProgress, Error, ErrorKind, LedgerFault,
    LedgerPage, LedgerSwap, MemoryLedger, Pages, Parts, QuotaLedger, ServedVersion, Upload, UploadFault,
    UploadProgress,
};
pub use monday_core::{
    AccountId, ApiVersion, AppId, AssetId, BoardId, ColumnId, DepartmentId, DocId, FolderId, GroupId, Id,
    ItemId, Json, Nullable, Operation, PagedOperation, Priority, Quota, Request, Response, TagId, TeamId,
    UpdateId, UserId, WebhookId, WorkspaceId,
};
pub use monday_queries::SplitError;

/// For macros alone: nothing here is promised.
#[doc(hidden)]
pub mod __private {
    pub use monday_core::__private::serde;
    pub use monday_core::{decode_choice, decode_object};
    #[cfg(feature = "cynic")]
    pub use monday_schema::*;
}

#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
mod readme {}
