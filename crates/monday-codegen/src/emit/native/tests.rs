//! What the emitter makes of a schema that has everything.

use std::sync::Arc;

use super::NativeEmitter;
use crate::{OwnOperation, SchemaIndex, SourceFile, generate, own_operation};

const SCHEMA: &str = r#"
type Query { node: Node things(in: Filter, ids: [ID!], type: Kind! = big): [Thing] }
type Mutation { touch(board_id: ID!, name: String): Thing }
interface Node { id: ID! }
"A thing. */ it ends nothing"
type Thing implements Node {
  id: ID!
  "What it is called."
  type: String!
  parent_item_id: ID
  old: Int @deprecated
  many: [[Float!]]!
}
type Extra implements Node { id: ID! size: Int }
type Other implements Node { id: ID! }
"What is wanted."
input Filter { "The one inside." not: Filter and: [Filter!] column_id: String! }
enum Kind { big small }
"#;

fn made(path: &str, document: &str) -> Result<String, String> {
    let schema = SourceFile::new("schema.graphql", SCHEMA);
    let files = generate(&schema, &[SourceFile::new(path, document)], &NativeEmitter);
    let files = files.map_err(|error| error.to_string())?;
    Ok(files.into_iter().map(|file| file.text).collect())
}

fn things(selection: &str) -> String {
    let document = format!(
        "query Things($in: Filter, $ids: [ID!], $type: Kind! = small) {{ things(in: $in, ids: $ids, type: $type) {{ {selection} }} }}"
    );
    made("queries/things/things.graphql", &document).unwrap()
}

#[test]
fn descriptions_of_the_schema_become_docs_and_signatures_stand_in_for_them() {
    let text = things("id type");
    assert!(text.contains("    /// What it is called.\n    pub type_: String,"), "{text}");
    assert!(
        text.contains("/// What is wanted.\n#[derive(Debug, Clone, PartialEq)]\npub struct Filter {"),
        "{text}"
    );
    assert!(text.contains("    /// `Thing.id: ID!`\n    pub id: Id,"), "{text}");
    assert!(text.contains("    /// `$type: Kind! = small`\n    pub type_: Option<Kind>,"), "{text}");
}

#[test]
fn nulls_lists_deprecations_and_ids_of_nouns_have_their_types() {
    let text = things("parent_item_id old many");
    assert!(text.contains("pub parent_item_id: Option<ItemId>,"), "{text}");
    assert!(text.contains("    #[deprecated]\n    pub old: Option<i64>,"), "{text}");
    assert!(text.contains("pub many: Vec<Option<Vec<f64>>>,"), "{text}");
    let text = made(
        "q/things/touch.graphql",
        "mutation Touch($b: ID!, $n: String) { touch(board_id: $b, name: $n) { id } }",
    );
    assert!(text.unwrap().contains("pub fn new(b: impl Into<BoardId>) -> Self"));
}

#[test]
fn an_input_object_that_holds_itself_is_boxed_and_a_keyword_is_no_name() {
    let text = things("id");
    assert!(
        text.contains("pub not: Nullable<Box<Filter>>,") && text.contains("pub and: Nullable<Vec<Filter>>,"),
        "{text}"
    );
    assert!(text.contains("pub column_id: ColumnId,") && text.contains("nullable in_ \"in\""), "{text}");
}

#[test]
fn a_member_of_an_interface_is_a_variant_and_all_others_are_told_by_name() {
    let document = "query Nodes { node { __typename id ... on Extra { size } } }";
    let text = made("queries/things/nodes.graphql", document).unwrap();
    assert!(text.contains("    Extra(NodesNodeOnExtra),") && text.contains("    Other(String),"), "{text}");
}

#[test]
fn what_cannot_become_rust_is_an_error_that_says_what_to_do() {
    let twice = "query Things { a_b: things { many } aB: things { id } }";
    let refused = made("queries/things/things.graphql", twice).unwrap_err();
    assert!(refused.contains("alias"), "{refused}");
    let directive = "query Nodes { node { __typename ... on Extra @skip(if: true) { size } } }";
    let refused = made("queries/things/nodes.graphql", directive).unwrap_err();
    assert!(refused.contains("put it on the fields"), "{refused}");
    let taken = "query Nodes { node { __typename ... on Other { id } } }";
    let refused = made("queries/things/nodes.graphql", taken).unwrap_err();
    assert!(refused.contains("leave this one out"), "{refused}");
}

#[test]
fn of_an_input_object_of_which_one_field_is_given_every_field_may_be_left_out() {
    let sdl = "type Query { a(by: By): ID } type Mutation { b: ID } input By @oneOf { id: ID name: String }";
    let sdl = crate::normalize(sdl, crate::Descriptions::Drop).unwrap().sdl;
    let document = SourceFile::new(
        "q/a/a.graphql",
        "query A($by: By, $name: String) { a(by: $by) b: a(by: {name: $name}) }",
    );
    let files =
        generate(&SourceFile::new("s", &sdl), std::slice::from_ref(&document), &NativeEmitter).unwrap();
    let text: String = files.into_iter().map(|file| file.text).collect();
    assert!(text.contains("/// Exactly one of its fields is to be given."), "{text}");
    assert!(text.contains("pub id: Nullable<Id>,") && text.contains("pub name: Nullable<String>,"), "{text}");

    // In a crate of the user's, against a schema of their own.
    let [sdk, own] = ["type Query { me: ID }", &sdl].map(|sdl| Arc::new(SchemaIndex::new(sdl)));
    let given = OwnOperation {
        document: &document,
        fragments: &[],
        sdk: &sdk,
        sdk_version: "2026-10",
        own: Some((&own, "own.graphql")),
    };
    let made = own_operation(&given).unwrap_or_else(|error| panic!("{error}")).to_string();
    assert!(made.contains("pub struct By {") && !made.contains("enum By"), "{made}");
}
