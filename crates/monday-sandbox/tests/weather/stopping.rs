//! The end of a sandbox: connections, work and ports.

use std::time::{Duration, Instant};

use monday_sandbox::{Fault, Sandbox};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::caller::{ME, ask, builder, create, request, within};

/// A connection that stays open after its first answer.
async fn kept_alive(sandbox: &Sandbox) -> TcpStream {
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    let asked = request(sandbox.personal_token(), ME, "").replace("Connection: close\r\n", "");
    stream.write_all(asked.as_bytes()).await.unwrap();
    let mut answer = vec![0; 4096];
    assert!(stream.read(&mut answer).await.unwrap() > 0);
    stream
}

/// Whether nothing comes any more, now or soon.
async fn is_closed(stream: &mut TcpStream) -> bool {
    let read = tokio::time::timeout(Duration::from_secs(2), stream.read(&mut [0; 64])).await;
    matches!(read, Ok(Ok(0) | Err(_)))
}

#[tokio::test]
async fn dropping_closes_connections_that_are_kept_alive_and_frees_the_ports() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        let mut streams = [kept_alive(&sandbox).await, TcpStream::connect(sandbox.address()).await.unwrap()];
        let address = sandbox.address();
        drop(sandbox);
        for stream in &mut streams {
            assert!(is_closed(stream).await);
        }
        drop(streams);
        assert!(TcpStream::connect(address).await.is_err());
        TcpListener::bind(address).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn dropping_ends_what_is_being_answered() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        sandbox.faults().push(Fault::Delay(Duration::from_mins(1)));
        let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
        stream.write_all(request(sandbox.personal_token(), ME, "").as_bytes()).await.unwrap();
        while sandbox.requests() == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        drop(sandbox);
        assert!(is_closed(&mut stream).await);
        // The connections' tasks, and that of the request.
        while tokio::runtime::Handle::current().metrics().num_alive_tasks() > 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
}

#[tokio::test]
async fn stopping_lets_answers_through_and_waits_for_the_end() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        let (address, token) = (sandbox.address(), sandbox.personal_token());
        let mut idle = [kept_alive(&sandbox).await, TcpStream::connect(address).await.unwrap()];
        sandbox.faults().push(Fault::Delay(Duration::from_millis(300)));
        let mut slow = TcpStream::connect(address).await.unwrap();
        let asked = request(token, &create(&sandbox, "late"), "");
        slow.write_all(asked.as_bytes()).await.unwrap();
        while sandbox.expect("NewItem").at_most(1).is_empty() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let begun = Instant::now();
        sandbox.stop().await;
        assert!(begun.elapsed() >= Duration::from_millis(200) && begun.elapsed() < Duration::from_secs(4));
        assert_eq!(tokio::runtime::Handle::current().metrics().num_alive_tasks(), 0);
        let mut answer = String::new();
        slow.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("create_item"), "{answer}");
        for stream in &mut idle {
            assert!(is_closed(stream).await);
        }
        TcpListener::bind(address).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_sandbox_at_rest_stops_at_once() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        assert_eq!(ask(&sandbox, ME).await.status, 200);
        let begun = Instant::now();
        sandbox.stop().await;
        assert!(begun.elapsed() < Duration::from_secs(1));
    })
    .await;
}
