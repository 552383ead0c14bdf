//! Pairs of schemas, one for each kind of change. Also read by `tests/graphql_core.rs`.
//!
//! Must not know: how changes are found.

/// A schema with the root that every schema needs.
pub(crate) fn with_query(text: &str) -> String {
    let query = if text.contains("type Query") { "" } else { "type Query { q: ID } " };
    format!("{query}{text}")
}

/// Old schema, new schema, the one change, and the one the other way round.
pub(crate) const PAIRS: &[(&str, &str, &str, &str)] = &[
    ("scalar A", "", "breaking TYPE_REMOVED A: type A was removed", "safe TYPE_ADDED A: type A was added"),
    (
        "scalar A",
        "type A { b: ID }",
        "breaking TYPE_CHANGED_KIND A: type A changed from scalar to object",
        "breaking TYPE_CHANGED_KIND A: type A changed from object to scalar",
    ),
    (
        "type Query { b: ID c: ID }",
        "type Query { b: ID }",
        "breaking FIELD_REMOVED Query.c: field Query.c was removed",
        "safe FIELD_ADDED Query.c: field Query.c was added",
    ),
    (
        "type Query { b: [ID] }",
        "type Query { b: [ID!]! }",
        "safe FIELD_CHANGED_KIND_SAFE Query.b: field Query.b changed type from [ID] to [ID!]!",
        "breaking FIELD_CHANGED_KIND Query.b: field Query.b changed type from [ID!]! to [ID]",
    ),
    (
        "type Query { b: [ID] }",
        "type Query { b: ID }",
        "breaking FIELD_CHANGED_KIND Query.b: field Query.b changed type from [ID] to ID",
        "breaking FIELD_CHANGED_KIND Query.b: field Query.b changed type from ID to [ID]",
    ),
    (
        "type Query { b(c: [ID!]!): ID }",
        "type Query { b(c: [ID]): ID }",
        "safe ARG_CHANGED_KIND_SAFE Query.b(c:): argument Query.b(c:) changed type from [ID!]! to [ID]",
        "breaking ARG_CHANGED_KIND Query.b(c:): argument Query.b(c:) changed type from [ID] to [ID!]!",
    ),
    (
        "type Query { b: ID }",
        "type Query { b(c: ID! = 1): ID }",
        "dangerous OPTIONAL_ARG_ADDED Query.b(c:): optional argument Query.b(c:) was added",
        "breaking ARG_REMOVED Query.b(c:): argument Query.b(c:) was removed",
    ),
    (
        "type Query { b: ID }",
        "type Query { b(c: ID!): ID }",
        "breaking REQUIRED_ARG_ADDED Query.b(c:): required argument Query.b(c:) was added",
        "breaking ARG_REMOVED Query.b(c:): argument Query.b(c:) was removed",
    ),
    (
        "type Query { b(c: Int = 1): ID }",
        "type Query { b(c: Int = 2): ID }",
        "dangerous ARG_DEFAULT_VALUE_CHANGE Query.b(c:): the default of Query.b(c:) changed from 1 to 2",
        "dangerous ARG_DEFAULT_VALUE_CHANGE Query.b(c:): the default of Query.b(c:) changed from 2 to 1",
    ),
    (
        "type Query { b(c: Int): ID }",
        "type Query { b(c: Int = 2): ID }",
        "safe ARG_DEFAULT_VALUE_ADDED Query.b(c:): Query.b(c:) got the default 2",
        "dangerous ARG_DEFAULT_VALUE_CHANGE Query.b(c:): the default of Query.b(c:) was removed (it was 2)",
    ),
    (
        "input I { a: ID }",
        "input I { a: ID b: ID! }",
        "breaking REQUIRED_INPUT_FIELD_ADDED I.b: required input field I.b was added",
        "breaking FIELD_REMOVED I.b: field I.b was removed",
    ),
    (
        "input I { a: ID }",
        "input I { a: ID b: ID! = 1 }",
        "dangerous OPTIONAL_INPUT_FIELD_ADDED I.b: optional input field I.b was added",
        "breaking FIELD_REMOVED I.b: field I.b was removed",
    ),
    (
        "input I { a: ID! }",
        "input I { a: ID }",
        "safe FIELD_CHANGED_KIND_SAFE I.a: field I.a changed type from ID! to ID",
        "breaking FIELD_CHANGED_KIND I.a: field I.a changed type from ID to ID!",
    ),
    (
        "input I { a: Int }",
        "input I { a: Int = 1 }",
        "safe INPUT_FIELD_DEFAULT_VALUE_ADDED I.a: I.a got the default 1",
        "dangerous INPUT_FIELD_DEFAULT_VALUE_CHANGE I.a: the default of I.a was removed (it was 1)",
    ),
    (
        "directive @oneOf on INPUT_OBJECT input I { a: ID b: ID }",
        "directive @oneOf on INPUT_OBJECT input I @oneOf { a: ID b: ID }",
        "breaking ONE_OF_ADDED I: I takes exactly one of its fields now",
        "safe ONE_OF_REMOVED I: I takes any number of its fields now",
    ),
    (
        "enum E { a }",
        "enum E { a b }",
        "dangerous VALUE_ADDED_TO_ENUM E.b: enum value E.b was added",
        "breaking VALUE_REMOVED_FROM_ENUM E.b: enum value E.b was removed",
    ),
    (
        "union U = A type A { b: ID } type B { b: ID }",
        "union U = A | B type A { b: ID } type B { b: ID }",
        "dangerous TYPE_ADDED_TO_UNION U: B was added to the union U",
        "breaking TYPE_REMOVED_FROM_UNION U: B was removed from the union U",
    ),
    (
        "interface I { b: ID } type A { b: ID }",
        "interface I { b: ID } type A implements I { b: ID }",
        "dangerous IMPLEMENTED_INTERFACE_ADDED A: A now implements I",
        "breaking IMPLEMENTED_INTERFACE_REMOVED A: A no longer implements I",
    ),
    (
        "directive @d on FIELD",
        "",
        "breaking DIRECTIVE_REMOVED @d: directive @d was removed",
        "safe DIRECTIVE_ADDED @d: directive @d was added",
    ),
    (
        "directive @d on FIELD",
        "directive @d(a: ID) on FIELD",
        "safe OPTIONAL_DIRECTIVE_ARG_ADDED @d(a:): optional argument @d(a:) was added",
        "breaking DIRECTIVE_ARG_REMOVED @d(a:): argument @d(a:) was removed",
    ),
    (
        "directive @d on FIELD",
        "directive @d(a: ID!) on FIELD",
        "breaking REQUIRED_DIRECTIVE_ARG_ADDED @d(a:): required argument @d(a:) was added",
        "breaking DIRECTIVE_ARG_REMOVED @d(a:): argument @d(a:) was removed",
    ),
    (
        "directive @d on FIELD",
        "directive @d repeatable on FIELD",
        "safe DIRECTIVE_REPEATABLE_ADDED @d: directive @d may be repeated",
        "breaking DIRECTIVE_REPEATABLE_REMOVED @d: directive @d is no longer repeatable",
    ),
    (
        "directive @d on FIELD",
        "directive @d on FIELD | QUERY",
        "safe DIRECTIVE_LOCATION_ADDED @d: directive @d may stand on QUERY",
        "breaking DIRECTIVE_LOCATION_REMOVED @d: directive @d may no longer stand on QUERY",
    ),
    (
        "type Query { b: ID }",
        "type Query { b: ID @deprecated(reason: \"ask for c\") }",
        "safe DEPRECATED Query.b: Query.b is deprecated: ask for c",
        "safe DEPRECATION_REMOVED Query.b: Query.b is no longer deprecated",
    ),
];
