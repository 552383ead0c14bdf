//! The root fields that read state.
//!
//! Must not know: how an answer is formed.

use monday_core::ApiVersion;
use serde_json::{Value, json};

use super::asset::assets_of;
use super::document::export_markdown;
use super::list::LISTS;
use super::notification::notifications;
use super::webhook::webhooks_of;
use super::{Arguments, Found, Node, Noun, listed, place_of, record};
use crate::field_fault::FieldFault;
use crate::world::World;

/// What a root field of queries answers with.
type Read = fn(&World, &Arguments<'_>) -> Result<Found, FieldFault>;

const READS: [(&str, Read); 10] = [
    ("account", |world, _| Ok(Found::Node(record("Account", &world.account)))),
    ("assets", |world, arguments| Ok(assets_of(world.assets.named(&arguments.id_list("ids")), world))),
    ("boards", boards),
    ("export_markdown_from_doc", export_markdown),
    ("items", items),
    ("me", |world, _| Ok(Found::optional(world.users.first().map(|user| record("User", user))))),
    ("notifications", notifications),
    ("version", |_, _| Ok(Found::Json(version(ApiVersion::pinned().as_str(), "current")))),
    ("versions", |_, _| Ok(Found::Json(versions(ApiVersion::pinned().as_str())))),
    ("webhooks", |world, arguments| {
        Ok(webhooks_of(world, arguments.id("board_id")?, arguments.flag("app_webhooks_only")))
    }),
];

/// Those that give out cursors.
const WITH_CURSORS: [&str; 2] = ["items_page_by_column_values", "next_items_page"];

/// All of them.
#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let read = READS.iter().map(|(name, _)| *name);
    read.chain(LISTS.iter().map(|list| list.field)).chain(WITH_CURSORS)
}

impl Node<'_> {
    pub(super) fn query(&self, name: &str, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
        let world = self.context.world.borrow();
        if let Some((_, read)) = READS.iter().find(|(known, _)| *known == name) {
            return read(&world, arguments);
        }
        if let Some(list) = LISTS.iter().find(|list| list.field == name) {
            return list.read(&world, arguments);
        }
        match name {
            "next_items_page" => {
                let cursor = arguments.text("cursor").unwrap_or_default();
                let place = place_of(&world, &cursor)?;
                drop(world);
                self.items_response(place, arguments)
            }
            _ if WITH_CURSORS.contains(&name) => {
                drop(world);
                self.items_page_by_values(arguments)
            }
            _ => Ok(Found::Unknown),
        }
    }
}

fn boards(world: &World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let (ids, workspaces) = (arguments.ids("ids"), arguments.ids("workspace_ids"));
    let state = arguments.text("state").unwrap_or_else(|| "active".to_owned());
    let kind = arguments.text("board_kind");
    let wanted = world.boards.iter().filter(|board| {
        listed(ids.as_deref(), text(&board.fields["id"]))
            && listed(workspaces.as_deref(), text(&board.fields["workspace_id"]))
            && (state == "all" || board.fields["state"] == state)
            && kind.as_ref().is_none_or(|kind| board.fields["board_kind"] == **kind)
    });
    let page = arguments.page(wanted.cloned().collect(), 25)?;
    Ok(Found::Nodes(page.into_iter().map(Noun::Board).collect()))
}

fn items(world: &World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let ids = arguments.id_list("ids");
    if ids.len() > 100 {
        return Err(FieldFault::new("InvalidArgumentException", "items takes at most 100 ids"));
    }
    let items = ids.iter().filter_map(|id| world.items.get(&id.parse().ok()?));
    let is_wanted = |item: &&std::sync::Arc<crate::world::Item>| {
        item.state == "active" || (item.state == "archived" && !arguments.flag("exclude_nonactive"))
    };
    let mut items: Vec<_> = items.filter(is_wanted).cloned().collect();
    if arguments.flag("newest_first") {
        items.sort_by_key(|item| std::cmp::Reverse(item.id));
    }
    Ok(Found::Nodes(arguments.page(items, 25)?.into_iter().map(Noun::Item).collect()))
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn version(value: &str, kind: &str) -> Value {
    json!({"value": value, "kind": kind, "display_name": value})
}

/// Around a quarter: the one before it is in maintenance, the one after it a candidate.
fn versions(current: &str) -> Value {
    let quarter = |offset: i64| {
        let (year, month) = current.split_once('-')?;
        let quarters = year.parse::<i64>().ok()? * 4 + (month.parse::<i64>().ok()? - 1) / 3 + offset;
        Some(format!("{}-{:02}", quarters / 4, quarters % 4 * 3 + 1))
    };
    let around = [(1, "release_candidate"), (0, "current"), (-1, "maintenance")];
    let quarters = around.iter().filter_map(|(offset, kind)| Some(version(&quarter(*offset)?, kind)));
    std::iter::once(version("dev", "dev")).chain(quarters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_turn_with_the_year() {
        let values = |current| {
            let versions = versions(current);
            versions
                .as_array()
                .unwrap()
                .iter()
                .map(|version| version["value"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(values("2026-10"), ["dev", "2027-01", "2026-10", "2026-07"]);
        assert_eq!(values("2026-01"), ["dev", "2026-04", "2026-01", "2025-10"]);
    }
}
