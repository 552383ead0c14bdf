//! Nouns that are stored as they are read: what a seed says of one, laid over what the sandbox says of every one.
//!
//! The same functions tell a snapshot what needs no word. Must not know: where a noun is kept.

use serde_json::{Map, Value, json};

use super::super::seed;
use super::documents::content;
use crate::seed::{
    Account, Block, Document, Fields, Folder, Group, Notification, Tag, Team, Update, User, Workspace,
};

/// Lays what is told over the rest.
pub(in crate::world) fn over(
    mut record: Map<String, Value>,
    told: &[(&str, &Option<String>)],
    fields: &Fields,
) -> Map<String, Value> {
    for (key, text) in told {
        if let Some(text) = text {
            record.insert((*key).to_owned(), json!(text));
        }
    }
    record.extend(fields.iter().map(|(key, value)| (key.clone(), value.clone())));
    record
}

pub(in crate::world) fn account(account: &Account, members: usize) -> Map<String, Value> {
    over((*seed::empty(members).account).clone(), &[("name", &account.name)], &account.fields)
}

pub(in crate::world) fn user(user: &User, id: u64) -> Map<String, Value> {
    let told = [("email", &user.email), ("kind", &user.kind), ("status", &user.status)];
    over(seed::map(seed::user(id, &user.name, user.title.as_deref())), &told, &user.fields)
}

pub(in crate::world) fn workspace(
    workspace: &Workspace,
    id: u64,
    is_first: bool,
    members: Map<String, Value>,
) -> Map<String, Value> {
    let mut record = seed::map(seed::workspace(id, &workspace.name));
    record.insert("is_default_workspace".to_owned(), json!(is_first));
    record.extend(members);
    over(record, &[("kind", &workspace.kind), ("description", &workspace.description)], &workspace.fields)
}

pub(in crate::world) fn team(team: &Team, id: u64, members: Map<String, Value>) -> Map<String, Value> {
    let mut record = (*seed::team(id, &team.name, &[])).clone();
    record.extend(members);
    over(record, &[], &team.fields)
}

pub(in crate::world) fn folder(folder: &Folder, id: u64, home: Map<String, Value>) -> Map<String, Value> {
    let mut record = (*seed::folder(id, &folder.name, "")).clone();
    record.extend(home);
    over(record, &[("color", &folder.color)], &folder.fields)
}

pub(in crate::world) fn document(
    document: &Document,
    id: u64,
    creator: u64,
    place: Map<String, Value>,
) -> Map<String, Value> {
    let at = document.created_at.as_deref().unwrap_or(seed::BEFORE);
    let mut record = seed::document(id, id + 1, &document.name, at);
    record.insert("creator_id".to_owned(), json!(creator.to_string()));
    record.extend(place);
    over(record, &[("doc_kind", &document.kind)], &document.fields)
}

pub(in crate::world) fn block(block: &Block, id: u64, document: u64) -> Map<String, Value> {
    let record = seed::map(json!({
        "id": id.to_string(), "type": block.kind, "content": content(&block.content), "parts": null,
        "doc_id": document.to_string(), "parent_block_id": block.parent.map(|id| id.to_string()),
        "creator_id": seed::ME.to_string(),
        "created_at": block.created_at.as_deref().unwrap_or(seed::BEFORE),
    }));
    over(record, &[], &block.fields)
}

pub(in crate::world) fn notification(
    notification: &Notification,
    id: u64,
    about: Map<String, Value>,
) -> Map<String, Value> {
    let mut record = seed::map(json!({
        "id": id.to_string(), "text": notification.text, "title": notification.text, "read": false,
        "creator_ids": [seed::ME.to_string()],
        "created_at": notification.created_at.as_deref().unwrap_or(seed::BEFORE),
    }));
    record.extend(about);
    over(record, &[], &notification.fields)
}

pub(in crate::world) fn tag(tag: &Tag, id: u64) -> Map<String, Value> {
    over((*seed::tag(id, &tag.name)).clone(), &[("color", &tag.color)], &Fields::new())
}

pub(in crate::world) fn group(group: &Group, id: &str, position: usize) -> Map<String, Value> {
    over(
        (*seed::group(id, &group.title, seed::GROUP_COLOR, position)).clone(),
        &[("color", &group.color)],
        &group.fields,
    )
}

/// A reply is one of an update.
pub(in crate::world) fn update(
    update: &Update,
    id: u64,
    item: u64,
    creator: u64,
    of: Option<u64>,
) -> Map<String, Value> {
    let at = update.created_at.as_deref().unwrap_or(seed::BEFORE);
    let mut record = (*seed::update(id, item, creator, &update.body, at)).clone();
    if let Some(of) = of {
        record.extend(seed::map(json!({"parent_id": of.to_string(), "kind": "reply"})));
    }
    over(record, &[], &update.fields)
}

pub(super) fn check_user(user: &User) -> Result<(), String> {
    not_empty("name", &user.name)?;
    one_of("kind", user.kind.as_ref(), &["member", "admin", "guest", "view_only"])?;
    one_of("status", user.status.as_ref(), &["ACTIVE", "INACTIVE", "PENDING"])
}

pub(super) fn check_workspace(workspace: &Workspace) -> Result<(), String> {
    not_empty("name", &workspace.name)?;
    one_of("kind", workspace.kind.as_ref(), &["open", "closed", "template"])
}

pub(super) fn not_empty(key: &str, text: &str) -> Result<(), String> {
    if text.is_empty() { Err(format!("its {key} is empty: give it one")) } else { Ok(()) }
}

pub(super) fn one_of(key: &str, told: Option<&String>, known: &[&str]) -> Result<(), String> {
    match told {
        Some(told) if !known.contains(&told.as_str()) => {
            Err(format!("its {key} is {told:?}: write one of {}", known.join(", ")))
        }
        _ => Ok(()),
    }
}
