//! The labels of a refresh: new ones become variants.
//!
//! Must not know: columns.

use super::Refresh;
use crate::account::board::edits::line_start;
use crate::account::board::existing::Labels;
use crate::account::board::names::{Taken, line};
use crate::account::board::pulled::What;
use crate::account::board::written::{indented, variant};

impl Refresh<'_> {
    /// Compares the enums with the labels of the columns that they are for.
    pub(super) fn labels(&mut self) {
        for (name, wanted) in std::mem::take(&mut self.wanted) {
            let Some(labels) = self.existing.labels(name) else { continue };
            for old in labels.texts.iter().filter(|label| !wanted.contains(&label.as_str())) {
                let text =
                    format!("{name}: no item gets the label \"{}\" any more; its variant is kept", line(old));
                self.note(What::OldLabel, text);
            }
            let mut taken: Taken = labels.variants.iter().cloned().collect();
            let mut seen: Vec<&str> = labels.texts.iter().map(String::as_str).collect();
            let mut added = String::new();
            for label in wanted {
                if !seen.contains(&label) {
                    seen.push(label);
                    let new = taken.variant(label);
                    added.push_str(&variant(label, &new));
                    self.note(What::Added, format!("{name}::{new}: the label \"{}\"", line(label)));
                }
            }
            if !added.is_empty() {
                self.add_variants(labels, &added);
            }
        }
    }

    /// Before the variant of all other labels, where there is one.
    fn add_variants(&mut self, labels: &Labels, added: &str) {
        let Some(other) = labels.other else { return self.add_to(&labels.body, added) };
        match line_start(self.text, other) {
            (mut start, Some(indentation)) => {
                // Above the comments that stand on it.
                loop {
                    let above = line_start(self.text, start.saturating_sub(1)).0;
                    let is_comment =
                        self.text.get(above..start).is_some_and(|line| line.trim_start().starts_with("//"));
                    if !is_comment || above < labels.body.inside.start {
                        break;
                    }
                    start = above;
                }
                self.edits.insert(start, indented(added, indentation, self.newline()));
            }
            (_, None) => self.edits.insert(other, added.replace('\n', " ")),
        }
    }
}
