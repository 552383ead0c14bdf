//! Seeds: an account written down, in YAML or JSON, to start a sandbox with; and what a snapshot is.
//!
//! The format is told in `docs/sandbox-seeds.md`. Every noun of it is a struct here, an unknown key is a mistake, and
//! what a short form leaves out is filled in by the sandbox. Its rooms: `account` (account, users, teams, workspaces,
//! folders, tags), `board` (boards, groups, columns), `item` (items, updates, files), `document` (docs, blocks),
//! `notification`, `reference`, `short_form`, `text`. Must not know: how a state is kept.

mod account;
mod board;
mod document;
mod item;
mod notification;
mod reference;
mod seed_error;
mod short_form;
mod text;

use serde::{Deserialize, Serialize};

pub use account::{Account, Folder, Tag, Team, User, Workspace};
pub use board::{Board, Column, Group, Labels};
pub use document::{Block, Document};
pub use item::{File, Item, Items, Update};
pub use notification::Notification;
pub use reference::Reference;
pub use seed_error::SeedError;

/// Fields of a noun that the format has no word for, by the names and in the form that the API reads them.
pub type Fields = std::collections::BTreeMap<String, serde_json::Value>;

/// An account. [`Sandbox::snapshot`](crate::Sandbox::snapshot) writes one,
/// [`SandboxBuilder::seed`](crate::SandboxBuilder::seed) starts with one.
///
/// ```
/// # fn example() -> Result<(), monday_sandbox::SeedError> {
/// use monday_sandbox::Seed;
///
/// let seed = Seed::from_json(r#"{"boards": [{"name": "Bugs", "items": ["Crash at start", "Typo"]}]}"#)?;
/// let builder = monday_sandbox::Sandbox::builder().seed(seed)?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Seed {
    /// The account; Sandbox Inc. unless told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<Account>,
    /// The users, first the one whose token is used, with the id 501; six of them unless told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub users: Vec<User>,
    /// The teams; none unless told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<Team>,
    /// The workspaces; one unless told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub workspaces: Vec<Workspace>,
    /// The folders; none unless told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub folders: Vec<Folder>,
    /// The public tags of the account.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Tag>,
    /// The boards, in the order in which they are listed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub boards: Vec<Board>,
    /// The docs; none unless told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<Document>,
    /// The notifications, oldest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notifications: Vec<Notification>,
    /// Below the ids of whatever is made from now on; above every id in the seed unless told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_id: Option<u64>,
    /// How often the account has been written: a sandbox's clock goes on a second with every write.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock: Option<u64>,
}

impl Seed {
    /// The same without any other board than these, for snapshots in tests that care for one; the boards of their
    /// subitems stay.
    #[must_use]
    pub fn only_boards(mut self, ids: &[u64]) -> Self {
        let is_named = |id: Option<u64>| id.is_some_and(|id| ids.contains(&id));
        self.boards.retain(|board| {
            is_named(board.id) || matches!(board.subitems_of, Some(Reference::Id(of)) if ids.contains(&of))
        });
        self
    }

    /// Whether a sandbox starts from it; the first mistake in it otherwise.
    pub fn check(&self) -> Result<(), SeedError> {
        crate::world::World::planted(self).map(|_| ())
    }

    /// The board of this name, the first one where several have it.
    #[must_use]
    pub fn board(&self, name: &str) -> Option<&Board> {
        self.boards.iter().find(|board| board.name == name)
    }
}
