//! Webhooks of boards: which event each hears, and the letters that go out.
//!
//! Must not know: HTTP, how a letter is carried.

use serde_json::{Map, Value, json};

use super::{Event, World};

/// A webhook that answered its challenge.
#[derive(Debug, Clone)]
pub(crate) struct Webhook {
    pub(crate) id: u64,
    pub(crate) board_id: u64,
    pub(crate) event: String,
    /// As it was written: what its letters are signed for.
    pub(crate) url: String,
    pub(crate) config: Value,
    /// What its letters are signed with: the signing secret of the app that made it; a person's are unsigned.
    pub(crate) secret: Option<String>,
}

/// One event on its way to one webhook.
#[derive(Debug, Clone)]
pub(crate) struct Letter {
    pub(crate) webhook: Webhook,
    event: Map<String, Value>,
}

impl Letter {
    /// What is sent: each time the same event, which says whether it came before.
    pub(crate) fn body(&self, is_retry: bool) -> String {
        let mut event = self.event.clone();
        event.insert("isRetry".to_owned(), json!(is_retry));
        json!({ "event": event }).to_string()
    }
}

impl Webhook {
    fn hears(&self, event: &Event) -> bool {
        let is_column = || event.column.as_deref().is_some_and(|column| self.config["columnId"] == column);
        let is_wanted = match self.event.as_str() {
            "change_specific_column_value" => is_column(),
            "change_status_column_value" => {
                let wanted = &self.config["columnValue"];
                let any = wanted.is_null() || wanted["$any$"] == true;
                is_column() && (any || wanted["index"].as_u64() == event.index)
            }
            "item_moved_to_specific_group" => {
                event.group.as_deref().is_some_and(|group| self.config["groupId"] == group)
            }
            _ => true,
        };
        self.board_id == event.board_id && event.heard_as.contains(&self.event.as_str()) && is_wanted
    }
}

impl World {
    /// What has happened since the last time, for each webhook that hears it.
    pub(crate) fn take_letters(&mut self) -> Vec<Letter> {
        let events = std::mem::take(&mut self.events);
        let letters = events.iter().flat_map(|event| {
            self.webhooks.iter().filter(|webhook| webhook.hears(event)).map(|webhook| {
                let mut fields = event.fields.clone();
                fields.insert("subscriptionId".to_owned(), json!(webhook.id));
                fields.insert("triggerUuid".to_owned(), json!(uuid::Uuid::new_v4().simple().to_string()));
                Letter { webhook: webhook.clone(), event: fields }
            })
        });
        letters.collect()
    }
}
