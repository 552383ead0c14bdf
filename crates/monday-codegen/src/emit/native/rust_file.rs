//! The text of one generated file: header, imports, items.
//!
//! Must not know: what the items are.

use std::collections::BTreeSet;

use super::rust_type::Imports;
use crate::GeneratedFile;
use crate::emit::{EmitError, header};

/// A file that is being written.
#[derive(Debug, Default)]
pub(super) struct RustFile {
    pub(super) imports: Imports,
    pub(super) items: String,
    own: BTreeSet<String>,
    /// The shared module that it is, or is a part of.
    belongs_to: &'static str,
}

impl RustFile {
    /// A file of a shared module.
    pub(super) fn of(belongs_to: &'static str) -> Self {
        Self { belongs_to, ..Self::default() }
    }

    /// Claims a type's name. Two types of one name in a file are an error that says what to do.
    pub(super) fn define(&mut self, name: &str) -> Result<(), EmitError> {
        if self.own.insert(name.to_owned()) {
            return Ok(());
        }
        Err(EmitError::new(name, "two selections need a type of this name: give one of the fields an alias"))
    }

    pub(super) fn finish(self, path: String, from: &str, about: &str) -> Result<GeneratedFile, EmitError> {
        if let Some(name) = self.imports.clash(&self.own, self.belongs_to) {
            let message =
                format!("`{path}` needs a type of this name beside the shared one: rename the operation");
            return Err(EmitError::new(name, message));
        }
        let imports = self.imports.lines(&self.own);
        let text = format!("{}//! {about}\n\n{imports}{}", header(from), self.items);
        Ok(GeneratedFile { path, text })
    }
}

/// Doc lines, indented. Text of the schema is made harmless: no line of it can end the comment.
pub(super) fn docs(indent: &str, text: &str) -> String {
    text.lines().map(|line| format!("{indent}/// {}\n", line.trim()).replace(" \n", "\n")).collect()
}
