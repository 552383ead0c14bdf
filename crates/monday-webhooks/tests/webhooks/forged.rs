//! What is not monday's is refused, with the status and a text that say which way.

use std::fmt::Write as _;

use monday_webhooks::auth::SignedFault;
use monday_webhooks::{BoardReceiver, Incoming, MemoryFault, Received, Refusal};
use serde_json::{Value, json};

use crate::support::{
    CLIENT_SECRET, ENDPOINT, SIGNING_SECRET, claims, fixture, hs256, now, part, post, receive, receiver,
    signed, token,
};

fn event() -> Vec<u8> {
    fixture("board", "create_item").to_string().into_bytes()
}

fn with_claims(changes: &Value) -> String {
    let mut claims = claims();
    for (name, value) in changes.as_object().unwrap() {
        claims[name] = value.clone();
    }
    signed(&hs256(), &claims, SIGNING_SECRET)
}

fn of_algorithm(algorithm: &str, signature: &str) -> String {
    let header = json!({"alg": algorithm, "typ": "JWT"});
    format!("{}.{}.{signature}", part(header.to_string()), part(claims().to_string()))
}

/// What every receiver that looks at signatures must refuse.
fn forgeries() -> Vec<(&'static str, String, SignedFault)> {
    let good = token();
    let (message, signature) = good.rsplit_once('.').unwrap();
    vec![
        ("expired", with_claims(&json!({"exp": now() - 120})), SignedFault::Expired),
        ("not yet valid", with_claims(&json!({"nbf": now() + 600})), SignedFault::NotYetValid),
        ("no end", with_claims(&json!({"exp": null})), SignedFault::Claim("exp")),
        (
            "another app's secret",
            signed(&hs256(), &claims(), "another-signing-secret-02"),
            SignedFault::Signature,
        ),
        ("the Client Secret", signed(&hs256(), &claims(), CLIENT_SECRET), SignedFault::Signature),
        ("another endpoint", with_claims(&json!({"aud": "https://evil.example"})), SignedFault::Audience),
        (
            "the endpoint and a slash",
            with_claims(&json!({"aud": format!("{ENDPOINT}/")})),
            SignedFault::Audience,
        ),
        ("alg: none", of_algorithm("none", ""), SignedFault::Algorithm),
        ("alg: none, with a signature", of_algorithm("none", signature), SignedFault::Algorithm),
        (
            "RS256 in name",
            signed(&json!({"alg": "RS256"}), &claims(), SIGNING_SECRET),
            SignedFault::Algorithm,
        ),
        ("no account", with_claims(&json!({"accountId": null})), SignedFault::Claim("accountId")),
        ("no signature", format!("{message}."), SignedFault::Signature),
        ("a personal token", "Basic dXNlcjpwYXNz".to_owned(), SignedFault::Malformed),
        ("too long", "a".repeat(9_000), SignedFault::TooLong),
    ]
}

#[tokio::test]
async fn a_signed_event_is_taken_with_and_without_bearer() {
    let (body, token) = (event(), token());
    for authorization in [token.clone(), format!("Bearer {token}"), format!("bearer {token}")] {
        let received = receive(&receiver(), Some(&authorization), &body).await.unwrap();
        let delivery = received.event().unwrap();
        assert_eq!(delivery.event.name(), "create_pulse");
        assert_eq!(delivery.sender.unwrap().user_id, 55_512_345);
    }
}

#[tokio::test]
async fn every_forgery_is_refused_with_401_and_leaves_no_trace_in_the_memory() {
    for receiver in [receiver(), receiver().allow_unsigned()] {
        for (what, authorization, fault) in forgeries() {
            let refusal = receive(&receiver, Some(&authorization), &event()).await.unwrap_err();
            assert_eq!((refusal, refusal.status()), (Refusal::NotSigned(fault), 401), "{what}");
        }
        let real = receive(&receiver, Some(&token()), &event()).await.unwrap();
        assert!(matches!(real, Received::Event(_)), "the real one was not taken for a repeated one");
    }
}

#[tokio::test]
async fn an_unsigned_event_is_refused_unless_it_was_allowed_by_name() {
    let unsigned = Err(Refusal::NotSigned(SignedFault::Unsigned));
    for authorization in [None, Some(""), Some("Bearer ")] {
        let refused = receive(&receiver(), authorization, &event()).await.map(|_| ());
        assert_eq!(refused, unsigned, "{authorization:?}");
        for receiver in [receiver().allow_unsigned(), BoardReceiver::unsigned_only()] {
            let delivery = receive(&receiver, authorization, &event()).await.unwrap().event().unwrap();
            assert_eq!(delivery.sender, None, "{authorization:?}");
        }
    }
    // `allow_unsigned` on a receiver that looks at nothing does not make it look.
    assert!(receive(&BoardReceiver::unsigned_only().allow_unsigned(), Some("x"), &event()).await.is_ok());
}

#[tokio::test]
async fn two_authorizations_are_refused_even_when_one_is_right() {
    let token = token();
    let (right, body) = (token.as_bytes(), event());
    for values in [[right, right], [right, b"forged"], [b"forged", right]] {
        let headers = values.map(|value| ("authorization", value));
        for receiver in [receiver(), receiver().allow_unsigned()] {
            let refusal = receiver.receive(&Incoming::new("POST", headers, &body)).await.unwrap_err();
            assert_eq!((refusal, refusal.status()), (Refusal::SeveralAuthorizations, 401));
        }
    }
    let headers = [("AUTHORIZATION", b"\xff\xfe".as_slice())];
    let refusal = receiver().receive(&Incoming::new("POST", headers, &body)).await.unwrap_err();
    assert_eq!(refusal, Refusal::NotSigned(SignedFault::Malformed));
}

#[tokio::test]
async fn another_method_is_refused_and_told_the_right_one() {
    let token = token();
    for method in ["GET", "HEAD", "PUT", "post", "", "OPTIONS"] {
        let incoming = Incoming::new(method, [("authorization", token.as_bytes())], b"{\"challenge\":\"c\"}");
        let refusal = receiver().receive(&incoming).await.unwrap_err();
        let reply = refusal.reply();
        assert_eq!((refusal, reply.status, reply.allow), (Refusal::Method, 405, Some("POST")), "{method}");
    }
}

#[tokio::test]
async fn a_body_is_read_up_to_the_limit_and_no_further() {
    let mut body = event();
    body.resize(1024 * 1024, b' ');
    assert!(receive(&receiver(), Some(&token()), &body).await.is_ok());
    body.push(b' ');
    let too_long = Refusal::TooLong { longest: 1024 * 1024 };
    assert_eq!(receive(&receiver(), Some(&token()), &body).await.unwrap_err(), too_long);
    assert_eq!(too_long.status(), 413);
    // Before the signature is looked at, which takes longer.
    assert_eq!(receive(&receiver(), None, &body).await.unwrap_err(), too_long);
    assert!(receive(&receiver().longest_body(body.len()), Some(&token()), &body).await.is_ok());
}

#[tokio::test]
async fn a_body_is_not_read_before_it_is_known_to_be_monday_s() {
    for body in ["not json", "{}", "[1]"] {
        let stranger = receive(&receiver(), None, body.as_bytes()).await.unwrap_err();
        assert_eq!(stranger, Refusal::NotSigned(SignedFault::Unsigned), "{body}");
        let monday = receive(&receiver(), Some(&token()), body.as_bytes()).await.unwrap_err();
        assert_eq!(monday.status(), 400, "{body}");
    }
}

#[test]
fn the_types_of_http_and_plain_parts_are_the_same_request() {
    use http::header::{AUTHORIZATION, HeaderMap, HeaderValue};
    let mut headers = HeaderMap::new();
    headers.insert("content-type", HeaderValue::from_static("application/json"));
    headers.append(AUTHORIZATION, HeaderValue::from_str(&token()).unwrap());
    headers.append(AUTHORIZATION, HeaderValue::from_static("another"));
    let body = event();
    let incoming = Incoming::http(&http::Method::POST, &headers, &body);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    assert_eq!(runtime.block_on(receiver().receive(&incoming)).unwrap_err(), Refusal::SeveralAuthorizations);
    headers.remove(AUTHORIZATION);
    headers.append(AUTHORIZATION, HeaderValue::from_str(&token()).unwrap());
    let incoming = Incoming::http(&http::Method::POST, &headers, &body);
    assert!(runtime.block_on(receiver().receive(&incoming)).is_ok());
    assert!(runtime.block_on(receiver().receive(&post(Some(&token()), &body))).is_ok());
}

#[test]
fn a_refusal_says_what_is_wrong_and_what_to_do() {
    let refusals = [
        Refusal::Method,
        Refusal::TooLong { longest: 1_048_576 },
        Refusal::NotSigned(SignedFault::Unsigned),
        Refusal::NotSigned(SignedFault::Audience),
        Refusal::NotSigned(SignedFault::Signature),
        Refusal::NotSigned(SignedFault::Expired),
        Refusal::SeveralAuthorizations,
        Refusal::OtherSender,
        Refusal::NotJson,
        Refusal::NotAnEvent("`event.type`"),
        Refusal::InFlight,
        Refusal::NotDone,
        Refusal::NoMemory(MemoryFault),
    ];
    let mut texts = String::new();
    for refusal in refusals {
        writeln!(texts, "{} {refusal}\n    {}", refusal.status(), refusal.advice()).unwrap();
        assert!(refusal.reply().body.is_empty(), "strangers are told nothing");
    }
    insta::assert_snapshot!(texts, @r"
    405 the method is not POST
        nothing: monday sends POST
    413 the body is longer than 1048576 bytes
        if it is monday's, allow more with `longest_body`
    401 the request is not taken for monday's: it is not signed; webhooks created with a personal token are not
        create the webhook with an app's token, or see `allow_unsigned` if it was created with a personal one
    401 the request is not taken for monday's: the token is for another endpoint
        give the receiver the `url` that was given to `create_webhook`, character for character
    401 the request is not taken for monday's: the signature does not match: forged, or the secret of another kind or app
        if it is monday's, compare the secret with the Developer Center
    401 the request is not taken for monday's: the token has ended
        if it is monday's, set this machine's clock; monday signs anew for each try
    401 the request has more than one Authorization
        see what stands between monday and the server
    401 the token is for another account or app than the body
        nothing: a token of one account was sent with the event of another
    400 the body is not JSON
        if it is monday's, the SDK is older than this kind of body
    400 the body is not of a webhook: `event.type` is missing or unusable
        if it is monday's, the SDK is older than this kind of body
    503 another delivery of this event is not done yet; monday sends it again
        nothing, unless it lasts: whoever had it may be gone, and its claim runs out
    503 the event could not be acted on; monday sends it again
        see why the work failed; its own error is not kept here
    503 the memory of events does not answer; monday sends the event again
        see why the shared memory does not answer
    ");
}
