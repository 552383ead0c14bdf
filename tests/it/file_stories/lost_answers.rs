//! Uploads whose answers are lost, where the server heeds the idempotency key and where it does not.
//!
//! Must not know: how an upload is sent again.

use monday_sandbox::{Fault, Refused, Rule, Sandbox};
use monday_sdk::{ErrorKind, Request, Upload};

use super::{LIMIT, count, story, to_column};
use crate::support::within;

#[tokio::test]
async fn an_upload_whose_answer_is_lost_is_kept_once_where_the_server_heeds_the_key() {
    within(LIMIT, async {
        let (sandbox, client, item) = story(Sandbox::builder()).await;
        sandbox.faults().push(Fault::LoseAnswer);
        let request = Request::new(&to_column(&item)).unwrap().with_idempotency_key("file-7");
        let upload = Upload::bytes("a.txt", &b"12345"[..]);
        client.upload(request.clone(), &upload).await.unwrap();
        assert_eq!(count(&client, &item).await, 1);
        let seen = sandbox.seen().operation("AddFileToColumn");
        assert_eq!((seen.requests, seen.done, seen.lost, seen.replayed), (2, 1, 1, 1));
        // The caller may repeat it too.
        client.upload(request, &upload).await.unwrap();
        assert_eq!(count(&client, &item).await, 1);
    })
    .await;
}

#[tokio::test]
async fn an_upload_whose_answers_are_all_lost_says_that_it_may_have_been_done() {
    within(LIMIT, async {
        for heeded in [true, false] {
            let (sandbox, client, item) = story(Sandbox::builder().idempotent_uploads(heeded)).await;
            sandbox.faults().rule(Rule::always(Fault::LoseAnswer).matching("add_file_to_column"));
            let upload = Upload::bytes("a.txt", &b"12345"[..]);
            let request = Request::new(&to_column(&item)).unwrap().with_idempotency_key("file-8");
            let error = client.upload(request, &upload).await.unwrap_err();
            assert_eq!((error.kind(), error.idempotency_key()), (ErrorKind::Disconnected, Some("file-8")));
            assert!(error.is_ambiguous() && !error.is_retryable());
            assert_eq!(count(&client, &item).await, if heeded { 1 } else { 4 });
        }
    })
    .await;
}

#[tokio::test]
async fn an_upload_that_must_not_be_there_twice_is_given_up_where_it_may_have_arrived() {
    within(LIMIT, async {
        for heeded in [true, false] {
            let (sandbox, client, item) = story(Sandbox::builder().idempotent_uploads(heeded)).await;
            sandbox.faults().push(Fault::LoseAnswer);
            let upload = Upload::bytes("a.txt", &b"12345"[..]).never_twice();
            let error = client.upload(to_column(&item), &upload).await.unwrap_err();
            assert!(error.is_ambiguous() && error.idempotency_key().is_some());
            assert_eq!(count(&client, &item).await, 1);
            // What was not done is sent again.
            let refused = Refused::new("MINUTE_RATE_LIMIT_EXCEEDED").retry_in(Some(1));
            sandbox.faults().push(Fault::Refuse(refused));
            client.upload(to_column(&item), &upload).await.unwrap();
            assert_eq!(count(&client, &item).await, 2);
        }
    })
    .await;
}
