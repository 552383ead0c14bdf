//! Every root field of the real schema, asked for what it has, two levels deep.
//!
//! Must not know: what each field means.

use apollo_compiler::Node;
use apollo_compiler::ast::{InputValueDefinition, Type};
use apollo_compiler::schema::{ExtendedType, FieldDefinition};

use super::*;
use crate::authorization::{Authorization, TOKEN_LIFE};
use crate::site::Settings;
use crate::world::World;

fn operation(query: String) -> Operation {
    let call = Call { query, ..Call::default() };
    let parsed = Operation::parse(&call, &Cost::default());
    parsed.unwrap_or_else(|refusal| panic!("{}\n{refusal:?}", call.query))
}

/// A literal of a type: the smallest that is valid.
fn literal(ty: &Type) -> String {
    if ty.is_list() {
        return format!("[{}]", literal(ty.item_type()));
    }
    match schema().graphql.types.get(ty.inner_named_type()) {
        Some(ExtendedType::Enum(def)) => def.values.keys().next().unwrap().to_string(),
        Some(ExtendedType::InputObject(def)) => {
            let fields = def.fields.values().filter(|field| field.is_required());
            let fields: Vec<_> =
                fields.map(|field| format!("{}: {}", field.name, literal(&field.ty))).collect();
            format!("{{{}}}", fields.join(", "))
        }
        _ => match ty.inner_named_type().as_str() {
            "Int" | "Float" => "1".to_owned(),
            "Boolean" => "true".to_owned(),
            "JSON" => "\"{}\"".to_owned(),
            _ => "\"1\"".to_owned(),
        },
    }
}

fn required(arguments: &[Node<InputValueDefinition>]) -> Vec<String> {
    let required = arguments.iter().filter(|argument| argument.is_required());
    required.map(|argument| format!("{}: {}", argument.name, literal(&argument.ty))).collect()
}

fn field(def: &FieldDefinition, depth: usize) -> String {
    let arguments = required(&def.arguments);
    let arguments = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
    format!("{}{arguments}{}", def.name, selection(def.ty.inner_named_type(), depth))
}

/// The selection on a type, so many levels deep; nothing on a leaf.
fn selection(type_name: &str, depth: usize) -> String {
    let fields = match schema().graphql.types.get(type_name) {
        Some(ExtendedType::Object(def)) => def.fields.values().collect::<Vec<_>>(),
        Some(ExtendedType::Interface(def)) => def.fields.values().collect(),
        Some(ExtendedType::Union(_)) => Vec::new(),
        _ => return String::new(),
    };
    let below = depth.checked_sub(1).map(|depth| fields.into_iter().map(move |def| field(def, depth)));
    let fields: Vec<_> = below.into_iter().flatten().collect();
    format!(" {{ __typename {} }}", fields.join(" "))
}

/// These name something that is not there, or less than they have to, and say so.
const REFUSED_FOR_THEIR_IDS: [&str; 77] = [
    "add_content_to_doc_from_markdown",
    "add_file_to_column",
    "add_file_to_update",
    "add_subscribers_to_board",
    "add_teams_to_board",
    "add_teams_to_workspace",
    "add_users_to_board",
    "add_users_to_team",
    "add_users_to_workspace",
    "archive_board",
    "archive_group",
    "archive_item",
    "assign_team_owners",
    "bulk_archive_items",
    "bulk_delete_items",
    "change_column_metadata",
    "change_column_title",
    "change_column_value",
    "change_item_position",
    "change_multiple_column_values",
    "change_simple_column_value",
    "clear_item_updates",
    "create_column",
    "create_doc",
    "create_doc_block",
    "create_doc_blocks",
    "create_dropdown_column",
    "create_group",
    "create_item",
    "create_notification",
    "create_status_column",
    "create_subitem",
    "create_team",
    "create_update",
    "create_webhook",
    "delete_board",
    "delete_column",
    "delete_doc",
    "delete_doc_block",
    "delete_doc_blocks",
    "delete_folder",
    "delete_group",
    "delete_item",
    "delete_subscribers_from_board",
    "delete_team",
    "delete_teams_from_board",
    "delete_teams_from_workspace",
    "delete_update",
    "delete_users_from_workspace",
    "delete_webhook",
    "delete_workspace",
    "duplicate_board",
    "duplicate_doc",
    "duplicate_group",
    "duplicate_item",
    "edit_update",
    "export_markdown_from_doc",
    "items_page_by_column_values",
    "like_update",
    "move_item_to_board",
    "move_item_to_group",
    "next_items_page",
    "pin_to_top",
    "remove_team_owners",
    "remove_users_from_team",
    "unlike_update",
    "unpin_from_top",
    "update_board",
    "update_board_hierarchy",
    "update_column",
    "update_doc_block",
    "update_doc_name",
    "update_dropdown_column",
    "update_folder",
    "update_group",
    "update_status_column",
    "update_users_role",
];

#[test]
fn every_root_field_of_the_schema_answers() {
    let (mut executed, mut refused) = (0, Vec::new());
    for (keyword, root) in [("query", "Query"), ("mutation", "Mutation")] {
        for def in schema().graphql.get_object(root).unwrap().fields.values() {
            let site = Site::new(
                World::seeded(3, 2),
                Authorization::new(String::new(), Vec::new(), TOKEN_LIFE, std::time::Duration::ZERO),
                &Settings::default(),
                String::new(),
            );
            let document = format!("{keyword} {{ {} }}", field(def, 2));
            let answer = execute(&site, &operation(document.clone()), Bill::default())
                .unwrap_or_else(|refusal| panic!("{document}\n{refusal:?}"));
            let code = answer["errors"][0]["extensions"]["code"].as_str();
            let code = code.or(answer["error_code"].as_str());
            if code.is_some() {
                refused.push(def.name.to_string());
            }
            assert_eq!(answer.get("errors").is_some(), code.is_some(), "{document}\n{answer}");
            executed += 1;
        }
    }
    assert_eq!(executed, 309);
    refused.sort_unstable();
    assert_eq!(refused, REFUSED_FOR_THEIR_IDS);
}
