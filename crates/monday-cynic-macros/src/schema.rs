//! The schema as an index over its text: which types there are, and where the definition of each lies.
//!
//! One pass over the lines when the first derive of a crate runs, a few milliseconds without optimisation; parsing
//! the whole schema would cost that many times over. It leans on the form the schema is committed in: a definition
//! starts at the margin, a member stands on a line of its own. Must not know: cynic.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::generated::SDL;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Object,
    Interface,
    Union,
    Enum,
    Scalar,
    Input,
}

impl Kind {
    /// Whether a field of this type needs a selection of its own.
    pub(crate) fn is_composite(self) -> bool {
        matches!(self, Self::Object | Self::Interface | Self::Union)
    }

    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::Object => "an object",
            Self::Interface => "an interface",
            Self::Union => "a union",
            Self::Enum => "an enum",
            Self::Scalar => "a scalar",
            Self::Input => "an input object",
        }
    }
}

/// A definition's text: `body` is what stands between the braces, or after `=`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Definition {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) body: &'static str,
}

/// A field, an argument or a member of an input object.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Member {
    pub(crate) name: &'static str,
    arguments: &'static str,
    /// As in the schema: `[Board!]!`.
    pub(crate) ty: &'static str,
    pub(crate) default: Option<&'static str>,
}

pub(crate) struct Schema {
    definitions: HashMap<&'static str, Definition>,
}

const BUILT_IN: [&str; 5] = ["Int", "Float", "String", "Boolean", "ID"];

impl Schema {
    /// monday's schema, indexed once for each run of the compiler.
    pub(crate) fn monday() -> &'static Self {
        static SCHEMA: OnceLock<Schema> = OnceLock::new();
        SCHEMA.get_or_init(|| Self::index(SDL))
    }

    fn index(sdl: &'static str) -> Self {
        let mut definitions = HashMap::new();
        let built_in = BUILT_IN.map(|name| Definition { name, kind: Kind::Scalar, body: "" });
        definitions.extend(built_in.map(|definition| (definition.name, definition)));
        let mut rest = sdl;
        while let Some((line, after)) = rest.split_once('\n') {
            rest = after;
            let Some((word, head)) = line.split_once(' ') else { continue };
            let kind = match word {
                "type" => Kind::Object,
                "interface" => Kind::Interface,
                "union" => Kind::Union,
                "enum" => Kind::Enum,
                "scalar" => Kind::Scalar,
                "input" => Kind::Input,
                _ => continue,
            };
            let (name, tail) = head.split_once(' ').unwrap_or((head, ""));
            let body = if line.ends_with('{') {
                let (body, after) = rest.split_once("\n}").unwrap_or((rest, ""));
                rest = after;
                body
            } else {
                tail.trim_start_matches("= ")
            };
            definitions.insert(name, Definition { name, kind, body });
        }
        Self { definitions }
    }

    pub(crate) fn get(&self, name: &str) -> Option<Definition> {
        self.definitions.get(name).copied()
    }

    /// The definition a type names, whatever lists and exclamation marks stand around it.
    pub(crate) fn named(&self, ty: &str) -> Option<Definition> {
        self.get(name_of(ty))
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'static str> {
        self.definitions.keys().copied()
    }
}

impl Definition {
    /// The fields of an object or interface, or the members of an input object.
    pub(crate) fn members(&self) -> impl Iterator<Item = Member> + use<> {
        self.body.lines().filter_map(|line| Member::read(line.trim_start()))
    }

    pub(crate) fn member(&self, name: &str) -> Option<Member> {
        let is_named = |line: &&str| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['(', ':']));
        self.body.lines().map(str::trim_start).find(is_named).and_then(Member::read)
    }

    /// The member of that name when underscores and capitals do not count: a rule of the user's bends them.
    pub(crate) fn member_like(&self, name: &str) -> Option<Member> {
        let plain = |name: &str| name.replace('_', "").to_ascii_lowercase();
        let name = plain(name);
        self.members().find(|member| plain(member.name) == name)
    }

    /// The members of a union.
    pub(crate) fn variants(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.body.split(" | ").map(str::trim)
    }
}

impl Member {
    fn read(text: &'static str) -> Option<Self> {
        let name = &text[..text.find(|c: char| c != '_' && !c.is_ascii_alphanumeric())?];
        let rest = &text[name.len()..];
        let (arguments, rest) = match rest.strip_prefix('(') {
            Some(inner) => inner.rsplit_once("):")?,
            None => ("", rest.strip_prefix(':')?),
        };
        let rest = rest.split_once(" @").map_or(rest, |(rest, _)| rest);
        let (ty, default) = rest.split_once(" = ").map_or((rest, None), |(ty, value)| (ty, Some(value)));
        Some(Self { name, arguments, ty: ty.trim(), default })
    }

    pub(crate) fn arguments(&self) -> impl Iterator<Item = Self> + use<> {
        split(self.arguments).into_iter().filter_map(Self::read)
    }

    /// The type of what is given: with a default it may be absent.
    pub(crate) fn given_type(&self) -> &'static str {
        if self.default.is_some() { self.ty.trim_end_matches('!') } else { self.ty }
    }

    /// Whether it must be given: not nullable, and nothing stands in for it.
    pub(crate) fn is_required(&self) -> bool {
        self.ty.ends_with('!') && self.default.is_none()
    }
}

pub(crate) fn name_of(ty: &str) -> &str {
    ty.trim_matches(['[', ']', '!'])
}

/// Splits at the commas that are not inside brackets, braces or text.
fn split(arguments: &'static str) -> Vec<&'static str> {
    let (mut parts, mut start, mut depth, mut in_text) = (Vec::new(), 0, 0_usize, false);
    for (at, byte) in arguments.bytes().enumerate() {
        match byte {
            b'"' => in_text = !in_text,
            b'[' | b'{' if !in_text => depth += 1,
            b']' | b'}' if !in_text => depth -= 1,
            b',' if !in_text && depth == 0 => {
                parts.push(arguments[start..at].trim_start());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(arguments[start..].trim_start());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_knows_every_definition_of_the_committed_schema() {
        let starts = ["type ", "interface ", "union ", "enum ", "scalar ", "input "];
        let count = SDL.lines().filter(|line| starts.iter().any(|start| line.starts_with(start))).count();
        assert!(count > 500);
        assert_eq!(Schema::monday().names().count(), count + BUILT_IN.len());
    }

    #[test]
    fn every_member_has_a_type_that_is_defined() {
        let schema = Schema::monday();
        for definition in schema.definitions.values() {
            if matches!(definition.kind, Kind::Object | Kind::Interface | Kind::Input) {
                let lines = definition.body.lines().filter(|line| !line.trim().is_empty()).count();
                assert_eq!(definition.members().count(), lines, "{}", definition.name);
                for member in definition.members().flat_map(|field| field.arguments().chain([field])) {
                    assert!(schema.named(member.ty).is_some(), "{} {member:?}", definition.name);
                }
            }
        }
    }

    #[test]
    fn a_default_is_no_part_of_the_type_and_makes_an_argument_optional() {
        let field = Schema::monday().get("Board").unwrap().member("items_page").unwrap();
        let arguments: Vec<_> = field.arguments().collect();
        let limit = arguments.iter().find(|argument| argument.name == "limit").unwrap();
        assert_eq!((limit.ty, limit.default, limit.is_required()), ("Int!", Some("25"), false));
        assert_eq!(field.ty, "ItemsResponse!");
    }

    #[test]
    fn commas_inside_values_separate_nothing() {
        let text = r#"a: [Int!] = [1, 2], b: String = "x, y", c: In = {d: 1, e: 2}"#;
        assert_eq!(split(text), ["a: [Int!] = [1, 2]", r#"b: String = "x, y""#, "c: In = {d: 1, e: 2}"]);
    }
}
