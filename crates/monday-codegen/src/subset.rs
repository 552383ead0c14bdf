//! The part of a schema that a set of documents can reach by the names in it: small enough to be read again for
//! each query, in a build without optimisation.
//!
//! What a document names and the schema has is in it, so a document is valid against the subset exactly when it is
//! valid against the whole. Must not know: how documents are validated.

mod fragments;
mod index;
mod lexer;

use crate::normalize::{ONE_OF, ONE_OF_DEFINITION};
use std::collections::{BTreeMap, BTreeSet};

use crate::SourceFile;

pub use fragments::operations_with_fragments;
pub(crate) use index::Part;
pub use index::SchemaIndex;

/// These need no definition, and may have none.
const BUILT_IN: [&str; 5] = ["Boolean", "Float", "ID", "Int", "String"];

impl SchemaIndex {
    /// The subset for some documents, as a schema of its own.
    #[must_use]
    pub fn subset(&self, documents: &[SourceFile]) -> String {
        let mut names = BTreeSet::new();
        for document in documents {
            for token in lexer::tokens(&document.text) {
                if token.kind == lexer::Kind::Name {
                    names.insert(&document.text[token.start..token.end]);
                }
            }
        }
        let mut walk = Walk { index: self, names, kept: BTreeMap::new(), left: Vec::new() };
        walk.run();
        walk.print()
    }
}

/// How often a text holds a name behind a mark, such as `$limit` or `...Parts`.
pub(crate) fn mentions(text: &str, mark: u8, name: &str) -> usize {
    let tokens = lexer::tokens(text);
    let pairs = tokens.windows(2);
    pairs
        .filter(|pair| pair[0].kind == lexer::Kind::Mark(mark) && &text[pair[1].start..pair[1].end] == name)
        .count()
}

struct Walk<'a> {
    index: &'a SchemaIndex,
    /// Every name in the documents, whatever it names there.
    names: BTreeSet<&'a str>,
    /// The types that stay, with those of their fields that stay.
    kept: BTreeMap<&'a str, Vec<Part<'a>>>,
    left: Vec<&'a str>,
}

impl<'a> Walk<'a> {
    fn run(&mut self) {
        let index = self.index;
        for (kind, name) in index.roots() {
            if kind == "query" || self.names.contains(kind) {
                self.left.push(name);
            }
        }
        let named: Vec<&str> = self.names.iter().copied().collect();
        self.left.extend(named.iter().filter(|name| index.keyword(name).is_some()));
        for name in named {
            if let Some(definition) = index.directive(name) {
                let words = lexer::tokens(definition);
                let words = words.iter().map(|token| &definition[token.start..token.end]);
                self.left.extend(words.filter(|word| index.keyword(word).is_some()));
            }
        }
        while let Some(name) = self.left.pop() {
            if !self.kept.contains_key(name) && !BUILT_IN.contains(&name) && !name.starts_with("__") {
                self.keep(name);
            }
        }
    }

    fn keep(&mut self, name: &'a str) {
        let index = self.index;
        let mut fields = Vec::new();
        match index.keyword(name) {
            Some("type" | "interface") => {
                fields = index.fields(name);
                fields.retain(|field| self.names.contains(field.name));
                for field in &fields {
                    self.left.push(field.named);
                    self.left.extend(index.arguments(field).iter().map(|argument| argument.named));
                }
                self.left.extend(index.implementors(name).iter().map(String::as_str));
            }
            Some("input") => {
                fields = index.fields(name);
                self.left.extend(fields.iter().map(|field| field.named));
            }
            Some("union") => self.left.extend(index.members(name)),
            Some(_) => {}
            None => return,
        }
        self.kept.insert(name, fields);
    }

    fn print(&self) -> String {
        let index = self.index;
        let mut sdl = String::from("schema {");
        for (kind, name) in index.roots().filter(|(_, name)| self.kept.contains_key(name)) {
            sdl.extend([" ", kind, ": ", name]);
        }
        sdl.push_str(" }\n");
        for name in &self.names {
            if let Some(definition) = index.directive(name) {
                sdl.extend([definition, "\n"]);
            }
        }
        // Whatever else names it: the validator has to know it, and it may be defined once.
        let is_defined = self.names.contains(ONE_OF) && index.directive(ONE_OF).is_some();
        if !is_defined && self.kept.keys().any(|name| self.is_one_of(name)) {
            sdl.extend([ONE_OF_DEFINITION, "\n"]);
        }
        // A validator forgets built-in scalars that nothing uses, and a document may still name them.
        sdl.extend([
            "directive @",
            &self.absent(),
            "(a: Boolean b: Float c: ID d: Int e: String) on SCHEMA\n",
        ]);
        for (name, fields) in &self.kept {
            let Some(keyword) = index.keyword(name) else { continue };
            match keyword {
                "type" | "interface" => self.print_fields(keyword, name, fields, &mut sdl),
                "input" => {
                    let one_of = if self.is_one_of(name) { " @oneOf {" } else { " {" };
                    sdl.extend(["input ", name, one_of]);
                    for field in fields {
                        sdl.extend([" ", field.text, "\n"]);
                    }
                    sdl.push_str("}\n");
                }
                "enum" => {
                    sdl.extend(["enum ", name, " {"]);
                    for value in index.values(name) {
                        sdl.extend([" ", value]);
                    }
                    sdl.push_str(" }\n");
                }
                "union" => {
                    sdl.extend(["union ", name, " ="]);
                    for member in index.members(name) {
                        sdl.extend([" | ", member]);
                    }
                    sdl.push('\n');
                }
                _ => sdl.extend([keyword, " ", name, "\n"]),
            }
        }
        sdl
    }

    fn is_one_of(&self, name: &str) -> bool {
        let has = |text: &str| text.split('{').next().is_some_and(|head| head.contains("@oneOf"));
        self.index.keyword(name) == Some("input") && self.index.definitions(name).any(has)
    }

    fn print_fields(&self, keyword: &str, name: &str, fields: &[Part<'a>], sdl: &mut String) {
        let interfaces = self.index.interfaces(name);
        let interfaces: Vec<&str> =
            interfaces.into_iter().filter(|interface| self.kept.contains_key(interface)).collect();
        sdl.extend([keyword, " ", name]);
        for (position, interface) in interfaces.iter().enumerate() {
            sdl.extend([if position == 0 { " implements " } else { " & " }, interface]);
        }
        sdl.push_str(" {");
        for field in fields {
            if !field.description.is_empty() {
                sdl.extend([" ", field.description]);
            }
            sdl.extend([" ", field.name]);
            let arguments = self.index.arguments(field);
            if !arguments.is_empty() {
                sdl.push('(');
                for argument in &arguments {
                    sdl.extend([argument.text, " "]);
                }
                sdl.push(')');
            }
            sdl.extend([": ", field.ty]);
            if let Some(directive) = deprecation(field.directives) {
                sdl.extend([" ", directive]);
            }
            sdl.push('\n');
        }
        // A type has at least one field. Nobody asks for this one: its name stands in no document.
        let is_empty = |name: &str| self.kept.get(name).is_some_and(Vec::is_empty);
        if fields.is_empty() || interfaces.iter().any(|interface| is_empty(interface)) {
            sdl.extend([" ", &self.absent(), ": Int"]);
        }
        sdl.push_str(" }\n");
    }

    /// A name that stands in no document.
    fn absent(&self) -> String {
        let mut absent = "absent".to_owned();
        while self.names.contains(absent.as_str()) {
            absent.push('_');
        }
        absent
    }
}

/// `@deprecated` with its reason: the engine hands it on to Rust.
fn deprecation(directives: &str) -> Option<&str> {
    let start = directives.find("@deprecated")?;
    let tokens = lexer::tokens(&directives[start..]);
    let has_reason = tokens.get(2).is_some_and(|token| token.kind == lexer::Kind::Mark(b'('));
    let end = if has_reason {
        tokens.iter().find(|token| token.kind == lexer::Kind::Mark(b')'))?.end
    } else {
        tokens.get(1)?.end
    };
    Some(&directives[start..start + end])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Schema, validate};

    const SDL: &str = "type Query { node: Node me: Me unused(f: Filter): Huge search(by: Filter, kind: Kind! = b): [Any!] }
        type Mutation { touch(id: ID! @deprecated(reason: \"no\")): Me @deprecated(reason: \"old (really)\") }
        interface Node { id: ID! extra: Int } type Me implements Node { id: ID! extra: Int name: String huge: Huge }
        type Team implements Node { id: ID! extra: Int } union Any = Me | Team
        input Filter { and: [Filter!] kind: Kind text: String = \"@\" @deprecated } enum Kind { a b } type Huge { x: Int y(f: Float b: Boolean): Int }
        scalar String directive @policy(p: Int) on OBJECT";

    fn subset(document: &str) -> String {
        SchemaIndex::new(SDL).subset(&[SourceFile::new("q", document)])
    }

    #[test]
    fn only_what_the_names_reach_is_left() {
        let sdl = subset("query Q { me { name } }");
        assert!(sdl.ends_with("type Me { name: String\n }\ntype Query { me: Me\n }\n"), "{sdl}");
        let sdl = subset("query Q { search { ... on Team { id } } }");
        for part in ["input Filter", "enum Kind { a b }", "union Any = | Me | Team", "type Me { id: ID!"] {
            assert!(sdl.contains(part), "{part}: {sdl}");
        }
        assert!(!sdl.contains("Huge") && !sdl.contains("Mutation") && !sdl.contains("scalar S"), "{sdl}");
    }

    #[test]
    fn a_document_is_as_valid_as_against_the_whole_schema() {
        let whole = Schema::parse(&SourceFile::new("s", SDL.replace("scalar String", ""))).unwrap();
        for document in [
            "query Q { node { __typename } }",
            "query Q { node { id ... on Me { name } } }",
            "query Q($f: Filter) { search(by: $f, kind: a) { __typename ... on Me { id } } }",
            "query Q { search(kind: c) { __typename } }",
            "query Q { search(by: {nope: 1}) { __typename } }",
            "query Q { unused { x } me { nope } }",
            "query Q { me { huge } }",
            "query Q($t: Nope) { me { absent } }",
            "query Q($a: Int, $b: Float, $c: [Boolean!]) { me { huge { x } } }",
            "mutation M { touch(id: 1) { id } }",
            "mutation M { touch { id } }",
            "query Q { me { id @nope } }",
        ] {
            let files = [SourceFile::new("q", document)];
            let sdl = subset(document);
            let small = Schema::of_subset(&SourceFile::new("s", &sdl), &whole.index)
                .unwrap_or_else(|e| panic!("{sdl}\n{e}"));
            let messages = |schema| validate(schema, &files).err().map(|found| found.to_string());
            assert_eq!(messages(&small), messages(&whole), "{document}\n{sdl}");
        }
    }

    #[test]
    fn an_input_object_of_which_one_field_is_given_is_defined_once() {
        let of = |definition: &str, document: &str| {
            let sdl = format!(
                "{definition} type Query {{ a(by: By): ID b: ID }} input By @oneOf {{ id: ID name: String }}"
            );
            let index = std::sync::Arc::new(SchemaIndex::new(sdl));
            let sdl = index.subset(&[SourceFile::new("q", document)]);
            Schema::of_subset(&SourceFile::new("s", &sdl), &index)
                .unwrap_or_else(|error| panic!("{sdl}\n{error}"));
            sdl.matches("directive @oneOf").count()
        };
        for definition in ["", ONE_OF_DEFINITION] {
            assert_eq!(of(definition, "query Q($by: By) { a(by: $by) }"), 1);
            assert_eq!(of(definition, "query oneOf($by: By) { a(by: $by) }"), 1);
        }
        assert_eq!(of("", "query Q { b }"), 0);
    }

    #[test]
    fn a_deprecation_keeps_its_reason() {
        let sdl = subset("mutation M { touch(id: 1) { id } }");
        assert!(sdl.contains("touch(id: ID! ): Me @deprecated(reason: \"old (really)\")"), "{sdl}");
    }
}
