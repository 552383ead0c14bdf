//! The same faults where the authorization server is asked for a new token.
//!
//! Must not know: how a refresh is done.

use std::sync::Arc;
use std::time::Duration;

use monday_sdk::auth::{
    AuthError, AuthServer, CredentialProvider as _, HttpFault, MemoryStore, OAuthApp, OAuthSessions,
    Rejection, Secret, TokenKey,
};
use monday_sdk::{AuthTransport, Endpoint};

use futures_util::StreamExt as _;

use super::AT_ONCE;
use super::bodies::{bomb, encoded};
use super::ledger::Ledger;
use crate::auth_support::{CLIENT_ID, CLIENT_SECRET, REDIRECT, runtime};
use crate::scripted_server::{Answer, Framing, Protocol, ScriptedServer, Step, authority};

/// What a refresh comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    Fresh,
    /// The wire's fault.
    Wire(HttpFault),
    /// The server's, in words or without.
    Server,
    /// An answer without a usable token.
    NoToken,
}

struct TokenRow {
    name: &'static str,
    step: Step,
    is_always: bool,
    end: End,
    requests: usize,
}

fn pair(number: usize) -> Answer {
    Answer::new(
        200,
        format!(
            r#"{{"access_token":"access-{number}","refresh_token":"refresh-{number}","token_type":"Bearer","scope":"me:read"}}"#
        ),
    )
}

fn once(name: &'static str, step: Step) -> TokenRow {
    TokenRow { name, step, is_always: false, end: End::Fresh, requests: 2 }
}

fn always(name: &'static str, step: Step, end: End, requests: usize) -> TokenRow {
    TokenRow { name, step, is_always: true, end, requests }
}

fn rows() -> Vec<TokenRow> {
    let lost = End::Wire(HttpFault::MaybeSent);
    let unreadable = End::Wire(HttpFault::Unreadable);
    let answer = |answer| Step::Answer(answer);
    let html = |status| Answer::new(status, "<html></html>").with("content-type", "text/html");
    let longer = || pair(9).declaring(1000);
    let large = Answer::new(200, "x".repeat(100_000));
    let deep = Answer::new(200, "[".repeat(50_000));
    vec![
        once("F6 reset before any byte", Step::Reset),
        always("F6 always reset", Step::Reset, lost, 3),
        once("F7 reset within the body", Step::ResetAfter(pair(9), 10)),
        always("F7 always reset within the body", Step::ResetAfter(pair(9), 10), lost, 3),
        once("F9 the stream is refused", Step::Refuse),
        once("F9 the connection goes away", Step::GoAway),
        always("F12 larger than any token", answer(large.clone()), unreadable, 3),
        always("F12 larger, without a length", answer(large.framed(Framing::Chunked)), unreadable, 3),
        always("F13 a bomb of gzip", answer(encoded(bomb(), "gzip")), unreadable, 3),
        always("F14 an encoding that lies", answer(encoded(b"{}".to_vec(), "gzip")), unreadable, 3),
        always("F15 a header of a megabyte", answer(pair(9).and("x", &"y".repeat(1 << 20))), lost, 3),
        always("F16 nested too deeply", answer(deep), End::NoToken, 1),
        once("F17 shorter than declared", Step::EndAfter(longer(), usize::MAX)),
        always("F17 always shorter", Step::EndAfter(longer(), usize::MAX), lost, 3),
        once("F18 a chunk cut", Step::EndAfter(pair(9).framed(Framing::Chunked), 30)),
        always(
            "F21 no UTF-8",
            answer(Answer::new(200, b"{\"access_token\":\"\xff\"}".to_vec())),
            End::NoToken,
            1,
        ),
        always("F25 a gateway fails", answer(html(502)), End::Server, 1),
        always("F26 a page in place of an answer", answer(html(200)), End::NoToken, 1),
        always(
            "F49 a redirect",
            answer(Answer::new(307, "").with("location", "https://127.0.0.1:9/")),
            End::Server,
            1,
        ),
        always(
            "F55 too many requests",
            answer(Answer::new(429, r#"{"error":"too_many_requests"}"#)),
            End::Server,
            1,
        ),
    ]
}

async fn check(row: &TokenRow, protocol: Protocol, ledger: &Ledger) {
    let (step, is_always) = (row.step.clone(), row.is_always);
    let server = ScriptedServer::start(protocol, move |number, _| match number {
        0 => Step::Answer(pair(0)),
        1 => step.clone(),
        _ if is_always => step.clone(),
        number => Step::Answer(pair(number)),
    })
    .await;
    let app = OAuthApp::builder(CLIENT_ID, Secret::new(CLIENT_SECRET))
        .redirect_uri(REDIRECT)
        .server(AuthServer::loopback(&server.origin()).unwrap())
        .build()
        .unwrap();
    let http = Arc::new(AuthTransport::builder().root_certificates(authority()).build().unwrap());
    let audience = Endpoint::loopback(&format!("{}/v2", server.origin())).unwrap().audience().clone();
    let sessions =
        OAuthSessions::builder(app, MemoryStore::new(), http, runtime()).audience(audience).build();
    let key = TokenKey::new(CLIENT_ID, "account", "user");
    let provider = sessions.migrate_legacy(&key, &Secret::new("legacy-token-1")).await.unwrap();
    let old = provider.current().await.unwrap();
    let named = |what: String| format!("{} | Token {protocol:?}: {what}", row.name);
    let refresh = provider.rejected(&old, Rejection::Unauthorized);
    let Ok(result) = tokio::time::timeout(Duration::from_secs(20), refresh).await else {
        return ledger.check(false, || named("hangs".to_owned()));
    };
    let end = match &result {
        Ok(_) => End::Fresh,
        Err(AuthError::Transport(fault)) => End::Wire(*fault),
        Err(AuthError::TokenResponse { .. }) => End::NoToken,
        Err(_) => End::Server,
    };
    ledger.check(end == row.end, || named(format!("{end:?}: {result:?}")));
    let seen = server.seen();
    let refreshes = seen.get(1..).unwrap_or_default();
    ledger.check(refreshes.len() == row.requests, || named(format!("{} requests", refreshes.len())));
    let spends_the_first = |body: &[u8]| String::from_utf8_lossy(body).contains("refresh_token=refresh-0");
    ledger.check(refreshes.iter().all(|request| spends_the_first(&request.body)), || {
        named("another token".to_owned())
    });
    if let Err(error) = &result {
        let text = format!("{error} {error:?} {error:#?}");
        let secrets = ["refresh-0", "access-0", "access-9", CLIENT_SECRET, "127.0.0.1"];
        ledger.check(!secrets.iter().any(|secret| text.contains(secret)), || named(text.clone()));
    } else {
        let header = result.unwrap().header_for(old.audience()).unwrap();
        ledger.check(header == "Bearer access-2", || named("not the fresh token".to_owned()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_rows_of_the_fault_matrix_hold_for_refreshes() {
    let (rows, ledger) = (rows(), Ledger::default());
    let (rows, ledger_of_all) = (&rows, &ledger);
    let calls = rows.iter().flat_map(|row| Protocol::BOTH.map(|protocol| (row, protocol)));
    let calls: Vec<_> = calls.collect();
    futures_util::stream::iter(calls)
        .for_each_concurrent(AT_ONCE, |(row, protocol)| check(row, protocol, ledger_of_all))
        .await;
    println!("{} assertions", ledger.close());
}
