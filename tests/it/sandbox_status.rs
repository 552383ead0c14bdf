//! The status page of the sandbox, as a person sees it: in Chromium, wide and narrow.
//!
//! Must not know: how the page is made.

use std::time::Duration;

use monday_auth::WebhookChallenge;
use monday_sandbox::{Fault, Plan, Rule, Sandbox};
use monday_sdk::queries::enums::WebhookEventType;
use monday_sdk::queries::{CreateItem, CreateWebhook, Me};
use monday_sdk::{BoardId, CredentialKind};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use wiremock::{Mock, MockServer, Request, ResponseTemplate, matchers::any};

use crate::browser::Browser;
use crate::support::{client_for, within};

const LIMIT: Duration = Duration::from_secs(40);

/// A sandbox in which there is something of everything to be seen; and the endpoint of its webhook.
async fn busy() -> (Sandbox, MockServer) {
    let endpoint = MockServer::start().await;
    let echo = |request: &Request| match WebhookChallenge::parse(&request.body) {
        Some(challenge) => ResponseTemplate::new(200).set_body_raw(challenge.answer(), "application/json"),
        None => ResponseTemplate::new(200),
    };
    Mock::given(any()).respond_with(echo).mount(&endpoint).await;
    let sandbox = Sandbox::builder().items(10).plan(Plan::Standard).start().await.unwrap();
    let of = |kind, token: &str| client_for(&sandbox.url(), kind, token).build().unwrap();
    let client = of(CredentialKind::PersonalToken, sandbox.personal_token());
    let board = BoardId::from(sandbox.large_board_id());
    let url = format!("{}/hook?key=very-secret", endpoint.uri());
    client.execute(CreateWebhook::new(board.clone(), WebhookEventType::CreateItem, url)).await.unwrap();
    client.execute(CreateItem::new(board, "<b>bold & secret</b>")).await.unwrap();
    of(CredentialKind::OAuth, sandbox.oauth_token()).execute(Me).await.unwrap();
    sandbox.faults().push(Fault::refuse("UserUnauthorizedException"));
    client.execute(Me).await.unwrap_err();
    sandbox.answer("Me").with_data(json!({"me": 7})).once();
    client.execute(Me).await.unwrap_err();
    sandbox.faults().push(Fault::Gateway(502));
    sandbox.faults().rule(Rule::every(3, Fault::LoseAnswer).matching("CreateItem").times(2));
    sandbox.answer("GetBoards").with_errors(json!({"message": "<i>no</i>"})).with_status(403).times(2);
    sandbox.answer("<script>alert(1)</script>").with_status(500).always();
    (sandbox, endpoint)
}

/// Times and ports are of the run.
fn steady(text: &str, endpoint: &MockServer) -> String {
    let text = text.replace(&endpoint.uri(), "http://ENDPOINT").replace('\u{202f}', " ");
    let lines = text.lines().map(|line| {
        let words: Vec<_> = line.split(' ').collect();
        let is_unit = |at: usize| matches!(words.get(at), Some(&("ms" | "s" | "min")));
        let steady = words.iter().enumerate().map(|(at, word)| {
            let is_time = word.parse::<f64>().is_ok() && is_unit(at + 1);
            if is_time {
                "#"
            } else if at > 0 && is_unit(at) && *word != "s" {
                "s"
            } else {
                word
            }
        });
        steady.collect::<Vec<_>>().join(" ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_status_page_tells_everything_and_fits_wide_and_narrow_windows() {
    within(LIMIT, async {
        let Some(browser) = Browser::start().await else {
            return;
        };
        let (sandbox, endpoint) = busy().await;
        for width in [1280, 500] {
            let (text, page_width) = browser.open(&sandbox.authorization_url(), width).await;
            assert!(page_width <= width.into(), "a page of {page_width} px in a window of {width} px");
            let tokens = [sandbox.personal_token(), sandbox.oauth_token(), "secret", "bold"];
            assert!(tokens.iter().all(|token| !text.contains(token)), "{text}");
            insta::assert_snapshot!(format!("sandbox_status_{width}"), steady(&text, &endpoint));
        }
        browser.close().await;
    })
    .await;
}

/// Head and body of the answer.
async fn get(sandbox: &Sandbox, path: &str) -> (String, String) {
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nHost: sandbox\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), body.to_owned())
}

#[tokio::test]
async fn the_status_page_is_text_of_its_own_and_needs_nothing_from_elsewhere() {
    within(LIMIT, async {
        let (sandbox, _endpoint) = busy().await;
        let (head, page) = get(&sandbox, "/").await;
        let policy = "content-security-policy: default-src 'none'; style-src 'self'; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";
        for part in [policy, "cache-control: no-store", "x-content-type-options: nosniff", "text/html"] {
            assert!(head.contains(part), "{head}");
        }
        for markup in
            ["<script", "<i>", "style=", "http-equiv", "secret", "://fonts", "sandbox-personal-token"]
        {
            assert!(!page.contains(markup), "{markup} is on the page");
        }
        assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        assert_eq!(get(&sandbox, "/status").await.0.lines().next(), head.lines().next());
        let refreshing = get(&sandbox, "/status?refresh=5").await.1;
        assert!(refreshing.contains("<meta http-equiv=\"refresh\" content=\"5\">"));
        for refresh in ["0", "99999", "\"><script>", "-1"] {
            assert!(!get(&sandbox, &format!("/status?refresh={refresh}")).await.1.contains("http-equiv"));
        }
        let (head, style) = get(&sandbox, "/status.css").await;
        assert!(head.contains("text/css") && style.contains("prefers-color-scheme: dark"));
        assert_eq!(sandbox.seen().total().requests, 5, "looking is no request");
    })
    .await;
}
