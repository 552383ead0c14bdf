//! A file brought up to date: what the board has and the file lacks is added, and nothing else is touched.
//!
//! Must not know: what a new file looks like.

mod columns;
mod labels;

use std::collections::{BTreeMap, BTreeSet};

use super::edits::Edits;
use super::existing::{Existing, Struct};
use super::names::Taken;
use super::pull_error::PullError;
use super::pulled::{Note, Pulled, What};
use super::shape::Board;
use super::written::reserved;

/// A refresh under way.
pub(super) struct Refresh<'a> {
    text: &'a str,
    existing: &'a Existing,
    own: &'a Struct,
    board: &'a Board,
    edits: Edits,
    notes: Vec<Note>,
    /// Names of types.
    taken: Taken,
    /// What is added to the struct, and at the end of the file.
    inside: String,
    behind: String,
    /// The labels of all columns that an enum is for.
    wanted: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Refresh<'a> {
    /// Finds the board's struct: the one of this name, else the one that knows most of its columns.
    pub(super) fn of(
        text: &'a str,
        existing: &'a Existing,
        board: &'a Board,
        name: Option<&str>,
    ) -> Result<Self, PullError> {
        let ids: BTreeSet<&str> = board.columns.iter().map(|column| column.id.as_str()).collect();
        let known = |own: &&Struct| {
            let columns = own.fields.iter().filter_map(|field| field.column.as_deref());
            columns.filter(|id| ids.contains(id)).count()
        };
        let fits = |own: &&Struct| name.is_none_or(|name| own.name == name);
        // Of several that know as many, the first.
        let Some(own) = existing.structs.iter().filter(fits).rev().max_by_key(known) else {
            return Err(PullError::NoStruct {
                wanted: name.map(str::to_owned),
                found: existing.structs.iter().map(|own| own.name.clone()).collect(),
            });
        };
        let taken = reserved().map(str::to_owned).chain(existing.names.iter().cloned()).collect();
        Ok(Self {
            text,
            existing,
            own,
            board,
            taken,
            edits: Edits::default(),
            notes: Vec::new(),
            inside: String::new(),
            behind: String::new(),
            wanted: BTreeMap::new(),
        })
    }

    /// Does it.
    pub(super) fn done(mut self) -> Pulled {
        self.known_columns();
        self.new_columns();
        self.labels();
        let newline = self.newline();
        if !self.inside.is_empty() {
            let inside = std::mem::take(&mut self.inside);
            let own = self.own;
            self.add_to(&own.body, &inside);
        }
        if !self.behind.is_empty() {
            let end = if self.text.ends_with('\n') { "" } else { newline };
            let behind = self.behind.replace('\n', newline);
            self.edits.insert(self.text.len(), format!("{end}{behind}"));
        }
        let text = self.edits.apply(self.text);
        Pulled { text, name: self.own.name.clone(), notes: self.notes }
    }

    fn note(&mut self, what: What, text: String) {
        self.notes.push(Note { what, text });
    }

    /// How lines end here.
    fn newline(&self) -> &'static str {
        if self.text.contains("\r\n") { "\r\n" } else { "\n" }
    }

    /// The shortest name for what lies at a path.
    fn short(&self, path: &str) -> String {
        match path.rsplit_once("::") {
            Some((_, name)) if self.existing.imports.contains(path) => name.to_owned(),
            _ => path.to_owned(),
        }
    }
}
