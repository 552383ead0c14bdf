//! References in a snapshot: ids become words of the seed where they lead somewhere.
//!
//! What they do not lead to any more stays among a noun's other fields, so that every snapshot can be planted. Must not
//! know: which noun refers.

use serde_json::{Map, Value};

use super::super::boards::MEMBERS;
use super::super::planted::found::Found;
use super::super::planted::number;
use super::super::{Kind, World};
use crate::seed::Reference;

/// Where a noun stands, and the fields that say so.
pub(super) struct Home {
    pub(super) workspace: Option<Reference>,
    pub(super) folder: Option<Reference>,
    pub(super) fields: Map<String, Value>,
}

impl World {
    /// What is there under this key.
    pub(super) fn reference(&self, kind: Kind, fields: &Map<String, Value>, key: &str) -> Option<Reference> {
        let reference = fields.get(key).and_then(number).map(Reference::Id)?;
        Found(self).record(kind, &reference).is_ok().then_some(reference)
    }

    /// The list under this key, where all in it are there.
    pub(super) fn references(
        &self,
        kind: Kind,
        fields: &Map<String, Value>,
        key: &str,
    ) -> Option<Vec<Reference>> {
        let ids = fields.get(key)?.as_array()?;
        let references: Option<Vec<Reference>> = ids.iter().map(|id| number(id).map(Reference::Id)).collect();
        references.filter(|references| Found(self).all(kind, references).is_ok())
    }

    /// The lists of members that are not as usual, in the order of [`MEMBERS`].
    pub(super) fn members_told(
        &self,
        fields: &Map<String, Value>,
        usual: &Map<String, Value>,
    ) -> [Option<Vec<Reference>>; 4] {
        MEMBERS.map(|(key, kind)| {
            let is_usual = fields.get(key) == usual.get(key);
            if is_usual { None } else { self.references(kind, fields, key) }
        })
    }

    /// In a folder, which has its workspace; else in a workspace.
    pub(super) fn home_told(&self, fields: &Map<String, Value>, key: &str) -> Home {
        let folder = self.reference(Kind::Folder, fields, key);
        let workspace = self.reference(Kind::Workspace, fields, "workspace_id").filter(|_| folder.is_none());
        let home = Found(self).home(workspace.as_ref(), folder.as_ref(), key);
        Home { workspace, folder, fields: home.unwrap_or_default() }
    }
}
