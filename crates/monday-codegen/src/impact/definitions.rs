//! The operations and fragments of all documents, and which operation contains which fragment.
//!
//! Must not know: schemas.

use std::collections::{BTreeMap, BTreeSet};

use apollo_compiler::ast::{self, Document, Selection};
use apollo_compiler::parser::{SourceMap, SourceSpan};

use super::{Place, SentDocument, TextPlaces};

/// What is called so has no name.
const ANONYMOUS: &str = "(anonymous)";

pub(super) struct Definitions {
    documents: Vec<Document>,
    made_from: Vec<Option<Place>>,
    places: Vec<Option<TextPlaces>>,
    paths: Vec<String>,
    all: Vec<Definition>,
}

/// One operation or fragment.
pub(super) struct Definition {
    pub(super) document: usize,
    pub(super) node: ast::Definition,
    /// The operations that contain it, sorted: itself, or those that spread it.
    pub(super) operations: Vec<String>,
}

impl Definitions {
    pub(super) fn read(sent: &[SentDocument]) -> Self {
        // A document that does not parse is told by its validation; what can be read of it is looked at all
        // the same.
        let parse = |sent: &SentDocument| {
            let SentDocument { document, .. } = sent;
            Document::parse(&document.text, &document.path).unwrap_or_else(|broken| broken.partial)
        };
        let documents: Vec<Document> = sent.iter().map(parse).collect();
        let mut all: Vec<Definition> = Vec::new();
        for (document, parsed) in documents.iter().enumerate() {
            let executable = |node: &&ast::Definition| {
                matches!(
                    node,
                    ast::Definition::OperationDefinition(_) | ast::Definition::FragmentDefinition(_)
                )
            };
            let definitions = parsed.definitions.iter().filter(executable);
            all.extend(definitions.map(|node| Definition {
                document,
                node: node.clone(),
                operations: Vec::new(),
            }));
        }
        let made_from: Vec<_> = sent.iter().map(|sent| sent.made_from.clone()).collect();
        let places = sent.iter().map(|sent| sent.places.clone()).collect();
        let paths = sent.iter().map(|sent| sent.document.path.clone()).collect();
        let mut definitions = Self { documents, made_from, places, paths, all };
        definitions.find_operations();
        definitions
    }

    /// Fragments are known by name among files, and within a document that a struct made. A literal has its own, and
    /// those of files.
    fn find_operations(&mut self) {
        let scope = |definition: &Definition| {
            let is_apart = |&at: &usize| self.made_from[at].is_some() || self.places[at].is_some();
            Some(definition.document).filter(is_apart)
        };
        let mut fragments: BTreeMap<Option<usize>, BTreeMap<String, Vec<usize>>> = BTreeMap::new();
        for (position, definition) in self.all.iter().enumerate() {
            if let ast::Definition::FragmentDefinition(fragment) = &definition.node {
                let named = fragments.entry(scope(definition)).or_default();
                named.entry(fragment.name.to_string()).or_default().push(position);
            }
        }
        let of_name = |at: &Definition, name: &str| {
            let own = fragments.get(&scope(at)).and_then(|named| named.get(name));
            let is_made = self.made_from[at.document].is_some();
            let of_files = || fragments.get(&None).filter(|_| !is_made).and_then(|named| named.get(name));
            own.or_else(of_files)
        };
        let labels = self.labels();
        let mut contained: Vec<BTreeSet<String>> = vec![BTreeSet::new(); self.all.len()];
        for (position, label) in labels {
            let (mut seen, mut left) = (BTreeSet::new(), vec![position]);
            while let Some(position) = left.pop() {
                if !seen.insert(position) {
                    continue;
                }
                contained[position].insert(label.clone());
                let definition = &self.all[position];
                for spread in spreads(&definition.node) {
                    left.extend(of_name(definition, spread).into_iter().flatten());
                }
            }
        }
        for (definition, operations) in self.all.iter_mut().zip(contained) {
            definition.operations = operations.into_iter().collect();
        }
    }

    /// What each operation is called: its name, with its file where others have the name too, and with its place where
    /// others of the file do.
    fn labels(&self) -> Vec<(usize, String)> {
        let mut named: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (position, definition) in self.all.iter().enumerate() {
            if let ast::Definition::OperationDefinition(operation) = &definition.node {
                let name = operation.name.as_ref().map_or(ANONYMOUS, |name| name.as_str());
                named.entry(name).or_default().push(position);
            }
        }
        let mut labels = Vec::new();
        for (name, positions) in named {
            let path = |position: usize| &self.paths[self.all[position].document];
            for &position in &positions {
                let of_file = positions.iter().filter(|&&other| path(other) == path(position)).count();
                let place = || self.place(position, self.all[position].node.location());
                let label = match (positions.len(), of_file) {
                    (1, _) => name.to_owned(),
                    (_, 1) => format!("{name} ({})", path(position)),
                    _ => format!("{name} ({}:{})", path(position), place().line),
                };
                labels.push((position, label));
            }
        }
        labels
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &Definition)> {
        self.all.iter().enumerate()
    }

    pub(super) fn operations(&self) -> usize {
        let is_operation =
            |definition: &&Definition| matches!(definition.node, ast::Definition::OperationDefinition(_));
        self.all.iter().filter(is_operation).count()
    }

    pub(super) fn operations_of(&self, definition: usize) -> Vec<String> {
        self.all[definition].operations.clone()
    }

    /// The place of a span in the document of a definition; the struct's, if one made the document.
    pub(super) fn place(&self, definition: usize, span: Option<SourceSpan>) -> Place {
        let document = self.all[definition].document;
        if let Some(place) = &self.made_from[document] {
            return place.clone();
        }
        let sources: &SourceMap = &self.documents[document].sources;
        let range = span.and_then(|span| span.line_column_range(sources));
        let path = self.paths[document].clone();
        range.map_or(Place { path: path.clone(), line: 1, column: 1, width: 1 }, |range| {
            let is_one_line = range.start.line == range.end.line;
            let width = if is_one_line { range.end.column.saturating_sub(range.start.column) } else { 1 };
            if let Some(places) = &self.places[document] {
                return places.place(&path, (range.start.line, range.start.column), width);
            }
            Place { path, line: range.start.line, column: range.start.column, width: width.max(1) }
        })
    }

    /// The operations that contain a line and column of a document.
    pub(super) fn operations_at(&self, document: usize, line: usize, column: usize) -> Vec<String> {
        let sources = &self.documents[document].sources;
        let is_here = |definition: &&Definition| {
            definition.document == document
                && definition.node.location().and_then(|span| span.line_column_range(sources)).is_some_and(
                    |range| {
                        (range.start.line, range.start.column) <= (line, column)
                            && (line, column) <= (range.end.line, range.end.column)
                    },
                )
        };
        self.all.iter().find(is_here).map_or_else(Vec::new, |definition| definition.operations.clone())
    }
}

fn spreads(definition: &ast::Definition) -> Vec<&str> {
    let set = match definition {
        ast::Definition::OperationDefinition(operation) => &operation.selection_set,
        ast::Definition::FragmentDefinition(fragment) => &fragment.selection_set,
        _ => return Vec::new(),
    };
    let (mut found, mut left) = (Vec::new(), vec![set]);
    while let Some(set) = left.pop() {
        for selection in set {
            match selection {
                Selection::Field(field) => left.push(&field.selection_set),
                Selection::InlineFragment(inline) => left.push(&inline.selection_set),
                Selection::FragmentSpread(spread) => found.push(spread.fragment_name.as_str()),
            }
        }
    }
    found
}
