//! The root fields of notifications: those that are sent, and those of the user who asks.
//!
//! Must not know: how a notification is kept.

use super::mutation::Write;
use super::{Arguments, Found, record};
use crate::field_fault::FieldFault;
use crate::world::{Record, World, id_of, seed};

pub(super) const WRITES: &[(&str, Write)] = &[("create_notification", |world, arguments| {
    let text = |name: &str| arguments.text(name).unwrap_or_default();
    let id = |name: &str| arguments.id_text(name).unwrap_or_default();
    let made = world.notify(&id("user_id"), &id("target_id"), &text("target_type"), &text("text"))?;
    Ok(Found::Node(record("Notification", &made)))
})];

/// The newest first; the cursor is the last one's id.
pub(super) fn notifications(world: &World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let cursor = if arguments.get("cursor").is_null() { None } else { Some(arguments.id("cursor")?) };
    let since = arguments.text("since").unwrap_or_default();
    let is_wanted = |record: &&Record| {
        id_of(record, "user_id") == Some(seed::ME)
            && cursor.is_none_or(|cursor| id_of(record, "id").is_some_and(|id| id < cursor))
            && record["created_at"].as_str().is_some_and(|at| at >= since.as_str())
    };
    let wanted = world.notifications.iter().rev().filter(is_wanted);
    let limit = arguments.number("limit", 25, 10_000)?;
    Ok(Found::Nodes(wanted.take(limit).map(|it| record("NotificationV2", it)).collect()))
}
