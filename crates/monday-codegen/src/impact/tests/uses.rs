//! One change of the tests' schema each, a document, and the uses that are told of it.
//!
//! Must not know: how uses are found.

/// What is replaced in the schema, by what, a document, and its uses.
pub(super) const USES: &[(&str, &str, &str, &[&str])] = &[
    (
        " closed }",
        " }",
        "query A($q: Rules) { items(query: $q) { id } }",
        &["a.graphql:1:13 breaking Kind.closed: enum value removed in `$q.rule.kind` [A]"],
    ),
    (
        " size: Int",
        "",
        "query A {\n  items { id size }\n}",
        &["a.graphql:2:14 breaking Item.size: field removed [A]"],
    ),
    (
        "size: Int",
        "size: Float",
        "query A { any { __typename ... on Item {\n s: size } } }",
        &["a.graphql:2:5 breaking Item.size: field changed type from Int to Float [A]"],
    ),
    (
        "page: Int",
        "page: Int!",
        "query A { items { id } }",
        &["a.graphql:1:11 breaking Query.items(page:): argument `page` became required [A]"],
    ),
    (
        "page: Int",
        "page: Float",
        "query A { items(page: 1) { id } }",
        &["a.graphql:1:17 breaking Query.items(page:): argument changed type from Int to Float [A]"],
    ),
    ("page: Int", "page: Float", "query A { items { id } }", &[]),
    (
        "page: Int",
        "page: Int size: Int!",
        "query A { items { id } }",
        &["a.graphql:1:11 breaking Query.items(size:): required argument `size` added [A]"],
    ),
    (
        "page: Int",
        "page: Int size: Int",
        "query A { items { id } }",
        &["a.graphql:1:11 dangerous Query.items(size:): optional argument `size` added [A]"],
    ),
    ("page: Int", "page: Int size: Int!", "query A { items(size: 1) { id } }", &[]),
    (
        "input Rule { kind: Kind text: String }",
        "input Rule { kind: Kind text: String must: ID! }",
        "query A { items(query: {rule: [{must: 1}]}) { id } }",
        &[],
    ),
    (
        ", page: Int",
        "",
        "query A($p: Int) { items(page: $p) { id } }",
        &["a.graphql:1:26 breaking Query.items(page:): argument removed [A]"],
    ),
    (", page: Int", "", "query A { items { id } }", &[]),
    (
        "Kind = open",
        "Kind = closed",
        "query A { items { id } }",
        &[
            "a.graphql:1:11 dangerous Query.items(kind:): the default of `kind` changed from open to closed [A]",
        ],
    ),
    ("Kind = open", "Kind = closed", "query A { items(kind: open) { id } }", &[]),
    (
        " closed }",
        " }",
        "query A { items(kind: closed) { id } }",
        &["a.graphql:1:23 breaking Kind.closed: enum value removed [A]"],
    ),
    (
        " closed }",
        " }",
        "query A { items { kind } }",
        &["a.graphql:1:19 breaking Kind.closed: never answers `closed` any more, the value is gone [A]"],
    ),
    (
        "open closed",
        "open closed hidden",
        "query A { items { kind } }",
        &["a.graphql:1:19 dangerous Kind.hidden: may answer the new value `hidden` [A]"],
    ),
    (
        " legacy: ID",
        "",
        "query A { items(query: {legacy: 1}) { id } }",
        &["a.graphql:1:25 breaking Rules.legacy: field removed [A]"],
    ),
    (
        " legacy: ID",
        "",
        "query A($q: Rules = {legacy: 1}) { items(query: $q) { id } }",
        &[
            "a.graphql:1:13 breaking Rules.legacy: field removed: `$q.legacy` [A]",
            "a.graphql:1:22 breaking Rules.legacy: field removed [A]",
        ],
    ),
    (
        "input Rule { kind: Kind text: String }",
        "input Rule { kind: Kind text: String! }",
        "query A($q: Rules) { items(query: $q) { id } }",
        &["a.graphql:1:13 breaking Rule.text: field changed type from String to String!: `$q.rule.text` [A]"],
    ),
    (
        "input Rule { kind: Kind text: String }",
        "input Rule { kind: Kind text: String! }",
        "query A { items(query: {rule: [{kind: open}]}) { id } }",
        &["a.graphql:1:32 breaking Rule.text: input field `text` became required [A]"],
    ),
    (
        "input Rule { kind: Kind text: String }",
        "input Rule { kind: Kind text: String must: ID! }",
        "query A { items(query: {rule: [{kind: open}]}) { id } }",
        &["a.graphql:1:32 breaking Rule.must: required input field `must` added [A]"],
    ),
    (
        "limit: Int = 10",
        "limit: Int = 20",
        "query A { items(query: {}) { id } }",
        &["a.graphql:1:24 dangerous Rules.limit: the default of `limit` changed from 10 to 20 [A]"],
    ),
    ("limit: Int = 10", "limit: Int = 20", "query A { items(query: {limit: 1}) { id } }", &[]),
    (
        "input Rule {",
        "directive @oneOf on INPUT_OBJECT input Rule @oneOf {",
        "query A { items(query: {rule: [{kind: open}, {kind: open, text: \"a\"}]}) { id } }",
        &["a.graphql:1:46 breaking Rule: exactly one field is taken now [A]"],
    ),
    (
        "input Rule {",
        "directive @oneOf on INPUT_OBJECT input Rule @oneOf {",
        "query A($q: Rules) { items(query: $q) { id } }",
        &["a.graphql:1:13 breaking Rule: exactly one field is taken now: `$q.rule` [A]"],
    ),
    (
        "| Robot",
        "",
        "query A { any { __typename ... on Robot { id } } }",
        &["a.graphql:1:35 breaking Any: type left the union [A]"],
    ),
    ("| Robot", "", "query A { any { __typename ... on Me { id } } }", &[]),
    (
        "union Any = Item | Me | Robot",
        "union Any = Item | Me | Robot | Other type Other { id: ID! }",
        "query A { any { __typename } }",
        &["a.graphql:1:11 dangerous Any: may answer the new type `Other` [A]"],
    ),
    (
        "type Robot implements Node",
        "type Robot",
        "query A { node { __typename ... on Robot { id } } }",
        &["a.graphql:1:36 breaking Robot: interface no longer implemented [A]"],
    ),
    (
        "type Item {",
        "type Item implements Node {",
        "query A { node { __typename } }",
        &["a.graphql:1:11 dangerous Item: may answer the new type `Item` [A]"],
    ),
    (
        "directive @mark(as: ID) on FIELD",
        "",
        "query A { me @mark { id } }",
        &["a.graphql:1:15 breaking @mark: directive removed [A]"],
    ),
    (
        "@mark(as: ID)",
        "@mark(as: ID!)",
        "query A { me @mark { id } }",
        &["a.graphql:1:15 breaking @mark(as:): argument `as` became required [A]"],
    ),
    (
        "parent(depth: Int): Item",
        "parent(depth: Int): Item @deprecated(reason: \"ask for roots\")",
        "query A { items { parent { id } } }",
        &["a.graphql:1:19 safe Item.parent: deprecated: ask for roots [A]"],
    ),
];
