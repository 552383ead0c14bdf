//! Docs and their blocks: made, changed, duplicated, deleted; and as Markdown.

use serde_json::{Value, json};

use crate::desk::{Desk, code};

async fn made(desk: &Desk) -> Value {
    let query = "mutation { create_doc(location: {workspace: {workspace_id: 302, name: \"Notes\", kind: private}}) { id } }";
    desk.data(query, json!({})).await["create_doc"]["id"].clone()
}

async fn block(desk: &Desk, doc: &Value, after: Value, content: &str) -> Value {
    let query = "mutation($d: ID!, $a: String, $c: JSON!) {
        create_doc_block(doc_id: $d, after_block_id: $a, content: $c, type: normal_text) { id } }";
    desk.ask(query, json!({"d": doc, "a": after, "c": content})).await
}

async fn blocks(desk: &Desk, doc: &Value) -> Vec<Value> {
    let query = "query($d: [ID!]) { docs(ids: $d) { blocks { id type content } } }";
    let data = desk.data(query, json!({ "d": [doc] })).await;
    data["docs"][0]["blocks"].as_array().unwrap().clone()
}

const TEXT: &str = r#"{"deltaFormat": [{"insert": "Hello"}]}"#;

#[tokio::test]
async fn a_doc_is_made_renamed_duplicated_and_deleted() {
    let desk = Desk::new().await;
    let id = made(&desk).await;
    let read = "query($d: [ID!]) { docs(ids: $d) { name doc_kind workspace { id } created_by { id } blocks { id } } }";
    let docs = desk.data(read, json!({ "d": [id] })).await["docs"].clone();
    assert_eq!(
        docs,
        json!([{"name": "Notes", "doc_kind": "private", "workspace": {"id": "302"}, "created_by": {"id": "501"},
            "blocks": []}])
    );
    assert_eq!(code(&block(&desk, &id, Value::Null, TEXT).await), "none");
    let rename = "mutation($d: ID!) { update_doc_name(docId: $d, name: \"More notes\") }";
    assert_eq!(desk.data(rename, json!({ "d": id })).await["update_doc_name"]["success"], true);
    let duplicate = "mutation($d: ID!) { duplicate_doc(docId: $d) }";
    let copy = desk.data(duplicate, json!({ "d": id })).await["duplicate_doc"]["id"].clone();
    assert_eq!(desk.data(read, json!({ "d": [copy] })).await["docs"][0]["name"], "Duplicate of More notes");
    assert_eq!(blocks(&desk, &copy).await[0]["content"], TEXT);
    let delete = "mutation($d: ID!) { delete_doc(docId: $d) }";
    desk.data(delete, json!({ "d": id })).await;
    assert_eq!(desk.data(read, json!({ "d": [id] })).await["docs"], json!([]));
    for query in [delete, rename, duplicate] {
        assert_eq!(code(&desk.ask(query, json!({ "d": id })).await), "ResourceNotFoundException", "{query}");
    }
    assert_eq!(
        desk.data("{ docs(workspace_ids: 302) { id } }", json!({})).await["docs"],
        json!([{ "id": copy }])
    );
}

#[tokio::test]
async fn blocks_stand_where_they_are_put_are_changed_and_deleted() {
    let desk = Desk::new().await;
    let id = made(&desk).await;
    let first = block(&desk, &id, Value::Null, TEXT).await["data"]["create_doc_block"]["id"].clone();
    let last = block(&desk, &id, Value::Null, TEXT).await["data"]["create_doc_block"]["id"].clone();
    let query = "mutation($d: ID!, $a: String) { create_doc_blocks(docId: $d, afterBlockId: $a, blocksInput: [
        {list_block: {list_block_type: CHECK_LIST, delta_format: [{insert: {text: \"Do\"}}]}},
        {divider_block: {}}]) { id type content {
            ... on ListBlockContent { delta_format { insert { text } } } ... on DividerContent { __typename } } } }";
    let made = desk.data(query, json!({"d": id, "a": first})).await["create_doc_blocks"].clone();
    assert_eq!((&made[0]["type"], &made[1]["type"]), (&json!("check_list"), &json!("divider")));
    assert_eq!(made[0]["content"], json!([{"delta_format": [{"insert": {"text": "Do"}}]}]));
    assert_eq!(made[1]["content"], json!([{"__typename": "DividerContent"}]));
    let ids = async || blocks(&desk, &id).await.iter().map(|block| block["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids().await, [first.clone(), made[0]["id"].clone(), made[1]["id"].clone(), last.clone()]);
    let update = "mutation($b: String!, $c: JSON!) { update_doc_block(block_id: $b, content: $c) { id } }";
    desk.data(update, json!({"b": first, "c": "{\"deltaFormat\": []}"})).await;
    assert_eq!(blocks(&desk, &id).await[0]["content"], "{\"deltaFormat\": []}");
    assert_eq!(code(&desk.ask(update, json!({"b": first, "c": "{"})).await), "InvalidArgumentException");
    let delete = "mutation($b: String!) { delete_doc_block(block_id: $b) { id } }";
    assert_eq!(desk.data(delete, json!({ "b": first })).await["delete_doc_block"]["id"], first);
    assert_eq!(code(&desk.ask(delete, json!({ "b": first })).await), "ResourceNotFoundException");
    let delete = "mutation($b: [ID!]!) { delete_doc_blocks(block_ids: $b) { id } }";
    assert_eq!(code(&desk.ask(delete, json!({"b": [last, "9"]})).await), "ResourceNotFoundException");
    desk.data(delete, json!({"b": [last, made[1]["id"]]})).await;
    assert_eq!(ids().await, [made[0]["id"].clone()]);
    assert_eq!(code(&block(&desk, &id, first, TEXT).await), "ResourceNotFoundException");
    assert_eq!(code(&block(&desk, &json!("9"), Value::Null, TEXT).await), "ResourceNotFoundException");
    let other = self::made(&desk).await;
    let beside = block(&desk, &other, made[0]["id"].clone(), TEXT).await;
    assert_eq!(code(&beside), "ResourceNotFoundException");
}

#[tokio::test]
async fn a_doc_is_written_and_read_as_markdown() {
    let desk = Desk::new().await;
    let id = made(&desk).await;
    let text = "# Title\nWords\n- [ ] Do\n- One\n> Said\n---";
    let add = "mutation($d: ID!, $m: String!) { add_content_to_doc_from_markdown(docId: $d, markdown: $m) {
        success block_ids } }";
    let added = desk.data(add, json!({"d": id, "m": text})).await["add_content_to_doc_from_markdown"].clone();
    assert_eq!(added["block_ids"].as_array().unwrap().len(), 6);
    let kinds: Vec<_> = blocks(&desk, &id).await.iter().map(|block| block["type"].clone()).collect();
    assert_eq!(kinds, ["large_title", "normal_text", "check_list", "bulleted_list", "quote", "divider"]);
    let export = "query($d: ID!) { export_markdown_from_doc(docId: $d) { markdown } }";
    assert_eq!(desk.data(export, json!({ "d": id })).await["export_markdown_from_doc"]["markdown"], text);
}

#[tokio::test]
async fn a_doc_of_an_item_is_in_a_column_of_docs() {
    let desk = Desk::new().await;
    let column = desk.column("doc").await;
    let query = "mutation($i: ID!, $c: String!) { create_doc(location: {board: {item_id: $i, column_id: $c}}) { id } }";
    let id = desk.data(query, json!({"i": desk.item, "c": column})).await["create_doc"]["id"].clone();
    let docs = desk.data("query($i: ID) { docs(item_id: $i) { id } }", json!({"i": desk.item})).await;
    assert_eq!(docs["docs"], json!([{ "id": id }]));
    for (item, column, expected) in [
        (desk.item.as_str(), "text", "InvalidArgumentException"),
        (desk.item.as_str(), "nope", "InvalidColumnIdException"),
        ("9", "text", "InvalidItemIdException"),
    ] {
        assert_eq!(
            code(&desk.ask(query, json!({"i": item, "c": column})).await),
            expected,
            "{item} {column}"
        );
    }
    let nowhere = desk.ask("mutation { create_doc(location: {}) { id } }", json!({})).await;
    assert_eq!(code(&nowhere), "InvalidArgumentException");
}
