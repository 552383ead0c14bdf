//! F44 and around it: a proxy that the environment names refuses, lets through, or must not be asked.
//!
//! Must not know: how a tunnel is made.

use std::time::Duration;

use monday_sdk::queries::GetVersion;
use monday_sdk::{Client, Credential, Endpoint, ErrorKind};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Command;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::call::CANARY;
use super::connecting::both_fail;
use super::row::good;
use crate::own_process::{process, told};
use crate::scripted_server::{Protocol, ScriptedServer, Step, authority};
use crate::support::within;

const LIMIT: Duration = Duration::from_secs(30);

#[tokio::test]
async fn f44_a_proxy_that_wants_credentials_is_told_from_a_server_that_is_not_there() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let proxy = format!("http://{}", listener.local_addr().unwrap());
    let serving = tokio::spawn(async move {
        let mut lines = Vec::new();
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut head = vec![0; 4096];
            let count = stream.read(&mut head).await.unwrap();
            lines.push(String::from_utf8_lossy(&head[..count]).into_owned());
            let answer = "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n";
            stream.write_all(answer.as_bytes()).await.unwrap();
            if lines.len() == 2 {
                return lines;
            }
        }
        lines
    });
    let folder = tempfile::tempdir().unwrap();
    let mut command = process("fault_matrix::proxies::a_process_behind_a_proxy", "x", folder.path());
    command.env("HTTPS_PROXY", proxy).env_remove("NO_PROXY").env_remove("no_proxy");
    let output = tokio::time::timeout(Duration::from_secs(30), command.output()).await.unwrap().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    // One request for each call: no credentials are in the proxy's way to be tried again.
    let lines = tokio::time::timeout(Duration::from_secs(5), serving).await.unwrap().unwrap();
    assert!(
        lines.iter().all(|line| line.starts_with("CONNECT api.monday.com:443 ") && !line.contains(CANARY))
    );
}

#[tokio::test]
#[ignore = "a process behind a proxy"]
async fn a_process_behind_a_proxy() {
    if told("TEST_ORIGIN").is_none() {
        return;
    }
    let credential = Credential::personal_token(CANARY).unwrap();
    let client = Client::builder().credential(credential).build().unwrap();
    both_fail(&client, ErrorKind::ProxyAuth).await;
}

/// A proxy that lets through to wherever it is told, and hands on what it was asked.
async fn open_proxy() -> (String, UnboundedReceiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (tell, told) = unbounded_channel();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(tunnel(stream, tell.clone()));
        }
    });
    (address, told)
}

async fn tunnel(mut stream: TcpStream, tell: UnboundedSender<String>) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read_buf(&mut head).await? == 0 {
            return Ok(());
        }
    }
    let head = String::from_utf8_lossy(&head).into_owned();
    let server = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let _ = tell.send(head);
    let mut there = TcpStream::connect(server).await?;
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
    copy_bidirectional(&mut stream, &mut there).await?;
    Ok(())
}

/// A process with these proxies, and no others, calls a server.
async fn calls(server: &ScriptedServer, is_loopback: bool, proxies: &[(&str, &str)]) {
    let url = format!("{}/v2", server.origin());
    let folder = tempfile::tempdir().unwrap();
    let mut command: Command =
        process("fault_matrix::proxies::a_process_that_calls_through_a_proxy", &url, folder.path());
    for name in ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    command.env("TEST_AUTHORITY", authority()).env("TEST_LOOPBACK", is_loopback.to_string());
    command.envs(proxies.iter().copied());
    let output = within(LIMIT, command.output()).await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[tokio::test]
#[ignore = "a process that calls through a proxy"]
async fn a_process_that_calls_through_a_proxy() {
    let (Some(url), Some(authority)) = (told("TEST_ORIGIN"), told("TEST_AUTHORITY")) else { return };
    let is_loopback = told("TEST_LOOPBACK").as_deref() == Some("true");
    let endpoint = if is_loopback { Endpoint::loopback(&url) } else { Endpoint::https(&url) }.unwrap();
    let credential = Credential::oauth(CANARY).unwrap().for_audience(endpoint.audience().clone());
    let client = Client::builder().endpoint(endpoint).credential(credential).root_certificates(authority);
    client.build().unwrap().execute(GetVersion).await.unwrap();
}

#[tokio::test]
async fn a_proxy_gets_its_own_credential_and_passes_what_it_cannot_read() {
    for protocol in Protocol::BOTH {
        let server = ScriptedServer::start(protocol, |_, _| Step::Answer(good())).await;
        let (proxy, mut told) = open_proxy().await;
        calls(&server, false, &[("HTTPS_PROXY", &format!("http://ada:pass@{proxy}"))]).await;
        assert_eq!(server.seen().len(), 1, "{protocol:?}");
        let asked = told.try_recv().unwrap();
        let host = server.origin().replace("https://", "");
        assert!(asked.starts_with(&format!("CONNECT {host} HTTP/1.1\r\n")), "{asked}");
        // `ada:pass`, and nothing that is monday's.
        assert!(asked.contains("Proxy-Authorization: Basic YWRhOnBhc3M=\r\n"), "{asked}");
        assert!(!asked.contains(CANARY), "{asked}");
        let seen = &server.seen()[0];
        assert_eq!(seen.header("proxy-authorization"), None);

        calls(&server, false, &[("ALL_PROXY", &format!("http://{proxy}")), ("NO_PROXY", "127.0.0.1")]).await;
        assert_eq!(server.seen().len(), 2, "{protocol:?}");
        assert!(told.try_recv().is_err(), "NO_PROXY was asked");
    }
}

#[tokio::test]
async fn a_server_of_this_machine_is_never_asked_through_a_proxy() {
    let server = ScriptedServer::start(Protocol::Http1, |_, _| Step::Answer(good())).await;
    let (proxy, mut told) = open_proxy().await;
    let proxy = format!("http://{proxy}");
    calls(&server, true, &[("HTTP_PROXY", &proxy), ("HTTPS_PROXY", &proxy), ("ALL_PROXY", &proxy)]).await;
    assert_eq!(server.seen().len(), 1);
    assert!(told.try_recv().is_err(), "the proxy was asked");
}
