//! Notifications.
//!
//! Must not know: who reads them.

use serde::{Deserialize, Serialize};

use super::Fields;
use super::reference::{Reference, id};
use super::short_form::short_form;

/// A notification, about one thing at most. Short form: the text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Notification {
    /// Of the same numbers as those of items unless told.
    #[serde(default, deserialize_with = "id", skip_serializing_if = "Option::is_none")]
    pub id: Option<u64>,
    /// What it says.
    pub text: String,
    /// Whom it is for; the first user unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<Reference>,
    /// The board it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub board: Option<Reference>,
    /// The item it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Reference>,
    /// The id of the update it is about.
    #[serde(default, deserialize_with = "id", skip_serializing_if = "Option::is_none")]
    pub update: Option<u64>,
    /// When it was sent; 2026-11-01T09:00:00Z unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// More of it, by the schema's names.
    #[serde(default, skip_serializing_if = "Fields::is_empty")]
    pub fields: Fields,
}

short_form!(Notification, "a notification: a text, or a map with `text`", |text| Notification {
    text,
    ..Notification::default()
});
