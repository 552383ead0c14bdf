//! What is taken away, what is refused, and that the result is always the same.

use super::*;

const SERVED: &str = r#"
"Built-in, redefined as monday serves it"
scalar String
scalar Date
directive @skip(if: Boolean!) on FIELD
directive @cost(weight: Int!) on FIELD_DEFINITION
type __Type { name: String }
"""
Root 🚀 of all reads
"""
type Query {
  zebra(b: Int = 25, a: Empty): String @deprecated(reason: "gone 🚀")
  apple: State
}
type Mutation { touch(input: Nested): String }
enum State { deleted active }
input Empty
input Nested { only: Empty }
"#;

fn drop(served: &str) -> Result<NormalizedSchema, SchemaRefused> {
    normalize(served, Descriptions::Drop)
}

#[test]
fn structure_alone_is_left_sorted_and_without_what_libraries_refuse() {
    let schema = drop(SERVED).unwrap();
    assert_eq!(
        schema.sdl.trim(),
        "directive @cost(weight: Int!) on FIELD_DEFINITION\n\nscalar Date\n\ntype Mutation {\n  touch: String\n}\n\n\
         type Query {\n  apple: State\n  zebra(b: Int = 25): String @deprecated\n}\n\n\
         enum State {\n  active\n  deleted\n}"
    );
    assert_eq!((schema.counts.types, schema.counts.queries, schema.counts.mutations), (5 - 1, 2, 1));
}

#[test]
fn normalising_twice_changes_nothing() {
    for mode in [Descriptions::Drop, Descriptions::Keep] {
        let once = normalize(SERVED, mode).unwrap();
        assert_eq!(normalize(&once.sdl, mode).unwrap(), once);
    }
}

#[test]
fn kept_descriptions_stay_inside_the_basic_plane() {
    let sdl = normalize(SERVED, Descriptions::Keep).unwrap().sdl;
    assert!(sdl.contains("Root  of all reads") && sdl.contains("gone "), "{sdl}");
    assert!(sdl.chars().all(|c| u32::from(c) <= 0xffff));
}

#[test]
fn introspection_and_sdl_give_the_same_schema() {
    let json = r#"{"data":{"__schema":{"queryType":{"name":"Query"},"mutationType":{"name":"Mutation"},
      "subscriptionType":null,"directives":[],"types":[
      {"kind":"SCALAR","name":"ID"},
      {"kind":"OBJECT","name":"Query","interfaces":[],"fields":[{"name":"a","args":[{"name":"x","type":
        {"kind":"NON_NULL","name":null,"ofType":{"kind":"LIST","name":null,"ofType":{"kind":"SCALAR","name":"ID"}}},
        "defaultValue":"[\"1\"]"}],"type":{"kind":"SCALAR","name":"ID"},"isDeprecated":true,"deprecationReason":null}]},
      {"kind":"INPUT_OBJECT","name":"Empty","inputFields":[]},
      {"kind":"OBJECT","name":"Mutation","fields":[{"name":"b","type":{"kind":"SCALAR","name":"ID"}}]}]}}}"#;
    let sdl = "schema { query: Query mutation: Mutation } type Mutation { b: ID }
               type Query { a(x: [ID]! = [\"1\"]): ID @deprecated }";
    assert_eq!(drop(json), drop(sdl));
}

#[test]
fn an_input_object_of_which_one_field_is_given_is_defined_however_it_is_served() {
    let directive = r#"{"name":"oneOf","locations":["INPUT_OBJECT"],"args":[]}"#;
    let sdl = "type Query { a(by: By): ID } type Mutation { b: ID } input By @oneOf { id: ID name: String }";
    let expected = drop(sdl).unwrap();
    assert!(expected.sdl.starts_with("directive @oneOf on INPUT_OBJECT\n"), "{}", expected.sdl);
    assert!(expected.sdl.contains("input By @oneOf {\n  id: ID\n  name: String\n}"), "{}", expected.sdl);
    for directives in ["", directive] {
        let json = format!(
            r#"{{"data":{{"__schema":{{"queryType":{{"name":"Query"}},"mutationType":{{"name":"Mutation"}},
            "directives":[{directives}],"types":[{{"kind":"SCALAR","name":"ID"}},{{"kind":"SCALAR","name":"String"}},
            {{"kind":"OBJECT","name":"Query","fields":[{{"name":"a","args":[{{"name":"by","type":
              {{"kind":"INPUT_OBJECT","name":"By"}}}}],"type":{{"kind":"SCALAR","name":"ID"}}}}]}},
            {{"kind":"OBJECT","name":"Mutation","fields":[{{"name":"b","type":{{"kind":"SCALAR","name":"ID"}}}}]}},
            {{"kind":"INPUT_OBJECT","name":"By","isOneOf":true,"inputFields":[
              {{"name":"name","type":{{"kind":"SCALAR","name":"String"}}}},{{"name":"id","type":{{"kind":"SCALAR","name":"ID"}}}}
            ]}}]}}}}}}"#
        );
        let found = drop(&json).unwrap();
        // Introspection names the roots, which SDL may leave out.
        assert_eq!(found.sdl.split_once("}\n\n").unwrap().1, expected.sdl);
        assert_eq!(drop(&found.sdl).unwrap(), found);
    }
    let defined = format!("directive @oneOf on INPUT_OBJECT {sdl}");
    assert_eq!(drop(&defined), Ok(expected));
    let unused = "directive @oneOf on INPUT_OBJECT type Query { a: ID } type Mutation { b: ID }";
    assert!(!drop(unused).unwrap().sdl.contains("oneOf"));
}

type Fits = fn(&SchemaRefused) -> bool;

#[test]
fn what_is_no_whole_schema_is_refused_for_its_reason() {
    let introspection = r#"{"data":{"__schema":{"types":[{"kind":"OBJECT","#;
    let cases: [(&str, Fits); 12] = [
        ("", |refused| *refused == SchemaRefused::Empty),
        ("<!DOCTYPE html><html>", |refused| *refused == SchemaRefused::Html),
        (introspection, |refused| matches!(refused, SchemaRefused::Truncated(_))),
        ("type Query {\n  a: String\n}\ntype Mutation {\n  b(", |refused| {
            matches!(refused, SchemaRefused::Truncated(_))
        }),
        (r#"{"errors":[{"message":"Unauthorized"}]}"#, |refused| {
            *refused == SchemaRefused::ErrorBody("Unauthorized".to_owned())
        }),
        (r#"{"error_code":"X","errors":["y"]}"#, |refused| {
            *refused == SchemaRefused::ErrorBody("X".to_owned())
        }),
        (r#"{"data":null}"#, |refused| matches!(refused, SchemaRefused::NotASchema(_))),
        ("Service Unavailable", |refused| matches!(refused, SchemaRefused::NotASchema(_))),
        ("query { me { id } }", |refused| matches!(refused, SchemaRefused::NotASchema(_))),
        ("type Mutation { b: ID }", |refused| *refused == SchemaRefused::NoRoot("Query")),
        ("type Query { b: ID }", |refused| *refused == SchemaRefused::NoRoot("Mutation")),
        ("type Query { b: Gone } type Mutation { b: ID }", |refused| {
            matches!(refused, SchemaRefused::Invalid(_))
        }),
    ];
    for (served, expected) in cases {
        let refused = drop(served).expect_err(served);
        assert!(expected(&refused), "{served:?} gave {refused:?}");
    }
}
