//! Values made from the schema alone: valid, and the same every time.

use apollo_compiler::ast::Type;
use apollo_compiler::resolvers::ResolvedValue;
use apollo_compiler::schema::ExtendedType;
use serde_json::{Value, json};

use super::{Node, Noun, record};
use crate::schema::schema;

impl Node<'_> {
    /// A value for a field nothing is stored for.
    pub(super) fn generated<'a>(&'a self, ty: &Type, name: &str) -> ResolvedValue<'a> {
        if ty.is_list() {
            return ResolvedValue::list([self.generated(ty.item_type(), name)]);
        }
        let type_name = ty.inner_named_type();
        let schema = schema();
        match schema.graphql.types.get(type_name) {
            Some(ExtendedType::Enum(def)) => {
                ResolvedValue::leaf(def.values.keys().next().map_or("", |value| value.as_str()))
            }
            Some(ExtendedType::Interface(_)) => {
                let implementers = schema.implementers.get(type_name);
                let first = implementers.and_then(|implementers| implementers.objects.iter().min());
                self.any(first.unwrap_or(type_name))
            }
            Some(ExtendedType::Union(def)) => {
                let first = def.members.iter().map(|member| &member.name).min();
                self.any(first.unwrap_or(type_name))
            }
            Some(ExtendedType::Object(_)) => self.any(type_name),
            _ => ResolvedValue::leaf(scalar(type_name, name)),
        }
    }

    /// Some object of a type: one with state where there is one.
    fn any<'a>(&'a self, type_name: &str) -> ResolvedValue<'a> {
        let world = self.context.world.borrow();
        let noun = match type_name {
            "Account" => Some(record("Account", &world.account)),
            "User" => world.users.first().map(|user| record("User", user)),
            "Workspace" => world.workspaces.first().map(|workspace| record("Workspace", workspace)),
            "Board" => world.boards.first().cloned().map(Noun::Board),
            "Item" => world.items.values().next().cloned().map(Noun::Item),
            "Tag" => world.tags.first().map(|tag| record("Tag", tag)),
            "Update" => world.updates.first().map(|update| record("Update", update)),
            "Team" => world.teams.first().map(|team| record("Team", team)),
            "Folder" => world.folders.first().map(|folder| record("Folder", folder)),
            _ => None,
        };
        let noun = noun.unwrap_or_else(|| Noun::Generated { type_name: type_name.to_owned() });
        ResolvedValue::object(Node { context: self.context, noun })
    }
}

fn scalar(type_name: &str, field: &str) -> Value {
    match type_name {
        "Int" => json!(1),
        "Float" => json!(1.5),
        "Boolean" => json!(true),
        "ID" => json!("1"),
        "Date" | "ISO8601DateTime" => json!("2026-10-01T09:00:00Z"),
        "JSON" => json!({}),
        _ => json!(format!("sandbox {field}")),
    }
}
