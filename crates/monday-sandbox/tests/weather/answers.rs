//! Scripted answers: their order, the way they go, and which of them the schema does not allow.

use monday_sandbox::{Cost, Fault, Outcome, Quotas, SeenRequest};
use serde_json::{Value, json};

use crate::caller::{ME, ask, ask_with_key, builder, create, named, send, within};

fn me(id: &str) -> Value {
    json!({"me": {"id": id}})
}

#[tokio::test]
async fn answers_come_in_order_each_as_often_as_told_and_then_the_account_answers() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        sandbox.answer("Me").with_data(me("1")).once();
        sandbox.answer("me").with_data(me("2")).times(2);
        sandbox.answer("Me").with_data(me("never")).times(0);
        sandbox.answer("Other").with_data(me("other")).always();
        assert_eq!((sandbox.answers().left("me"), sandbox.answers().left("Other")), (Some(2), None));
        let mut ids = Vec::new();
        for _ in 0..4 {
            ids.push(ask(&sandbox, ME).await.json()["data"]["me"]["id"].clone());
        }
        assert_eq!(ids, ["1", "2", "2", "501"]);
        sandbox.answer("Me").with_data(me("3")).always();
        for _ in 0..3 {
            assert_eq!(ask(&sandbox, ME).await.json()["data"], me("3"));
        }
        sandbox.answers().clear();
        assert_eq!(ask(&sandbox, ME).await.json()["data"], me("501"));
        let counts = sandbox.seen().operation("Me");
        assert_eq!((counts.requests, counts.scripted, counts.done), (8, 6, 2));
    })
    .await;
}

#[tokio::test]
async fn errors_and_statuses_have_the_form_of_real_ones() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        let error = json!({"message": "no", "extensions": {"code": "NOPE"}});
        sandbox.answer("Me").with_errors(error.clone()).once();
        sandbox
            .answer("Me")
            .with_data(json!({"me": null}))
            .with_errors(json!([error]))
            .with_status(403)
            .once();
        sandbox.answer("Me").with_status(503).once();
        let whole = ask(&sandbox, ME).await;
        assert_eq!(
            (whole.status, whole.json().get("data"), &whole.error()["code"]),
            (200, None, &json!("NOPE"))
        );
        let partial = ask(&sandbox, ME).await;
        assert_eq!((partial.status, &partial.json()["data"]), (403, &json!({"me": null})));
        assert_eq!(partial.json()["errors"], json!([error]));
        let bare = ask(&sandbox, ME).await;
        assert_eq!((bare.status, &bare.json()["errors"][0]["message"]), (503, &json!("Service Unavailable")));
        for answer in [whole, partial, bare] {
            let body = answer.json();
            assert_eq!(
                (&body["account_id"], body["extensions"]["request_id"].is_string()),
                (&json!(1_000_001), true)
            );
            assert!(answer.header("ratelimit").is_some());
        }
    })
    .await;
}

/// A board with every kind of type: lists, enums, scalars, an interface, a skipped field.
const BOARD: &str = "query Board($no: Boolean = false) { boards(ids: [1]) { id board_kind items_count \
    again: name @include(if: $no) ...Columns items_page(limit: 1) { cursor items { id column_values { \
    __typename id ... on StatusValue { label } ... on NumbersValue { number } } } } } } \
    fragment Columns on Board { columns { title width } }";

fn board() -> Value {
    json!({"boards": [{
        "id": "1", "board_kind": "public", "items_count": 2, "columns": [{"title": "Status", "width": null}],
        "items_page": {"cursor": null, "items": [{"id": "2", "column_values": [
            {"__typename": "StatusValue", "id": "status", "label": "Done"},
            {"__typename": "NumbersValue", "id": "numbers", "number": 1.5},
            {"__typename": "TextValue", "id": "text"},
        ]}]},
    }]})
}

#[tokio::test]
async fn data_that_the_schema_does_not_allow_is_refused_with_every_mistake() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        sandbox.answer("Board").with_data(board()).once();
        assert_eq!(ask(&sandbox, BOARD).await.json()["data"], board());

        let value = "/boards/0/items_page/items/0/column_values/0";
        let cases = [
            ("/boards/0/id", json!(1), "data.boards[0].id is no ID"),
            ("/boards/0/id", Value::Null, "data.boards[0].id is null, and the schema says ID!"),
            ("/boards/0/board_kind", json!("secret"), "data.boards[0].board_kind is no value of BoardKind"),
            ("/boards/0/items_count", json!(1_u64 << 31), "data.boards[0].items_count is no Int"),
            (
                "/boards/0/columns",
                json!({}),
                "data.boards[0].columns is no list, and the schema says [Column]",
            ),
            ("/boards/0/columns/0", json!({"width": 1}), "data.boards[0].columns[0].title is missing"),
            ("/boards/0/items_page/items/0/column_values/1/number", json!("1"), ".number is no Float"),
            (value, json!({"__typename": "TextValue", "id": "a", "label": "b"}), ".label is not asked for"),
            (value, json!({"__typename": "Board", "id": "a"}), "names no type of ColumnValue"),
            (value, json!(7), "[0] is no object, and the schema says ColumnValue"),
        ];
        for (place, wrong, text) in cases {
            let mut data = board();
            *data.pointer_mut(place).unwrap() = wrong;
            sandbox.answer("Board").with_data(data).once();
            let answer = ask(&sandbox, BOARD).await;
            let message = answer.json()["errors"][0]["message"].as_str().unwrap().to_owned();
            assert_eq!((answer.status, &answer.error()["code"]), (200, &json!("SCRIPTED_ANSWER_REFUSED")));
            assert!(message.contains(text) && !message.contains("secret"), "{message}");
            assert_eq!(sandbox.answers().mistakes().last(), Some(&message));
        }
        sandbox.answer("Board").with_data(json!({"me": 1})).once();
        let both = ask(&sandbox, BOARD).await.body;
        assert!(both.contains("data.boards is missing; data.me is not asked for"), "{both}");
        assert_eq!(sandbox.seen().operation("Board").refused, 11);
    })
    .await;
}

#[tokio::test]
async fn directives_decide_what_is_asked_for() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        let query =
            "query Me($yes: Boolean = true) { me { id name @skip(if: $yes) email @include(if: $yes) } }";
        sandbox.answer("Me").with_data(json!({"me": {"id": "1", "email": "a@b.example"}})).once();
        assert_eq!(ask(&sandbox, query).await.json()["data"]["me"]["email"], "a@b.example");
        sandbox.answer("Me").with_data(json!({"me": {"id": "1", "name": "A"}})).once();
        let refused = ask(&sandbox, query).await.body;
        assert!(refused.contains("data.me.email is missing; data.me.name is not asked for"), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn errors_without_a_message_and_impossible_statuses_are_refused_and_what_is_unchecked_is_not() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        for errors in [json!([]), json!("no"), json!([{"code": 1}])] {
            sandbox.answer("Me").with_errors(errors).once();
            assert!(ask(&sandbox, ME).await.body.contains("errors: wants objects with a `message` each"));
        }
        sandbox.answer("Me").with_status(99).unchecked().once();
        assert!(ask(&sandbox, ME).await.body.contains("its status is no HTTP status"));
        sandbox.answer("Me").with_data(json!([1])).with_errors(json!("no")).unchecked().once();
        let answer = ask(&sandbox, ME).await.json();
        assert_eq!((&answer["data"], &answer["errors"]), (&json!([1]), &json!("no")));
        assert_eq!(ask(&sandbox, ME).await.json()["data"], me("501"));
    })
    .await;
}

#[tokio::test]
async fn they_go_the_way_of_real_ones_and_nothing_is_done() {
    within(async {
        let one = Cost { per_call: 1, per_item: 0, per_write: 0 };
        let quotas =
            Quotas { complexity: Some((5, std::time::Duration::from_mins(1))), ..Quotas::unlimited() };
        let sandbox = builder().quotas(quotas).cost(one).start().await.unwrap();
        let write = create(&sandbox, "scripted");
        sandbox.answer("NewItem").with_data(json!({"create_item": {"id": "7"}})).once();

        // Neither a wrong token nor a fault nor a document with a mistake takes the answer.
        assert_eq!(send(sandbox.address(), "wrong", &write, "").await.unwrap().status, 401);
        sandbox.faults().push(Fault::Gateway(502));
        assert_eq!(ask(&sandbox, &write).await.status, 502);
        assert_eq!(ask(&sandbox, "mutation NewItem { create_item { id } }").await.json().get("data"), None);
        assert_eq!(sandbox.answers().left("NewItem"), Some(1));

        // The second is a replay of the first, which is charged nothing.
        for _ in 0..2 {
            let answer = ask_with_key(&sandbox, &write, "key").await.unwrap();
            assert_eq!(answer.json()["data"]["create_item"]["id"], "7");
        }
        assert_eq!((named(&sandbox, "scripted"), sandbox.seen().writes("create_item")), (0, 0));

        // What failed as a whole is not kept for its key.
        sandbox.answer("NewItem").with_status(500).once();
        assert_eq!(ask_with_key(&sandbox, &write, "other").await.unwrap().status, 500);
        assert_eq!(ask_with_key(&sandbox, &write, "other").await.unwrap().status, 200);
        assert_eq!(named(&sandbox, "scripted"), 1);

        // The points are spent, and a refused request leaves the answer there.
        sandbox.answer("Me").with_data(me("1")).times(2);
        assert_eq!(ask(&sandbox, ME).await.json()["data"], me("1"));
        assert_eq!(ask(&sandbox, ME).await.json()["data"], me("1"));
        sandbox.answer("Me").with_data(me("1")).once();
        assert_eq!((ask(&sandbox, ME).await.status, sandbox.answers().left("Me")), (429, Some(1)));
        let outcomes: Vec<_> = sandbox.requests_of("Me").iter().filter_map(SeenRequest::outcome).collect();
        assert_eq!(outcomes, [Outcome::Scripted, Outcome::Scripted, Outcome::Throttled]);
    })
    .await;
}
