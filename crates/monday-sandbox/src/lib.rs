//! monday.com on loopback: the real schema, a seeded account, and writes that later reads see.
//!
//! Every operation that is valid against the schema is executed. Boards, groups, items, updates, users and
//! workspaces are read from its state. Writes that change it: items (`create_item`, `create_subitem`,
//! `change_*_column_value(s)`, `move_item_to_group`, `archive_item`, `delete_item`), `create_update`,
//! `create_board`, `create_group`, `create_column`, `change_column_title`, `delete_column`, `create_workspace`,
//! `create_or_get_tag`, and `add_file_to_column` and `add_file_to_update` at `/v2/file`, whose assets are downloaded from another
//! port. Everything else answers with data made from the schema, the same every time, and changes nothing.
//!
//! Columns follow monday's column reference: each type takes its documented JSON and refuses any other, and
//! `text`, `value` and the typed fields disagree as they do with monday. `create_webhook` asks the URL its
//! challenge; from then on changes of items are sent to it, signed with the app's signing secret where an
//! app's token made the webhook, and sent again as long as they are not taken (`edit_update`,
//! `delete_update`, `item_restored` and `move_subitem` never happen here). The sandbox calls `http` on
//! loopback only: never another machine.
//!
//! Its authorization server has monday's OAuth: consent page, code and PKCE, rotation in which a refresh
//! token played twice ends the session, revocation and migration. Quotas, scripted faults and latency make
//! it behave as monday does on a bad day, and a [`FaultProxy`] does the same to the wire. It speaks
//! HTTP/1.1, and HTTP/2 to clients that know it beforehand.
//!
//! A test looks at what came in with [`Sandbox::expect`] and [`Sandbox::requests_of`], writes an answer of its own
//! with [`Sandbox::answer`], and a person looks at `/status`. Dropping a sandbox ends everything of it. Must not
//! know: the client that calls it.
//!
//! ```
//! # async fn example() -> std::io::Result<()> {
//! let sandbox = monday_sandbox::Sandbox::start().await?;
//! println!("POST {} with `Authorization: {}`", sandbox.url(), sandbox.personal_token());
//! # Ok(())
//! # }
//! ```

mod asset_server;
mod authorization;
mod columns;
mod cost;
mod dice;
mod exchange;
mod execution;
mod fault;
mod fault_proxy;
mod faults;
mod field_fault;
mod idempotency;
mod line;
mod markup;
mod meter;
mod plan;
mod refusal;
mod request;
mod resolve;
mod sandbox;
mod schema;
mod scripted;
mod seen;
mod server;
mod serving;
mod site;
mod status;
mod tasks;
mod upload;
mod webhooks;
mod world;

pub use asset_server::DownloadCounts;
pub use authorization::{OAuthCounts, SandboxApp};
pub use cost::Cost;
pub use fault::{Fault, Refused};
pub use fault_proxy::{FaultProxy, Wire};
pub use faults::{Faults, Rule};
pub use plan::{Plan, Quotas, Windows};
pub use sandbox::{Sandbox, SandboxBuilder};
pub use scripted::{Answers, ScriptedAnswer, Unscripted};
pub use seen::{Expectation, OperationCounts, Outcome, Seen, SeenRequest, UsedCredential};
