//! Webhooks in answers: made after their challenge, listed, deleted.
//!
//! Must not know: how a challenge is asked, how events go out.

use serde_json::{Value, json};

use super::mutation::Write;
use super::{Arguments, Found, Node, Noun, record};
use crate::field_fault::FieldFault;
use crate::webhooks::loopback;
use crate::world::{Webhook, World, seed};

pub(super) const WRITES: &[(&str, Write)] =
    &[("delete_webhook", |world, arguments| delete_webhook(world, arguments.id("id")?))];

/// monday takes no longer ones.
const LONGEST_URL: usize = 255;

impl Node<'_> {
    pub(super) fn create_webhook(
        &self,
        world: &mut World,
        arguments: &Arguments<'_>,
    ) -> Result<Found, FieldFault> {
        let board_id = arguments.id("board_id")?;
        if world.board(board_id).is_none() {
            return Err(refused("Board not found").with_data(json!({"board_id": board_id})));
        }
        let written = arguments.text("url").unwrap_or_default();
        if written.chars().count() > LONGEST_URL {
            return Err(refused("The URL of a webhook has at most 255 characters"));
        }
        if loopback(&written).is_none() {
            return Err(refused("The sandbox calls http on loopback only"));
        }
        let config = match arguments.get("config") {
            Value::String(text) => {
                serde_json::from_str(&text).map_err(|_| refused("config is not JSON in a string"))?
            }
            config => config,
        };
        let event = arguments.text("event").unwrap_or_default();
        let needed = match event.as_str() {
            "change_specific_column_value" | "change_status_column_value" => Some("columnId"),
            "item_moved_to_specific_group" => Some("groupId"),
            _ => None,
        };
        if let Some(key) = needed.filter(|key| !config[*key].is_string()) {
            return Err(refused(&format!("The config of {event} wants {key}")));
        }
        if event == "change_status_column_value" && !names_a_label(&config["columnValue"]) {
            return Err(refused("The config's columnValue wants {\"index\": 1} or {\"$any$\": true}"));
        }
        if !self.context.subscribing.has_answered(&written) {
            return Err(refused("The URL did not answer the challenge"));
        }
        let id = world.next_id();
        let secret = self.context.subscribing.secret.clone();
        let webhook = Webhook { id, board_id, event, url: written, config, secret };
        let noun = webhook_of(&webhook);
        world.webhooks.push(webhook);
        Ok(Found::Node(noun))
    }
}

fn delete_webhook(world: &mut World, id: u64) -> Result<Found, FieldFault> {
    let place = world.webhooks.iter().position(|webhook| webhook.id == id);
    let place = place.ok_or_else(|| FieldFault::new("ResourceNotFoundException", "Webhook not found"))?;
    Ok(Found::Node(webhook_of(&world.webhooks.remove(place))))
}

/// The webhooks of a board; of those that are an app's alone, if asked for.
pub(super) fn webhooks_of(world: &World, board_id: u64, of_apps: bool) -> Found {
    let wanted = world.webhooks.iter().filter(|webhook| webhook.board_id == board_id);
    let wanted = wanted.filter(|webhook| !of_apps || webhook.secret.is_some());
    Found::Nodes(wanted.map(webhook_of).collect())
}

fn webhook_of(webhook: &Webhook) -> Noun {
    let config = Some(&webhook.config).filter(|config| !config.is_null()).map(ToString::to_string);
    let fields = json!({
        "id": webhook.id.to_string(), "board_id": webhook.board_id.to_string(), "event": webhook.event,
        "config": config,
    });
    record("Webhook", &seed::record(fields))
}

/// Any label, or one by its index, which is a number: an index in text is none that any change has.
fn names_a_label(value: &Value) -> bool {
    value.is_null() || value["$any$"] == true || value["index"].is_u64()
}

fn refused(message: &str) -> FieldFault {
    FieldFault::new("InvalidArgumentException", message)
}
