//! Every root field of the schema has its one operation; what there is beside them stands in a table.
//!
//! Must not know: what an operation selects.

use std::collections::BTreeMap;
use std::fs;

use monday_codegen::{PlannedOperation, RootField, Schema, SourceFile, lint, plan, root_fields, validate};

use crate::support::root;

/// Operations beside the one their root field has: name, root field, what they are for.
const EXTRA_VIEWS: [(&str, &str, &str); 30] = [
    ("AppFeatures", "app", "features of an app, which page for themselves"),
    ("BoardActivityLogs", "boards", "monday keeps activity logs inside boards, and they page for themselves"),
    ("BoardTeamOwners", "boards", "the teams that own a board, who page for themselves"),
    ("BoardTeamSubscribers", "boards", "the teams that subscribe to a board, who page for themselves"),
    ("BoardUpdates", "boards", "the updates of a board, by page"),
    ("BoardUpdatesPage", "boards", "the updates of a board, by cursor"),
    ("DocumentBlocks", "docs", "the blocks of one document, which page for themselves"),
    ("GetBoard", "boards", "one board in full: its groups, and its columns with their settings"),
    ("GroupItemsPage", "boards", "the items of one group, whose first page lies inside the board"),
    ("ItemDescriptionBlocks", "items", "the blocks of an item's description, which page for themselves"),
    ("ItemUpdates", "items", "the updates of given items, which the root field `updates` cannot filter"),
    ("ItemUpdatesPage", "items", "the updates of one item, by cursor"),
    ("ItemsPage", "boards", "the items of a board, whose first page lies inside the board"),
    ("ItemsPageTyped", "boards", "the items of a board with all that the types of their columns have"),
    ("NextItemsPageTyped", "next_items_page", "where `ItemsPageTyped` goes on"),
    ("ReplyViewers", "updates", "who has seen replies, which pages for itself"),
    ("SearchBoards", "search", "one kind of thing, as a list"),
    ("SearchDocs", "search", "one kind of thing, as a list"),
    ("SearchItems", "search", "one kind of thing, as a list"),
    ("SearchTimelineItems", "search", "one kind of thing, as a list"),
    ("SearchUpdates", "search", "one kind of thing, as a list"),
    ("SearchUsers", "search", "one kind of thing, as a list"),
    ("SearchWorkspaces", "search", "one kind of thing, as a list"),
    ("TeamUsers", "teams", "the members of a team, who page for themselves"),
    ("UpdateViewers", "updates", "who has seen an update, which pages for itself"),
    ("UserActivityLogs", "users", "what one user did, which pages for itself"),
    ("WorkspaceOwners", "workspaces", "the users who own a workspace, who page for themselves"),
    ("WorkspaceTeamOwners", "workspaces", "the teams that own a workspace, which page for themselves"),
    ("WorkspaceTeams", "workspaces", "the teams of a workspace, which page for themselves"),
    ("WorkspaceUsers", "workspaces", "the users of a workspace, who page for themselves"),
];

struct Documents {
    fields: Vec<RootField>,
    operations: Vec<PlannedOperation>,
}

fn documents() -> Documents {
    let read = |path: &str| SourceFile::new(path, fs::read_to_string(root().join(path)).unwrap());
    let schema = Schema::parse(&read("schema/monday.graphql")).unwrap();
    let mut files = Vec::new();
    for folder in fs::read_dir(root().join("queries")).unwrap() {
        let folder = folder.unwrap();
        let noun = folder.file_name().into_string().unwrap();
        for file in fs::read_dir(folder.path()).unwrap() {
            let name = file.unwrap().file_name().into_string().unwrap();
            files.push(read(&format!("queries/{noun}/{name}")));
        }
    }
    let documents = validate(&schema, &files).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    lint(&schema, &documents).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    Documents { fields: root_fields(&schema), operations: plan(&schema, &documents).operations }
}

#[test]
fn every_root_field_has_exactly_one_operation_named_for_it_and_the_table_holds_the_others() {
    let Documents { fields, operations } = documents();
    for operation in &operations {
        assert_eq!(operation.root_fields.len(), 1, "{} asks for one root field", operation.path);
    }
    let key = |operation: &PlannedOperation| (operation.name.clone(), operation.is_mutation);
    let mut left: BTreeMap<_, _> = operations.iter().map(|operation| (key(operation), operation)).collect();
    assert_eq!(left.len(), operations.len(), "two operations of one name");

    let mut missing = Vec::new();
    for field in &fields {
        match left.remove(&(field.operation.clone(), field.is_mutation)) {
            Some(operation) => {
                assert!(
                    operation.root_fields.contains(&field.name),
                    "{} asks for `{}`",
                    operation.path,
                    field.name
                );
                assert_eq!(operation.path, field.path, "where the rule puts it");
            }
            None => missing.push(&field.name),
        }
    }
    assert!(missing.is_empty(), "no operation for {missing:?}: run `cargo xtask queries scaffold`");

    let others: Vec<_> = left
        .values()
        .flat_map(|operation| {
            operation.root_fields.iter().map(|field| (operation.name.as_str(), field.as_str()))
        })
        .collect();
    let table: Vec<_> = EXTRA_VIEWS.iter().map(|(name, field, _)| (*name, *field)).collect();
    assert_eq!(others, table, "what no root field is named for belongs into the table, with its reason");
}

#[test]
fn the_root_fields_are_all_those_of_the_schema_and_no_two_operations_share_a_name() {
    let Documents { fields, .. } = documents();
    let sdl = fs::read_to_string(root().join("schema/monday.graphql")).unwrap();
    for (ty, is_mutation) in [("Query", false), ("Mutation", true)] {
        let (_, body) = sdl.split_once(&format!("\ntype {ty} {{\n")).unwrap();
        let (body, _) = body.split_once("\n}").unwrap();
        let of_type = fields.iter().filter(|field| field.is_mutation == is_mutation).count();
        assert_eq!(body.lines().count(), of_type, "{ty}");
    }
    let mut names: Vec<_> = fields.iter().map(|field| &field.operation).collect();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), fields.len());
}
