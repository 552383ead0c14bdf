//! The account itself: users, workspaces, tags.
//!
//! Must not know: boards.

use serde::{Deserialize, Serialize};

use super::Fields;
use super::reference::id;
use super::short_form::short_form;

// Room for teams, folders and docs: each a struct here, with a list in `Seed`.

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
short_form!(Tag, "a tag: a name, or a map with `name`", |name| Tag { name, ..Tag::default() });
