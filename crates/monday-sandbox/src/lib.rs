//! monday.com on loopback: the real schema, a seeded account, and writes that later reads see.
//!
//! Every operation that is valid against the schema is executed. What these fields write, these read:
//!
//! | noun | read | written |
//! |---|---|---|
//! | the caller, the API | `account`, `me`, `complexity`, `version`, `versions` | |
//! | boards | `boards` | `create_board`, `update_board`, `archive_board`, `delete_board` |
//! | | | `duplicate_board`, `update_board_hierarchy`, `add_users_to_board`, `add_subscribers_to_board` |
//! | | | `delete_subscribers_from_board`, `add_teams_to_board`, `delete_teams_from_board` |
//! | groups | on boards | `create_group`, `update_group`, `archive_group`, `delete_group` |
//! | | | `duplicate_group` |
//! | columns | on boards | `create_column`, `create_status_column`, `create_dropdown_column` |
//! | | | `change_column_title`, `change_column_metadata`, `update_column`, `update_status_column` |
//! | | | `update_dropdown_column`, `delete_column` |
//! | items | `items`, `items_page_by_column_values`, `next_items_page`, on boards | `create_item` |
//! | | | `create_subitem`, `change_column_value`, `change_simple_column_value` |
//! | | | `change_multiple_column_values`, `change_item_position`, `move_item_to_group` |
//! | | | `move_item_to_board`, `duplicate_item`, `archive_item`, `delete_item`, `bulk_archive_items` |
//! | | | `bulk_delete_items`, `clear_item_updates` |
//! | updates | `updates`, `replies`, on boards and items | `create_update`, `edit_update` |
//! | | | `delete_update`, `like_update`, `unlike_update`, `pin_to_top`, `unpin_from_top` |
//! | files | `assets`, on items and updates | `add_file_to_column`, `add_file_to_update` |
//! | users | `users` | `invite_users`, `activate_users`, `deactivate_users`, `update_users_role` |
//! | | | `update_multiple_users`, `update_email_domain` |
//! | teams | `teams`, on users, boards and workspaces | `create_team`, `delete_team`, `add_users_to_team` |
//! | | | `remove_users_from_team`, `assign_team_owners`, `remove_team_owners` |
//! | workspaces | `workspaces` | `create_workspace`, `update_workspace`, `delete_workspace` |
//! | | | `add_users_to_workspace`, `delete_users_from_workspace`, `add_teams_to_workspace` |
//! | | | `delete_teams_from_workspace` |
//! | folders | `folders` | `create_folder`, `update_folder`, `delete_folder` |
//! | docs | `docs`, `export_markdown_from_doc` | `create_doc`, `update_doc_name`, `duplicate_doc` |
//! | | | `delete_doc`, `create_doc_block`, `create_doc_blocks`, `update_doc_block`, `delete_doc_block` |
//! | | | `delete_doc_blocks`, `add_content_to_doc_from_markdown` |
//! | notifications | `notifications` | `create_notification` |
//! | tags | `tags` | `create_or_get_tag` |
//! | webhooks | `webhooks` | `create_webhook`, `delete_webhook` |
//!
//! Everything else answers with data made from the schema, the same every time, and changes nothing. What a
//! write names has to be there, or it is refused with monday's code. Files come to `/v2/file`, and are
//! downloaded from another port. Jobs are done when they are told of; subitems are not duplicated; the items of
//! an archived board stay as they are and cannot be written. [`Variety`] strays into all answers what the
//! schema allows and few have seen.
//!
//! Columns follow monday's column reference: each type takes its documented JSON and refuses any other, and
//! `text`, `value` and the typed fields disagree as they do with monday. `create_webhook` asks the URL its
//! challenge; from then on changes of items are sent to it, signed with the app's signing secret where an
//! app's token made the webhook, and sent again as long as they are not taken (`item_restored` and
//! `move_subitem` never happen here). The sandbox calls `http` on loopback only: never another machine.
//!
//! The account is six boards of its own, or a [`Seed`] in YAML or JSON ([`seed`], `docs/sandbox-seeds.md`); a
//! [snapshot](Sandbox::snapshot) is a seed again, which shows what a test has written, and `cargo monday record` makes one
//! of a real account with personal data replaced. Items that are made up are made when they are first read, so that a
//! sandbox with 100,000 of them starts as quickly as an empty one.
//!
//! Its authorization server has monday's OAuth: consent page, code and PKCE, rotation in which a refresh
//! token played twice ends the session, revocation and migration. Quotas, scripted faults (also [as text](FaultScript)) and latency make
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
mod duration_text;
mod exchange;
mod execution;
mod fault;
mod fault_proxy;
mod fault_script;
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
pub mod seed;
mod seen;
mod server;
mod serving;
mod site;
mod status;
mod tasks;
mod upload;
mod variety;
mod webhooks;
mod world;

pub use asset_server::DownloadCounts;
pub use authorization::{OAuthCounts, SandboxApp};
pub use cost::Cost;
pub use duration_text::{Durations, DurationsError};
pub use fault::{Fault, Refused};
pub use fault_proxy::{FaultProxy, Wire};
pub use fault_script::{FaultScript, FaultScriptError};
pub use faults::{Faults, Rule};
pub use plan::{Plan, Quotas, Windows};
pub use sandbox::{Sandbox, SandboxBuilder};
pub use scripted::{Answers, ScriptedAnswer, Unscripted};
pub use seed::{Seed, SeedError};
pub use seen::{Expectation, OperationCounts, Outcome, Seen, SeenRequest, UsedCredential};
pub use variety::Variety;
