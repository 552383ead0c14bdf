//! The root fields that write docs and their blocks, and docs as Markdown.
//!
//! Must not know: how a doc is kept.

use heck::{ToSnakeCase, ToUpperCamelCase};
use serde_json::{Map, Value, json};

use super::arguments::id_within;
use super::mutation::Write;
use super::{Arguments, Found, Noun, record};
use crate::field_fault::FieldFault;
use crate::world::{Kind, Record, World, markdown, seed};

pub(super) const WRITES: &[(&str, Write)] = &[
    ("add_content_to_doc_from_markdown", add_markdown),
    ("create_doc", create_doc),
    ("create_doc_block", create_doc_block),
    ("create_doc_blocks", create_doc_blocks),
    ("delete_doc", |world, arguments| Ok(done(&world.delete_document(&id(arguments, "docId"))?))),
    ("delete_doc_block", |world, arguments| {
        let block = world.delete_block(&id(arguments, "block_id"))?;
        Ok(Found::Json(json!({"id": block["id"]})))
    }),
    ("delete_doc_blocks", delete_doc_blocks),
    ("duplicate_doc", |world, arguments| Ok(done(&world.duplicate_document(&id(arguments, "docId"))?))),
    ("update_doc_block", |world, arguments| {
        let block = world.change_block(&id(arguments, "block_id"), &content(arguments)?)?;
        Ok(Found::Node(record("DocumentBlock", &block)))
    }),
    ("update_doc_name", |world, arguments| {
        let fields = seed::map(json!({"name": arguments.text("name")}));
        Ok(done(&world.change(Kind::Document, &id(arguments, "docId"), fields)?))
    }),
];

/// monday takes no more at once.
const MOST_MADE: usize = 25;
const MOST_DELETED: usize = 100;

fn id(arguments: &Arguments<'_>, name: &str) -> String {
    arguments.id_text(name).unwrap_or_default()
}

fn refused(message: &str) -> FieldFault {
    FieldFault::new("InvalidArgumentException", message)
}

/// An answer of the type `JSON`.
fn done(document: &Record) -> Found {
    Found::Json(json!({"success": true, "id": document["id"]}))
}

fn create_doc(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let location = arguments.get("location");
    let document = match (&location["board"], &location["workspace"]) {
        (Value::Null, Value::Null) => return Err(refused("location wants board or workspace")),
        (Value::Null, of) => {
            let place = world
                .document_place(id_within(&of["workspace_id"]), id_within(&of["folder_id"]).as_deref())?;
            let kind = if of["kind"].is_null() { json!("public") } else { of["kind"].clone() };
            world.create_document(of["name"].as_str().unwrap_or_default(), &kind, place)
        }
        (of, Value::Null) => {
            let item = id_within(&of["item_id"]).and_then(|id| id.parse().ok());
            let item = item.ok_or_else(|| refused("item_id is not an id"))?;
            let place = world.column_place(item, of["column_id"].as_str().unwrap_or_default())?;
            world.create_document("New doc", &json!("public"), place)
        }
        _ => return Err(refused("location takes one of board and workspace")),
    };
    Ok(Found::Node(record("Document", &document)))
}

/// JSON in a string, as blocks keep it.
fn content(arguments: &Arguments<'_>) -> Result<Value, FieldFault> {
    match arguments.get("content") {
        Value::String(text) if serde_json::from_str::<Value>(&text).is_err() => {
            Err(refused("content is not JSON in a string"))
        }
        Value::String(text) => Ok(json!(text)),
        content => Ok(json!(content.to_string())),
    }
}

fn create_doc_block(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let fields = json!({"type": arguments.get("type"), "content": content(arguments)?, "parts": null});
    let (after, parent) = (arguments.text("after_block_id"), arguments.get("parent_block_id"));
    let block = world.add_block(&id(arguments, "doc_id"), after.as_deref(), &parent, seed::map(fields))?;
    Ok(Found::Node(record("DocumentBlock", &block)))
}

fn create_doc_blocks(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let inputs = arguments.get("blocksInput");
    let inputs = inputs.as_array().cloned().unwrap_or_default();
    if !(1..=MOST_MADE).contains(&inputs.len()) {
        return Err(refused("blocksInput takes 1 to 25 blocks"));
    }
    let blocks: Result<Vec<_>, _> = inputs.iter().map(block_of).collect();
    let (document, mut after) = (id(arguments, "docId"), arguments.text("afterBlockId"));
    let mut made = Vec::new();
    for (fields, parent) in blocks? {
        let block = world.add_block(&document, after.as_deref(), &parent, fields)?;
        after = block["id"].as_str().map(str::to_owned);
        made.push(record("DocumentBlockV2", &block));
    }
    Ok(Found::Nodes(made))
}

/// The fields of a block that is given in one of nine forms, and the block it is in.
fn block_of(input: &Value) -> Result<(Map<String, Value>, Value), FieldFault> {
    let mut given = input.as_object().into_iter().flatten().filter(|(_, form)| !form.is_null());
    let (Some((form, fields)), None) = (given.next(), given.next()) else {
        return Err(refused("A block is given in one form"));
    };
    let noun = form.trim_end_matches("_block");
    let kind = match noun {
        "text" => fields["text_block_type"].as_str().unwrap_or("NORMAL_TEXT").to_snake_case(),
        "list" => fields["list_block_type"].as_str().unwrap_or("BULLETED_LIST").to_snake_case(),
        noun => noun.to_owned(),
    };
    let mut parts = seed::map(fields.clone());
    let parent = parts.remove("parent_block_id").unwrap_or_default();
    if let Some(url) = parts.remove("raw_url") {
        parts.insert("url".to_owned(), url);
    }
    let suffix = if matches!(noun, "text" | "list") { "BlockContent" } else { "Content" };
    let content = json!({"deltaFormat": fields["delta_format"]}).to_string();
    let parts = json!({"type": format!("{}{suffix}", noun.to_upper_camel_case()), "fields": parts});
    Ok((seed::map(json!({"type": kind, "content": content, "parts": parts})), parent))
}

/// The content of a block in the second form of blocks: none of one that was written as JSON.
pub(super) fn parts(block: &Record) -> Found {
    let parts = block.get("parts").filter(|parts| !parts.is_null());
    let parts = parts.map(|parts| Noun::Record {
        type_name: parts["type"].as_str().unwrap_or_default().to_owned(),
        fields: seed::record(parts["fields"].clone()),
    });
    Found::Nodes(parts.into_iter().collect())
}

fn delete_doc_blocks(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let ids = arguments.id_list("block_ids");
    if !(1..=MOST_DELETED).contains(&ids.len()) {
        return Err(refused("block_ids takes 1 to 100 ids"));
    }
    world.check_all(Kind::Block, &ids)?;
    for id in &ids {
        // A block that was in another of them is gone by now.
        if world.check(Kind::Block, id).is_ok() {
            world.delete_block(id)?;
        }
    }
    Ok(Found::Json(ids.iter().map(|id| json!({ "id": id })).collect()))
}

fn add_markdown(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let (document, mut after) = (id(arguments, "docId"), arguments.text("afterBlockId"));
    let mut ids = Vec::new();
    world.check(Kind::Document, &document)?;
    for fields in markdown::blocks(&arguments.text("markdown").unwrap_or_default()) {
        let block = world.add_block(&document, after.as_deref(), &Value::Null, fields)?;
        after = block["id"].as_str().map(str::to_owned);
        ids.extend(after.clone());
    }
    Ok(Found::Json(json!({"success": true, "block_ids": ids, "error": null})))
}

pub(super) fn export_markdown(world: &World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let (document, wanted) = (id(arguments, "docId"), arguments.ids("blockIds"));
    world.check(Kind::Document, &document)?;
    let blocks = world.blocks.iter().filter(|block| block["doc_id"] == document);
    let blocks = blocks
        .filter(|block| wanted.as_ref().is_none_or(|wanted| wanted.iter().any(|id| block["id"] == **id)));
    let lines: Vec<String> = blocks.map(|block| markdown::line(block)).collect();
    Ok(Found::Json(json!({"success": true, "markdown": lines.join("\n"), "error": null})))
}
