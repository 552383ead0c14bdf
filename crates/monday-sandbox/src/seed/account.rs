//! The account itself: users, teams, workspaces, folders, tags.
//!
//! Must not know: boards.

use serde::{Deserialize, Serialize};

use super::Fields;
use super::reference::{Reference, id};
use super::short_form::short_form;

/// The account.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Account {
    /// Its name; `Sandbox Inc.` unless told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// More of it, by the schema's names.
    #[serde(skip_serializing_if = "Fields::is_empty")]
    pub fields: Fields,
}

/// A user. Short form: the name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct User {
    /// From 501 on unless told; the first one's is always 501.
    #[serde(default, deserialize_with = "id", skip_serializing_if = "Option::is_none")]
    pub id: Option<u64>,
    /// First and last name.
    pub name: String,
    /// `<first name>@sandbox.example` unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// What they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// `member` unless told; or `admin`, `guest`, `view_only`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// `ACTIVE` unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// More of them, by the schema's names.
    #[serde(default, skip_serializing_if = "Fields::is_empty")]
    pub fields: Fields,
}

/// A workspace. Short form: the name. The first one is the default workspace.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Workspace {
    /// From 301 on unless told.
    #[serde(default, deserialize_with = "id", skip_serializing_if = "Option::is_none")]
    pub id: Option<u64>,
    /// Its name.
    pub name: String,
    /// `open` unless told; or `closed`, `template`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The users who subscribe; the first one unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscribers: Option<Vec<Reference>>,
    /// The users who own it; the first one unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owners: Option<Vec<Reference>>,
    /// The teams that subscribe.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_subscribers: Option<Vec<Reference>>,
    /// The teams that own it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_owners: Option<Vec<Reference>>,
    /// More of it, by the schema's names.
    #[serde(default, skip_serializing_if = "Fields::is_empty")]
    pub fields: Fields,
}

/// A team. Short form: the name, which no other team has.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Team {
    /// From 601 on unless told.
    #[serde(default, deserialize_with = "id", skip_serializing_if = "Option::is_none")]
    pub id: Option<u64>,
    /// Its name.
    pub name: String,
    /// Who is in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub users: Vec<Reference>,
    /// Those of them who own it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owners: Vec<Reference>,
    /// More of it, by the schema's names.
    #[serde(default, skip_serializing_if = "Fields::is_empty")]
    pub fields: Fields,
}

/// A folder of boards, docs and folders. Short form: the name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Folder {
    /// From 401 on unless told.
    #[serde(default, deserialize_with = "id", skip_serializing_if = "Option::is_none")]
    pub id: Option<u64>,
    /// Its name.
    pub name: String,
    /// The workspace it is in; that of its parent, or the first one, unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workspace: Option<Reference>,
    /// The folder it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Reference>,
    /// As monday names it, such as `DONE_GREEN`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
    /// More of it, by the schema's names.
    #[serde(default, skip_serializing_if = "Fields::is_empty")]
    pub fields: Fields,
}

/// A tag. Short form: the name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Tag {
    /// From 295064 on unless told; below 2^31.
    #[serde(default, deserialize_with = "id", skip_serializing_if = "Option::is_none")]
    pub id: Option<u64>,
    /// Its name.
    pub name: String,
    /// `#00c875` unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
}

short_form!(User, "a user: a name, or a map with `name`", |name| User { name, ..User::default() });
short_form!(Workspace, "a workspace: a name, or a map with `name`", |name| Workspace {
    name,
    ..Workspace::default()
});
short_form!(Team, "a team: a name, or a map with `name`", |name| Team { name, ..Team::default() });
short_form!(Folder, "a folder: a name, or a map with `name`", |name| Folder { name, ..Folder::default() });
short_form!(Tag, "a tag: a name, or a map with `name`", |name| Tag { name, ..Tag::default() });
