//! What becomes of documents, and of answers to them.

use serde_json::{Value, json};

use super::*;
use crate::OperationKind;

fn entry(document: &str, variables: &Value) -> Request<Value> {
    Request::from_document(OperationKind::Mutation, "X", document, variables).unwrap()
}

fn twice(document: &str) -> Option<String> {
    let entry = entry(document, &json!({}));
    let bulk = BulkDocument::of(&entry).ok()?;
    let body: Value = serde_json::from_slice(&bulk.body([&entry, &entry]).unwrap()).unwrap();
    Some(body["query"].as_str().unwrap().to_owned())
}

#[test]
fn root_fields_are_aliased_and_variables_numbered_wherever_they_stand() {
    let document = r#"# a comment with $x and { braces
        mutation Make($x: [Int!]! = [1, 2], $s: String = "a $x \" } \\") {
            first: create(a: {b: $x, c: ["$x", -1.5e3, TRUE]}, d: """block " \""" $x }""") @include(if: $t) { ...F a: b(c: $x) }
            second { id }
            third
        } fragment F on Item { id ... on Board { name(x: "{") } }"#;
    let one = |n: usize| {
        format!(
            r#"bulk_{n}_first:create(a:{{b:$x_{n} c:["$x" -1.5e3 TRUE]}}d:"""block " \""" $x }}""")@include(if:$t_{n}){{...F a:b(c:$x_{n})}}bulk_{n}_second:second{{id}}bulk_{n}_third:third"#
        )
    };
    let define = |n: usize| format!(r#"$x_{n}:[Int!]!=[1 2]$s_{n}:String="a $x \" }} \\""#);
    assert_eq!(
        twice(document).unwrap(),
        format!(
            "mutation Bulk({},{}){{{} {} complexity{{query}}}} fragment F on Item{{id ...on Board{{name(x:\"{{\")}}}}",
            define(0),
            define(1),
            one(0),
            one(1)
        )
    );
}

#[test]
fn what_cannot_be_aliased_is_refused() {
    for document in [
        "mutation { ...F } fragment F on Mutation { a }",
        "mutation { ... on Mutation { a } }",
        "mutation M($x: Int) { a { ...F } } fragment F on A { b(x: $x) }",
        "mutation A { a } mutation B { b }",
        "subscription { a }",
        "{ a }",
        "mutation { a ",
        "mutation { a) }",
        "mutation { a(x: \"b) }",
        "mutation { a % }",
        "",
    ] {
        assert_eq!(twice(document), None, "{document}");
    }
}

#[test]
fn each_entry_gets_its_own_data_and_the_errors_stay_beside() {
    let make = entry("mutation { a { id } b }", &json!({}));
    let answer = br#"{"data":{"bulk_0_a":{"id":1},"bulk_0_b":null,"bulk_2_a":{"id":"x"},"bulk_2_b":3,"bulk_1_a":null,"bulk_9_a":1,"complexity":{"query":77},"else":1},
        "errors":[{"message":"no","path":["bulk_1_a"]}],"extensions":{"request_id":"r"}}"#;
    let BulkAnswer { entries, points, envelope: rest } = BulkDocument::read(answer, 4, &make).unwrap();
    assert_eq!(points, Some(77), "what all have cost");
    let entries: Vec<_> = entries.into_iter().map(|entry| entry.map(Result::unwrap)).collect();
    assert_eq!(entries[0], Some(json!({"a": {"id": 1}, "b": null})));
    assert_eq!(entries[1], Some(json!({"a": null})));
    assert_eq!(entries[2], Some(json!({"a": {"id": "x"}, "b": 3})));
    assert_eq!(entries[3], None);
    assert_eq!((rest.errors.len(), rest.request_id.as_deref()), (1, Some("r")));
    assert_eq!(BulkDocument::entry_of("bulk_12_create_item"), Some((12, "create_item")));
    for key in ["create_item", "bulk_", "bulk_x_a", "bulk_1"] {
        assert_eq!(BulkDocument::entry_of(key), None, "{key}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_is_a_panic(text in r#"(mutation|query)?[ \n]?[{}()\[\]$@:!."\\a-z#ü ]{0,60}"#) {
        let _ = Parts::read(&text);
    }
}
