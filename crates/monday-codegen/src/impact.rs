//! Which operations feel the changes between two schemas, and where in their documents.
//!
//! An operation is known by the document it sends, whether that was written or made from a struct. Must not
//! know: where documents lie, how the result is shown.

mod definitions;
mod deprecated;
mod effect;
mod reach;
mod refused;
mod text_places;
mod touch;
mod walk;

use std::collections::BTreeSet;

use crate::diff::{Advice, Change, Coordinate, Grade, SchemaDiff};
use crate::{Schema, SourceFile};

use definitions::Definitions;

pub use text_places::TextPlaces;

/// A document that is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentDocument {
    /// Its text, and the file it stands in.
    pub document: SourceFile,
    /// Where the struct stands that the document was made from; nothing for a document that was written.
    pub made_from: Option<Place>,
    /// Where the characters of a document stand that is a literal in another file.
    pub places: Option<TextPlaces>,
}

impl SentDocument {
    /// A document in a file of its own. It may use fragments of other such files.
    #[must_use]
    pub fn written(document: SourceFile) -> Self {
        Self { document, made_from: None, places: None }
    }

    /// A document that stands in a literal of another file, such as Rust source: what is found in it is told at the
    /// characters of that file. Its own fragments go before those of files.
    pub fn inside(path: impl Into<String>, text: TextPlaces) -> Self {
        let document = SourceFile::new(path, text.text());
        Self { document, made_from: None, places: Some(text) }
    }

    /// A document that a struct makes: what is found in it is told at the struct's place.
    pub fn made(text: impl Into<String>, place: Place) -> Self {
        let document = SourceFile::new(place.path.clone(), text);
        Self { document, made_from: Some(place), places: None }
    }
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, as it should be named.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// How many characters, at least 1.
    pub width: usize,
}

/// A place where an operation uses what changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// Where.
    pub place: Place,
    /// What changed.
    pub change: Change,
    /// What that does here, such as `field removed`.
    pub effect: String,
    /// The operations that contain the place, themselves or by a fragment; sorted. Where several documents have one of the
    /// same name, it is followed by its file.
    pub operations: Vec<String>,
}

/// A place where an operation uses what the new schema calls deprecated.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DeprecatedUse {
    /// Where.
    pub place: Place,
    /// What is deprecated.
    pub coordinate: Coordinate,
    /// Why, in the schema's words.
    pub reason: String,
    /// Whether the old schema did not call it deprecated.
    pub is_new: bool,
    /// The operations that contain the place.
    pub operations: Vec<String>,
}

/// A mistake that a schema finds in a document.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refusal {
    /// Where.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// The operations that contain the place.
    pub operations: Vec<String>,
}

/// What the changes between two schemas do to operations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Impact {
    /// How many operations were looked at.
    pub operations: usize,
    /// Uses of what changed, by place.
    pub uses: Vec<Use>,
    /// What the new schema refuses and the old one takes, where no use that breaks is named at the same
    /// place.
    pub refused: Vec<Refusal>,
    /// What the old schema refuses already.
    pub refused_before: Vec<Refusal>,
    /// Uses of what is deprecated.
    pub deprecated: Vec<DeprecatedUse>,
}

/// Looks every document through for what changed.
///
/// ```
/// use monday_codegen::diff::diff;
/// use monday_codegen::impact::{SentDocument, impact};
/// use monday_codegen::{Schema, SourceFile};
///
/// let old = Schema::parse(&SourceFile::new("old", "type Query { me: User } type User { id: ID age: Int }"))?;
/// let new = Schema::parse(&SourceFile::new("new", "type Query { me: User } type User { id: ID }"))?;
/// let document = SourceFile::new("me.graphql", "query Me {\n  me { id age }\n}");
/// let impact = impact(&old, &new, &diff(&old, &new), &[SentDocument::written(document)]);
/// let found = &impact.uses[0];
/// assert_eq!((found.place.line, found.place.column, found.effect.as_str()), (2, 11, "field removed"));
/// assert!(impact.broken().contains("Me"));
/// # Ok::<(), monday_codegen::Diagnostics>(())
/// ```
#[must_use]
pub fn impact(old: &Schema, new: &Schema, diff: &SchemaDiff, documents: &[SentDocument]) -> Impact {
    let definitions = Definitions::read(documents);
    let touches = walk::touches(old, new, &definitions);
    let uses = effect::uses(old, new, diff, &definitions, &touches);
    let refused = refused::of_both(old, new, documents, &definitions);
    let is_told = |found: &Refusal| {
        uses.iter().any(|used| {
            used.change.grade() == Grade::Breaking
                && (&used.place.path, used.place.line, used.place.column)
                    == (&found.place.path, found.place.line, found.place.column)
        })
    };
    let (refused_before, refused) = (refused.before, refused.now);
    let refused = refused.into_iter().filter(|found| !is_told(found)).collect();
    let deprecated = deprecated::uses(old, new, &definitions, &touches);
    Impact { operations: definitions.operations(), uses, refused, refused_before, deprecated }
}

impl Impact {
    /// The operations that break: they use something whose change is breaking, or the new schema refuses
    /// them.
    #[must_use]
    pub fn broken(&self) -> BTreeSet<&str> {
        let uses = self.of_grade(Grade::Breaking).map(|used| &used.operations);
        let names = uses.chain(self.refused.iter().map(|refusal| &refusal.operations)).flatten();
        names.map(String::as_str).collect()
    }

    /// The operations that use something whose change has this grade.
    #[must_use]
    pub fn operations_of(&self, grade: Grade) -> BTreeSet<&str> {
        self.of_grade(grade).flat_map(|used| &used.operations).map(String::as_str).collect()
    }

    /// The uses of changes of a grade.
    pub fn of_grade(&self, grade: Grade) -> impl Iterator<Item = &Use> {
        self.uses.iter().filter(move |used| used.change.grade() == grade)
    }

    /// Whether an operation, or a fragment that none uses, breaks.
    #[must_use]
    pub fn is_breaking(&self) -> bool {
        self.of_grade(Grade::Breaking).next().is_some() || !self.refused.is_empty()
    }

    /// What it means for the version of a crate that holds these operations.
    #[must_use]
    pub fn advice(&self, diff: &SchemaDiff) -> Advice {
        let new = self.deprecated.iter().filter(|used| used.is_new).flat_map(|used| &used.operations);
        let new: BTreeSet<&String> = new.collect();
        let broken = self.broken().len().max(usize::from(self.is_breaking()));
        Advice::of_operations(broken, self.operations_of(Grade::Dangerous).len(), new.len(), diff.is_empty())
    }
}

#[cfg(test)]
mod tests;
