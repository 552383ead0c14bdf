//! Webhooks: made after their challenge, and what they are told, in monday's own ways.

use serde_json::{Value, json};

use crate::desk::{Desk, code};
use crate::endpoint::{Endpoint, subscribe, subscribe_as};

#[tokio::test]
async fn a_webhook_is_made_when_its_challenge_is_answered_and_listed_until_it_is_deleted() {
    let (desk, endpoint) = (Desk::new().await, Endpoint::start().await);
    let made =
        subscribe(&desk, &endpoint.url, "change_specific_column_value", json!({"columnId": "text"})).await;
    let webhook = &made["data"]["create_webhook"];
    assert_eq!(
        (&webhook["board_id"], &webhook["config"]),
        (&json!(desk.board), &json!("{\"columnId\":\"text\"}"))
    );
    let list = |of_apps: bool| {
        desk.data(
            "query($b: ID!, $a: Boolean) { webhooks(board_id: $b, app_webhooks_only: $a) { id } }",
            json!({"b": desk.board, "a": of_apps}),
        )
    };
    assert_eq!(list(false).await["webhooks"], json!([{"id": webhook["id"]}]));
    assert_eq!(list(true).await["webhooks"], json!([]));
    let delete = "mutation($i: ID!) { delete_webhook(id: $i) { id } }";
    assert_eq!(code(&desk.ask(delete, json!({"i": webhook["id"]})).await), "none");
    assert_eq!(list(false).await["webhooks"], json!([]));
    assert_eq!(code(&desk.ask(delete, json!({"i": webhook["id"]})).await), "ResourceNotFoundException");
}

#[tokio::test]
async fn a_webhook_that_cannot_be_is_refused() {
    let (desk, endpoint) = (Desk::new().await, Endpoint::start().await);
    let deaf = endpoint.url.replace("/hook", "/deaf");
    let nobody = "http://127.0.0.1:1/hook".to_owned();
    let long = format!("{}{}", endpoint.url, "x".repeat(255));
    for (url, event, says) in [
        (&deaf, "create_item", "challenge"),
        (&nobody, "create_item", "challenge"),
        (&long, "create_item", "255"),
        (&"http://192.0.2.1/hook".to_owned(), "create_item", "loopback"),
        (&"https://127.0.0.1/hook".to_owned(), "create_item", "loopback"),
        (&endpoint.url, "change_specific_column_value", "columnId"),
        (&endpoint.url, "item_moved_to_specific_group", "groupId"),
    ] {
        let answer = subscribe(&desk, url, event, Value::Null).await;
        assert_eq!(code(&answer), "InvalidArgumentException", "{url}");
        assert!(answer["errors"][0]["message"].as_str().unwrap().contains(says), "{url} {answer}");
    }
    for value in [json!({"index": "1"}), json!({"index": -1}), json!({"label": "Done"}), json!(1)] {
        let config = json!({"columnId": "status", "columnValue": value});
        let answer = subscribe(&desk, &endpoint.url, "change_status_column_value", config).await;
        assert_eq!(code(&answer), "InvalidArgumentException", "{value}");
        assert!(answer["errors"][0]["message"].as_str().unwrap().contains("columnValue"), "{answer}");
    }
    let query = "mutation($u: String!) { create_webhook(board_id: 1, url: $u, event: create_item) { id } }";
    let answer = desk.ask(query, json!({"u": endpoint.url})).await;
    assert_eq!(
        (code(&answer), &answer["errors"][0]["extensions"]["error_data"]["board_id"]),
        ("InvalidArgumentException", &json!(1))
    );
}

#[tokio::test]
async fn events_are_told_in_mondays_own_ways() {
    let (desk, mut endpoint) = (Desk::new().await, Endpoint::start().await);
    let (board, item): (u64, u64) = (desk.board.parse().unwrap(), desk.item.parse().unwrap());
    let made = subscribe(&desk, &endpoint.url, "create_item", Value::Null).await;
    let webhook: u64 = made["data"]["create_webhook"]["id"].as_str().unwrap().parse().unwrap();
    let id: u64 = desk.create("Told").await.parse().unwrap();
    let told = endpoint.next().await;
    assert!(!told.is_signed, "a person's webhooks are unsigned");
    let event = told.event;
    assert_eq!(
        (&event["type"], &event["boardId"], &event["pulseId"], &event["pulseName"]),
        (&json!("create_pulse"), &json!(board), &json!(id), &json!("Told"))
    );
    assert_eq!(
        (&event["groupId"], &event["userId"], &event["subscriptionId"]),
        (&json!("topics"), &json!(501), &json!(webhook))
    );
    assert_eq!((event["triggerUuid"].as_str().unwrap().len(), &event["isRetry"]), (32, &json!(false)));

    subscribe(&desk, &endpoint.url, "change_column_value", Value::Null).await;
    desk.write("status", &json!({"label": "Done"})).await;
    let event = endpoint.next().await.event;
    assert_eq!(
        (&event["type"], &event["columnId"], &event["columnType"], &event["pulseId"]),
        (&json!("update_column_value"), &json!("status"), &json!("color"), &json!(item))
    );
    assert_eq!(
        (&event["value"]["label"]["text"], &event["value"]["label"]["index"], &event["previousValue"]),
        (&json!("Done"), &json!(1), &json!(null))
    );
    assert!(event["changedAt"].is_f64(), "{event}");
    desk.write("status", &json!(null)).await;
    let event = endpoint.next().await.event;
    assert_eq!((&event["value"], &event["previousValue"]["label"]["text"]), (&json!(null), &json!("Done")));
}

#[tokio::test]
async fn each_subscription_hears_its_own_events_only() {
    let (desk, mut other, mut last) = (Desk::new().await, Endpoint::start().await, Endpoint::start().await);
    for (event, config) in [
        ("change_specific_column_value", json!({"columnId": "numbers"})),
        ("change_status_column_value", json!({"columnId": "status", "columnValue": {"index": 2}})),
        ("item_moved_to_specific_group", json!({"groupId": "group_next"})),
        ("item_archived", Value::Null),
        ("create_update", Value::Null),
        ("create_column", Value::Null),
        ("change_name", Value::Null),
    ] {
        assert_eq!(code(&subscribe(&desk, &other.url, event, config).await), "none", "{event}");
    }
    assert_eq!(code(&subscribe(&desk, &last.url, "item_deleted", Value::Null).await), "none");
    // Nothing of this is subscribed to: another column, the same value again, another label, another board.
    desk.write("text", &json!("x")).await;
    desk.write("numbers", &json!(null)).await;
    desk.write("status", &json!({"index": 1})).await;
    let elsewhere = "mutation { create_item(board_id: 2000000001, item_name: \"x\") { id } }";
    let elsewhere = desk.data(elsewhere, json!({})).await["create_item"]["id"].clone();
    desk.data("mutation($i: ID!) { archive_item(item_id: $i) { id } }", json!({"i": elsewhere})).await;
    let id = desk.create("Gone").await;
    desk.data("mutation($i: ID!) { delete_item(item_id: $i) { id } }", json!({"i": id})).await;
    let event = last.next().await.event;
    assert_eq!(
        (&event["type"], &event["itemId"], &event["itemName"]),
        (&json!("delete_pulse"), &json!(id.parse::<u64>().unwrap()), &json!("Gone"))
    );
    assert!(other.is_silent());

    desk.write("numbers", &json!("7")).await;
    assert_eq!(other.next().await.event["value"], json!({"value": 7.0, "unit": null}));
    desk.write("status", &json!({"index": 2})).await;
    assert_eq!(other.next().await.event["value"]["label"]["text"], "Stuck");
    let moved = "mutation($i: ID!, $g: String!) { move_item_to_group(item_id: $i, group_id: $g) { id } }";
    desk.data(moved, json!({"i": desk.item, "g": "group_next"})).await;
    let event = other.next().await.event;
    assert_eq!(
        (&event["type"], &event["sourceGroupId"], &event["destGroupId"]),
        (&json!("move_pulse_into_group"), &json!("topics"), &json!("group_next"))
    );
    // Where it is already: nothing happens, and the next event is of the update.
    desk.data(moved, json!({"i": desk.item, "g": "group_next"})).await;
    desk.data(
        "mutation($i: ID!) { create_update(item_id: $i, body: \"<p>Hi</p>\") { id } }",
        json!({"i": desk.item}),
    )
    .await;
    assert_eq!(other.next().await.event["textBody"], "Hi");
    let column = desk.column("rating").await;
    let event = other.next().await.event;
    assert_eq!((&event["type"], &event["columnId"]), (&json!("create_column"), &json!(column)));
    desk.write_simple("name", "Renamed").await;
    let event = other.next().await.event;
    assert_eq!(
        (&event["type"], &event["value"]["name"], &event["previousValue"]["name"]),
        (&json!("update_name"), &json!("Renamed"), &json!("Mine"))
    );
    desk.data("mutation($i: ID!) { archive_item(item_id: $i) { id } }", json!({"i": desk.item})).await;
    assert_eq!(other.next().await.event["type"], "archive_pulse");
}

#[tokio::test]
async fn the_parents_board_hears_of_subitems_and_their_parent_is_text() {
    let (desk, mut endpoint) = (Desk::new().await, Endpoint::start().await);
    subscribe(&desk, &endpoint.url, "create_subitem", Value::Null).await;
    subscribe(&desk, &endpoint.url, "change_subitem_column_value", Value::Null).await;
    subscribe(&desk, &endpoint.url, "create_item", Value::Null).await;
    let create =
        "mutation($p: ID!) { create_subitem(parent_item_id: $p, item_name: \"Sub\") { id board { id } } }";
    let sub = desk.data(create, json!({"p": desk.item})).await["create_subitem"].clone();
    let event = endpoint.next().await.event;
    assert_eq!(
        (&event["type"], &event["parentItemId"], &event["parentItemBoardId"]),
        (&json!("create_pulse"), &json!(desk.item), &json!(desk.board))
    );
    let number = |id: &Value| json!(id.as_str().unwrap().parse::<u64>().unwrap());
    assert_eq!((&event["pulseId"], &event["boardId"]), (&number(&sub["id"]), &number(&sub["board"]["id"])));
    let change = "mutation($b: ID!, $i: ID!) { change_simple_column_value(board_id: $b, item_id: $i, column_id: \"text\", value: \"x\") { id } }";
    desk.data(change, json!({"b": sub["board"]["id"], "i": sub["id"]})).await;
    // The next one is of the column: no `create_item` came for the subitem.
    assert_eq!(endpoint.next().await.event["value"], json!({"value": "x"}));
}

#[tokio::test]
async fn a_refused_write_is_no_event() {
    let (desk, mut endpoint) = (Desk::new().await, Endpoint::start().await);
    subscribe(&desk, &endpoint.url, "change_column_value", Value::Null).await;
    desk.write_all(&json!({"text": "x", "status": {"label": "Dnoe"}}), false).await;
    desk.write("text", &json!("y")).await;
    assert_eq!(endpoint.next().await.event["value"]["value"], "y");
}

#[tokio::test]
async fn what_an_apps_token_made_is_signed() {
    let (desk, mut endpoint) = (Desk::new().await, Endpoint::start().await);
    let bearer = format!("Bearer {}", desk.sandbox.oauth_token());
    assert_eq!(code(&subscribe_as(&desk, &bearer, &endpoint.url, "create_item", Value::Null).await), "none");
    desk.create("Signed").await;
    assert!(endpoint.next().await.is_signed);
}
