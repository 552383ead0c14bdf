//! Teams, and who belongs to teams, boards and workspaces.
//!
//! Must not know: GraphQL.

use serde_json::json;

use super::users::set_member;
use super::{Kind, Record, World};
use crate::field_fault::FieldFault;

impl World {
    pub(crate) fn create_team(
        &mut self,
        name: &str,
        users: &[String],
        is_guest: bool,
        may_be_empty: bool,
    ) -> Result<Record, FieldFault> {
        let refuse = |message| Err(FieldFault::new("InvalidArgumentException", message));
        if users.is_empty() && !may_be_empty {
            return refuse("A team without people wants allow_empty_team");
        }
        if self.teams.iter().any(|team| team["name"] == name) {
            return refuse("There is a team of this name");
        }
        self.check_all(Kind::User, users)?;
        Ok(self.add(
            Kind::Team,
            json!({
                "name": name, "is_guest": is_guest, "picture_url": null, "user_ids": users,
                "owner_ids": [],
            }),
        ))
    }

    /// Members join or leave; those for whom that changed something.
    pub(crate) fn set_members(
        &mut self,
        of: (Kind, &str),
        kind: Kind,
        ids: &[String],
        keys: &[&str],
        is_member: bool,
    ) -> Result<Vec<String>, FieldFault> {
        self.check(of.0, of.1)?;
        self.check_all(kind, ids)?;
        let fields = self.fields_mut(of.0, of.1)?;
        let changed = ids.iter().filter(|id| set_member(fields, keys, id, is_member));
        Ok(changed.cloned().collect())
    }
}
