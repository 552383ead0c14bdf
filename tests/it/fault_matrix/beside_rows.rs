//! Faults that take more than a row: F10 (a dead connection), F13 (in memory), F29, F39 (several calls at
//! once), F40, F48, F65, F67.
//!
//! Must not know: how the client does it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use monday_sdk::core::File;
use monday_sdk::queries::{AddFileToColumn, DeleteItem, GetVersion};
use monday_sdk::{Client, CredentialKind, Endpoint, ErrorKind, Upload};
use tokio::net::{TcpListener, TcpStream};

use super::bodies::{bomb, encoded};
use super::call::{CANARY, builder};
use super::row::{DATA, error, good};
use crate::own_process::{growth, peak_memory, process, say_growth, told};
use crate::retries::Rotating;
use crate::scripted_server::{Answer, Protocol, ScriptedServer, Step, authority};
use crate::support::client_for;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn f65_ten_thousand_calls_at_once_are_done_or_refused_at_once() {
    for protocol in Protocol::BOTH {
        let server = ScriptedServer::start(protocol, |_, _| Step::Answer(good())).await;
        let client = builder(&server).max_in_flight(8).max_queue(500).build().unwrap();
        let start = Instant::now();
        let calls = (0..10_000).map(|_| {
            let client = client.clone();
            async move {
                let result = client.execute(GetVersion).await;
                (result.map_err(|error| error.kind()), start.elapsed())
            }
        });
        let results = join_all(calls).await;
        let done = results.iter().filter(|(result, _)| result.is_ok()).count();
        let refused = results.iter().filter(|(result, _)| *result == Err(ErrorKind::Overloaded));
        assert_eq!(done + refused.count(), 10_000, "{protocol:?}");
        // Those that found a place or a seat in the queue; a few come when the first have left.
        assert_eq!(done, server.seen().len(), "{protocol:?}");
        assert!((508..600).contains(&done), "{protocol:?}: {done}");
        assert!(start.elapsed() < Duration::from_secs(30));
        client.execute(GetVersion).await.unwrap();
    }
}

#[tokio::test]
async fn f29_partial_data_is_there_for_whoever_sends() {
    let body = format!(
        r#"{{"data":{DATA},"errors":[{{"message":"m","path":["versions"],"extensions":{{"code":"x"}}}}]}}"#
    );
    for protocol in Protocol::BOTH {
        let body = body.clone();
        let server =
            ScriptedServer::start(protocol, move |_, _| Step::Answer(Answer::new(200, body.clone()))).await;
        let response = builder(&server).build().unwrap().send(GetVersion).await.unwrap();
        assert_eq!((response.data.unwrap().version.value.as_str(), response.errors.len()), ("2026-10", 1));
    }
}

#[tokio::test]
async fn f39_numbers_that_cannot_be_true_are_not_counted_with() {
    // Whoever counts with them has room for five calls until they are answered, or for one.
    let defects = [
        (r#""minuteRate";r=5;t=60"#, r#""minuteRate";q=4;w=60"#),
        (r#""minuteRate";r=0;t=60"#, r#""minuteRate";q=0;w=60"#),
    ];
    for (protocol, (limit, policy)) in
        Protocol::BOTH.into_iter().flat_map(|one| defects.map(|two| (one, two)))
    {
        let server = ScriptedServer::start(protocol, move |number, _| match number {
            0 => Step::Answer(good().with("ratelimit", limit).with("ratelimit-policy", policy)),
            _ => Step::Silence,
        })
        .await;
        let client = builder(&server).build().unwrap();
        client.execute(GetVersion).await.unwrap();
        let calls = join_all((0..7).map(|_| client.execute(GetVersion)));
        let all_are_sent = async {
            while server.seen().len() < 8 {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        let sent = async {
            tokio::select! { _ = calls => panic!("nobody is answered"), () = all_are_sent => {} }
        };
        let sent = tokio::time::timeout(Duration::from_secs(10), sent).await;
        assert!(sent.is_ok(), "{protocol:?} {limit}: {} of 8 requests", server.seen().len());
    }
}

#[tokio::test]
async fn f48_an_answer_from_the_cache_says_so() {
    for protocol in Protocol::BOTH {
        let server = ScriptedServer::start(protocol, |number, _| match number {
            0 => Step::Reset,
            _ => Step::Answer(good().with("idempotency-replayed", "true")),
        })
        .await;
        let response = builder(&server).build().unwrap().send(DeleteItem::new("1")).await.unwrap();
        assert!(response.meta.replayed, "{protocol:?}");
        let seen = server.seen();
        assert_eq!(seen[0].header("idempotency-key"), seen[1].header("idempotency-key"));
    }
}

#[tokio::test]
async fn f67_an_answer_before_the_file_is_sent_is_used() {
    for protocol in Protocol::BOTH {
        let refusal = error(200, "UserUnauthorizedException", "");
        let server = ScriptedServer::start(protocol, move |_, _| Step::AnswerEarly(refusal.clone())).await;
        let client = builder(&server).build().unwrap();
        let upload = Upload::bytes("large.bin", vec![b'x'; 20_000_000]);
        let error = client.upload(AddFileToColumn::new("1", "files", File), &upload).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.is_ambiguous()),
            (ErrorKind::Forbidden, false),
            "{protocol:?}: {error:?}"
        );
        assert_eq!(server.seen().len(), 1, "{protocol:?}");
    }
}

#[tokio::test]
async fn f13_a_bomb_of_gzip_takes_little_memory() {
    let server = ScriptedServer::start(Protocol::Http2, |_, _| Step::Answer(encoded(bomb(), "gzip"))).await;
    let folder = tempfile::tempdir().unwrap();
    let mut command =
        process("fault_matrix::beside_rows::a_process_that_is_sent_a_bomb", &server.origin(), folder.path());
    command.env("TEST_AUTHORITY", authority());
    let grown = growth(Duration::from_secs(30), command).await;
    assert!(grown < (CAP + 8 * 1024 * 1024) / 1024, "{grown} KiB");
    assert_eq!(server.seen().len(), 2);
}

/// Eight times as much as this is sent.
const CAP: usize = 32 * 1024 * 1024;

#[tokio::test]
#[ignore = "a process that is sent a bomb"]
async fn a_process_that_is_sent_a_bomb() {
    let (Some(origin), Some(authority)) = (told("TEST_ORIGIN"), told("TEST_AUTHORITY")) else { return };
    let client =
        client_for(&format!("{origin}/v2"), CredentialKind::OAuth, CANARY).root_certificates(authority);
    let client = client.max_response_bytes(CAP).build().unwrap();
    // What the first connection needs is there before it is measured.
    let small = client_for(&format!("{origin}/v2"), CredentialKind::OAuth, CANARY);
    let small =
        small.root_certificates(told("TEST_AUTHORITY").unwrap()).max_response_bytes(1000).build().unwrap();
    assert_eq!(small.execute(GetVersion).await.unwrap_err().kind(), ErrorKind::ResponseTooLarge);
    let before = peak_memory();
    assert_eq!(client.execute(GetVersion).await.unwrap_err().kind(), ErrorKind::ResponseTooLarge);
    say_growth(before);
}

#[tokio::test]
async fn f40_a_refused_token_is_renewed_once_and_the_call_sent_once_more() {
    for protocol in Protocol::BOTH {
        for (good_token, end, renewals) in [(1, None, 1), (9, Some(ErrorKind::Unauthorized), 1)] {
            let expected = format!("token-number-{good_token}");
            let server = ScriptedServer::start(protocol, move |_, seen| {
                let is_good = seen.header("authorization") == Some(&expected);
                Step::Answer(if is_good {
                    good()
                } else {
                    Answer::new(401, r#"{"errors":["Not Authenticated"]}"#)
                })
            })
            .await;
            let endpoint = Endpoint::loopback(&format!("{}/v2", server.origin())).unwrap();
            let (provider, asked) = Rotating::at(&endpoint);
            let client =
                Client::builder().endpoint(endpoint).credential(provider).root_certificates(authority());
            let result = client.build().unwrap().execute(DeleteItem::new("1")).await;
            assert_eq!(result.err().map(|error| error.kind()), end, "{protocol:?}");
            assert_eq!((asked.load(Ordering::Relaxed), server.seen().len()), (renewals, 2), "{protocol:?}");
        }
    }
}

/// Passes bytes on, both ways, until it is told to go silent: the connections that stand then are dead, and
/// say nothing.
async fn silent_proxy(to: String) -> (String, Arc<AtomicBool>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("https://{}", listener.local_addr().unwrap());
    let silent = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&silent);
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            let mut far = TcpStream::connect(to.strip_prefix("https://").unwrap()).await.unwrap();
            let told = Arc::clone(&told);
            tokio::spawn(async move {
                let passing = tokio::io::copy_bidirectional(&mut near, &mut far);
                let going_silent = async {
                    while !told.load(Ordering::Relaxed) {
                        tokio::time::sleep(Duration::from_millis(20)).await;
                    }
                };
                tokio::select! { _ = passing => return, () = going_silent => {} }
                // Open, and nobody there.
                std::future::pending::<()>().await;
                drop((near, far));
            });
        }
    });
    (origin, silent)
}

#[tokio::test]
async fn f10_a_dead_http2_connection_is_noticed_by_its_silence() {
    let server = ScriptedServer::start(Protocol::Http2, |_, _| Step::Answer(good())).await;
    let (origin, silent) = silent_proxy(server.origin()).await;
    let client =
        client_for(&format!("{origin}/v2"), CredentialKind::OAuth, CANARY).root_certificates(authority());
    // Longer than it takes to find out.
    let client =
        client.first_byte_timeout(Duration::from_secs(50)).deadline(Duration::from_secs(50)).build().unwrap();
    client.execute(GetVersion).await.unwrap();
    silent.store(true, Ordering::Relaxed);
    tokio::time::sleep(Duration::from_millis(100)).await;
    let calls = async {
        tokio::time::sleep(Duration::from_millis(500)).await;
        silent.store(false, Ordering::Relaxed);
    };
    let start = Instant::now();
    let (answer, ()) = tokio::join!(client.execute(GetVersion), calls);
    answer.unwrap();
    assert!(start.elapsed() < Duration::from_secs(40), "{:?}", start.elapsed());
}
