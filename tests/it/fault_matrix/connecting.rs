//! F1 to F5, F8, F68: names, connections, certificates, and downloads from other hosts.
//!
//! Must not know: how a connection is made.

use std::time::{Duration, Instant};

use monday_sdk::queries::{DeleteItem, GetVersion};
use monday_sdk::{Client, ClientBuilder, CredentialKind, Endpoint, ErrorKind};
use tokio::net::{TcpListener, TcpSocket, TcpStream};

use super::call::{CANARY, builder, says_a_secret};
use super::row::good;

use crate::scripted_server::{Protocol, ScriptedServer, Step, authority, strangers_authority};
use crate::support::{client_for, within};

const SHORT: Duration = Duration::from_millis(300);

/// More than a resolver waits for its servers.
const RESOLVER: Duration = Duration::from_secs(30);

fn at(address: std::net::SocketAddr) -> ClientBuilder {
    client_for(&format!("https://{address}/v2"), CredentialKind::OAuth, CANARY).root_certificates(authority())
}

/// A query and a mutation fail for the same reason, and nothing was done.
pub(super) async fn both_fail(client: &Client, kind: ErrorKind) {
    for error in [
        client.execute(GetVersion).await.unwrap_err(),
        client.execute(DeleteItem::new("1")).await.unwrap_err(),
    ] {
        assert_eq!((error.kind(), error.is_ambiguous()), (kind, false));
        assert!(!says_a_secret(&error) && !format!("{error:?}{error}").contains("127.0.0.1"), "{error:?}");
    }
}

#[tokio::test]
async fn f1_a_name_without_an_address_is_told_from_a_server_that_is_not_there() {
    let endpoint = Endpoint::https("https://nowhere.invalid/v2").unwrap();
    let credential = monday_sdk::Credential::personal_token(CANARY).unwrap();
    let credential = credential.for_audience(endpoint.audience().clone());
    let client = Client::builder().endpoint(endpoint).credential(credential);
    // A resolver without a network takes its time before it says no.
    let client = client.connect_timeout(RESOLVER).first_byte_timeout(RESOLVER * 2).deadline(RESOLVER * 5);
    within(RESOLVER * 10, both_fail(&client.build().unwrap(), ErrorKind::Dns)).await;
}

#[tokio::test]
async fn f2_a_refused_connection_means_that_nothing_was_sent() {
    // Bound, so that no other test gets the port, and not listening.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let address = socket.local_addr().unwrap();
    both_fail(&at(address).build().unwrap(), ErrorKind::Connect).await;
    drop(socket);
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn f3_a_host_that_swallows_connections_is_left_after_the_connect_timeout() {
    // With its backlog full, Linux answers no further SYN.
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut fill = Vec::new();
    while let Ok(Ok(stream)) = tokio::time::timeout(SHORT, TcpStream::connect(address)).await {
        fill.push(stream);
    }
    let start = Instant::now();
    both_fail(&at(address).connect_timeout(SHORT).build().unwrap(), ErrorKind::Connect).await;
    // Four attempts of two calls.
    assert!(start.elapsed() >= SHORT * 8 && start.elapsed() < SHORT * 8 + Duration::from_secs(6));
}

#[tokio::test]
async fn f4_a_handshake_that_hangs_is_within_the_connect_timeout() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let accepting = tokio::spawn(async move {
        let mut held = Vec::new();
        while held.len() < 8 {
            held.push(listener.accept().await.unwrap());
        }
        held
    });
    let start = Instant::now();
    both_fail(&at(address).connect_timeout(SHORT).build().unwrap(), ErrorKind::Connect).await;
    assert!(start.elapsed() < SHORT * 8 + Duration::from_secs(6));
    let held = tokio::time::timeout(Duration::from_secs(1), accepting).await.expect("four attempts each");
    assert_eq!(held.unwrap().len(), 8);
}

#[tokio::test]
async fn f5_a_certificate_of_nobody_who_is_trusted_is_not_tried_again() {
    for protocol in Protocol::BOTH {
        let server = ScriptedServer::start(protocol, |_, _| Step::Answer(good())).await;
        let url = format!("{}/v2", server.origin());
        let strangers =
            client_for(&url, CredentialKind::OAuth, CANARY).root_certificates(strangers_authority());
        let start = Instant::now();
        both_fail(&strangers.build().unwrap(), ErrorKind::Tls).await;
        // Another attempt would have waited up to 1.4 s each; ten calls of one attempt are fast.
        for _ in 0..8 {
            both_fail(&client_for(&url, CredentialKind::OAuth, CANARY).build().unwrap(), ErrorKind::Tls)
                .await;
        }
        assert_eq!(server.connections(), 18, "{protocol:?}: one each");
        assert!(start.elapsed() < Duration::from_secs(8));
        assert!(server.seen().is_empty());
        builder(&server).build().unwrap().execute(GetVersion).await.unwrap();
    }
}

#[tokio::test]
async fn f8_idle_connections_that_were_closed_cost_no_retry() {
    for protocol in Protocol::BOTH {
        let server = ScriptedServer::start(protocol, |_, _| Step::AnswerAndClose(good())).await;
        let client = builder(&server).build().unwrap();
        // More calls than there are retries.
        for number in 0..30 {
            client.execute(DeleteItem::new("1")).await.unwrap_or_else(|error| panic!("{number}: {error:?}"));
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(server.seen().len(), 30, "{protocol:?}: each was sent once");
    }
}

#[tokio::test]
async fn f68_a_download_from_another_host_carries_no_credential() {
    for protocol in Protocol::BOTH {
        let api = ScriptedServer::start(protocol, |_, _| Step::Answer(good())).await;
        let files = ScriptedServer::start(protocol, |_, _| Step::Answer(good())).await;
        let client = builder(&api).build().unwrap();
        client.execute(GetVersion).await.unwrap();
        client.download(&format!("{}/file.pdf?signature=x", files.origin())).await.unwrap();
        let seen = files.seen();
        assert_eq!(seen.len(), 1, "{protocol:?}");
        assert_eq!(seen[0].header("accept"), Some("*/*"));
        for name in ["authorization", "api-version", "idempotency-key", "cookie", "referer"] {
            assert_eq!(seen[0].header(name), None, "{protocol:?} {name}");
        }
        assert!(!format!("{:?}", seen[0]).contains(CANARY));
    }
}
