//! Webhooks of the sandbox, received with what the SDK has for them: challenge, signature, repetitions.
//!
//! Must not know: how the sandbox sends.

use std::time::Duration;

use monday_auth::{BoardWebhook, Secret, SeenWebhooks, SigningSecret, WebhookChallenge, WebhookClaim};
use monday_sandbox::{Sandbox, SandboxApp};
use monday_sdk::queries::enums::WebhookEventType;
use monday_sdk::queries::{CreateItem, CreateWebhook, DeleteWebhook};
use monday_sdk::{Client, CredentialKind, ErrorKind};
use serde_json::Value;
use wiremock::{Mock, MockServer, Request, ResponseTemplate, matchers::any};

use crate::support::{client_for, received, within};

const LIMIT: Duration = Duration::from_secs(30);

/// An endpoint that answers challenges, and events with this status.
async fn endpoint(status: u16) -> (MockServer, String) {
    let server = MockServer::start().await;
    let answer = move |request: &Request| match WebhookChallenge::parse(&request.body) {
        Some(challenge) => ResponseTemplate::new(200).set_body_raw(challenge.answer(), "application/json"),
        None => ResponseTemplate::new(status),
    };
    Mock::given(any()).respond_with(answer).mount(&server).await;
    let url = format!("{}/monday?of=board", server.uri());
    (server, url)
}

/// The requests after the challenge, once there are so many.
async fn events(server: &MockServer, count: usize) -> Vec<Request> {
    loop {
        let requests = received(server).await;
        if requests.len() > count {
            return requests.into_iter().skip(1).collect();
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

fn event(request: &Request) -> Value {
    serde_json::from_slice::<Value>(&request.body).unwrap()["event"].clone()
}

fn clients(sandbox: &Sandbox) -> (Client, Client) {
    let of = |kind, token: &str| client_for(&sandbox.url(), kind, token).build().unwrap();
    (
        of(CredentialKind::PersonalToken, sandbox.personal_token()),
        of(CredentialKind::OAuth, sandbox.oauth_token()),
    )
}

fn secret(text: &str) -> SigningSecret {
    SigningSecret::new(Secret::new(text)).unwrap()
}

#[tokio::test]
async fn an_apps_webhook_is_verified_with_its_signing_secret_and_a_persons_has_no_signature() {
    within(LIMIT, async {
        let app = SandboxApp::new("app", "client-secret").signing_secret("the-signing-secret");
        let sandbox = Sandbox::builder().items(1).app(app).start().await.unwrap();
        let (person, app) = clients(&sandbox);
        let board = sandbox.large_board_id();
        let (of_app, app_url) = endpoint(200).await;
        let (of_person, person_url) = endpoint(200).await;
        app.execute(CreateWebhook::new(board, WebhookEventType::CreateItem, &app_url)).await.unwrap();
        person.execute(CreateWebhook::new(board, WebhookEventType::CreateItem, &person_url)).await.unwrap();
        person.execute(CreateItem::new(board, "New")).await.unwrap();

        let signed = events(&of_app, 1).await.remove(0);
        let header = signed.headers["authorization"].to_str().unwrap();
        let from = BoardWebhook::verify(header, &app_url, &secret("the-signing-secret")).unwrap();
        assert_eq!((from.account_id, from.user_id), (1_000_001, 501));
        assert!(BoardWebhook::verify(header, &app_url, &secret("client-secret")).is_err());
        assert!(BoardWebhook::verify(header, &person_url, &secret("the-signing-secret")).is_err());
        assert_eq!(event(&signed)["type"], "create_pulse");

        let unsigned = events(&of_person, 1).await.remove(0);
        assert!(!unsigned.headers.contains_key("authorization"));
        assert_eq!(event(&unsigned)["pulseId"], event(&signed)["pulseId"]);
    })
    .await;
}

#[tokio::test]
async fn what_is_delivered_again_is_known_by_its_uuid() {
    within(LIMIT, async {
        let interval = Duration::from_millis(20);
        let sandbox = Sandbox::builder().items(1).webhook_interval(interval).start().await.unwrap();
        let (client, _) = clients(&sandbox);
        let (server, url) = endpoint(500).await;
        let webhook = CreateWebhook::new(sandbox.large_board_id(), WebhookEventType::CreateItem, &url);
        let webhook = client.execute(webhook).await.unwrap().create_webhook.unwrap();
        client.execute(CreateItem::new(sandbox.large_board_id(), "New")).await.unwrap();
        let seen = SeenWebhooks::new();
        let events = events(&server, 3).await;
        for (number, request) in events.iter().enumerate() {
            let event = event(request);
            let claim = seen.claim(event["triggerUuid"].as_str().unwrap(), LIMIT);
            assert_eq!(claim, if number == 0 { WebhookClaim::New } else { WebhookClaim::InFlight });
        }
        client.execute(DeleteWebhook::new(webhook.id)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn an_endpoint_that_does_not_echo_the_challenge_gets_no_webhook() {
    within(LIMIT, async {
        let sandbox = Sandbox::builder().items(1).start().await.unwrap();
        let (client, _) = clients(&sandbox);
        let server = MockServer::start().await;
        Mock::given(any())
            .respond_with(ResponseTemplate::new(200).set_body_string("{}"))
            .mount(&server)
            .await;
        let webhook =
            CreateWebhook::new(sandbox.large_board_id(), WebhookEventType::CreateItem, server.uri());
        assert_eq!(client.execute(webhook).await.unwrap_err().kind(), ErrorKind::InvalidArgument);
        assert!(WebhookChallenge::parse(&received(&server).await[0].body).is_some());
    })
    .await;
}

#[tokio::test]
async fn a_url_without_a_path_is_signed_as_it_was_written() {
    within(LIMIT, async {
        let app = SandboxApp::new("app", "client-secret").signing_secret("the-signing-secret");
        let sandbox = Sandbox::builder().items(1).app(app).start().await.unwrap();
        let (_, app) = clients(&sandbox);
        let (server, url) = endpoint(200).await;
        // A URL's usual form would end in `/`.
        let url = url.strip_suffix("/monday?of=board").unwrap();
        let webhook = CreateWebhook::new(sandbox.large_board_id(), WebhookEventType::CreateItem, url);
        app.execute(webhook).await.unwrap();
        app.execute(CreateItem::new(sandbox.large_board_id(), "New")).await.unwrap();
        let signed = events(&server, 1).await.remove(0);
        let header = signed.headers["authorization"].to_str().unwrap();
        assert!(BoardWebhook::verify(header, url, &secret("the-signing-secret")).is_ok());
    })
    .await;
}
