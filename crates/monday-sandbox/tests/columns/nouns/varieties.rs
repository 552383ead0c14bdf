//! Answers that stray: what each kind of variety does, that it stays within the schema, and the same each time.

use monday_sandbox::{Sandbox, Variety};
use serde_json::{Value, json};

use crate::desk::Desk;

const QUERY: &str = "{ boards(limit: 40) { id name state description groups { id }
    items_page(limit: 2) { cursor items { id column_values { __typename id ... on StatusValue { label } } } } } }";

async fn asked(variety: Variety, seed: u64, query: &str) -> Value {
    let sandbox = Sandbox::builder().items(2).variety(variety).generated_seed(seed).start().await.unwrap();
    let desk = Desk { board: String::new(), item: String::new(), sandbox };
    desk.data(query, json!({})).await
}

#[tokio::test]
async fn what_may_be_null_is_null_and_nothing_else() {
    let data = asked(Variety { nulls: 1_000, ..Variety::none() }, 1, QUERY).await;
    assert_eq!(data, json!({"boards": null}));
    let query = "{ version { kind display_name value } }";
    let data = asked(Variety { nulls: 1_000, ..Variety::none() }, 1, query).await;
    assert_eq!(data["version"]["kind"], "current");
}

#[tokio::test]
async fn lists_are_empty_or_as_long_as_they_may_be() {
    let data = asked(Variety { empty_lists: 1_000, ..Variety::none() }, 1, QUERY).await;
    assert_eq!(data["boards"], json!([]));
    let long = asked(Variety { longest_lists: 1_000, ..Variety::none() }, 1, QUERY).await;
    let boards = long["boards"].as_array().unwrap();
    assert_eq!(boards.len(), 40);
    assert_eq!(boards[0]["groups"].as_array().unwrap().len(), 100);
    assert!(long.to_string().len() < 2_000_000);
}

#[tokio::test]
async fn enums_and_types_are_ones_that_nobody_has_heard_of() {
    let data = asked(Variety { unknown_enum_values: 1_000, ..Variety::none() }, 1, QUERY).await;
    assert_eq!(data["boards"][0]["state"], "UNHEARD_OF_value");
    assert_eq!(data["boards"][0]["name"], "Roadmap");
    let data = asked(Variety { unknown_types: 1_000, ..Variety::none() }, 1, QUERY).await;
    let values = &data["boards"][0]["items_page"]["items"][0]["column_values"];
    assert_eq!(values[1], json!({"__typename": "UnheardOfType", "id": "status"}));
}

#[tokio::test]
async fn the_same_seed_draws_the_same_and_another_one_another() {
    let some = Variety::of_all(300);
    assert_eq!(asked(some, 7, QUERY).await, asked(some, 7, QUERY).await);
    assert_ne!(asked(some, 7, QUERY).await, asked(some, 8, QUERY).await);
    let query = "{ departments { id name } all_widgets_schema { widget_type } }";
    let plain = Variety::none();
    assert_eq!(asked(plain, 7, query).await, asked(plain, 7, query).await);
    assert_ne!(asked(plain, 7, query).await, asked(plain, 8, query).await);
}

#[tokio::test]
async fn without_state_everything_is_there() {
    let sandbox = Sandbox::builder().without_state().start().await.unwrap();
    let desk = Desk { board: String::new(), item: String::new(), sandbox };
    let query = "mutation { archive_board(board_id: 1) { id state } delete_item(item_id: 1) { name } }";
    let data = desk.data(query, json!({})).await;
    assert_eq!(data["archive_board"], json!({"id": "1", "state": "active"}));
    assert_eq!(data["delete_item"]["name"], "sandbox name");
}
