//! The root fields that write people, and the owners of teams: what cannot be done for one of them is told, and is
//! done for the others.
//!
//! Must not know: how a user is kept.

use serde_json::{Map, Value, json};

use super::arguments::{id_within, ids_within};
use super::mutation::Write;
use super::{Arguments, Found, record};
use crate::field_fault::FieldFault;
use crate::world::users::Why;
use crate::world::{Kind, World, seed};

pub(super) const WRITES: &[(&str, Write)] = &[
    ("activate_users", |world, arguments| Ok(set_status(world, arguments, "ACTIVE"))),
    ("assign_team_owners", |world, arguments| own_team(world, arguments, true)),
    ("create_team", create_team),
    ("deactivate_users", |world, arguments| Ok(set_status(world, arguments, "INACTIVE"))),
    ("delete_team", |world, arguments| {
        let team = world.remove(Kind::Team, &arguments.id_text("team_id").unwrap_or_default())?;
        Ok(Found::Node(record("Team", &team)))
    }),
    ("invite_users", |world, arguments| Ok(invite_users(world, arguments))),
    ("remove_team_owners", |world, arguments| own_team(world, arguments, false)),
    ("update_email_domain", |world, arguments| Ok(update_email_domain(world, arguments))),
    ("update_multiple_users", |world, arguments| Ok(update_multiple_users(world, arguments))),
    ("update_users_role", update_users_role),
];

/// The ids of those for whom it was done, and why it was not for the others.
fn each(ids: Vec<String>, mut act: impl FnMut(&str) -> Result<String, Why>) -> Map<String, Value> {
    let (mut done, mut errors) = (Vec::new(), Vec::new());
    for id in ids {
        match act(&id) {
            Ok(id) => done.push(id),
            Err((code, message)) => {
                // Those who are invited have no id yet.
                let key = if code == "ERROR" { "email" } else { "user_id" };
                errors.push(json!({"code": code, "message": message, key: id}));
            }
        }
    }
    let errors = if errors.is_empty() { Value::Null } else { json!(errors) };
    seed::map(json!({"user_ids": done, "errors": errors}))
}

fn set_status(world: &mut World, arguments: &Arguments<'_>, status: &str) -> Found {
    let fields = seed::map(json!({ "status": status }));
    let each = each(arguments.id_list("user_ids"), |id| world.change_other(id, fields.clone()));
    Found::Json(Value::Object(each))
}

fn invite_users(world: &mut World, arguments: &Arguments<'_>) -> Found {
    let role = arguments.text("user_role").unwrap_or_else(|| "MEMBER".to_owned()).to_lowercase();
    let each = each(arguments.id_list("emails"), |email| world.invite(email, &role));
    Found::Json(Value::Object(each))
}

fn update_users_role(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let role = arguments.text("new_role").map(|role| role.to_lowercase());
    if role.is_some() == arguments.id_text("role_id").is_some() {
        return Err(FieldFault::new("InvalidArgumentException", "Either new_role or role_id is wanted"));
    }
    // Custom roles are kept nowhere: those who have one stay of their kind.
    let fields = role.map(|role| seed::map(json!({ "kind": role }))).unwrap_or_default();
    let each = each(arguments.id_list("user_ids"), |id| world.change_other(id, fields.clone()));
    Ok(Found::Json(Value::Object(each)))
}

fn update_multiple_users(world: &mut World, arguments: &Arguments<'_>) -> Found {
    let updates = arguments.get("user_updates");
    let updates: Vec<Value> = updates.as_array().cloned().unwrap_or_default();
    let ids = updates.iter().filter_map(|update| id_within(&update["user_id"])).collect();
    let mut updates = updates.iter();
    let each = each(ids, |id| {
        let mut fields =
            seed::map(updates.next().map(|it| it["user_attribute_updates"].clone()).unwrap_or_default());
        fields.retain(|key, _| !matches!(key.as_str(), "department" | "join_date"));
        world.change_user(id, fields).map_err(|_| ("INVALID_FIELD", "There is no user of this id"))
    });
    Found::Json(Value::Object(each))
}

fn update_email_domain(world: &mut World, arguments: &Arguments<'_>) -> Found {
    let input = arguments.object("input");
    let domain = input.get("new_domain").and_then(Value::as_str).unwrap_or_default();
    let each = each(ids_within(input.get("user_ids")), |id| {
        let email = world.record(Kind::User, id).and_then(|user| user["email"].as_str()).unwrap_or_default();
        let name = email.split('@').next().unwrap_or_default();
        let fields = json!({"email": format!("{name}@{domain}")});
        world.change_user(id, seed::map(fields))
    });
    Found::Json(Value::Object(each))
}

fn create_team(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let (input, options) = (arguments.object("input"), arguments.object("options"));
    let flag = |from: &Map<String, Value>, key: &str| from.get(key) == Some(&json!(true));
    let name = input.get("name").and_then(Value::as_str).unwrap_or_default();
    let people = ids_within(input.get("subscriber_ids"));
    let may_be_empty = flag(&options, "allow_empty_team");
    let team = world.create_team(name, &people, flag(&input, "is_guest_team"), may_be_empty)?;
    Ok(Found::Node(record("Team", &team)))
}

fn own_team(world: &mut World, arguments: &Arguments<'_>, owns: bool) -> Result<Found, FieldFault> {
    let team = arguments.id_text("team_id").unwrap_or_default();
    world.check(Kind::Team, &team)?;
    let mut each = each(arguments.id_list("user_ids"), |id| world.own_team(&team, id, owns));
    each.insert("team_id".to_owned(), json!(team));
    Ok(Found::Json(Value::Object(each)))
}
