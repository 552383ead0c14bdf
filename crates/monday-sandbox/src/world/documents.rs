//! Docs and their blocks: made, changed, duplicated, deleted.
//!
//! Must not know: GraphQL, Markdown.

use serde_json::{Map, Value, json};

use super::{Kind, Record, World, seed};
use crate::field_fault::FieldFault;

impl World {
    /// A doc in a workspace, or in a column of type `doc` of an item.
    pub(crate) fn create_document(&mut self, name: &str, kind: &Value, place: Map<String, Value>) -> Record {
        let (id, object, now) = (self.next_id(), self.next_id(), self.now());
        let mut fields = seed::document(id, object, name, &now);
        fields.insert("doc_kind".to_owned(), kind.clone());
        fields.extend(place);
        self.add(Kind::Document, Value::Object(fields))
    }

    /// Where a doc of a workspace stands.
    pub(crate) fn document_place(
        &self,
        workspace: Option<String>,
        folder: Option<&str>,
    ) -> Result<Map<String, Value>, FieldFault> {
        let mut place = self.home(workspace, folder)?;
        let folder = place.remove("board_folder_id").unwrap_or_default();
        place.insert("doc_folder_id".to_owned(), folder);
        Ok(place)
    }

    /// Where a doc of an item stands.
    pub(crate) fn column_place(&mut self, item: u64, column: &str) -> Result<Map<String, Value>, FieldFault> {
        let board_id = self.item_mut(item)?.board_id;
        let board = self.board_mut(board_id)?;
        let found = board.columns.iter().find(|known| known.id == column);
        let found = found.ok_or_else(|| crate::columns::unknown(column))?;
        if found.kind != "doc" {
            return Err(FieldFault::new("InvalidArgumentException", "The column takes no docs"));
        }
        let workspace = board.fields["workspace_id"].clone();
        Ok(seed::map(json!({
            "workspace_id": workspace, "item_id": item.to_string(), "column_id": column,
        })))
    }

    pub(crate) fn delete_document(&mut self, id: &str) -> Result<Record, FieldFault> {
        let document = self.remove(Kind::Document, id)?;
        self.blocks.retain(|block| block["doc_id"] != id);
        Ok(document)
    }

    pub(super) fn delete_documents(&mut self, key: &str, value: &str) {
        let gone: Vec<Record> =
            self.documents.iter().filter(|document| document[key] == value).cloned().collect();
        self.documents.retain(|document| document[key] != value);
        self.blocks.retain(|block| gone.iter().all(|document| document["id"] != block["doc_id"]));
    }

    pub(crate) fn duplicate_document(&mut self, id: &str) -> Result<Record, FieldFault> {
        self.check(Kind::Document, id)?;
        let of = self.record(Kind::Document, id).cloned().ok_or_else(|| Kind::Document.missing(id))?;
        let place = ["workspace_id", "doc_folder_id"].iter().map(|key| ((*key).to_owned(), of[*key].clone()));
        let name = format!("Duplicate of {}", of["name"].as_str().unwrap_or_default());
        let copy = self.create_document(&name, &of["doc_kind"], place.collect());
        let new = copy["id"].as_str().unwrap_or_default();
        let blocks: Vec<Record> = self.blocks.iter().filter(|block| block["doc_id"] == id).cloned().collect();
        for block in blocks {
            let fields = json!({"type": block["type"], "content": block["content"], "parts": block["parts"]});
            self.add_block(new, None, &Value::Null, seed::map(fields))?;
        }
        Ok(copy)
    }

    /// After another block, else at the end.
    pub(crate) fn add_block(
        &mut self,
        document: &str,
        after: Option<&str>,
        parent: &Value,
        fields: Map<String, Value>,
    ) -> Result<Record, FieldFault> {
        self.check(Kind::Document, document)?;
        for block in after.iter().copied().chain(parent.as_str()) {
            let known = self.record(Kind::Block, block).is_some_and(|known| known["doc_id"] == document);
            if !known {
                return Err(Kind::Block.missing(block));
            }
        }
        let mut fields = fields;
        fields.extend(seed::map(json!({
            "doc_id": document, "parent_block_id": parent, "creator_id": seed::ME.to_string(),
        })));
        let block = self.add(Kind::Block, Value::Object(fields));
        let new = self.blocks.pop();
        let place = after.and_then(|after| self.blocks.iter().position(|known| known["id"] == after));
        let place = place.map_or(self.blocks.len(), |place| place + 1);
        self.blocks.splice(place..place, new);
        self.touch(document)?;
        Ok(block)
    }

    pub(crate) fn change_block(&mut self, id: &str, content: &Value) -> Result<Record, FieldFault> {
        self.check(Kind::Block, id)?;
        let now = self.now();
        // What it was made of in parts is content now.
        let fields = json!({"content": content, "parts": null, "updated_at": now});
        let block = self.change(Kind::Block, id, seed::map(fields))?;
        self.touch(block["doc_id"].as_str().unwrap_or_default())?;
        Ok(block)
    }

    /// With the blocks in it.
    pub(crate) fn delete_block(&mut self, id: &str) -> Result<Record, FieldFault> {
        let block = self.remove(Kind::Block, id)?;
        self.blocks.retain(|inner| inner["parent_block_id"] != id);
        self.touch(block["doc_id"].as_str().unwrap_or_default())?;
        Ok(block)
    }

    fn touch(&mut self, document: &str) -> Result<(), FieldFault> {
        let now = json!(self.now());
        self.fields_mut(Kind::Document, document)?.insert("updated_at".to_owned(), now);
        Ok(())
    }
}
