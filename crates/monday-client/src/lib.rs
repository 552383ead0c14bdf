//! The client: the only IO of the SDK.
//!
//! A request passes `deadline → retry → admission → governor → breaker → authorize → attempt → judge`; each
//! is a room of this crate, and `pipeline` is their order. Must not know: which operations exist.

mod admission;
mod attempt;
mod auth_transport;
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
mod loopback_receiver;
mod outgoing;
mod pages;
mod pipeline;
mod quota_headers;
mod retry;
mod served_version;
mod tokio_runtime;
mod upload;

pub use auth_transport::{AuthTransport, AuthTransportBuilder};
pub use bulk::Bulk;
pub use client::{Client, ClientBuilder};
pub use download::{Download, DownloadProgress};
pub use error::{Error, ErrorKind};
pub use governor::{LedgerFault, LedgerPage, LedgerSwap, MemoryLedger, QuotaLedger};
pub use loopback_receiver::LoopbackReceiver;
pub use pages::{CursorPolicy, Pages, Parts};
pub use served_version::ServedVersion;
pub use tokio_runtime::TokioRuntime;
pub use upload::{Upload, UploadFault, UploadProgress};
