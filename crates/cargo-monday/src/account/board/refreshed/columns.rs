//! The columns of a refresh: those that fields are of, and new ones.
//!
//! Must not know: the labels of an enum.

use super::Refresh;
use crate::account::board::edits::line_start;
use crate::account::board::existing::{Body, Field};
use crate::account::board::field_type::{Reading, filled, innermost, kind_of, reading};
use crate::account::board::names::{Taken, quoted};
use crate::account::board::pulled::What;
use crate::account::board::shape::Column;
use crate::account::board::written::{
    LABEL, comment, comment_start, doc, field, indented, label_enum, title_in,
};

impl<'a> Refresh<'a> {
    /// Fields that are of columns.
    pub(super) fn known_columns(&mut self) {
        let (own, board) = (self.own, self.board);
        for field in &own.fields {
            let Some(id) = &field.column else { continue };
            match board.columns.iter().find(|column| column.id == *id) {
                Some(column) => self.known_column(field, column),
                None => self.note(
                    What::Gone,
                    format!(
                        "{}: the board has no column `{id}` any more, and is not read until the field is deleted",
                        field.name
                    ),
                ),
            }
        }
    }

    fn known_column(&mut self, field: &'a Field, column: &'a Column) {
        let is_label = |name: &str| self.existing.labels(name).is_some();
        let kind = field.kind.as_deref().or_else(|| kind_of(&field.ty, is_label));
        if let Some(kind) = kind
            && kind != column.kind
        {
            let text = format!(
                "{}: the column `{}` is of the type `{}` now and the field of `{kind}`; {}",
                field.name,
                column.id,
                column.kind,
                self.advice(column)
            );
            return self.note(What::Retyped, text);
        }
        self.refresh_doc(field, column);
        if column.has_labels()
            && let Some(labels) = innermost(&field.ty).and_then(|name| self.existing.labels(&name))
        {
            let wanted = self.wanted.entry(&labels.name).or_default();
            wanted.extend(column.labels.iter().map(String::as_str));
        }
    }

    /// The comment of a field, where it stands as it was written.
    fn refresh_doc(&mut self, field: &Field, column: &Column) {
        let text = self.text;
        let mut docs =
            field.docs.iter().filter_map(|at| Some((at.start, text.get(at.clone())?.trim_end_matches('\r'))));
        let Some((place, old, title)) = docs.find_map(|(at, doc)| Some((at, doc, title_in(doc)?))) else {
            return;
        };
        let current = doc(column);
        if old == current {
            return;
        }
        self.edits.replace(place..place + old.len(), current);
        let new = quoted(&column.title);
        if title != new {
            let text =
                format!("{}: the column `{}` is {new} now; the field keeps its name", field.name, column.id);
            self.note(What::Renamed, text);
        }
    }

    /// What a field of a column would be.
    fn advice(&self, column: &Column) -> String {
        match reading(&column.kind) {
            Reading::Field { template, is_said } => {
                let said = if is_said { format!(" with `type = {:?}`", column.kind) } else { String::new() };
                let ty = filled(template, "ENUM OF LABELS", |path| self.short(path));
                format!("make it `{ty}`{said}, or delete it and pull again")
            }
            Reading::Not(why) => format!("delete it, since {why}"),
        }
    }

    /// Columns that no field is of, and no comment keeps out.
    pub(super) fn new_columns(&mut self) {
        let (own, board) = (self.own, self.board);
        let body = self.text.get(own.body.inside.clone()).unwrap_or_default();
        let mut fields: Taken = own.fields.iter().map(|field| field.name.clone()).collect();
        for column in &board.columns {
            let is_known = own.fields.iter().any(|field| field.column.as_ref() == Some(&column.id));
            let start = comment_start(&column.id);
            if is_known || body.lines().any(|line| line.trim_start().starts_with(&start)) {
                continue;
            }
            let template = match reading(&column.kind) {
                Reading::Field { template, .. } => template,
                Reading::Not(why) => {
                    self.inside.push_str(&comment(column, why));
                    let text = format!("the column `{}`, {}: {why}", column.id, quoted(&column.title));
                    self.note(What::NotRead, text);
                    continue;
                }
            };
            let mut labels = String::new();
            if column.has_labels() {
                labels = self.taken.type_name(&column.title, &column.id, "Label");
                let text = label_enum(column, &labels, &self.short(LABEL));
                self.behind.push('\n');
                self.behind.push_str(&text);
            }
            let ty = filled(template, &labels, |path| self.short(path));
            let name = fields.field(&column.title, &column.id);
            self.inside.push_str(&field(column, &name, &ty));
            let text = format!(
                "{name}: the column `{}`, {}, of the type `{}`",
                column.id,
                quoted(&column.title),
                column.kind
            );
            self.note(What::Added, text);
        }
    }

    /// Adds lines at the end of what stands between braces.
    pub(super) fn add_to(&mut self, body: &Body, lines: &str) {
        let newline = self.newline();
        let (place, has_line) = body.end(self.text);
        let around = line_start(self.text, body.inside.end).0;
        let indentation: String = match self.text.get(around..) {
            Some(line) => line.chars().take_while(|c| matches!(c, ' ' | '\t')).collect(),
            None => String::new(),
        };
        if let Some(comma) = body.comma {
            self.edits.insert(comma, ",");
        }
        let lines = indented(lines, &format!("{indentation}    "), newline);
        self.edits.insert(place, if has_line { lines } else { format!("{newline}{lines}{indentation}") });
    }
}
