//! People: invited, activated and deactivated, with other roles and attributes.
//!
//! Must not know: GraphQL.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{Kind, World, ids_of, seed};

/// Why something is not done for one person: monday's code and a sentence.
pub(crate) type Why = (&'static str, &'static str);

const NOT_FOUND: Why = ("USER_NOT_FOUND", "There is no user of this id");
const SELF: Why = ("CANNOT_UPDATE_SELF", "Nobody does this to themselves");

impl World {
    /// A new person who is yet to come.
    pub(crate) fn invite(&mut self, email: &str, role: &str) -> Result<String, Why> {
        let is_address =
            email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        if !is_address {
            return Err(("ERROR", "This is no email address"));
        }
        if self.users.iter().any(|user| user["email"] == email) {
            return Err(("ERROR", "There is a user of this email address"));
        }
        let (id, now) = (self.next_id(), self.now());
        let mut fields = seed::map(seed::user(id, email, None));
        fields.extend(seed::map(json!({
            "email": email, "kind": role, "status": "PENDING", "is_email_confirmed": false, "created_at": now,
            "last_activity": null,
        })));
        self.users.push(Arc::new(fields));
        Ok(id.to_string())
    }

    /// Of somebody else.
    pub(crate) fn change_other(&mut self, id: &str, fields: Map<String, Value>) -> Result<String, Why> {
        if id == seed::ME.to_string() { Err(SELF) } else { self.change_user(id, fields) }
    }

    pub(crate) fn change_user(&mut self, id: &str, fields: Map<String, Value>) -> Result<String, Why> {
        self.change(Kind::User, id, fields).map(|_| id.to_owned()).map_err(|_| NOT_FOUND)
    }

    /// Only members of a team own it.
    pub(crate) fn own_team(&mut self, team: &str, user: &str, owns: bool) -> Result<String, Why> {
        self.check(Kind::User, user).map_err(|_| NOT_FOUND)?;
        let fields = self.fields_mut(Kind::Team, team).map_err(|_| ("FAILED", "The team is gone"))?;
        if !ids_of(fields, "user_ids").contains(&user) {
            return Err(("USER_NOT_MEMBER_OF_TEAM", "The user is not a member of this team"));
        }
        set_member(fields, &["owner_ids"], user, owns);
        Ok(user.to_owned())
    }
}

/// Puts an id into the lists under these keys, or takes it out; whether anything is another one then.
pub(super) fn set_member(fields: &mut Map<String, Value>, keys: &[&str], id: &str, is_member: bool) -> bool {
    let mut has_changed = false;
    for key in keys {
        let list = fields.entry(*key).or_insert_with(|| json!([]));
        let is_in = ids_of_value(list).any(|known| known == id);
        if let Some(list) = list.as_array_mut().filter(|_| is_in != is_member) {
            has_changed = true;
            if is_member {
                list.push(json!(id));
            } else {
                list.retain(|known| known != id);
            }
        }
    }
    has_changed
}

fn ids_of_value(list: &Value) -> impl Iterator<Item = &str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str)
}
