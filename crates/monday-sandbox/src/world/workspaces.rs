//! Workspaces: made and deleted.
//!
//! Must not know: GraphQL.

use serde_json::{Value, json};

use super::{Kind, Record, World, seed};
use crate::field_fault::FieldFault;

impl World {
    pub(crate) fn create_workspace(
        &mut self,
        name: Option<&str>,
        kind: &Value,
        description: &Value,
    ) -> Record {
        let me = [seed::ME.to_string()];
        self.add(
            Kind::Workspace,
            json!({
                "name": name, "kind": kind, "description": description, "state": "active",
                "is_default_workspace": false, "user_ids": me, "owner_ids": me, "team_ids": [],
                "team_owner_ids": [],
            }),
        )
    }

    /// Its boards, folders and docs go with it. The main one stays.
    pub(crate) fn delete_workspace(&mut self, id: &str) -> Result<Record, FieldFault> {
        let fields = self.fields_mut(Kind::Workspace, id)?;
        if fields["is_default_workspace"] == true {
            return Err(FieldFault::new("InvalidArgumentException", "The main workspace cannot be deleted"));
        }
        let deleted = self.change(Kind::Workspace, id, seed::map(json!({"state": "deleted"})))?;
        self.delete_boards("workspace_id", id);
        self.folders.retain(|folder| folder["workspace_id"] != id);
        self.delete_documents("workspace_id", id);
        Ok(deleted)
    }
}
