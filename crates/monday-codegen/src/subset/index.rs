//! Where each type stands in a schema's text, and its parts when somebody asks.
//!
//! Made once for a schema and asked by name. Must not know: documents; whether the schema is valid.

use std::collections::BTreeMap;
use std::ops::Range;

use super::lexer::{Kind, Token, tokens};

/// A schema's text with the places of its types.
#[derive(Debug, Clone)]
pub struct SchemaIndex {
    text: String,
    tokens: Vec<Token>,
    types: BTreeMap<String, Entry>,
    directives: BTreeMap<String, Range<usize>>,
    roots: Vec<(String, String)>,
    implementors: BTreeMap<String, Vec<String>>,
}

/// A type: its keyword, and the tokens of its definition and extensions.
#[derive(Debug, Clone)]
struct Entry {
    keyword: &'static str,
    ranges: Vec<Range<usize>>,
}

/// A field of an object type or interface, an argument, or an input field.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part<'a> {
    pub(crate) name: &'a str,
    /// The text before it, with its marks; empty where there is none.
    pub(crate) description: &'a str,
    /// From the name to its type or default.
    pub(crate) text: &'a str,
    pub(crate) directives: &'a str,
    /// Such as `[ID!]!`.
    pub(crate) ty: &'a str,
    /// Such as `ID`.
    pub(crate) named: &'a str,
    pub(crate) has_default: bool,
    /// Where the arguments stand.
    arguments: Option<(usize, usize)>,
}

impl Part<'_> {
    /// Whether a value must be given.
    pub(crate) fn is_required(&self) -> bool {
        self.ty.ends_with('!') && !self.has_default
    }
}

const KEYWORDS: [&str; 6] = ["enum", "input", "interface", "scalar", "type", "union"];

impl SchemaIndex {
    /// Indexes a schema in GraphQL's schema language.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        let tokens = tokens(&text);
        let mut index = Self {
            text,
            tokens,
            types: BTreeMap::new(),
            directives: BTreeMap::new(),
            roots: Vec::new(),
            implementors: BTreeMap::new(),
        };
        index.find_definitions();
        if index.roots.is_empty() {
            let kinds = [("query", "Query"), ("mutation", "Mutation"), ("subscription", "Subscription")];
            let known = kinds.iter().filter(|(_, name)| index.types.contains_key(*name));
            index.roots = known.map(|(kind, name)| ((*kind).to_owned(), (*name).to_owned())).collect();
        }
        index
    }

    /// The schema's text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// `query`, `mutation` and their types.
    pub(crate) fn roots(&self) -> impl Iterator<Item = (&str, &str)> {
        self.roots.iter().map(|(kind, name)| (kind.as_str(), name.as_str()))
    }

    /// `type`, `interface`, `union`, `enum`, `input` or `scalar`.
    pub(crate) fn keyword(&self, name: &str) -> Option<&'static str> {
        self.types.get(name).map(|entry| entry.keyword)
    }

    pub(crate) fn type_names(&self) -> impl Iterator<Item = &str> {
        self.types.keys().map(String::as_str)
    }

    /// The types that implement an interface.
    pub(crate) fn implementors(&self, interface: &str) -> &[String] {
        self.implementors.get(interface).map_or(&[], Vec::as_slice)
    }

    /// The definition of a directive.
    pub(crate) fn directive(&self, name: &str) -> Option<&str> {
        self.directives.get(name).map(|range| self.between(range.start, range.end))
    }

    /// The texts of a type's definition and extensions.
    pub(crate) fn definitions(&self, name: &str) -> impl Iterator<Item = &str> {
        self.ranges(name).map(|range| self.between(range.start, range.end))
    }

    /// The interfaces a type implements.
    pub(crate) fn interfaces(&self, name: &str) -> Vec<&str> {
        let mut found = Vec::new();
        for range in self.ranges(name) {
            let mut at = range.start;
            while at < range.end && !self.is_mark(at, b'{') && !self.is_mark(at, b'@') {
                if self.name(at) == Some("implements") {
                    found.extend((at + 1..range.end).map_while(|at| match self.tokens[at].kind {
                        Kind::Mark(b'&') => Some(None),
                        Kind::Name => Some(self.name(at)),
                        _ => None,
                    }));
                    break;
                }
                at += 1;
            }
        }
        found.into_iter().flatten().collect()
    }

    /// The members of a union.
    pub(crate) fn members(&self, name: &str) -> Vec<&str> {
        let mut found = Vec::new();
        for range in self.ranges(name) {
            let from = range.clone().find(|at| self.is_mark(*at, b'=')).unwrap_or(range.end);
            found.extend((from..range.end).filter_map(|at| self.name(at)));
        }
        found
    }

    /// The values of an enum.
    pub(crate) fn values(&self, name: &str) -> Vec<&str> {
        let mut found = Vec::new();
        for range in self.ranges(name) {
            let Some(open) = range.clone().find(|at| self.is_mark(*at, b'{')) else { continue };
            let mut at = open + 1;
            while at < range.end && !self.is_mark(at, b'}') {
                found.extend(self.name(at));
                at = self.after_directives(at + 1, range.end);
            }
        }
        found
    }

    /// The fields of an object type, an interface or an input object.
    pub(crate) fn fields(&self, name: &str) -> Vec<Part<'_>> {
        let mut found = Vec::new();
        for range in self.ranges(name) {
            if let Some(open) = range.clone().find(|at| self.is_mark(*at, b'{')) {
                self.parts(open + 1, range.end, &mut found);
            }
        }
        found
    }

    pub(crate) fn field(&self, ty: &str, name: &str) -> Option<Part<'_>> {
        self.fields(ty).into_iter().find(|field| field.name == name)
    }

    /// The arguments of a field.
    pub(crate) fn arguments(&self, field: &Part<'_>) -> Vec<Part<'_>> {
        let mut found = Vec::new();
        if let Some((from, to)) = field.arguments {
            self.parts(from, to, &mut found);
        }
        found
    }

    fn ranges(&self, name: &str) -> impl Iterator<Item = &Range<usize>> {
        self.types.get(name).into_iter().flat_map(|entry| &entry.ranges)
    }

    fn between(&self, start: usize, end: usize) -> &str {
        if start >= end {
            return "";
        }
        &self.text[self.tokens[start].start..self.tokens[end - 1].end]
    }

    fn name(&self, at: usize) -> Option<&str> {
        let token = self.tokens.get(at).filter(|token| token.kind == Kind::Name)?;
        Some(&self.text[token.start..token.end])
    }

    fn is_mark(&self, at: usize, mark: u8) -> bool {
        self.tokens.get(at).is_some_and(|token| token.kind == Kind::Mark(mark))
    }

    /// One past the group that opens here.
    fn after_group(&self, open: usize) -> usize {
        let (mut at, mut depth) = (open, 0_usize);
        while at < self.tokens.len() {
            match self.tokens[at].kind {
                Kind::Mark(b'(' | b'[' | b'{') => depth += 1,
                Kind::Mark(b')' | b']' | b'}') => depth = depth.saturating_sub(1),
                _ => {}
            }
            at += 1;
            if depth == 0 {
                break;
            }
        }
        at
    }

    fn after_directives(&self, mut at: usize, end: usize) -> usize {
        while at < end && self.is_mark(at, b'@') {
            at += 2;
            if self.is_mark(at, b'(') {
                at = self.after_group(at);
            }
        }
        at
    }

    /// Fields or arguments: `name(…): Type = default @directives`.
    fn parts<'a>(&'a self, from: usize, end: usize, found: &mut Vec<Part<'a>>) {
        let mut at = from;
        while at < end {
            let start = at;
            at += 1;
            let Some(name) = self.name(start) else { continue };
            let mut arguments = None;
            if self.is_mark(at, b'(') {
                let after = self.after_group(at);
                arguments = Some((at + 1, after - 1));
                at = after;
            }
            if !self.is_mark(at, b':') {
                continue;
            }
            let type_start = at + 1;
            at = type_start;
            let mut named = "";
            while at < end {
                match self.tokens[at].kind {
                    Kind::Name if named.is_empty() => named = self.name(at).unwrap_or_default(),
                    Kind::Mark(b'[' | b']' | b'!') => {}
                    _ => break,
                }
                at += 1;
                if !named.is_empty() && !self.is_mark(at, b']') && !self.is_mark(at, b'!') {
                    break;
                }
            }
            let ty = self.between(type_start, at);
            let has_default = self.is_mark(at, b'=');
            if has_default {
                at = self.after_group(at + 1);
            }
            let text = self.between(start, at);
            let directives = at;
            at = self.after_directives(at, end);
            let directives = self.between(directives, at);
            let has_description = start > from && matches!(self.tokens[start - 1].kind, Kind::Literal);
            let description = if has_description { self.between(start - 1, start) } else { "" };
            found.push(Part { name, description, text, directives, ty, named, has_default, arguments });
        }
    }

    fn find_definitions(&mut self) {
        let mut at = 0;
        while at < self.tokens.len() {
            let word = self.name(at).unwrap_or_default();
            let keyword = KEYWORDS.iter().find(|keyword| **keyword == word);
            let end = self.end_of_definition(at);
            match (keyword, self.name(at + 1).map(str::to_owned)) {
                (Some(keyword), Some(name)) => {
                    let entry = self.types.entry(name.clone());
                    let entry = entry.or_insert(Entry { keyword, ranges: Vec::new() });
                    entry.ranges.push(at..end);
                    if matches!(*keyword, "type" | "interface") {
                        let interfaces: Vec<_> =
                            self.interfaces(&name).iter().map(|name| (*name).to_owned()).collect();
                        for interface in interfaces {
                            let known = self.implementors.entry(interface).or_default();
                            if !known.contains(&name) {
                                known.push(name.clone());
                            }
                        }
                    }
                }
                (None, _) if word == "schema" => {
                    let mut roots = Vec::new();
                    self.parts(at + 1, end, &mut roots);
                    let roots = roots.iter().map(|root| (root.name.to_owned(), root.named.to_owned()));
                    self.roots = roots.collect();
                }
                (None, _) if word == "directive" => {
                    if let Some(name) = self.name(at + 2).map(str::to_owned) {
                        self.directives.insert(name, at..end);
                    }
                }
                // `extend`, a description.
                _ => {}
            }
            at = end.max(at + 1);
        }
    }

    /// One past the definition whose keyword stands here.
    fn end_of_definition(&self, start: usize) -> usize {
        let word = self.name(start).unwrap_or_default();
        if word == "extend" || self.name(start).is_none() {
            return start + 1;
        }
        let mut at = start + 1;
        while at < self.tokens.len() {
            match self.tokens[at].kind {
                Kind::Mark(b'{') => return self.after_group(at),
                Kind::Mark(b'(' | b'[') => at = self.after_group(at),
                // The next definition's description.
                Kind::Literal => return at,
                // A name after a name opens the next definition, if what stands between cannot.
                Kind::Name
                    if at > start + 1
                        && self.opens_definition(at)
                        && !matches!(self.tokens[at - 1].kind, Kind::Mark(b'@' | b'=' | b'|' | b'&')) =>
                {
                    return at;
                }
                _ => at += 1,
            }
        }
        at
    }

    fn opens_definition(&self, at: usize) -> bool {
        let word = self.name(at).unwrap_or_default();
        KEYWORDS.contains(&word) || matches!(word, "schema" | "directive" | "extend")
    }
}

#[cfg(test)]
mod tests;
