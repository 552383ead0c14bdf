//! Each rule of the scaffold, and all of them on the real schema.

use super::*;
use crate::{lint, validate};

const SCHEMA: &str = "
    directive @deprecated(reason: String) on FIELD_DEFINITION | ARGUMENT_DEFINITION
    scalar JSON
    enum State { on off }
    type Query {
      boards(ids: [ID!], limit: Int! = 25, old: Int @deprecated, state: State = on): [Board]
      version: Version!
      boards_page(cursor: String, page: Int): BoardsPage!
      teams: [Team]
      webhooks: [Webhook]
      search: Search!
      items: [Item]
      values: [Value!]
      favorites: [Favorite]
      empty: String
      deep: Wrapper
      long_names(the_first_of_two_long_arguments_here: [String!]!, the_second_of_two_long_arguments_here: [String!]!): JSON
    }
    type Mutation { create_team(name: String!): Team version: Version }
    type Version { value: String! }
    type Board {
      title: String name: String! state: State id: ID! old: Int @deprecated picture(size: Int!): String
      owner: Owner secret: Secret @deprecated views(kind: String!): [View] updates(limit: Int = 25): [View] nothing: Nothing
    }
    type BoardsPage { boards: [Board!]! cursor: String }
    type Owner { email: String team: Team }
    type Team { id: ID! members: [Owner!] }
    type Webhook { event: String! url: String! }
    type Secret { key: String }
    type View { id: ID! }
    type Nothing { search: Search }
    type Search { views(query: String!): [View!]! nothing: Nothing }
    type Wrapper { outer: Outer }
    type Outer { inner: Inner middle: Middle }
    type Inner { a: Int }
    type Middle { inner: Inner }
    interface Item { id: ID! }
    type Task implements Item { id: ID! due: String! size: Int }
    type Note implements Item { id: ID! due: Int text: String }
    type Blank implements Item { id: ID! }
    union Value = Text | Number
    type Text { value: String label: String }
    type Number { value: Float }
    union Favorite = Webhook | View
";

fn run(schema: &str, existing: &[(&str, &str)], field: Option<&str>) -> Vec<SourceFile> {
    let schema = Schema::parse(&SourceFile::new("schema", schema)).unwrap();
    let existing: Vec<_> = existing.iter().map(|(path, text)| SourceFile::new(*path, *text)).collect();
    let files = scaffold(&schema, &existing, field).unwrap();
    let together: Vec<_> = existing.into_iter().chain(files.clone()).collect();
    let documents = validate(&schema, &together).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    lint(&schema, &documents).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    files
}

/// The text of the one operation for a field, without the comment and with single spaces.
fn text(existing: &[(&str, &str)], field: &str) -> String {
    let files = run(SCHEMA, existing, Some(field));
    let file = files.iter().find(|file| file.folder() != "fragments").unwrap();
    flat(&file.text)
}

fn flat(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ")
}

#[test]
fn an_operation_is_called_like_its_field_unless_a_type_is() {
    let schema = Schema::parse(&SourceFile::new("schema", SCHEMA)).unwrap();
    let names: Vec<_> = root_fields(&schema).into_iter().map(|field| (field.path, field.operation)).collect();
    for (path, operation) in [
        ("queries/boards/get_boards_page.graphql", "GetBoardsPage"),
        ("queries/teams/create_team.graphql", "CreateTeam"),
        ("queries/platform/get_version.graphql", "GetVersion"),
        ("queries/platform/mutation_version.graphql", "MutationVersion"),
    ] {
        assert!(names.contains(&(path.to_owned(), operation.to_owned())), "{path}: {names:?}");
    }
}

#[test]
fn arguments_become_variables_and_a_default_lets_one_be_left_out() {
    let text = text(&[], "boards");
    assert!(text.starts_with(
        "query Boards($ids: [ID!], $limit: Int, $state: State) { boards(ids: $ids, limit: $limit, state: $state) {"
    ), "{text}");
}

#[test]
fn a_document_is_laid_out_like_those_written_by_hand() {
    let files = run(SCHEMA, &[], Some("create_team"));
    let file = files.iter().find(|file| file.folder() == "teams").unwrap();
    assert_eq!(
        file.text,
        "# The mutation `create_team`.\nmutation CreateTeam($name: String!) {\n  create_team(name: $name) {\n    ...TeamFields\n    members {\n      ...OwnerFields\n    }\n  }\n}\n"
    );
    let long = run(SCHEMA, &[], Some("long_names"));
    assert_eq!(
        long[0].text,
        "# The query `long_names`.\nquery LongNames(\n  $the_first_of_two_long_arguments_here: [String!]!\n  $the_second_of_two_long_arguments_here: [String!]!\n) {\n  long_names(\n    the_first_of_two_long_arguments_here: $the_first_of_two_long_arguments_here\n    the_second_of_two_long_arguments_here: $the_second_of_two_long_arguments_here\n  )\n}\n"
    );
}

#[test]
fn leaves_and_objects_are_selected_but_nothing_deprecated_demanding_paging_or_empty() {
    let files = run(SCHEMA, &[], Some("boards"));
    let board = files.iter().find(|file| file.stem() == "board_fields").unwrap();
    assert_eq!(flat(&board.text), "fragment BoardFields on Board { id name title state }");
    assert!(text(&[], "boards").ends_with("{ ...BoardFields owner { ...OwnerFields } } }"));
}

#[test]
fn a_page_asks_for_its_cursor_and_its_objects() {
    assert!(text(&[], "boards_page").ends_with("{ cursor boards { ...BoardFields } } }"));
}

#[test]
fn a_wrapper_is_looked_through_once() {
    assert!(text(&[], "deep").ends_with("{ deep { outer { inner { a } } } }"));
}

#[test]
fn a_result_that_is_a_leaf_or_has_nothing_to_select_is_valid() {
    assert_eq!(text(&[], "empty"), "query Empty { empty }");
    assert_eq!(text(&[], "search"), "query GetSearch { search { __typename } }");
}

#[test]
fn interfaces_and_unions_ask_for_the_type_and_for_each_members_own_leaves() {
    assert_eq!(
        text(&[], "items"),
        "query Items { items { __typename id ... on Note { note_due: due text } ... on Task { task_due: due size } } }"
    );
    assert_eq!(
        text(&[], "values"),
        "query Values { values { __typename ... on Number { number_value: value } ... on Text { text_value: value label } } }"
    );
    assert_eq!(
        text(&[], "favorites"),
        "query Favorites { favorites { __typename ... on View { id } ... on Webhook { event url } } }"
    );
}

#[test]
fn what_is_selected_once_stays_inline_and_what_is_selected_twice_is_a_fragment() {
    assert_eq!(text(&[], "webhooks"), "query Webhooks { webhooks { event url } }");
    let all: Vec<_> = run(SCHEMA, &[], None).into_iter().map(|file| file.path).collect();
    let fragments: Vec<_> = all.iter().filter(|path| path.starts_with("queries/fragments/")).collect();
    assert_eq!(
        fragments,
        [
            "queries/fragments/board_fields.graphql",
            "queries/fragments/owner_fields.graphql",
            "queries/fragments/team_fields.graphql",
            "queries/fragments/version_fields.graphql"
        ]
    );
}

#[test]
fn one_document_is_the_same_whether_written_alone_or_with_all_others() {
    let all = run(SCHEMA, &[], None);
    for field in ["boards", "teams", "items", "deep"] {
        for file in run(SCHEMA, &[], Some(field)) {
            assert!(all.contains(&file), "{}", file.text);
        }
    }
}

#[test]
fn an_existing_fragment_is_used_and_nothing_is_selected_beside_it_again() {
    let existing = [
        ("queries/fragments/board_fields.graphql", "fragment BoardFields on Board { id owner { email } }"),
        ("queries/fragments/webhook_fields.graphql", "fragment WebhookFields on Webhook { url }"),
        (
            "queries/boards/one.graphql",
            "query One { boards { ...BoardFields } webhooks { ...WebhookFields } }",
        ),
    ];
    assert!(text(&existing, "boards").ends_with("{ ...BoardFields } }"));
    assert_eq!(text(&existing, "webhooks"), "query Webhooks { webhooks { ...WebhookFields } }");
    let written = run(SCHEMA, &existing, None);
    assert!(written.iter().all(|file| existing.iter().all(|(path, _)| file.path != *path)));
}

#[test]
fn a_fragment_of_the_right_name_on_another_type_is_not_used() {
    let existing = [
        ("queries/fragments/team_fields.graphql", "fragment TeamFields on View { id }"),
        ("queries/views/views.graphql", "query Views { favorites { __typename ...TeamFields } }"),
    ];
    assert_eq!(text(&existing, "teams"), "query Teams { teams { id members { ...OwnerFields } } }");
}

#[test]
fn an_operation_that_exists_is_not_written_again() {
    let existing = [("queries/boards/boards.graphql", "query Boards { boards { id } }")];
    assert_eq!(run(SCHEMA, &existing, Some("boards")), []);
    let all = run(SCHEMA, &[], None);
    let all: Vec<_> = all.iter().map(|file| (file.path.as_str(), file.text.as_str())).collect();
    assert_eq!(run(SCHEMA, &all, None), []);
}

#[test]
fn a_name_of_a_query_and_a_mutation_means_both() {
    let paths: Vec<_> = run(SCHEMA, &[], Some("version")).into_iter().map(|file| file.path).collect();
    assert_eq!(
        paths,
        [
            "queries/fragments/version_fields.graphql",
            "queries/platform/get_version.graphql",
            "queries/platform/mutation_version.graphql"
        ]
    );
}

#[test]
fn an_unknown_field_and_a_broken_document_are_errors_that_help() {
    let schema = Schema::parse(&SourceFile::new("schema", SCHEMA)).unwrap();
    let error = scaffold(&schema, &[], Some("board_page")).unwrap_err().to_string();
    assert!(error.contains("no root field `board_page`; the nearest are `boards_page`, "), "{error}");
    let broken = SourceFile::new("queries/a/b.graphql", "query B { boards {");
    let error = scaffold(&schema, &[broken], None).unwrap_err().to_string();
    assert!(error.starts_with("queries/a/b.graphql:1:"), "{error}");
}

#[test]
fn the_whole_of_mondays_schema_gives_documents_that_pass() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schema/monday.graphql");
    let schema = std::fs::read_to_string(path).unwrap();
    let files = run(&schema, &[], None);
    let schema = Schema::parse(&SourceFile::new("schema", schema)).unwrap();
    let operations = files.iter().filter(|file| file.folder() != "fragments").count();
    assert_eq!(operations, root_fields(&schema).len());
}
