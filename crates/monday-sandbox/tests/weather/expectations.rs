//! Requests seen: what is kept of them, what is expected of them, and what a failure says.

use std::panic::{AssertUnwindSafe, catch_unwind};

use monday_sandbox::UsedCredential::{Missing, OAuthToken, PersonalToken, Unknown};
use monday_sandbox::{Fault, Outcome, Sandbox};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::caller::{ME, ask, builder, send, within};

const RENAME: &str = "mutation Rename($board: ID!, $item: ID, $values: JSON!) { \
    change_multiple_column_values(board_id: $board, item_id: $item, column_values: $values) { id } }";

/// A request with variables and a header of its own.
async fn ask_with(sandbox: &Sandbox, query: &str, variables: &Value) {
    let body = json!({"query": query, "variables": variables}).to_string();
    let request = format!(
        "POST /v2 HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Authorization: Bearer {token}\r\nCookie: {token}\r\nX-Copy: <{token}>\r\nX-Trace: 7\r\n\
         Content-Length: {length}\r\n\r\n{body}",
        token = sandbox.oauth_token(),
        length = body.len(),
    );
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    stream.read_to_end(&mut Vec::new()).await.unwrap();
}

/// The text of the panic that must come.
fn failure(check: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(check)).expect_err("it must fail");
    *panic.downcast::<String>().unwrap()
}

#[tokio::test]
async fn a_request_is_kept_with_everything_but_its_token() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        let values = json!({"name": "New name", "tags": [1, {"a": 2}]});
        ask_with(
            &sandbox,
            RENAME,
            &json!({"board": "2000000006", "item": "1", "values": values.to_string()}),
        )
        .await;
        let request = sandbox.expect("change_multiple_column_values").once();
        assert_eq!((request.operation(), request.document()), ("Rename", RENAME));
        assert_eq!(request.variable("board"), Some(&json!("2000000006")));
        assert_eq!((request.variables().len(), request.variable("$board")), (3, None));
        assert_eq!((request.header("X-Trace"), request.header("authorization")), (Some("7"), None));
        assert_eq!(*request.credential(), OAuthToken);
        assert_eq!((request.outcome(), request.status()), (Some(Outcome::Done), Some(200)));
        assert!(request.cost() >= 10_000 && request.duration().is_some());
        let all: Vec<_> = request.headers().map(|(name, value)| format!("{name}: {value}")).collect();
        assert!(!all.join("\n").contains(sandbox.oauth_token()), "{all:?}");
        let debug = format!("{request:?} {:?}", sandbox.received_requests());
        assert!(
            debug.contains("Rename") && !debug.contains("2000000006") && !debug.contains("x-trace"),
            "{debug}"
        );
    })
    .await;
}

#[tokio::test]
async fn who_asked_is_known_without_the_token() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        for token in [sandbox.personal_token(), sandbox.oauth_token(), "stranger", ""] {
            send(sandbox.address(), token, ME, "").await.unwrap();
        }
        let credentials: Vec<_> =
            sandbox.received_requests().iter().map(|request| request.credential().clone()).collect();
        assert_eq!(credentials, [PersonalToken, OAuthToken, Unknown, Missing]);
        assert_eq!((sandbox.requests_of("Me").len(), sandbox.requests_of("").len()), (2, 2));
        sandbox.expect("Me").with_credential(OAuthToken).once();
    })
    .await;
}

#[tokio::test]
async fn an_expectation_holds_or_says_what_was_seen_instead() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        assert_eq!(
            failure(|| drop(sandbox.expect("Me").once())),
            "`Me` was expected once, and seen never.\nNothing has been seen."
        );
        ask(&sandbox, ME).await;
        sandbox.faults().push(Fault::Gateway(502));
        ask(&sandbox, ME).await;
        send(sandbox.address(), "secret-of-a-stranger", ME, "").await.unwrap();
        let variables = json!({"board": "1", "item": "2", "values": "{}"});
        ask_with(&sandbox, RENAME, &variables).await;

        sandbox.expect("CreateItem").never();
        assert_eq!(sandbox.expect("me").times(2).len(), 2);
        assert_eq!(sandbox.expect("Me").at_least(1).len(), 2);
        assert_eq!(sandbox.expect("Me").at_most(2).len(), 2);
        sandbox.expect("Rename").with_variables(json!({"item": "2"})).with_header("x-trace", "7").once();
        sandbox.expect("Rename").with_variables(json!({"item": "3"})).never();
        sandbox.expect("Rename").with_variables(json!({"other": null})).never();
        sandbox.expect("Rename").with_header("x-trace", "8").never();
        sandbox.expect("Me").that("an answer", |request| request.status() == Some(200)).once();

        let seen = "Seen:\n  (not to be read): 1 (refused 1)\n  Me: 2 (refused 1)\n  Rename: 1";
        assert_eq!(
            failure(|| drop(sandbox.expect("Me").once())),
            format!("`Me` was expected once, and seen 2 times.\n{seen}")
        );
        let rename = || sandbox.expect("Rename").with_variables(json!({"item": "secret"}));
        assert_eq!(
            failure(|| drop(rename().with_header("x-trace", "7").at_least(2))),
            format!(
                "`Rename` was expected at least 2 times, and seen once, never with the variables `item` and \
                 the header `x-trace`.\n{seen}"
            )
        );
        for check in [
            failure(|| drop(sandbox.expect("Me").at_most(1))),
            failure(|| sandbox.expect("Me").never()),
            failure(|| drop(sandbox.expect("Me").times(3))),
        ] {
            assert!(check.ends_with(seen) && !check.contains("secret"), "{check}");
        }
    })
    .await;
}

#[tokio::test]
async fn only_the_last_requests_are_kept_and_what_cannot_be_told_is_not() {
    within(async {
        let sandbox = builder().keep_requests(3).start().await.unwrap();
        for _ in 0..5 {
            ask(&sandbox, ME).await;
        }
        assert_eq!((sandbox.received_requests().len(), sandbox.seen().operation("Me").requests), (3, 5));
        sandbox.expect("Other").never();
        sandbox.expect("Me").at_least(3);
        let text = failure(|| drop(sandbox.expect("Me").times(3)));
        assert!(text.contains("2 more came before these and are no longer kept"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn lists_and_objects_in_variables_are_compared_by_their_parts() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        let query = "query Found($query: ItemsQuery) { boards(ids: [2000000001]) { items_page(query_params: $query) { \
            items { id } } } }";
        let rule = json!({"column_id": "status", "compare_value": [1], "operator": "any_of"});
        ask_with(&sandbox, query, &json!({"query": {"rules": [rule], "operator": "and"}})).await;
        let found = |query: Value| sandbox.expect("Found").with_variables(json!({"query": query}));
        found(json!({"operator": "and"})).once();
        found(json!({"rules": [{"column_id": "status"}]})).once();
        found(json!({"rules": []})).never();
        found(json!({"rules": [{"column_id": "other"}]})).never();
        found(json!({"rules": [{"compare_value": [1, 2]}]})).never();
    })
    .await;
}
