//! What the sandbox tells webhooks is what monday tells them: the fields of the fixtures, each read by the SDK.
//!
//! Must not know: how the sandbox makes an event.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use monday_auth::WebhookChallenge;
use monday_sandbox::Sandbox;
use monday_sdk::queries::enums::{ColumnType, WebhookEventType};
use monday_sdk::queries::{
    ArchiveItem, ChangeMultipleColumnValues, CreateColumn, CreateItem, CreateSubitem, CreateUpdate,
    CreateWebhook, DeleteItem, MoveItemToGroup,
};
use monday_sdk::webhooks::{BoardChange, BoardEvent};
use monday_sdk::{BoardId, Client, CredentialKind, ItemId, Json};
use serde_json::{Value, json};
use wiremock::{Mock, MockServer, Request, ResponseTemplate, matchers::any};

use crate::support::{client_for, received, within};

const LIMIT: Duration = Duration::from_secs(30);

/// Everything that the sandbox tells of: nothing in it restores an item, edits an update, or moves a subitem.
const EVENTS: [&str; 16] = [
    "change_column_value",
    "change_name",
    "change_specific_column_value",
    "change_status_column_value",
    "change_subitem_column_value",
    "change_subitem_name",
    "create_column",
    "create_item",
    "create_subitem",
    "create_subitem_update",
    "create_update",
    "item_archived",
    "item_deleted",
    "item_moved_to_any_group",
    "subitem_archived",
    "subitem_deleted",
];

fn text(value: &Value) -> Json {
    Json(value.to_string().into())
}

fn fixture(name: &str) -> Value {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/monday-webhooks/tests/fixtures/board");
    let text = std::fs::read(format!("{folder}/{name}.json")).unwrap();
    serde_json::from_slice::<Value>(&text).unwrap()["event"].clone()
}

fn keys(object: &Value) -> BTreeSet<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

/// Subscribes to everything; the names by subscription.
async fn subscribe(client: &Client, board: &BoardId, url: &str) -> BTreeMap<String, &'static str> {
    let mut names = BTreeMap::new();
    for name in EVENTS {
        let column = match name {
            "change_specific_column_value" => Some("numbers"),
            "change_status_column_value" => Some("status"),
            _ => None,
        };
        let mut webhook = CreateWebhook::new(board.clone(), WebhookEventType::from(name), url);
        if let Some(column) = column {
            webhook = webhook.config(text(&json!({ "columnId": column })));
        }
        let made = client.execute(webhook).await.unwrap().create_webhook.unwrap();
        names.insert(made.id.to_string(), name);
    }
    names
}

/// Does everything once, some of it to a subitem.
async fn act(client: &Client, board: &BoardId) {
    let values = json!({"status": {"label": "Stuck"}, "date4": {"date": "2026-03-20"}});
    let create = CreateItem::new(board.clone(), "Item").column_values(text(&values));
    let item: ItemId = client.execute(create).await.unwrap().create_item.unwrap().id.clone();
    let made = client.execute(CreateSubitem::new(item.clone(), "Below")).await.unwrap();
    let made = made.create_subitem.unwrap();
    let (sub, sub_board) = (made.id.clone(), made.board.as_ref().unwrap().id.clone());
    let people = json!({"personsAndTeams": [{"id": 501, "kind": "person"}]});
    for (board, item, values) in [
        (board, &item, json!({"name": "Another", "person": people})),
        (board, &item, json!({"numbers": "8", "status": {"label": "Done"}, "date4": {"date": "2026-03-21"}})),
        (&sub_board, &sub, json!({"name": "Another", "status": {"label": "Done"}})),
    ] {
        let change = ChangeMultipleColumnValues::new(board.clone(), item.clone(), text(&values));
        client.execute(change).await.unwrap();
    }
    client.execute(CreateColumn::new(board.clone(), ColumnType::Numbers, "New")).await.unwrap();
    client.execute(MoveItemToGroup::new("group_next", item.clone())).await.unwrap();
    for item in [&item, &sub] {
        client.execute(CreateUpdate::new("<p>Hi</p>").item_id(item.clone())).await.unwrap();
    }
    let other = client.execute(CreateSubitem::new(item.clone(), "Gone")).await.unwrap();
    client.execute(ArchiveItem::new(other.create_subitem.unwrap().id.clone())).await.unwrap();
    client.execute(DeleteItem::new(sub)).await.unwrap();
    let other = client.execute(CreateItem::new(board.clone(), "Gone")).await.unwrap();
    client.execute(ArchiveItem::new(other.create_item.unwrap().id.clone())).await.unwrap();
    client.execute(DeleteItem::new(item)).await.unwrap();
}

async fn letters() -> Vec<(&'static str, Value)> {
    let server = MockServer::start().await;
    let answer = |request: &Request| match WebhookChallenge::parse(&request.body) {
        Some(challenge) => ResponseTemplate::new(200).set_body_raw(challenge.answer(), "application/json"),
        None => ResponseTemplate::new(200),
    };
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let sandbox = Sandbox::builder().items(1).start().await.unwrap();
    let client = client_for(&sandbox.url(), CredentialKind::PersonalToken, sandbox.personal_token());
    let client = client.build().unwrap();
    let board = BoardId::from(sandbox.large_board_id());
    let names = subscribe(&client, &board, &server.uri()).await;
    act(&client, &board).await;
    loop {
        let bodies = received(&server).await.into_iter().map(|request| request.body);
        let letters: Vec<(&str, Value)> = bodies
            .filter(|body| WebhookChallenge::parse(body).is_none())
            .map(|body| {
                let letter: Value = serde_json::from_slice(&body).unwrap();
                (names[&letter["event"]["subscriptionId"].to_string()], letter)
            })
            .collect();
        let heard: BTreeSet<&str> = letters.iter().map(|(name, _)| *name).collect();
        if heard.len() == EVENTS.len() {
            return letters;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn each_event_has_the_fields_of_mondays_and_all_of_them_are_read() {
    within(LIMIT, async {
        for (name, letter) in letters().await {
            let monday = fixture(name);
            assert_eq!(keys(&letter["event"]), keys(&monday), "{name}");
            for (field, value) in monday.as_object().unwrap() {
                let ours = &letter["event"][field];
                let is_alike = std::mem::discriminant(ours) == std::mem::discriminant(value);
                // A value and the one before it are whatever the column has, or nothing.
                let may_differ = matches!(field.as_str(), "value" | "previousValue" | "replyId");
                assert!(is_alike || may_differ, "{name}: {field} is {ours}, and of monday {value}");
            }
            let event = BoardEvent::parse(letter.to_string().as_bytes()).unwrap();
            assert!(event.unread().is_empty(), "{name}: {:?}", event.unread());
            assert!(event.subscribed().contains(&WebhookEventType::from(name)), "{name} {letter}");
            assert!(event.board_id.is_some() && event.user_id.is_some(), "{name}");
            assert!(event.trigger_uuid.is_some() && event.triggered_at.is_some(), "{name}");
            assert_eq!(event.parent.is_some(), name.contains("subitem"), "{name}");
            check(name, &event.change);
        }
    })
    .await;
}

/// What the change tells is there.
fn check(name: &str, change: &BoardChange) {
    match change {
        BoardChange::ItemCreated(item) => {
            assert!(item.item_name.is_some() && item.group_title.is_some() && item.is_top_group.is_some());
            let values = &item.column_values.as_ref().unwrap().0;
            if item.item_name.as_deref() == Some("Item") {
                assert_eq!(values["status"]["label"]["text"], "Stuck", "{values}");
                assert_eq!(values["date4"]["date"], "2026-03-20", "{values}");
            }
        }
        BoardChange::ColumnChanged(change) => {
            let known = ["color", "date", "multiple-person", "numeric"];
            assert!(known.contains(&change.column_type.as_deref().unwrap()), "{:?}", change.column_type);
            assert!(change.value.is_some() && change.changed_at.is_some() && change.item_name.is_some());
            let same = [
                "change_column_value",
                "change_specific_column_value",
                "change_status_column_value",
                "change_subitem_column_value",
            ]
            .map(fixture)
            .into_iter()
            .find(|fixture| fixture["columnType"] == *change.column_type.as_ref().unwrap())
            .unwrap();
            assert_eq!(keys(&change.value.as_ref().unwrap().0), keys(&same["value"]), "{name}");
        }
        BoardChange::NameChanged(change) => {
            assert!(change.name.as_deref() == Some("Another") && change.previous_name.is_some());
        }
        BoardChange::ItemArchived(item) | BoardChange::ItemDeleted(item) => {
            assert!(item.item_name.is_some());
        }
        BoardChange::ItemMoved(moved) => {
            assert!(moved.to_group_title.is_some() && moved.from_group_id.is_some());
        }
        BoardChange::ColumnCreated(column) => {
            assert!(column.created_at.is_some() && column.column_title.is_some());
        }
        BoardChange::UpdateCreated(update) => assert_eq!(update.text_body.as_deref(), Some("Hi")),
        other => panic!("{name} is {other:?}"),
    }
}
