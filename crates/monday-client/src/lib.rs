//! The client: the only IO of the SDK.
//!
//! A request passes `deadline → retry → admission → governor → breaker → authorize → attempt → judge`; each
//! is a room of this crate, and `pipeline` is their order. Must not know: which operations exist.

mod admission;
mod attempt;
mod authorize;
mod breaker;
mod bulk;
mod client;
mod deadline;
mod download;
mod error;
mod governor;
mod idempotency;
mod judge;
mod outgoing;
mod pages;
mod pipeline;
mod quota_headers;
mod retry;
mod served_version;
mod upload;

// What logging users in needs of the network and of tokio.
#[cfg(feature = "oauth")]
mod auth_transport;
#[cfg(feature = "oauth")]
mod loopback_receiver;
#[cfg(feature = "oauth")]
mod tokio_runtime;

pub use bulk::Bulk;
pub use client::{Client, ClientBuilder};
pub use download::{Download, DownloadProgress};
pub use error::{Error, ErrorKind};
pub use governor::{LedgerFault, LedgerPage, LedgerSwap, MemoryLedger, QuotaLedger};
pub use pages::{CursorPolicy, Pages, Parts};
pub use served_version::ServedVersion;
pub use upload::{Upload, UploadFault, UploadProgress};

#[cfg(feature = "oauth")]
pub use self::{
    auth_transport::{AuthTransport, AuthTransportBuilder},
    loopback_receiver::LoopbackReceiver,
    tokio_runtime::TokioRuntime,
};
