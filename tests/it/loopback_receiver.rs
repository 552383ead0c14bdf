//! The listener that a login on this machine ends at, under everything else that may come by (T14, T15).
//!
//! Must not know: how codes are exchanged.

use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};
use std::time::{Duration, Instant};

use monday_sdk::LoopbackReceiver;
use monday_sdk::auth::{AuthError, OAuthApp, OAuthAppBuilder, OAuthCode, ReceiverFault, Secret};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::support::free_port;

const SCRIPT: &str = "<script>alert(1)</script>";

fn app(redirect_uris: &[String]) -> OAuthApp {
    let app = OAuthApp::builder("client-1", Secret::new("client-secret-1"));
    redirect_uris.iter().fold(app, OAuthAppBuilder::redirect_uri).build().unwrap()
}

fn at(port: u16) -> String {
    format!("http://127.0.0.1:{port}/callback")
}

fn state_of(url: &str) -> String {
    let url = url::Url::parse(url).unwrap();
    url.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned()
}

/// Sends bytes, and reads what comes back until the listener closes.
async fn ask(port: u16, request: &[u8]) -> String {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.unwrap();
    // The listener may close before it has read everything.
    let _ = stream.write_all(request).await;
    let _ = stream.shutdown().await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

fn get(port: u16, target: &str) -> Vec<u8> {
    format!("GET {target} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nuser-agent: {SCRIPT}\r\n\r\n").into_bytes()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_wrong_requests_change_nothing_and_the_right_one_still_works() {
    let port = free_port();
    let app = app(&[at(port)]);
    let receiver = LoopbackReceiver::bind(&app).await.unwrap();
    let (url, pending) = app.begin_with(&receiver.options()).unwrap();
    let state = state_of(url.as_str());
    let login = tokio::spawn(receiver.receive(pending));

    let host = format!("host: 127.0.0.1:{port}\r\n");
    let raw = |head: String| head.into_bytes();
    let wrong: Vec<(&str, Vec<u8>)> = vec![
        ("404", get(port, "/")),
        ("404", get(port, "/favicon.ico")),
        ("404", get(port, &format!("/callback/?code=1234&state={state}"))),
        ("404", get(port, &format!("/CALLBACK?code=1234&state={state}"))),
        ("404", get(port, &format!("//callback?code=1234&state={state}"))),
        ("404", get(port, &format!("http://127.0.0.1:{port}/callback?code=1234&state={state}"))),
        ("400", get(port, "/callback")),
        ("400", get(port, "/callback?code=1234")),
        ("400", get(port, "/callback?code=1234&state=")),
        ("400", get(port, &format!("/callback?code=1234&state={SCRIPT}"))),
        ("400", get(port, &format!("/callback?code=1234&state={}", state.to_uppercase()))),
        ("400", get(port, &format!("/callback?code=1234&state={}", state.replace(char::is_lowercase, "a")))),
        ("400", get(port, &format!("/callback?code=1234&state={state}&state={state}"))),
        ("400", get(port, &format!("/callback?code=1234&state={state}x"))),
        ("400", get(port, "/callback?error=access_denied")),
        ("400", get(port, &format!("/callback?error=access_denied&error_description={SCRIPT}&state=x"))),
        ("405", raw(format!("POST /callback?code=1234&state={state} HTTP/1.1\r\n{host}\r\n"))),
        ("405", raw(format!("HEAD /callback?code=1234&state={state} HTTP/1.1\r\n{host}\r\n"))),
        ("405", raw(format!("OPTIONS * HTTP/1.1\r\n{host}origin: https://evil.example\r\n\r\n"))),
        ("421", raw(format!("GET /callback?code=1234&state={state} HTTP/1.1\r\n\r\n"))),
        ("421", raw(format!("GET /callback?code=1234&state={state} HTTP/1.1\r\nhost: evil.example\r\n\r\n"))),
        (
            "421",
            raw(format!(
                "GET /callback?code=1234&state={state} HTTP/1.1\r\nhost: evil.example:{port}\r\n\r\n"
            )),
        ),
        (
            "421",
            raw(format!("GET /callback?code=1234&state={state} HTTP/1.1\r\nhost: localhost:{port}\r\n\r\n")),
        ),
        ("421", raw(format!("GET /callback?code=1234&state={state} HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n"))),
        ("421", raw(format!("GET /callback?code=1234&state={state} HTTP/1.1\r\n{host}{host}\r\n"))),
        ("431", get(port, &format!("/callback?code={}&state={state}", "x".repeat(9_000)))),
        ("431", raw(format!("GET / HTTP/1.1\r\n{host}x: {}\r\n\r\n", "y".repeat(20_000)))),
        ("400", raw(format!("{SCRIPT}\r\n\r\n"))),
        ("400", raw(format!("GET /callback?state={state}\r\n\r\n"))),
        ("400", vec![0x16, 0x03, 0x01, 0x02, 0x00, b'\r', b'\n', b'\r', b'\n']),
        ("", raw("GET /callback".to_owned())),
        ("", Vec::new()),
    ];
    for round in 0..1_000_usize {
        let (status, request) = &wrong[round % wrong.len()];
        let answer = ask(port, request).await;
        let said: String = String::from_utf8_lossy(request).chars().take(200).collect();
        let lower = answer.to_lowercase();
        let first = lower.lines().next().unwrap_or_default();
        assert_eq!(
            first.split(' ').nth(1).unwrap_or_default(),
            *status,
            "{}",
            String::from_utf8_lossy(request)
        );
        assert!(!lower.contains("script") && !lower.contains("1234") && !answer.contains(&state), "{answer}");
        if !status.is_empty() {
            for header in [
                "content-security-policy: default-src 'none'; frame-ancestors 'none'",
                "cache-control: no-store",
                "referrer-policy: no-referrer",
                "x-content-type-options: nosniff",
            ] {
                assert!(lower.contains(header), "{header} is not in {answer}");
            }
        }
        assert!(!login.is_finished(), "{said}");
    }
    let page = ask(port, &get(port, &format!("/callback?code=code-1234&state={state}"))).await;
    assert!(
        page.starts_with("HTTP/1.1 200 OK\r\n") && page.contains("You have authorized the app"),
        "{page}"
    );
    assert!(!page.contains("code-1234") && !page.contains(&state));
    login.await.unwrap().unwrap();
    // The port is free again, for the next login.
    drop(LoopbackReceiver::bind(&app).await.unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn visitors_who_say_nothing_do_not_keep_the_browser_waiting() {
    let port = free_port();
    let app = app(&[at(port)]);
    let receiver = LoopbackReceiver::bind(&app).await.unwrap();
    let (url, pending) = app.begin_with(&receiver.options()).unwrap();
    let login = tokio::spawn(receiver.receive(pending));
    let mut silent = Vec::new();
    for _ in 0..40 {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.unwrap();
        stream.write_all(b"G").await.unwrap();
        silent.push(stream);
    }
    let begun = Instant::now();
    ask(port, &get(port, &format!("/callback?code=code-1234&state={}", state_of(url.as_str())))).await;
    login.await.unwrap().unwrap();
    // Far less than the five seconds that one visitor may take.
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_user_who_says_no_is_told_so_and_the_caller_gets_the_reason() {
    let port = free_port();
    let app = app(&[at(port)]);
    let receiver = LoopbackReceiver::bind(&app).await.unwrap();
    let (url, pending) = app.begin_with(&receiver.options()).unwrap();
    let state = state_of(url.as_str());
    let login = tokio::spawn(receiver.receive(pending));
    let page = ask(port, &get(port, &format!("/callback?error=access_denied&code=1234&state={state}"))).await;
    assert!(page.contains("The app was not authorized"), "{page}");
    let error = login.await.unwrap().unwrap_err();
    assert!(matches!(&error, AuthError::Denied(fault) if fault.code == OAuthCode::AccessDenied), "{error:?}");
}

#[tokio::test]
async fn a_taken_port_leads_to_the_next_and_none_to_a_clear_error() {
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    // Taken in the other address family only: a name that means both would reach a stranger.
    let half_taken = TcpListener::bind((Ipv6Addr::LOCALHOST, 0));
    let mut uris =
        vec!["https://app.example.com/callback".to_owned(), at(taken.local_addr().unwrap().port())];
    if let Ok(half_taken) = &half_taken {
        uris.push(at(half_taken.local_addr().unwrap().port()));
    }
    let fault = |error: AuthError| match error {
        AuthError::Receiver(fault) => fault,
        other => panic!("{other:?}"),
    };
    let all_taken = LoopbackReceiver::bind(&app(&uris)).await.unwrap_err();
    assert_eq!(fault(all_taken), ReceiverFault::PortsTaken);
    uris.push(at(free_port()));
    assert_eq!(LoopbackReceiver::bind(&app(&uris)).await.unwrap().redirect_uri(), uris.last().unwrap());
    let none = LoopbackReceiver::bind(&app(&uris[..1])).await.unwrap_err();
    assert_eq!(fault(none), ReceiverFault::NoLoopbackUri);
}

#[tokio::test]
async fn a_browser_that_does_not_come_back_ends_the_wait() {
    let app = app(&[at(free_port())]);
    let receiver = LoopbackReceiver::bind(&app).await.unwrap().patience(Duration::from_millis(50));
    let (_, pending) = app.begin_with(&receiver.options()).unwrap();
    let error = receiver.receive(pending).await.unwrap_err();
    assert_eq!(error, AuthError::Receiver(ReceiverFault::NoCallback));
}
