//! The part of the schema one derive needs, as SDL.
//!
//! The whole schema costs cynic about a second for twenty derives without optimisation; an excerpt costs nothing one
//! can measure. A type whose inside is not looked at stands in it as a stub of its kind. Must not know: Rust's side.

use std::collections::{BTreeSet, HashSet};

use crate::schema::{Definition, Kind, Member, Schema, name_of};

/// Builds an excerpt around one type, with these of its fields; all of them when their names are not known.
pub(crate) fn around(schema: &Schema, definition: Definition, selected: Option<&[String]>) -> String {
    let mut excerpt = Excerpt { schema, text: String::new(), seen: HashSet::new() };
    excerpt.seen.insert(definition.name);
    match definition.kind {
        Kind::Object | Kind::Interface => match selected {
            Some(names) => {
                let names: BTreeSet<_> = names.iter().collect();
                excerpt.selected(definition, names.into_iter().filter_map(|name| definition.member(name)));
            }
            None => excerpt.selected(definition, definition.members()),
        },
        Kind::Union => {
            for variant in definition.variants() {
                excerpt.stub(variant);
            }
            excerpt.line(&["union ", definition.name, " = ", definition.body]);
        }
        Kind::Input | Kind::Enum | Kind::Scalar => excerpt.whole(definition),
    }
    excerpt.text
}

struct Excerpt<'a> {
    schema: &'a Schema,
    text: String,
    seen: HashSet<&'static str>,
}

impl Excerpt<'_> {
    fn line(&mut self, parts: &[&str]) {
        for part in parts {
            self.text.push_str(part);
        }
        self.text.push('\n');
    }

    /// The selected fields only.
    fn selected(&mut self, definition: Definition, fields: impl Iterator<Item = Member>) {
        let word = if definition.kind == Kind::Object { "type " } else { "interface " };
        self.line(&[word, definition.name, " {"]);
        let mut types = Vec::new();
        for field in fields {
            let arguments: Vec<_> = field.arguments().collect();
            self.text.push_str(field.name);
            if !arguments.is_empty() {
                self.text.push('(');
                for argument in &arguments {
                    self.text.push_str(&argument_text(argument));
                    self.text.push(' ');
                }
                self.text.push(')');
            }
            self.line(&[": ", field.ty]);
            types.push((field, arguments));
        }
        if types.is_empty() {
            self.line(&["stub: Int"]);
        }
        self.line(&["}"]);
        for (field, arguments) in types {
            self.stub(name_of(field.ty));
            for argument in arguments {
                self.input(name_of(argument.ty));
            }
        }
    }

    fn stub(&mut self, name: &'static str) {
        let Some(definition) = self.schema.get(name) else { return };
        match definition.kind {
            Kind::Enum | Kind::Scalar | Kind::Input => self.input(name),
            Kind::Object if self.seen.insert(name) => self.line(&["type ", name, " { stub: Int }"]),
            Kind::Interface if self.seen.insert(name) => self.line(&["interface ", name, " { stub: Int }"]),
            Kind::Union if self.seen.insert(name) => {
                if self.seen.insert("Stub") {
                    self.line(&["type Stub { stub: Int }"]);
                }
                self.line(&["union ", name, " = Stub"]);
            }
            Kind::Object | Kind::Interface | Kind::Union => {}
        }
    }

    /// An input type with everything below it: argument literals are checked down to their leaves.
    fn input(&mut self, name: &'static str) {
        let Some(definition) = self.schema.get(name) else { return };
        if self.seen.insert(name) {
            self.whole(definition);
        }
    }

    fn whole(&mut self, definition: Definition) {
        let Definition { name, kind, body } = definition;
        match kind {
            // cynic brings the built-in scalars itself, and they alone have no definition in the text.
            Kind::Scalar if matches!(name, "Int" | "Float" | "String" | "Boolean" | "ID") => {}
            Kind::Scalar => self.line(&["scalar ", name]),
            Kind::Enum => self.line(&["enum ", name, " {", body, "\n}"]),
            Kind::Input => {
                self.line(&["input ", name, " {", body, "\n}"]);
                for member in definition.members() {
                    self.input(name_of(member.ty));
                }
            }
            Kind::Object | Kind::Interface | Kind::Union => {}
        }
    }
}

/// An argument with a default is nullable here, as in monday-schema's module: a variable that may be absent fits it,
/// which cynic alone would refuse.
fn argument_text(argument: &Member) -> String {
    match argument.default {
        Some(default) => format!("{}: {} = {default}", argument.name, argument.given_type()),
        None => format!("{}: {}", argument.name, argument.ty),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excerpt(name: &str, selected: &[&str]) -> String {
        let schema = Schema::monday();
        let selected: Vec<_> = selected.iter().map(ToString::to_string).collect();
        around(schema, schema.get(name).unwrap(), Some(&selected))
    }

    #[test]
    fn an_excerpt_holds_the_selected_fields_and_what_they_lean_on() {
        let text = excerpt("Board", &["items_page", "board_kind"]);
        assert!(text.contains("limit: Int = 25"), "{text}");
        assert!(text.contains("enum BoardKind {") && text.contains("input ItemsQueryRule {"));
        assert!(text.contains("type ItemsResponse { stub: Int }"));
        assert!(!text.contains("permissions"));
        assert!(text.len() < 6_000, "{}", text.len());
    }

    #[test]
    fn a_union_stands_there_with_its_members() {
        let text = excerpt("ColumnSettings", &[]);
        assert!(text.contains("union ColumnSettings = DropdownColumnSettings | StatusColumnSettings"));
        assert!(text.contains("type StatusColumnSettings { stub: Int }"));
    }
}
