//! The nouns of the monday.com GraphQL API: operation, request, response, error, page, quota, scalars.
//!
//! Everything that is sent or received has its type here, so that the crates above agree on it. This crate
//! must not know: sockets, async, HTTP, credentials.

mod api_version;
mod bulk;
mod call_options;
mod complexity;
mod decode_error;
mod envelope;
mod graphql_error;
pub mod json;
mod nullable;
mod open_enum;
mod operation;
mod page;
mod prepared_document;
mod quota;
mod request;
mod response;
mod scalars;

#[rustfmt::skip]
#[path = "generated/schema_version.rs"]
mod schema_version;

pub use bytes::Bytes;

pub use api_version::{ApiVersion, InvalidApiVersion};
pub use bulk::{BulkAnswer, BulkDocument, EntryData, NotBulkable};
pub use call_options::{CallOptions, Priority};
pub use decode_error::{DecodeError, DecodeErrorKind};
pub use envelope::{Envelope, request_id_of};
pub use graphql_error::{GraphQlError, Location, PathSegment};
pub use nullable::Nullable;
pub use operation::{EncodeError, Operation, OperationKind, encode, encode_kept};
pub use page::{Cursor, Page, PageError, PagedOperation};
pub use prepared_document::PreparedDocument;
pub use quota::{Quota, QuotaBudget};
pub use request::{IntoRequest, Request};
pub use response::{Response, ResponseMeta};
pub use scalars::{
    AccountId, AppId, AssetId, BoardId, ColumnId, CompareValue, Date, Day, DepartmentId, DocId, File,
    FolderId, GroupId, Id, Iso8601DateTime, ItemId, Json, TagId, TeamId, UpdateId, UserId, WebhookId,
    WorkspaceId,
};

/// For macros alone: nothing here is promised.
#[doc(hidden)]
pub mod __private {
    pub use crate::open_enum::deserialize as deserialize_open_enum;
    pub use serde;
}
