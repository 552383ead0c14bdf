//! Which files hold an operation, and which fragments each of them needs.
//!
//! Reads names alone: whether a document is right is said by who generates from it.

use std::collections::{BTreeMap, BTreeSet};

use monday_codegen::SourceFile;

/// The documents of a repository.
#[derive(Debug)]
pub struct Documents {
    operations: Vec<SourceFile>,
    /// By the names of the fragments in it; a file with several stands several times.
    fragments: BTreeMap<String, SourceFile>,
}

/// An operation with the files of the fragments that it spreads.
#[derive(Debug)]
pub struct Written<'a> {
    /// The file with the operation.
    pub document: &'a SourceFile,
    /// The files with fragments, each once.
    pub fragments: Vec<SourceFile>,
}

impl Documents {
    /// Tells operations from fragments.
    #[must_use]
    pub fn of(files: Vec<SourceFile>) -> Self {
        let mut documents = Self { operations: Vec::new(), fragments: BTreeMap::new() };
        for file in files {
            let words = Words::of(&file.text);
            if words.has_operation {
                documents.operations.push(file);
            } else {
                for name in words.defines {
                    documents.fragments.insert(name, file.clone());
                }
            }
        }
        documents
    }

    /// All operations.
    pub fn operations(&self) -> impl Iterator<Item = Written<'_>> {
        self.operations.iter().map(|document| Written { document, fragments: self.fragments_of(document) })
    }

    fn fragments_of(&self, document: &SourceFile) -> Vec<SourceFile> {
        let mut found: BTreeMap<&str, &SourceFile> = BTreeMap::new();
        let mut left: Vec<String> = Words::of(&document.text).spreads.into_iter().collect();
        while let Some(name) = left.pop() {
            if let Some(file) = self.fragments.get(&name)
                && found.insert(&file.path, file).is_none()
            {
                left.extend(Words::of(&file.text).spreads);
            }
        }
        found.into_values().cloned().collect()
    }
}

/// What a document's names say of it.
#[derive(Default)]
struct Words {
    has_operation: bool,
    defines: BTreeSet<String>,
    spreads: BTreeSet<String>,
}

impl Words {
    fn of(text: &str) -> Self {
        let mut words = Self::default();
        let (mut depth, mut before) = (0_usize, String::new());
        for word in tokens(text) {
            match word {
                "{" => {
                    // A selection by itself is a query without a name.
                    words.has_operation |= depth == 0 && before.is_empty();
                    depth += 1;
                }
                "}" => {
                    depth = depth.saturating_sub(1);
                    before.clear();
                    continue;
                }
                "query" | "mutation" | "subscription" if depth == 0 && before.is_empty() => {
                    words.has_operation = true;
                }
                name if depth == 0 && before == "fragment" => drop(words.defines.insert(name.to_owned())),
                name if before == "..." && name != "on" => drop(words.spreads.insert(name.to_owned())),
                _ => {}
            }
            word.clone_into(&mut before);
        }
        words
    }
}

/// Names, braces and spreads. Comments and texts are left out.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = rest.trim_start_matches(|c: char| {
                !matches!(c, '{' | '}' | '.' | '#' | '"' | '_') && !c.is_ascii_alphanumeric()
            });
            let first = rest.chars().next()?;
            let length = match first {
                '#' => {
                    rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
                    continue;
                }
                '"' => {
                    rest = behind_text(rest);
                    continue;
                }
                '{' | '}' => 1,
                '.' => rest.len() - rest.trim_start_matches('.').len(),
                _ => rest.find(|c: char| c != '_' && !c.is_ascii_alphanumeric()).unwrap_or(rest.len()),
            };
            let (token, behind) = rest.split_at(length);
            rest = behind;
            return Some(token);
        }
    })
}

/// Behind a text of one line or of several.
fn behind_text(text: &str) -> &str {
    if let Some(block) = text.strip_prefix("\"\"\"") {
        return block.split_once("\"\"\"").map_or("", |(_, rest)| rest);
    }
    let mut is_escaped = false;
    for (place, c) in text.char_indices().skip(1) {
        match c {
            '"' if !is_escaped => return &text[place + 1..],
            _ => is_escaped = c == '\\' && !is_escaped,
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> SourceFile {
        SourceFile::new(path, text.to_owned())
    }

    #[test]
    fn each_operation_has_the_fragments_that_it_reaches_and_no_others() {
        let documents = Documents::of(vec![
            file("a.graphql", "# query Not { ...Far }\nquery A { me { ...Near } }"),
            file("near.graphql", "fragment Near on User { id account { ...Far } }"),
            file("far.graphql", "fragment Far on Account { id }\nfragment Beside on Account { name }"),
            file("other.graphql", "fragment Other on User { name }"),
            file(
                "b.graphql",
                "mutation B { f(text: \"{ ...Other } \\\" ...Near\", block: \"\"\"...Near\"\"\") { ... on C { id } } }",
            ),
            file("c.graphql", "{ me { id } }"),
        ]);
        let found: Vec<_> = documents
            .operations()
            .map(|written| {
                let fragments = written.fragments.iter().map(|file| file.path.clone());
                (written.document.path.clone(), fragments.collect::<Vec<_>>())
            })
            .collect();
        let expected = [
            ("a.graphql", vec!["far.graphql", "near.graphql"]),
            ("b.graphql", vec![]),
            ("c.graphql", vec![]),
        ];
        let expected: Vec<_> = expected
            .into_iter()
            .map(|(path, fragments)| (path.to_owned(), fragments.into_iter().map(str::to_owned).collect()))
            .collect();
        assert_eq!(found, expected);
    }
}
