//! What the validator says of documents, before and after.
//!
//! Must not know: changes.

use std::collections::BTreeSet;

use apollo_compiler::ast::Document;

use crate::{Diagnostic, Schema, SourceFile, operations_with_fragments, validate};

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
    let sets = sets(documents);
    let path = |at: usize| documents[at].document.path.as_str();
    let reached: BTreeSet<&str> =
        sets.iter().filter(|set| set.is_apart).flat_map(|set| &set.all[1..]).map(|&at| path(at)).collect();
    for Set { all: set, is_apart } in sets {
        let files: Vec<SourceFile> = set.iter().map(|&at| documents[at].document.clone()).collect();
        // Whoever uses a fragment may be in another set.
        let is_used = |found: &Diagnostic| {
            let is_elsewhere =
                if is_apart { found.path != path(set[0]) } else { reached.contains(found.path.as_str()) };
            is_elsewhere && found.is_of_unused_fragment()
        };
        let mistakes = |schema| {
            let mut found = validate(schema, &files).err().map_or_else(Vec::new, |found| found.0);
            found.retain(|found| !is_used(found));
            found
        };
        let (before, now) = (mistakes(old), mistakes(new));
        let places: BTreeSet<_> = before.iter().map(|d| (&d.path, d.line, d.column)).collect();
        let only_now = now.iter().filter(|d| !places.contains(&(&d.path, d.line, d.column)));
        let refusal = |found: &Diagnostic| refusal(found, &set, documents, definitions);
        refused.now.extend(only_now.map(refusal));
        refused.before.extend(before.iter().map(refusal));
    }
    for refusals in [&mut refused.before, &mut refused.now] {
        refusals.sort();
        // A file of fragments is read with each document that reaches it.
        refusals.dedup();
    }
    refused
}

/// Documents that are validated together.
struct Set {
    all: Vec<usize>,
    /// Whether the first is what it is about, and the rest are its fragments.
    is_apart: bool,
}

/// Files are validated together, since they share fragments; what a struct made stands alone. A literal, and a file with
/// an operation whose name another has, are validated with the fragments that they reach.
fn sets(documents: &[SentDocument]) -> Vec<Set> {
    let files: Vec<SourceFile> = documents.iter().map(|sent| sent.document.clone()).collect();
    let (mut sets, mut together, mut names) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (at, sent) in documents.iter().enumerate() {
        let own = operation_names(&sent.document);
        if sent.made_from.is_some() {
            sets.push(Set { all: vec![at], is_apart: true });
        } else if sent.places.is_some() || own.iter().any(|name| names.contains(name)) {
            sets.push(Set { all: with_fragments(at, documents, &files), is_apart: true });
        } else {
            names.extend(own);
            together.push(at);
        }
    }
    sets.push(Set { all: together, is_apart: false });
    sets
}

/// The names of a document's operations; none has the empty one.
fn operation_names(file: &SourceFile) -> Vec<String> {
    let document = Document::parse(&file.text, &file.path).unwrap_or_else(|broken| broken.partial);
    let operations =
        document.definitions.iter().filter_map(|definition| definition.as_operation_definition());
    operations
        .map(|operation| operation.name.as_ref().map_or_else(String::new, ToString::to_string))
        .collect()
}

/// A document and the files of fragments that it reaches.
fn with_fragments(at: usize, documents: &[SentDocument], files: &[SourceFile]) -> Vec<usize> {
    let is_file = |other: &usize| documents[*other].made_from.is_none() && documents[*other].places.is_none();
    let others: Vec<usize> = (0..documents.len()).filter(is_file).filter(|&other| other != at).collect();
    let fragments: Vec<SourceFile> = others
        .iter()
        .map(|&other| &files[other])
        .filter(|file| operation_names(file).is_empty())
        .cloned()
        .chain([files[at].clone()])
        .collect();
    let reached = operations_with_fragments(&fragments);
    let reached: BTreeSet<_> =
        reached.into_iter().flat_map(|(_, reached)| reached).map(|file| file.path).collect();
    let mut set = vec![at];
    set.extend(others.into_iter().filter(|&other| reached.contains(&files[other].path)));
    set
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
    let place = match document.and_then(|at| documents[at].places.as_ref()) {
        Some(places) => places.place(path, (*line, *column), *width),
        None => Place { path: path.clone(), line: *line, column: *column, width: *width },
    };
    Refusal { place, message: message.clone(), operations }
}
