//! The index finds every part of a schema, however it is written.

use super::*;

const SDL: &str = r#"
"The roots" schema { query: Root mutation: Change }
directive @cost(weight: Int!) on ENUM | OBJECT
scalar JSON @specifiedBy(url: "x")
"""A type: `type Nothing { a: B }`"""
type Root implements Node & Named @cost(weight: 1) {
  "A field" boards(ids: [ID!]! = ["1", "2"], "An argument" kind: Kind = public @deprecated): [Board]! @deprecated(reason: "type X {")
  type: Kind
}
interface Node { id: ID! } interface Named { name: String }
type Board implements Node { id: ID! }
union Any = | Board | Root
enum Kind { public @deprecated(reason: "no") share type }
input Filter { ids: [[ID]!] = [], kind: Kind! other: Filter! }
extend type Board { type: Kind }
type Change { done: Boolean }
"#;

fn names<'a>(parts: &[Part<'a>]) -> Vec<&'a str> {
    parts.iter().map(|part| part.name).collect()
}

#[test]
fn every_part_is_found_with_its_type() {
    let index = SchemaIndex::new(SDL);
    let types: Vec<_> = index.type_names().collect();
    assert_eq!(types, ["Any", "Board", "Change", "Filter", "JSON", "Kind", "Named", "Node", "Root"]);
    assert_eq!(index.roots().collect::<Vec<_>>(), [("query", "Root"), ("mutation", "Change")]);
    let boards = index.field("Root", "boards").unwrap();
    assert_eq!((boards.ty, boards.named), ("[Board]!", "Board"));
    assert_eq!(boards.directives, "@deprecated(reason: \"type X {\")");
    let arguments = index.arguments(&boards);
    assert_eq!(names(&arguments), ["ids", "kind"]);
    assert!(!arguments[0].is_required() && arguments[0].ty == "[ID!]!");
    assert_eq!(names(&index.fields("Root")), ["boards", "type"]);
    assert_eq!(names(&index.fields("Board")), ["id", "type"]);
    assert_eq!(names(&index.fields("Filter")), ["ids", "kind", "other"]);
    assert_eq!(index.interfaces("Root"), ["Node", "Named"]);
    assert_eq!(index.implementors("Node"), ["Root", "Board"]);
    assert_eq!(index.members("Any"), ["Board", "Root"]);
    assert_eq!(index.values("Kind"), ["public", "share", "type"]);
    assert_eq!(index.directive("cost"), Some("directive @cost(weight: Int!) on ENUM | OBJECT"));
    assert!(index.definitions("JSON").eq(["scalar JSON @specifiedBy(url: \"x\")"]));
}

#[test]
fn text_that_is_no_schema_does_no_harm() {
    for text in
        ["", "{", "type", "type A", "type A {", "a: b }", "type A { a(: }", "schema", "enum E { @", "\"\"\""]
    {
        let index = SchemaIndex::new(text);
        for name in ["A", "E"] {
            let _ = (index.fields(name), index.values(name), index.members(name), index.interfaces(name));
        }
    }
}
