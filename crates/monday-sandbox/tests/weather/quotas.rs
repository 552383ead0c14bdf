//! Limits that are enforced, and what the answers say about them.

use std::time::{Duration, Instant};

use monday_sandbox::{Cost, Plan, Quotas, Windows};
use serde_json::json;

use crate::caller::{ME, ask, ask_with_key, builder, create, limited, within};

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test]
async fn the_call_over_the_minute_is_refused_with_its_wait() {
    within(async {
        let sandbox = limited(Quotas { calls_per_minute: Some(2), ..Plan::Standard.quotas() }).await;
        let first = ask(&sandbox, ME).await;
        assert!(first.header("ratelimit-policy").unwrap().starts_with("\"minuterate\";q=2;w=60, "));
        assert!(first.header("ratelimit").unwrap().starts_with("\"minuterate\";r=1;t=60, "));
        assert_eq!(ask(&sandbox, ME).await.status, 200);
        let refused = ask(&sandbox, ME).await;
        let (status, code, header, body) = refused.refusal();
        assert_eq!((status, code.as_str(), header), (429, "MINUTE_RATE_LIMIT_EXCEEDED", body));
        assert!((58..=60).contains(&header.unwrap()));
        assert!(refused.header("ratelimit").unwrap().starts_with("\"minuterate\";r=0;t="));
        let me = sandbox.seen().operation("Me");
        assert_eq!((me.requests, me.done, me.refused), (3, 2, 1));
    })
    .await;
}

#[tokio::test]
async fn complexity_is_told_by_the_field_and_refused_beyond_the_budget() {
    within(async {
        let quotas = Quotas { complexity: Some((2_500, 2 * SECOND)), ..Quotas::unlimited() };
        let cost = Cost { per_call: 100, per_write: 1_000, per_item: 0 };
        let sandbox = builder().quotas(quotas).cost(cost).start().await.unwrap();
        let write = create(&sandbox, "costly");
        let write = write.replacen('{', "{ complexity { before after query reset_in_x_seconds } ", 1);
        let started = Instant::now();
        let answer = ask(&sandbox, &write).await;
        assert_eq!(
            answer.json()["data"]["complexity"],
            json!({"before": 2_500, "after": 1_400, "query": 1_100, "reset_in_x_seconds": 2})
        );
        assert_eq!(answer.header("ratelimit"), Some("\"complexityminute\";r=1400;t=2"));
        assert_eq!(ask(&sandbox, &write).await.json()["data"]["complexity"]["after"], 300);
        let refused = ask(&sandbox, &write).await;
        assert_eq!(refused.refusal(), (429, "COMPLEXITY_BUDGET_EXHAUSTED".to_owned(), Some(2), Some(2)));
        assert_eq!(refused.error()["status_code"], json!(null));
        assert_eq!(sandbox.seen().writes("create_item"), 2);
        tokio::time::sleep((2 * SECOND).saturating_sub(started.elapsed()) + SECOND / 10).await;
        assert_eq!(ask(&sandbox, &write).await.status, 200);
    })
    .await;
}

#[tokio::test]
async fn a_fixed_window_comes_back_whole() {
    within(async {
        let quotas = Quotas { complexity: Some((3, SECOND)), windows: Windows::Fixed, ..Quotas::unlimited() };
        let cost = Cost { per_call: 1, per_write: 0, per_item: 0 };
        let sandbox = builder().quotas(quotas).cost(cost).start().await.unwrap();
        let (mut done, mut windows) = (0, Vec::new());
        let started = Instant::now();
        while done < 7 {
            if ask(&sandbox, ME).await.status == 200 {
                done += 1;
                windows.push(started.elapsed().as_millis() / 1_000);
            } else {
                tokio::time::sleep(SECOND / 50).await;
            }
        }
        assert!(started.elapsed() > SECOND, "{windows:?}");
        assert!(started.elapsed() < 3 * SECOND, "{windows:?}");
    })
    .await;
}

#[tokio::test]
async fn cost_follows_the_items_that_are_asked_for_through_variables_and_fragments() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        let cost = async |query: String| {
            ask(&sandbox, &query).await.json()["data"]["complexity"]["query"].as_u64().unwrap()
        };
        assert_eq!(cost("{ complexity { query } }".to_owned()).await, 10);
        let board = sandbox.large_board_id();
        let ids = format!("[{board}, 2000000002]");
        let page = "items_page(limit: $limit) { items { id } }";
        let query = format!(
            "query Pages($limit: Int! = 100) {{ complexity {{ query }} boards(ids: {ids}) {{ ...page }} }}
             fragment page on Board {{ {page} }}"
        );
        assert_eq!(cost(query).await, 10 + 10 * (2 + 200));
    })
    .await;
}

#[tokio::test]
async fn an_operation_that_no_budget_is_large_enough_for_is_refused_for_good() {
    within(async {
        let cost = Cost { per_item: 10_000, ..Cost::default() };
        let sandbox = builder().plan(Plan::Pro).cost(cost).start().await.unwrap();
        let board = sandbox.large_board_id();
        let query = format!("{{ boards(ids: [{board}]) {{ items_page(limit: 500) {{ cursor }} }} }}");
        let refused = ask(&sandbox, &query).await;
        assert_eq!(refused.refusal(), (200, "maxComplexityExceeded".to_owned(), None, None));
        assert!(
            refused.body.contains("Query has complexity of 5010010, which exceeds max complexity of 5000000")
        );
    })
    .await;
}

#[tokio::test]
async fn more_than_the_concurrent_requests_are_refused_until_one_ends() {
    within(async {
        let quotas = Quotas { concurrency: Some(2), ..Quotas::unlimited() };
        let slow = Duration::from_millis(300);
        let sandbox = builder().quotas(quotas).latency(slow, slow).start().await.unwrap();
        let third = async {
            tokio::time::sleep(slow / 3).await;
            ask(&sandbox, ME).await
        };
        let (first, second, third) = tokio::join!(ask(&sandbox, ME), ask(&sandbox, ME), third);
        assert_eq!((first.status, second.status), (200, 200));
        assert_eq!(third.refusal(), (429, "maxConcurrencyExceeded".to_owned(), Some(1), Some(1)));
        assert_eq!(third.header("ratelimit"), Some("\"concurrency\";r=0"));
        assert_eq!(ask(&sandbox, ME).await.header("ratelimit"), Some("\"concurrency\";r=1"));
    })
    .await;
}

#[tokio::test]
async fn the_day_ends_at_midnight_and_refused_calls_cost_a_tenth_of_one() {
    within(async {
        let quotas =
            Quotas { calls_per_day: Some(2), calls_per_window: Some((1, SECOND)), ..Quotas::unlimited() };
        let sandbox = limited(quotas).await;
        assert_eq!(ask(&sandbox, ME).await.status, 200);
        let (_, code, ..) = ask(&sandbox, ME).await.refusal();
        assert_eq!(code, "IP_RATE_LIMIT_EXCEEDED");
        tokio::time::sleep(SECOND + SECOND / 10).await;
        let (status, code, header, body) = ask(&sandbox, ME).await.refusal();
        assert_eq!((status, code.as_str(), header), (429, "DAILY_LIMIT_EXCEEDED", body));
        assert!((1..=86_400).contains(&header.unwrap()));
    })
    .await;
}

#[tokio::test]
async fn a_query_for_its_complexity_alone_costs_a_tenth_of_a_call() {
    within(async {
        let sandbox = limited(Quotas { calls_per_day: Some(1), ..Quotas::unlimited() }).await;
        for _ in 0..10 {
            assert_eq!(ask(&sandbox, "{ complexity { after } }").await.status, 200);
        }
        assert_eq!(ask(&sandbox, "{ complexity { after } }").await.status, 429);
    })
    .await;
}

#[tokio::test]
async fn a_replay_costs_no_complexity() {
    within(async {
        let quotas = Quotas { complexity: Some((15_000, 60 * SECOND)), ..Quotas::unlimited() };
        let sandbox = limited(quotas).await;
        let write = create(&sandbox, "paid once");
        for _ in 0..3 {
            assert_eq!(ask_with_key(&sandbox, &write, "key").await.unwrap().status, 200);
        }
        assert_eq!(ask(&sandbox, &write).await.status, 429);
    })
    .await;
}

#[tokio::test]
async fn points_that_no_int_holds_are_told_as_the_largest_int() {
    within(async {
        let quotas = Quotas { complexity: Some((1 << 40, SECOND)), ..Quotas::unlimited() };
        let sandbox = limited(quotas).await;
        let answer = ask(&sandbox, "{ complexity { before } }").await;
        assert_eq!(answer.json()["data"]["complexity"]["before"], i32::MAX);
    })
    .await;
}

#[tokio::test]
async fn a_sandbox_without_a_plan_announces_the_largest_and_refuses_nobody() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        let answer = ask(&sandbox, ME).await;
        assert_eq!(
            answer.header("ratelimit-policy").unwrap(),
            "\"minuterate\";q=5000;w=60, \"concurrency\";q=250;qu=\"concurrent-requests\", \
             \"complexityminute\";q=10000000;w=60;qu=\"content-bytes\""
        );
        for _ in 0..1_100 {
            let write = create(&sandbox, "free");
            assert_eq!(ask(&sandbox, &write).await.status, 200);
        }
    })
    .await;
}
