//! The root fields that read state.
//!
//! Must not know: how an answer is formed.

use monday_core::ApiVersion;
use serde_json::{Value, json};

use super::asset::assets_of;
use super::webhook::webhooks_of;
use super::{Arguments, Found, Node, Noun, listed, place_of, record};
use crate::field_fault::FieldFault;
use crate::world::Record;

impl Node<'_> {
    pub(super) fn query(&self, name: &str, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
        let world = self.context.world.borrow();
        let records = |type_name: &str, all: &[Record], default| -> Result<Found, FieldFault> {
            let ids = arguments.ids("ids");
            let wanted = all.iter().filter(|fields| listed(ids.as_deref(), text(&fields["id"])));
            let page = arguments.page(wanted.collect(), default)?;
            Ok(Found::Nodes(page.into_iter().map(|fields| record(type_name, fields)).collect()))
        };
        match name {
            "me" => Ok(Found::optional(world.users.first().map(|user| record("User", user)))),
            "account" => Ok(Found::Node(record("Account", &world.account))),
            "users" => {
                let emails = arguments.ids("emails");
                let named = arguments.text("name").map(|name| name.to_lowercase());
                let wanted: Vec<Record> = world
                    .users
                    .iter()
                    .filter(|user| {
                        emails
                            .as_ref()
                            .is_none_or(|emails| emails.iter().any(|email| user["email"] == **email))
                    })
                    .filter(|user| {
                        let name = user["name"].as_str().unwrap_or_default().to_lowercase();
                        named.as_ref().is_none_or(|named| name.contains(named))
                    })
                    .cloned()
                    .collect();
                records("User", &wanted, 200)
            }
            "workspaces" => records("Workspace", &world.workspaces, 25),
            "assets" => Ok(assets_of(world.assets.named(&arguments.ids("ids").unwrap_or_default()), &world)),
            "updates" => records("Update", &world.updates, 25),
            "tags" => records("Tag", &world.tags, usize::MAX),
            "webhooks" => {
                Ok(webhooks_of(&world, arguments.id("board_id")?, arguments.flag("app_webhooks_only")))
            }
            "boards" => {
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
            "items" => {
                let ids = arguments.ids("ids").unwrap_or_default();
                if ids.len() > 100 {
                    return Err(FieldFault::new("InvalidArgumentException", "items takes at most 100 ids"));
                }
                let items = ids.iter().filter_map(|id| world.items.get(&id.parse().ok()?));
                let items = items.filter(|item| item.state != "deleted").cloned().collect();
                Ok(Found::Nodes(arguments.page(items, 25)?.into_iter().map(Noun::Item).collect()))
            }
            "next_items_page" => {
                let cursor = arguments.text("cursor").unwrap_or_default();
                let place = place_of(&world, &cursor)?;
                drop(world);
                self.items_response(place, arguments)
            }
            "version" => Ok(Found::Json(version(ApiVersion::pinned().as_str(), "current"))),
            "versions" => Ok(Found::Json(versions(ApiVersion::pinned().as_str()))),
            _ => Ok(Found::Unknown),
        }
    }
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
