//! Which files hold an operation, and which files of fragments each of them reaches.
//!
//! Reads names alone: whether a document is right is said by who generates from it. Must not know: schemas.

use std::collections::{BTreeMap, BTreeSet};

use super::lexer::{Kind, tokens};
use crate::SourceFile;

/// The files that hold an operation, each with the files of the fragments that it spreads, and that those spread.
#[must_use]
pub fn operations_with_fragments(files: &[SourceFile]) -> Vec<(&SourceFile, Vec<SourceFile>)> {
    let read: Vec<_> = files.iter().map(|file| (file, Names::of(&file.text))).collect();
    let mut fragments: BTreeMap<&str, (&SourceFile, &Names<'_>)> = BTreeMap::new();
    for (file, names) in read.iter().filter(|(_, names)| !names.has_operation) {
        fragments.extend(names.defines.iter().map(|name| (*name, (*file, names))));
    }
    let reached = |names: &Names<'_>| {
        let mut found: BTreeMap<&str, &SourceFile> = BTreeMap::new();
        let mut left: Vec<&str> = names.spreads.iter().copied().collect();
        while let Some(name) = left.pop() {
            if let Some((file, names)) = fragments.get(name)
                && found.insert(&file.path, file).is_none()
            {
                left.extend(&names.spreads);
            }
        }
        found.into_values().cloned().collect()
    };
    let operations = read.iter().filter(|(_, names)| names.has_operation);
    operations.map(|(file, names)| (*file, reached(names))).collect()
}

/// What a document's names say of it.
#[derive(Default)]
struct Names<'a> {
    has_operation: bool,
    defines: BTreeSet<&'a str>,
    spreads: BTreeSet<&'a str>,
}

impl<'a> Names<'a> {
    fn of(text: &'a str) -> Self {
        let mut names = Self::default();
        let tokens = tokens(text);
        let word = |at: usize| tokens.get(at).map_or("", |token| &text[token.start..token.end]);
        let is_name = |at: usize| tokens.get(at).is_some_and(|token| token.kind == Kind::Name);
        let (mut depth, mut is_start) = (0_usize, true);
        for (at, token) in tokens.iter().enumerate() {
            match token.kind {
                Kind::Mark(b'{') => {
                    // A selection by itself is a query without a name.
                    names.has_operation |= is_start;
                    depth += 1;
                }
                Kind::Mark(b'}') => depth = depth.saturating_sub(1),
                Kind::Mark(b'.') if is_name(at + 1) && word(at + 1) != "on" => {
                    names.spreads.insert(word(at + 1));
                }
                Kind::Name if is_start => match word(at) {
                    "fragment" => drop(names.defines.insert(word(at + 1))),
                    "query" | "mutation" | "subscription" => names.has_operation = true,
                    _ => {}
                },
                _ => {}
            }
            is_start = depth == 0 && token.kind == Kind::Mark(b'}');
        }
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_operation_has_the_fragments_that_it_reaches_and_no_others() {
        let files = [
            ("a", "# query Not { ...Far }\nquery A { me { ...Near ... @include(if: true) { id } } }"),
            ("near", "fragment Near on User { id account { ...Far } }"),
            ("far", "fragment Far on Account { id }\nfragment Beside on Account { name }"),
            ("other", "fragment Other on User { name }"),
            (
                "b",
                r#"mutation B($fragment: Int = 1) { f(text: "{ ...Other } \" ...Near", o: {a: 1}, block: """...Near""") { ... on C { id } } }"#,
            ),
            ("c", "{ me { query } }"),
        ];
        let files = files.map(|(path, text)| SourceFile::new(path, text.to_owned()));
        let found: Vec<_> = operations_with_fragments(&files)
            .into_iter()
            .map(|(file, fragments)| {
                (file.path.clone(), fragments.into_iter().map(|file| file.path).collect::<Vec<_>>().join(" "))
            })
            .collect();
        let expected = [("a", "far near"), ("b", ""), ("c", "")];
        assert_eq!(found, expected.map(|(path, fragments)| (path.to_owned(), fragments.to_owned())));
    }
}
