//! The Rust type of a slot, and what it needs imported.
//!
//! Must not know: structs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::emit::rust_names::{scalar, type_name};
use crate::plan::{Shape, Slot};

/// Names by the module they come from.
#[derive(Debug, Default)]
pub(super) struct Imports(BTreeMap<&'static str, BTreeSet<String>>);

impl Imports {
    pub(super) fn need(&mut self, module: &'static str, name: &str) {
        self.0.entry(module).or_default().insert(name.to_owned());
    }

    /// A name of the file that a shared module has too, other than the one it belongs to.
    pub(super) fn clash<'a>(&self, own: &'a BTreeSet<String>, belongs_to: &str) -> Option<&'a str> {
        let shared = self.0.iter().filter(|(module, _)| **module != belongs_to);
        let mut names = shared.flat_map(|(_, names)| names);
        names.find_map(|name| own.get(name)).map(String::as_str)
    }

    /// The `use` lines, without what the file defines itself.
    pub(super) fn lines(&self, own: &BTreeSet<String>) -> String {
        let mut text = String::new();
        for (module, names) in &self.0 {
            let names: Vec<&str> = names.difference(own).map(String::as_str).collect();
            let _ = match names.as_slice() {
                [] => Ok(()),
                [name] => writeln!(text, "use {module}::{name};"),
                names => writeln!(text, "use {module}::{{{}}};", names.join(", ")),
            };
        }
        text
    }
}

/// The type of a value in an answer.
pub(super) fn of_answer(slot: &Slot, imports: &mut Imports) -> String {
    let inner = match &slot.shape {
        Shape::List(inner) => format!("Vec<{}>", of_answer(inner, imports)),
        shape => base(shape, imports),
    };
    if slot.is_nullable { format!("Option<{inner}>") } else { inner }
}

/// The type of a value that is sent. Null in a list says nothing, so lists hold values.
pub(super) fn of_input(slot: &Slot, imports: &mut Imports) -> String {
    match &slot.shape {
        Shape::List(inner) => format!("Vec<{}>", of_input(inner, imports)),
        shape => base(shape, imports),
    }
}

fn base(shape: &Shape, imports: &mut Imports) -> String {
    match shape {
        Shape::Id(noun) => {
            let name = noun.map_or_else(|| "Id".to_owned(), |noun| format!("{noun}Id"));
            imports.need("monday_core", &name);
            name
        }
        Shape::Scalar(name) => {
            let rust = scalar(name);
            if rust.starts_with(char::is_uppercase) && rust != "String" {
                imports.need("monday_core", rust);
            }
            rust.to_owned()
        }
        Shape::Enum(name) => {
            let name = type_name(name);
            imports.need("crate::enums", &name);
            name
        }
        Shape::Input(name) => {
            let name = type_name(name);
            imports.need("crate::inputs", &name);
            name
        }
        Shape::Model(name) => {
            let name = type_name(name);
            if name.ends_with("Fields") {
                imports.need("crate::fragments", &name);
            }
            name
        }
        Shape::List(_) => String::new(),
    }
}
