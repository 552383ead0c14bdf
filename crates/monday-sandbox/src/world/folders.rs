//! Folders of boards: made, moved, deleted.
//!
//! Must not know: GraphQL.

use serde_json::{Map, Value, json};

use super::{Kind, Record, World, ids_of, seed};
use crate::field_fault::FieldFault;

impl World {
    /// In another folder, or in a workspace.
    pub(crate) fn create_folder(
        &mut self,
        mut fields: Map<String, Value>,
        workspace: Option<String>,
        parent: Option<&str>,
    ) -> Result<Record, FieldFault> {
        let place = self.folder_place(workspace, parent)?;
        for key in ["color", "custom_icon", "font_weight", "app_feature_slug"] {
            fields.entry(key).or_insert(Value::Null);
        }
        fields.extend(place);
        fields.insert("owner_id".to_owned(), json!(seed::ME.to_string()));
        Ok(self.add(Kind::Folder, Value::Object(fields)))
    }

    /// What is in it goes with it to another workspace.
    pub(crate) fn change_folder(
        &mut self,
        id: &str,
        mut fields: Map<String, Value>,
        workspace: Option<String>,
        parent: Option<&str>,
    ) -> Result<Record, FieldFault> {
        self.check(Kind::Folder, id)?;
        if workspace.is_some() || parent.is_some() {
            if parent.is_some_and(|parent| self.inside(id).iter().any(|inner| inner == parent)) {
                let message = "A folder cannot be within itself";
                return Err(FieldFault::new("InvalidArgumentException", message));
            }
            let place = self.folder_place(workspace, parent)?;
            let workspace = place["workspace_id"].clone();
            for inner in self.inside(id) {
                self.fields_mut(Kind::Folder, &inner)?.insert("workspace_id".to_owned(), workspace.clone());
                for board in &mut self.boards {
                    if ids_of(&board.fields, "board_folder_id").contains(&inner.as_str()) {
                        let fields = &mut std::sync::Arc::make_mut(board).fields;
                        fields.insert("workspace_id".to_owned(), workspace.clone());
                    }
                }
            }
            fields.extend(place);
        }
        self.change(Kind::Folder, id, fields)
    }

    /// With all that is in it.
    pub(crate) fn delete_folder(&mut self, id: &str) -> Result<Record, FieldFault> {
        let inside = self.inside(id);
        let deleted = self.remove(Kind::Folder, id)?;
        for id in inside {
            self.delete_boards("board_folder_id", &id);
            self.delete_documents("doc_folder_id", &id);
            self.folders.retain(|folder| folder["id"] != id);
        }
        Ok(deleted)
    }

    fn folder_place(
        &self,
        workspace: Option<String>,
        parent: Option<&str>,
    ) -> Result<Map<String, Value>, FieldFault> {
        let mut place = self.home(workspace, parent)?;
        let parent = place.remove("board_folder_id").unwrap_or_default();
        place.insert("parent_id".to_owned(), parent);
        Ok(place)
    }

    /// A folder and those in it.
    fn inside(&self, id: &str) -> Vec<String> {
        let mut inside = vec![id.to_owned()];
        let mut next = 0;
        while let Some(id) = inside.get(next).cloned() {
            let within =
                self.folders.iter().filter(|folder| ids_of(folder, "parent_id").contains(&id.as_str()));
            inside.extend(within.flat_map(|folder| ids_of(folder, "id")).map(str::to_owned));
            next += 1;
        }
        inside
    }
}
