//! What the engine would get wrong reaches it in another form.

use super::*;
use crate::{SourceFile, validate};

const SDL: &str = "type Query { items(limit: Int): [Item!] node: Node }
    interface Node { id: ID! } type Item implements Node { id: ID! name: String! board: Board! values: [Value] }
    type Board implements Node { id: ID! name: String } union Value = Item | Board";

fn form(document: &str) -> EngineForm {
    let schema = Schema::parse(&SourceFile::new("s", SDL)).unwrap();
    let documents =
        validate(&schema, &[SourceFile::new("q", document)]).unwrap_or_else(|found| panic!("{found}"));
    let operation = documents.document.operations.iter().next().unwrap();
    engine_form(&schema, &documents, operation)
}

#[test]
fn what_is_asked_twice_is_asked_once_and_arguments_and_defaults_are_left_out() {
    assert_eq!(
        form("query Q($n: Int = 1) { items(limit: $n) { board { id } i: id board { name } } }").document,
        "query Q($n: Int) { items { board { id name } i: id } }"
    );
}

#[test]
fn fragments_that_apply_always_are_written_out_and_those_on_interfaces_reach_their_members() {
    assert_eq!(
        form("query Q { items { ... { id } ... on Node { id } ... on Item { name } } }").document,
        "query Q { items { id name } }"
    );
    assert_eq!(
        form("query Q { items { values { __typename ... on Node { id } ... on Item { name } } } }").document,
        "query Q { items { values { __typename ... on Board { id } ... on Item { id name } } } }"
    );
}

#[test]
fn a_fragment_stays_one_where_it_is_on_the_type_itself_and_always_there() {
    let made = form(
        "query Q($a: Boolean!) { items { id ...F } node { ...G @include(if: $a) __typename id } }
                     fragment F on Item { name } fragment G on Node { id }",
    );
    assert_eq!(
        made.document,
        "query Q($a: Boolean!) { items { id ...F } node { __typename id } } fragment F on Item { name }"
    );
}

#[test]
fn a_field_is_conditional_when_every_mention_of_it_is() {
    let made = form(
        "query Q($a: Boolean!) { items { id @skip(if: $a) id name ... @include(if: $a) { board { id } } } }",
    );
    let conditional: Vec<_> = made.conditional.iter().map(|(path, key)| format!("{path}.{key}")).collect();
    assert_eq!(conditional, ["QItems.board"]);
}
