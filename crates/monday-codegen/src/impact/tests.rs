//! Each way in which an operation can use what changed.

mod uses;

use uses::USES;

use super::*;
use crate::diff::{Step, diff};

const OLD: &str = "
    directive @mark(as: ID) on FIELD
    type Query { items(ids: [ID!], kind: Kind = open, query: Rules, page: Int): [Item!] any: Any node: Node me: Me }
    type Item { id: ID! name: String size: Int parent(depth: Int): Item kind: Kind }
    interface Node { id: ID! }
    type Me implements Node { id: ID! old: ID @deprecated }
    type Robot implements Node { id: ID! }
    union Any = Item | Me | Robot
    enum Kind { open closed }
    input Rules { rule: [Rule!] limit: Int = 10 legacy: ID }
    input Rule { kind: Kind text: String }";

fn schema(text: &str) -> Schema {
    Schema::parse(&SourceFile::new("schema.graphql", text)).unwrap_or_else(|error| panic!("{text}\n{error}"))
}

fn of(old: &str, new: &str, documents: &[SentDocument]) -> Impact {
    let (old, new) = (schema(old), schema(new));
    impact(&old, &new, &diff(&old, &new), documents)
}

fn told(impact: &Impact) -> Vec<String> {
    let line = |used: &Use| {
        let Place { path, line, column, .. } = &used.place;
        let (change, effect) = (&used.change, &used.effect);
        format!(
            "{path}:{line}:{column} {} {}: {effect} [{}]",
            change.grade().name(),
            change.coordinate,
            used.operations.join(" ")
        )
    };
    impact.uses.iter().map(line).collect()
}

/// The uses in one document after a text in the old schema was replaced by another.
fn after(replaced: &str, by: &str, document: &str) -> Vec<String> {
    assert_eq!(OLD.matches(replaced).count(), 1, "{replaced}");
    let document = SentDocument::written(SourceFile::new("a.graphql", document));
    told(&of(OLD, &OLD.replace(replaced, by), &[document]))
}

#[test]
fn each_use_of_what_changed_is_told_with_its_place_and_effect() {
    for (replaced, by, document, expected) in USES {
        assert_eq!(after(replaced, by, document), *expected, "{replaced} -> {by}\n{document}");
    }
}

#[test]
fn what_every_type_of_the_schema_reaches_is_found_where_it_is_named() {
    let removed = "type Robot implements Node { id: ID! }\n    union Any = Item | Me | Robot";
    let found =
        after(removed, "union Any = Item | Me", "fragment F on Robot { id } query A { any { ...F } }");
    assert_eq!(found, ["a.graphql:1:15 breaking Robot: type removed [A]"]);
}

#[test]
fn a_fragment_s_place_names_the_operations_that_spread_it_at_any_depth() {
    let written = |path, text| SentDocument::written(SourceFile::new(path, text));
    let documents = [
        written("a.graphql", "query A { items { ...Outer } }"),
        written("b.graphql", "query B { items { ...Inner } }"),
        written("c.graphql", "query C { me { id } }"),
        written("outer.graphql", "fragment Outer on Item { parent { ...Inner } }"),
        written("inner.graphql", "fragment Inner on Item { size }"),
        // Its fragment has the same name, and is its own.
        SentDocument::made(
            "query Made { items { ...Inner } } fragment Inner on Item { id }",
            Place { path: "src/made.rs".to_owned(), line: 7, column: 1, width: 1 },
        ),
    ];
    let impact = of(OLD, &OLD.replace(" size: Int", ""), &documents);
    assert_eq!(told(&impact), ["inner.graphql:1:26 breaking Item.size: field removed [A B]"]);
    assert_eq!(impact.operations, 4);
    assert_eq!(impact.broken().into_iter().collect::<Vec<_>>(), ["A", "B"]);
}

#[test]
fn what_a_struct_sends_is_told_at_the_struct() {
    let place = Place { path: "src/sizes.rs".to_owned(), line: 12, column: 1, width: 5 };
    let documents = [SentDocument::made("query Sizes {\n items {\n size } }", place.clone())];
    let impact = of(OLD, &OLD.replace(" size: Int", ""), &documents);
    assert_eq!(told(&impact), ["src/sizes.rs:12:1 breaking Item.size: field removed [Sizes]"]);
    let impact = of(OLD, &OLD.replace("items(ids", "things(ids"), &documents);
    assert_eq!(impact.uses[0].place, place);

    // Two structs may send operations of the same name: each is validated alone.
    let twice = [documents[0].clone(), documents[0].clone()];
    assert_eq!(of(OLD, OLD, &twice).refused_before, []);
}

#[test]
fn operations_of_one_name_are_told_apart_by_their_files() {
    let written = |path, text| SentDocument::written(SourceFile::new(path, text));
    let documents = [
        written("a.graphql", "query A { items { size ...Part } }"),
        written("b/a.graphql", "query A { me { id } }"),
        written("c.graphql", "query A { items { ...Part } any { nope } }"),
        written("part.graphql", "fragment Part on Item { size }"),
        written("d.graphql", "query D { items { size } }"),
    ];
    let impact = of(OLD, &OLD.replace(" size: Int", ""), &documents);
    assert_eq!(
        told(&impact),
        [
            "a.graphql:1:19 breaking Item.size: field removed [A (a.graphql)]",
            "d.graphql:1:19 breaking Item.size: field removed [D]",
            "part.graphql:1:25 breaking Item.size: field removed [A (a.graphql) A (c.graphql)]",
        ]
    );
    assert_eq!(impact.operations, 4);
    // None refuses the other, and each is read: the mistake in one of them is its own.
    let before: Vec<_> =
        impact.refused_before.iter().map(|found| (&*found.place.path, &*found.operations)).collect();
    assert_eq!(before, [("c.graphql", &["A (c.graphql)".to_owned()][..])]);
    assert_eq!(impact.broken().len(), 3);
}

#[test]
fn a_literal_is_told_at_its_characters_in_its_file() {
    // As in r"query A { items { \n size ...Part } }" at 7:5, with an escape of two characters.
    let text = "query A { items {\n size ...Part } }";
    let mut column = 5;
    let characters: Vec<_> = text
        .chars()
        .map(|c| {
            let spot = (7, column);
            column += if c == '\n' { 2 } else { 1 };
            (c, spot)
        })
        .collect();
    let literal = |text: &TextPlaces| SentDocument::inside("src/a.rs", text.clone());
    let text = TextPlaces::new(characters, (7, column));
    let part = SentDocument::written(SourceFile::new("part.graphql", "fragment Part on Item { size }"));
    let documents = [literal(&text), literal(&text), part];
    let impact = of(OLD, &OLD.replace(" size: Int", ""), &documents);
    assert_eq!(
        told(&impact),
        [
            "part.graphql:1:25 breaking Item.size: field removed [A (src/a.rs:7)]",
            "src/a.rs:7:25 breaking Item.size: field removed [A (src/a.rs:7)]",
        ]
    );
    assert_eq!((impact.uses[1].place.width, impact.refused_before.len()), (4, 0));
    let refused = of(OLD, &OLD.replace("items(ids", "things(ids").replace("items: ", ""), &documents);
    assert_eq!(refused.uses[0].place.column, 15);
    assert_eq!(text.at(9, 1), (7, column));
}

#[test]
fn a_document_that_the_new_schema_refuses_is_named_even_if_nothing_matched() {
    // The root is another type now, which none of graphql-core's kinds of change tells.
    let new = format!("schema {{ query: Root }} type Root {{ me: Me }} {OLD}");
    let text = "query A {\n items { id } }";
    let documents = [
        SentDocument::written(SourceFile::new("a.graphql", text)),
        SentDocument::made(
            "query Made { items { id } }",
            Place { path: "src/made.rs".to_owned(), line: 7, column: 1, width: 1 },
        ),
    ];
    let impact = of(OLD, &new, &documents);
    assert_eq!(impact.uses, []);
    let places = impact.refused.iter().map(|found| {
        format!("{}:{}:{} {:?}", found.place.path, found.place.line, found.place.column, found.operations)
    });
    assert_eq!(places.collect::<Vec<_>>(), ["a.graphql:2:2 [\"A\"]", "src/made.rs:7:1 [\"Made\"]"]);
    assert!(impact.refused[1].message.ends_with("(at 1:14 of the document that it sends)"));
    assert!(impact.is_breaking() && impact.broken().contains("A"));
    assert_eq!(impact.advice(&diff(&schema(OLD), &schema(&new))).step, Step::Major);
}

#[test]
fn a_document_that_was_refused_before_is_told_apart() {
    let document = SentDocument::written(SourceFile::new("a.graphql", "query A { nothing }"));
    let impact = of(OLD, OLD, std::slice::from_ref(&document));
    assert_eq!((impact.refused_before.len(), impact.refused.len()), (1, 0));
    assert!(!impact.is_breaking());
    // A document that is ahead of the old schema is read with the new one.
    let new = OLD.replace("me: Me", "me: Me nothing: ID @deprecated");
    let impact = of(OLD, &new, &[document]);
    assert_eq!((impact.refused_before.len(), impact.refused.len(), impact.deprecated.len()), (1, 0, 1));
}

#[test]
fn uses_of_what_is_deprecated_have_its_reason_and_whether_it_is_new() {
    let new = OLD
        .replace("page: Int", "page: Int @deprecated(reason: \"all come\")")
        .replace("closed }", "closed @deprecated(reason: \"say open\") }")
        .replace("legacy: ID", "legacy: ID @deprecated(reason: \"of old\")");
    let text = "query A { me { old } items(page: 1, kind: closed, query: {legacy: 1}) { id } }";
    let impact = of(OLD, &new, &[SentDocument::written(SourceFile::new("a.graphql", text))]);
    let found = impact
        .deprecated
        .iter()
        .map(|used| format!("{} {} {} {}", used.place.column, used.coordinate, used.reason, used.is_new));
    let found: Vec<String> = found.collect();
    assert_eq!(
        found,
        [
            "16 Me.old No longer supported false",
            "28 Query.items(page:) all come true",
            "43 Kind.closed say open true",
            "59 Rules.legacy of old true",
        ]
    );
}

#[test]
fn the_step_follows_what_the_operations_feel() {
    let step = |new: &str, text: &str| {
        let document = SentDocument::written(SourceFile::new("a.graphql", text));
        let (old, new) = (schema(OLD), schema(new));
        let diff = diff(&old, &new);
        impact(&old, &new, &diff, &[document]).advice(&diff).step
    };
    let without_size = OLD.replace(" size: Int", "");
    assert_eq!(step(&without_size, "query A { items { size } }"), Step::Major);
    assert_eq!(step(&without_size, "fragment F on Item { size } query A { items { id } }"), Step::Major);
    assert_eq!(step(&without_size, "query A { items { id } }"), Step::Patch);
    assert_eq!(step(OLD, "query A { items { id } }"), Step::None);
    let wider = OLD.replace("open closed", "open closed hidden");
    assert_eq!(step(&wider, "query A { items { kind } }"), Step::Minor);
    let deprecated = OLD.replace("name: String", "name: String @deprecated");
    assert_eq!(step(&deprecated, "query A { items { name } }"), Step::Minor);
    assert_eq!(step(&deprecated, "query A { me { old } }"), Step::Patch);
}
