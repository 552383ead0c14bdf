//! Scripted faults of requests.

use std::time::{Duration, Instant};

use monday_sandbox::{Fault, Refused, Rule};

use crate::caller::{ME, ask, builder, create, exchange, named, request, send, within};

#[tokio::test]
async fn queued_faults_happen_in_order_and_then_all_is_well() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        let faults = sandbox.faults();
        faults.push(Fault::Unauthorized);
        faults.push(Fault::refuse("DAILY_LIMIT_EXCEEDED"));
        faults.push(Fault::Refuse(Refused::new("maxConcurrencyExceeded").retry_in(Some(7)).status(200)));
        assert_eq!(ask(&sandbox, ME).await.refusal(), (401, "Unauthorized".to_owned(), None, None));
        let daily = ask(&sandbox, ME).await.refusal();
        assert_eq!(daily, (429, "DAILY_LIMIT_EXCEEDED".to_owned(), Some(3_600), Some(3_600)));
        let own = ask(&sandbox, ME).await.refusal();
        assert_eq!(own, (200, "maxConcurrencyExceeded".to_owned(), Some(7), Some(7)));
        assert_eq!(ask(&sandbox, ME).await.json()["data"]["me"]["id"], "501");
        let me = sandbox.seen().operation("Me");
        assert_eq!((me.requests, me.refused, me.done), (4, 3, 1));
    })
    .await;
}

#[tokio::test]
async fn codes_come_with_the_status_and_the_oddities_of_monday() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        for code in
            ["tooManyRequests", "RESOURCE_LOCKED", "COMPLEXITY_BUDGET_EXHAUSTED", "IDEMPOTENCY_CONFLICT"]
        {
            sandbox.faults().push(Fault::refuse(code));
        }
        let subgraph = ask(&sandbox, ME).await;
        assert_eq!((subgraph.status, subgraph.error()["status_code"].as_u64()), (200, Some(400)));
        let locked = ask(&sandbox, ME).await;
        assert_eq!((locked.status, locked.error()["code"].as_str()), (423, None));
        assert!(locked.body.contains("Resource is currently locked, please try again later"));
        let complexity = ask(&sandbox, ME).await;
        assert_eq!(complexity.error().as_object().unwrap().len(), 2);
        assert_eq!((complexity.status, complexity.header("retry-after")), (429, Some("5")));
        let conflict = ask(&sandbox, ME).await;
        assert_eq!(conflict.refusal(), (409, "IDEMPOTENCY_CONFLICT".to_owned(), Some(1), None));
    })
    .await;
}

#[tokio::test]
async fn a_gateway_answers_html_before_the_work() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        let write = create(&sandbox, "gateway");
        for status in [502, 503, 504] {
            sandbox.faults().push(Fault::Gateway(status));
            let answer = ask(&sandbox, &write).await;
            assert_eq!((answer.status, answer.header("content-type")), (status, Some("text/html")));
            assert!(answer.body.starts_with("<html>"));
        }
        assert_eq!(named(&sandbox, "gateway"), 0);
        assert_eq!(sandbox.seen().operation("NewItem").refused, 3);
    })
    .await;
}

#[tokio::test]
async fn a_lost_answer_leaves_its_work_and_a_closed_connection_none() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        let token = sandbox.personal_token();
        for (fault, items) in [(Fault::Close, 0), (Fault::LoseAnswer, 1)] {
            let write = create(&sandbox, "lost");
            sandbox.faults().push(fault);
            let answer = exchange(sandbox.address(), &request(token, &write, "")).await;
            assert_eq!(answer.unwrap_or_default(), b"");
            assert_eq!(named(&sandbox, "lost"), items);
        }
        let counts = sandbox.seen().operation("NewItem");
        assert_eq!((counts.requests, counts.done, counts.lost, counts.refused), (2, 1, 2, 0));
    })
    .await;
}

#[tokio::test]
async fn delays_hold_the_work_or_the_answer_back_and_the_work_is_done_though_nobody_waits() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        let (least, most) = (Duration::from_millis(100), Duration::from_millis(200));
        for fault in [Fault::Delay(most), Fault::DelayBetween(least, most), Fault::DelayAnswer(most)] {
            sandbox.faults().push(fault);
            let started = Instant::now();
            ask(&sandbox, ME).await;
            assert!(started.elapsed() >= least);
        }
        sandbox.faults().push(Fault::Delay(most));
        let write = create(&sandbox, "late");
        assert!(tokio::time::timeout(least, ask(&sandbox, &write)).await.is_err());
        assert_eq!(named(&sandbox, "late"), 0);
        tokio::time::sleep(most).await;
        assert_eq!(named(&sandbox, "late"), 1);
    })
    .await;
}

#[tokio::test]
async fn rules_meet_their_operation_only() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        let write = create(&sandbox, "ruled");
        sandbox.faults().rule(Rule::every(2, Fault::Gateway(503)).matching("create_item"));
        let mut statuses = Vec::new();
        for _ in 0..4 {
            assert_eq!(ask(&sandbox, ME).await.status, 200);
            statuses.push(ask(&sandbox, &write).await.status);
        }
        assert_eq!(statuses, [200, 503, 200, 503]);
        sandbox.faults().clear();
        assert_eq!((ask(&sandbox, &write).await.status, ask(&sandbox, &write).await.status), (200, 200));
    })
    .await;
}

#[tokio::test]
async fn a_rate_hits_about_its_share_and_the_counts_add_up() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        sandbox.faults().rule(Rule::rate(200, 3, Fault::LoseAnswer));
        sandbox.faults().rule(Rule::rate(200, 4, Fault::Gateway(502)));
        for number in 0..300 {
            let write = create(&sandbox, &format!("item {number}"));
            // Some are lost, and that is what is counted below.
            let _ = send(sandbox.address(), sandbox.personal_token(), &write, "").await;
        }
        let seen = sandbox.seen();
        let all = seen.total();
        assert_eq!((all.requests, all.done + all.refused), (300, 300));
        assert!((30..90).contains(&all.lost) && (30..90).contains(&all.refused), "{all:?}");
        assert_eq!(seen.writes("create_item"), all.done);
    })
    .await;
}
