//! What the validator says of documents, before and after.
//!
//! Must not know: changes.

use std::collections::BTreeSet;

use crate::{Diagnostic, Schema, SourceFile, validate};

use super::definitions::Definitions;
use super::{Place, Refusal, SentDocument};

pub(super) struct Refused {
    /// What the old schema refuses.
    pub(super) before: Vec<Refusal>,
    /// What only the new one refuses.
    pub(super) now: Vec<Refusal>,
}

pub(super) fn of_both(
    old: &Schema,
    new: &Schema,
    documents: &[SentDocument],
    definitions: &Definitions,
) -> Refused {
    let mut refused = Refused { before: Vec::new(), now: Vec::new() };
    for set in sets(documents) {
        let files: Vec<SourceFile> = set.iter().map(|&at| documents[at].document.clone()).collect();
        let mistakes = |schema| validate(schema, &files).err().map_or_else(Vec::new, |found| found.0);
        let (before, now) = (mistakes(old), mistakes(new));
        let places: BTreeSet<_> = before.iter().map(|d| (&d.path, d.line, d.column)).collect();
        let only_now = now.iter().filter(|d| !places.contains(&(&d.path, d.line, d.column)));
        let refusal = |found: &Diagnostic| refusal(found, &set, documents, definitions);
        refused.now.extend(only_now.map(refusal));
        refused.before.extend(before.iter().map(refusal));
    }
    refused.before.sort();
    refused.now.sort();
    refused
}

/// Written documents are validated together, since they share fragments; what a struct made stands alone.
fn sets(documents: &[SentDocument]) -> Vec<Vec<usize>> {
    let (written, made): (Vec<_>, Vec<_>) =
        (0..documents.len()).partition(|&at| documents[at].made_from.is_none());
    let made = made.into_iter().map(|at| vec![at]);
    made.chain(Some(written)).filter(|set| !set.is_empty()).collect()
}

fn refusal(
    found: &Diagnostic,
    set: &[usize],
    documents: &[SentDocument],
    definitions: &Definitions,
) -> Refusal {
    let Diagnostic { path, line, column, width, message, .. } = found;
    let document = set.iter().copied().find(|&at| documents[at].document.path == *path);
    let operations = document.map(|at| definitions.operations_at(at, *line, *column)).unwrap_or_default();
    if let Some(place) = document.and_then(|at| documents[at].made_from.clone()) {
        let message = format!("{message} (at {line}:{column} of the document that it sends)");
        return Refusal { place, message, operations };
    }
    let place = Place { path: path.clone(), line: *line, column: *column, width: *width };
    Refusal { place, message: message.clone(), operations }
}
