//! monday's scalars as Rust types, each in a file of its own.
//!
//! Must not know: which operation uses them.

mod date;
mod file;
mod id;
mod ids;
mod json;

pub use date::{Date, Day, Iso8601DateTime};
pub use file::File;
pub use id::Id;
pub use ids::{
    AccountId, AppId, AssetId, BoardId, ColumnId, DepartmentId, DocId, FolderId, GroupId, ItemId, TagId,
    TeamId, UpdateId, UserId, WebhookId, WorkspaceId,
};
pub use json::{CompareValue, Json};
