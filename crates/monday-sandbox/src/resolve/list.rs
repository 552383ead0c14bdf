//! The root fields that list nouns of one kind, by the arguments that filter them: a table.
//!
//! Must not know: how nouns are kept.

use serde_json::Value;

use super::{Arguments, Found, listed, record};
use crate::field_fault::FieldFault;
use crate::world::{Kind, Record, World, id_of, ids_of};

/// A root field that lists nouns.
pub(super) struct List {
    pub(super) field: &'static str,
    kind: Kind,
    /// How many there are on a page unless told.
    limit: usize,
    /// An argument with one value or many, and the key of which it names the values that are wanted.
    filters: &'static [(&'static str, &'static str)],
    /// Whether one is wanted for all else.
    is_wanted: fn(&World, &Record, &Arguments<'_>) -> bool,
}

const ANY: fn(&World, &Record, &Arguments<'_>) -> bool = |_, _, _| true;

pub(super) const LISTS: [List; 8] = [
    List {
        field: "docs",
        kind: Kind::Document,
        limit: 25,
        filters: &[
            ("ids", "id"),
            ("object_ids", "object_id"),
            ("workspace_ids", "workspace_id"),
            ("item_id", "item_id"),
            ("column_id", "column_id"),
        ],
        is_wanted: ANY,
    },
    List {
        field: "folders",
        kind: Kind::Folder,
        limit: 25,
        filters: &[("ids", "id"), ("workspace_ids", "workspace_id")],
        is_wanted: ANY,
    },
    List {
        field: "replies",
        kind: Kind::Update,
        limit: 25,
        filters: &[],
        is_wanted: |world, update, arguments| {
            let on_board = id_of(update, "item_id").and_then(|id| world.items.get(&id)).is_some_and(|item| {
                listed(arguments.ids("board_ids").as_deref(), &item.board_id.to_string())
            });
            on_board
                && update.contains_key("parent_id")
                && is_between(update, arguments, "created_at_from", "created_at_to")
        },
    },
    List { field: "tags", kind: Kind::Tag, limit: usize::MAX, filters: &[("ids", "id")], is_wanted: ANY },
    List { field: "teams", kind: Kind::Team, limit: usize::MAX, filters: &[("ids", "id")], is_wanted: ANY },
    List {
        field: "updates",
        kind: Kind::Update,
        limit: 25,
        filters: &[("ids", "id")],
        is_wanted: |_, update, arguments| {
            !update.contains_key("parent_id") && is_between(update, arguments, "from_date", "to_date")
        },
    },
    List {
        field: "users",
        kind: Kind::User,
        limit: 200,
        filters: &[("ids", "id"), ("emails", "email"), ("status", "status")],
        is_wanted: is_wanted_user,
    },
    List {
        field: "workspaces",
        kind: Kind::Workspace,
        limit: 25,
        filters: &[("ids", "id"), ("kind", "kind")],
        is_wanted: |_, workspace, arguments| {
            let state = arguments.text("state").unwrap_or_else(|| "active".to_owned());
            state == "all" || workspace["state"] == state
        },
    },
];

impl List {
    pub(super) fn read(&self, world: &World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
        let filters: Vec<(Vec<String>, &str)> = self
            .filters
            .iter()
            .filter_map(|(argument, key)| Some((arguments.ids(argument)?, *key)))
            .collect();
        let is_named = |record: &&Record| {
            filters.iter().all(|(wanted, key)| {
                ids_of(record, key).iter().any(|value| wanted.iter().any(|known| known == value))
            })
        };
        let wanted = world.records(self.kind).iter().filter(is_named);
        let mut wanted: Vec<&Record> =
            wanted.filter(|record| (self.is_wanted)(world, record, arguments)).collect();
        let descends = arguments.get("sort").get(0).is_some_and(|sort| sort["direction"] == "DESC");
        if arguments.flag("newest_first") || descends {
            wanted.reverse();
        }
        let type_name = if self.field == "replies" { "Reply" } else { self.kind.type_name() };
        let page = arguments.page(wanted, self.limit)?;
        Ok(Found::Nodes(page.into_iter().map(|fields| record(type_name, fields)).collect()))
    }
}

/// The times are ISO 8601, so their text is in their order; a day is before all of its times.
fn is_between(update: &Record, arguments: &Arguments<'_>, from: &str, to: &str) -> bool {
    let at = update["created_at"].as_str().unwrap_or_default();
    let (from, to) = (arguments.text(from), arguments.text(to));
    from.is_none_or(|from| at >= from.as_str())
        && to.is_none_or(|to| at <= to.as_str() || at.starts_with(&to))
}

/// Those who are deactivated are listed where they are asked for.
fn is_wanted_user(_: &World, user: &Record, arguments: &Arguments<'_>) -> bool {
    let part = arguments.text("name").map(|name| name.to_lowercase());
    let name = user["name"].as_str().unwrap_or_default().to_lowercase();
    let is_inactive = user["status"] == "INACTIVE";
    let role = user["kind"].as_str().unwrap_or_default();
    let is_of_kind = match arguments.text("kind").as_deref() {
        Some("guests") => role == "guest",
        Some("non_guests") => role != "guest",
        Some("non_pending") => user["status"] != "PENDING",
        _ => true,
    };
    let kinds = arguments.get("user_kind");
    let names =
        |list: &Value| list.as_array().map(|list| list.iter().any(|kind| *kind == role.to_uppercase()));
    let has_status = arguments.ids("status").is_some();
    (has_status || is_inactive == arguments.flag("non_active"))
        && is_of_kind
        && names(&kinds["in"]).unwrap_or(true)
        && !names(&kinds["not_in"]).unwrap_or(false)
        && part.is_none_or(|part| name.contains(&part))
}
