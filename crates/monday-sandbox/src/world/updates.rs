//! Updates and replies: written, edited, liked, pinned, deleted.
//!
//! Must not know: GraphQL.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Happened, Item, Kind, Record, World, id_of, seed};
use crate::field_fault::FieldFault;

/// An update as it is asked for.
#[derive(Debug, Default)]
pub(crate) struct NewUpdate {
    pub(crate) item: Option<u64>,
    /// What it replies to.
    pub(crate) parent: Option<String>,
    pub(crate) body: String,
    pub(crate) original_creation_date: Option<String>,
}

impl World {
    /// Updates that are no replies, in the order they were written.
    pub(crate) fn posts(&self) -> impl Iterator<Item = &Record> {
        self.updates.iter().filter(|update| !update.contains_key("parent_id"))
    }

    /// A reply to a reply belongs to the same update.
    pub(crate) fn create_update(&mut self, new: NewUpdate) -> Result<Record, FieldFault> {
        let parent = new.parent.map(|id| {
            let found = self.record(Kind::Update, &id).cloned().ok_or_else(|| Kind::Update.missing(&id))?;
            Ok(found.get("parent_id").unwrap_or(&found["id"]).clone())
        });
        let parent = parent.transpose()?;
        let of_parent = parent.as_ref().and_then(Value::as_str).and_then(|id| self.record(Kind::Update, id));
        let item = of_parent.and_then(|parent| id_of(parent, "item_id")).or(new.item);
        let item = item.ok_or_else(|| {
            FieldFault::new("InvalidArgumentException", "An update wants item_id, a reply parent_id")
        })?;
        let on = self.item_mut(item)?.clone();
        let (id, now) = (self.next_id(), self.now());
        let mut fields = (*seed::update(id, item, seed::ME, &new.body, &now)).clone();
        fields.insert("original_creation_date".to_owned(), json!(new.original_creation_date));
        if let Some(parent) = parent {
            fields.extend(seed::map(json!({"parent_id": parent, "kind": "reply"})));
        }
        let update = Arc::new(fields);
        self.updates.push(Arc::clone(&update));
        self.happened(&on, Happened::Updated { update: Arc::clone(&update) });
        Ok(update)
    }

    pub(crate) fn edit_update(&mut self, id: &str, body: &str) -> Result<Record, FieldFault> {
        self.check(Kind::Update, id)?;
        let now = self.now();
        let text = seed::strip_tags(body);
        let fields = json!({"body": body, "text_body": text, "edited_at": now, "updated_at": now});
        let update = self.change(Kind::Update, id, seed::map(fields))?;
        if let Some(on) = self.on_which(&update) {
            self.happened(&on, Happened::Edited { update: Arc::clone(&update) });
        }
        Ok(update)
    }

    /// Its replies go with it.
    pub(crate) fn delete_update(&mut self, id: &str) -> Result<Record, FieldFault> {
        let update = self.remove(Kind::Update, id)?;
        self.updates.retain(|reply| reply.get("parent_id").is_none_or(|parent| parent != id));
        if let Some(on) = self.on_which(&update) {
            self.happened(&on, Happened::Removed { update: Arc::clone(&update) });
        }
        Ok(update)
    }

    /// All updates of an item, and their replies.
    pub(crate) fn clear_updates(&mut self, item: u64) -> Result<Arc<Item>, FieldFault> {
        let cleared = Arc::new(self.item_mut(item)?.clone());
        let posts = self.posts().filter(|update| id_of(update, "item_id") == Some(item));
        let ids: Vec<String> = posts.filter_map(|update| update["id"].as_str()).map(str::to_owned).collect();
        for id in ids {
            self.delete_update(&id)?;
        }
        Ok(cleared)
    }

    /// One reaction of one person; none takes it back.
    pub(crate) fn like(&mut self, id: &str, reaction: Option<&str>) -> Result<Record, FieldFault> {
        self.check(Kind::Update, id)?;
        let (like, now) = (self.next_id().to_string(), self.now());
        let fields = self.fields_mut(Kind::Update, id)?;
        if let Some(likes) = fields.get_mut("likes").and_then(Value::as_array_mut) {
            let me = seed::ME.to_string();
            likes.retain(|like| like["creator_id"] != me);
            likes.extend(reaction.map(|reaction| {
                json!({
                    "id": like, "creator_id": me, "reaction_type": reaction, "created_at": now,
                    "updated_at": now, "attribution_entity_type": null, "attribution_entity_ref": null,
                })
            }));
        }
        Ok(Arc::new(fields.clone()))
    }

    /// On its own item, unless another one is named that has to be it.
    pub(crate) fn pin(
        &mut self,
        id: &str,
        item: Option<String>,
        is_pinned: bool,
    ) -> Result<Record, FieldFault> {
        let fields = self.fields_mut(Kind::Update, id)?;
        if item.is_some_and(|item| fields["item_id"] != item) {
            return Err(FieldFault::new("InvalidArgumentException", "The update is not of this item"));
        }
        let pins = if is_pinned { json!([{"item_id": fields["item_id"]}]) } else { json!([]) };
        fields.insert("pinned_to_top".to_owned(), pins);
        Ok(Arc::new(fields.clone()))
    }

    fn on_which(&self, update: &Record) -> Option<Arc<Item>> {
        self.items.get(&id_of(update, "item_id")?).cloned()
    }
}
