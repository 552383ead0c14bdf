//! Cursors over items that end.

use std::time::Duration;

use monday_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::caller::{Answer, ask, builder, within};

async fn first_page(sandbox: &Sandbox) -> String {
    let board = sandbox.large_board_id();
    let query = format!("{{ boards(ids: [{board}]) {{ items_page(limit: 500) {{ cursor }} }} }}");
    cursor(&ask(sandbox, &query).await.json()["data"]["boards"][0]["items_page"]).unwrap()
}

async fn next_page(sandbox: &Sandbox, cursor: &str) -> Answer {
    let query = format!("{{ next_items_page(cursor: \"{cursor}\", limit: 500) {{ cursor }} }}");
    ask(sandbox, &query).await
}

fn cursor(page: &Value) -> Option<String> {
    page["cursor"].as_str().map(str::to_owned)
}

fn assert_expired(answer: &Answer) {
    let message = "CursorExpiredError: The cursor provided for pagination has expired";
    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.json(),
        json!({
            "error_code": "CursorException", "status_code": 200, "error_message": message, "error_data": {},
            "errors": [message], "account_id": 1_000_001,
        })
    );
}

#[tokio::test]
async fn a_cursor_lives_from_the_first_request_and_paging_does_not_extend_it() {
    within(async {
        let life = Duration::from_secs(1);
        let sandbox = builder().cursor_life(life).start().await.unwrap();
        let first = first_page(&sandbox).await;
        tokio::time::sleep(life * 6 / 10).await;
        let second = cursor(&next_page(&sandbox, &first).await.json()["data"]["next_items_page"]).unwrap();
        tokio::time::sleep(life * 6 / 10).await;
        assert_expired(&next_page(&sandbox, &second).await);
    })
    .await;
}

#[tokio::test]
async fn all_cursors_can_be_ended_at_once_and_new_ones_live() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        let old = first_page(&sandbox).await;
        assert!(next_page(&sandbox, &old).await.json().get("error_code").is_none());
        sandbox.expire_cursors();
        assert_expired(&next_page(&sandbox, &old).await);
        let new = first_page(&sandbox).await;
        assert!(next_page(&sandbox, &new).await.json().get("error_code").is_none());
    })
    .await;
}
