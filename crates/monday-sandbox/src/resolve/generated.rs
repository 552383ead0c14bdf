//! Values made from the schema alone: valid, and the same every time, or drawn by a seed.

use apollo_compiler::Name;
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
            let more = self.context.draw(3);
            let list: Vec<_> = (0..=more).map(|_| self.generated(ty.item_type(), name)).collect();
            return ResolvedValue::list(list);
        }
        let type_name = ty.inner_named_type();
        let schema = schema();
        match schema.graphql.types.get(type_name) {
            Some(ExtendedType::Enum(def)) => {
                let drawn = self.context.draw(def.values.len());
                ResolvedValue::leaf(def.values.keys().nth(drawn).map_or("", |value| value.as_str()))
            }
            Some(ExtendedType::Interface(_)) => {
                let implementers = schema.implementers.get(type_name);
                self.one_of(implementers.iter().flat_map(|them| &them.objects), type_name)
            }
            Some(ExtendedType::Union(def)) => {
                self.one_of(def.members.iter().map(|member| &member.name), type_name)
            }
            Some(ExtendedType::Object(_)) => self.any(type_name),
            _ => ResolvedValue::leaf(scalar(type_name, name, self.context.draw(1_000))),
        }
    }

    /// Some object of one of these types.
    fn one_of<'a, 'n>(
        &'a self,
        names: impl Iterator<Item = &'n Name>,
        abstract_type: &Name,
    ) -> ResolvedValue<'a> {
        let mut names: Vec<&Name> = names.collect();
        names.sort_unstable();
        self.any(names.get(self.context.draw(names.len())).map_or(abstract_type, |name| *name))
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
        let noun = noun.filter(|_| !self.context.made.is_without_state);
        let noun = noun.unwrap_or_else(|| Noun::Generated { type_name: type_name.to_owned() });
        ResolvedValue::object(Node { context: self.context, noun })
    }
}

/// What is drawn makes another value of most types.
fn scalar(type_name: &str, field: &str, drawn: usize) -> Value {
    match type_name {
        "Int" => json!(1 + drawn),
        "Float" => json!(1.5),
        "Boolean" => json!(drawn.is_multiple_of(2)),
        "ID" => json!((1 + drawn).to_string()),
        "Date" | "ISO8601DateTime" => json!("2026-10-01T09:00:00Z"),
        "JSON" => json!({}),
        _ => json!(format!("sandbox {field}")),
    }
}
