//! The sandbox's `/v2/file` and its assets over plain TCP: the form as monday takes it, and what it refuses.
//!
//! Must not know: how the client forms an upload.

use std::time::Duration;

use monday_sandbox::{Fault, Plan, Quotas, Sandbox};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const MUTATION: &str = "mutation Add($item: ID!, $file: File!) { add_file_to_column(item_id: $item, column_id: \"files\", file: $file) \
     { id name file_size public_url } }";
const MAP: &str = r#"{"image":"variables.file"}"#;

/// Name, file name, text.
type Part<'a> = (&'a str, Option<&'a str>, &'a str);

fn form(parts: &[Part<'_>]) -> String {
    let mut body = String::new();
    for (name, file, text) in parts {
        let file = file.map_or_else(String::new, |file| format!("; filename=\"{file}\""));
        body += &format!("--edge\r\ncontent-disposition: form-data; name=\"{name}\"{file}\r\n\r\n{text}\r\n");
    }
    body + "--edge--\r\n"
}

/// Status, head in small letters, body.
async fn exchange(origin: &str, head: &str, body: &str) -> (u16, String, String) {
    let exchange = async {
        let mut socket = TcpStream::connect(origin.strip_prefix("http://").unwrap()).await.unwrap();
        let request = format!("{head}\r\nhost: sandbox\r\nconnection: close\r\n\r\n{body}");
        socket.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), head.to_lowercase(), body.to_owned())
    };
    tokio::time::timeout(Duration::from_secs(20), exchange).await.expect("it is answered")
}

async fn post(sandbox: &Sandbox, headers: &str, body: &str) -> (u16, String, Value) {
    post_to("/v2/file", sandbox, headers, body).await
}

async fn post_to(path: &str, sandbox: &Sandbox, headers: &str, body: &str) -> (u16, String, Value) {
    let head = format!(
        "POST {path} HTTP/1.1\r\nauthorization: {}\r\ncontent-length: {}\r\n\
         content-type: multipart/form-data; boundary=edge{headers}",
        sandbox.personal_token(),
        body.len(),
    );
    let (status, head, body) = exchange(&sandbox.authorization_url(), &head, body).await;
    (status, head, serde_json::from_str(&body).unwrap())
}

async fn first_item(sandbox: &Sandbox) -> String {
    let body = r#"{"query":"{ boards(ids: [2000000006]) { items_page(limit: 1) { items { id } } } }"}"#;
    let head = format!(
        "POST /v2 HTTP/1.1\r\nauthorization: {}\r\ncontent-length: {}\r\ncontent-type: application/json",
        sandbox.personal_token(),
        body.len()
    );
    let (_, _, body) = exchange(&sandbox.authorization_url(), &head, body).await;
    let body: Value = serde_json::from_str(&body).unwrap();
    body["data"]["boards"][0]["items_page"]["items"][0]["id"].as_str().unwrap().to_owned()
}

/// A small file for the column of the first item.
async fn good_form(sandbox: &Sandbox) -> String {
    let variables = json!({"item": first_item(sandbox).await}).to_string();
    form(&[
        ("query", None, MUTATION),
        ("variables", None, &variables),
        ("map", None, MAP),
        ("image", Some("a"), "12345"),
    ])
}

#[tokio::test]
async fn a_form_is_taken_with_its_parts_in_any_order_and_one_file_for_several_variables() {
    let sandbox = Sandbox::builder().items(1).start().await.unwrap();
    let variables = json!({"item": first_item(&sandbox).await, "file": null}).to_string();
    let file: Part<'_> = ("image", Some("a \\\"b\\\".txt"), "12345");
    let map = r#"{"image":["variables.file"]}"#;
    let body = form(&[file, ("map", None, map), ("variables", None, &variables), ("query", None, MUTATION)]);
    let (status, head, answer) = post(&sandbox, "", &body).await;
    let asset = &answer["data"]["add_file_to_column"];
    assert_eq!(
        (status, &asset["name"], &asset["file_size"]),
        (200, &json!("a \"b\".txt"), &json!(5)),
        "{answer}"
    );
    assert!(answer["extensions"]["request_id"].is_string() && answer["account_id"].is_number());
    for name in ["api-version: 20", "ratelimit: ", "ratelimit-policy: "] {
        assert!(head.contains(name), "{head}");
    }
    let two = "mutation ($item: ID!, $one: File!, $two: File!) {
        one: add_file_to_column(item_id: $item, column_id: \"files\", file: $one) { name }
        two: add_file_to_column(item_id: $item, column_id: \"files\", file: $two) { name } }";
    let map = r#"{"image":["variables.one","variables.two"]}"#;
    let body = form(&[("query", None, two), ("variables", None, &variables), ("map", None, map), file]);
    let (_, _, answer) = post(&sandbox, "", &body).await;
    assert_eq!(answer["data"]["two"]["name"], "a \"b\".txt", "{answer}");
    assert_eq!(sandbox.seen().writes("add_file_to_column"), 3);
}

#[tokio::test]
async fn the_graphql_endpoint_takes_the_same_form_which_mondays_javascript_client_sends_there() {
    let sandbox = Sandbox::builder().items(1).largest_upload(3 << 20).start().await.unwrap();
    let body = good_form(&sandbox).await;
    let (status, _, answer) = post_to("/v2", &sandbox, "", &body).await;
    assert_eq!((status, &answer["data"]["add_file_to_column"]["file_size"]), (200, &json!(5)), "{answer}");
    // Files may be larger there than JSON.
    let large = body.replace("12345", &"x".repeat((2 << 20) + 1));
    assert_eq!(post_to("/v2", &sandbox, "", &large).await.0, 200);
    let huge = body.replace("12345", &"x".repeat((3 << 20) + 1));
    assert_eq!(post_to("/v2", &sandbox, "", &huge).await.0, 413);
    let json = format!("{{\"query\":\"{{ me {{ id }} }}{}\"}}", " ".repeat(2 << 20));
    let head =
        format!("POST /v2 HTTP/1.1\r\ncontent-type: application/json\r\ncontent-length: {}", json.len());
    assert_eq!(exchange(&sandbox.authorization_url(), &head, &json).await.0, 413);
}

#[tokio::test]
async fn a_form_that_monday_cannot_use_is_refused_and_says_why() {
    let sandbox = Sandbox::builder().items(1).start().await.unwrap();
    let variables = json!({"item": first_item(&sandbox).await}).to_string();
    let (query, vars, file): (Part<'_>, Part<'_>, Part<'_>) =
        (("query", None, MUTATION), ("variables", None, &variables), ("image", Some("a"), "12345"));
    let operations = json!({"query": MUTATION}).to_string();
    let cases: [(&[Part<'_>], u16, &str); 13] = [
        (&[vars, ("map", None, MAP), file], 400, "The part `query` is missing"),
        (&[query, vars, file], 400, "The part `map` is missing"),
        (&[query, vars, ("map", None, MAP)], 400, "map: there is no file part `image`"),
        (
            &[query, vars, ("map", None, r#"{"other":"variables.file"}"#), file],
            400,
            "map: there is no file part `other`",
        ),
        (&[query, vars, ("map", None, MAP), ("image", None, "1")], 400, "map: there is no file part `image`"),
        (
            &[query, vars, ("map", None, r#"{"image":"variables.nope"}"#), file],
            400,
            "map: `variables.nope` is no variable",
        ),
        (
            &[query, vars, ("map", None, r#"{"image":"variables.item"}"#), file],
            400,
            "map: `variables.item` is no variable",
        ),
        (&[query, vars, ("map", None, r#"{"image":"file"}"#), file], 400, "map: \"file\" is no path"),
        (&[query, vars, ("map", None, r#"{"image":[7]}"#), file], 400, "map: 7 is no path"),
        (&[query, vars, ("map", None, "image"), file], 400, "JSON parse error"),
        (&[query, ("variables", None, "[]"), ("map", None, MAP), file], 400, "JSON parse error"),
        (&[("operations", None, &operations), ("map", None, MAP), file], 400, "`operations` is not taken"),
        (&[query, vars, ("map", None, "{}"), file], 200, ""),
    ];
    for (parts, status, message) in cases {
        let (found, _, answer) = post(&sandbox, "", &form(parts)).await;
        let says = answer["errors"][0]["message"].as_str().unwrap_or_default();
        assert!(found == status && says.starts_with(message), "{found} {answer}, not {message}");
        assert!(answer["data"].is_null() && answer["extensions"]["request_id"].is_string(), "{answer}");
    }
    let whole = form(&[query, vars, ("map", None, MAP), file]);
    let cut = &whole[..whole.len() - 12];
    let (status, _, answer) = post(&sandbox, "", cut).await;
    assert!(
        status == 400 && answer["errors"][0]["message"].as_str().unwrap().contains("cannot be read"),
        "{answer}"
    );
    let token = sandbox.personal_token();
    for kind in ["application/json", "multipart/form-data"] {
        let head = format!(
            "POST /v2/file HTTP/1.1\r\nauthorization: {token}\r\ncontent-type: {kind}\r\ncontent-length: {}",
            whole.len()
        );
        assert_eq!(exchange(&sandbox.authorization_url(), &head, &whole).await.0, 400, "{kind}");
    }
    // A file in plain JSON is none.
    let body = json!({"query": MUTATION, "variables": {"item": "3000000001", "file": "file"}}).to_string();
    let head = format!(
        "POST /v2 HTTP/1.1\r\nauthorization: {token}\r\ncontent-type: application/json\r\ncontent-length: {}",
        body.len()
    );
    let (_, _, answer) = exchange(&sandbox.authorization_url(), &head, &body).await;
    assert!(answer.contains("InvalidArgumentException"), "{answer}");
    assert_eq!(sandbox.seen().writes("add_file_to_column"), 0);
}

#[tokio::test]
async fn a_body_larger_than_allowed_is_refused_however_its_length_is_told() {
    let sandbox = Sandbox::builder().items(1).largest_upload(100_000).start().await.unwrap();
    let large = "x".repeat(100_001);
    let body = form(&[("query", None, MUTATION), ("map", None, MAP), ("image", Some("a"), &large)]);
    let (status, _, answer) = post(&sandbox, "", &body).await;
    assert_eq!(
        (status, &answer["errors"][0]["message"]),
        (413, &json!("The upload is larger than 100000 bytes"))
    );
    let head = format!(
        "POST /v2/file HTTP/1.1\r\nauthorization: {}\r\ncontent-type: multipart/form-data; boundary=edge\r\n\
         transfer-encoding: chunked",
        sandbox.personal_token()
    );
    let chunked = format!("{:x}\r\n{body}\r\n0\r\n\r\n", body.len());
    let (status, _, answer) = exchange(&sandbox.authorization_url(), &head, &chunked).await;
    assert_eq!(status, 413, "{answer}");
}

#[tokio::test]
async fn the_file_endpoint_has_the_credentials_quotas_faults_and_keys_of_the_api() {
    let quotas = Quotas { calls_per_minute: Some(6), ..Plan::Pro.quotas() };
    let sandbox = Sandbox::builder().items(1).quotas(quotas).start().await.unwrap();
    let body = good_form(&sandbox).await;
    let anonymous = format!(
        "POST /v2/file HTTP/1.1\r\ncontent-length: {}\r\ncontent-type: multipart/form-data; boundary=edge",
        body.len()
    );
    assert_eq!(exchange(&sandbox.authorization_url(), &anonymous, &body).await.0, 401);
    let (_, _, answer) = post(&sandbox, "\r\napi-version: soon", &body).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "InvalidVersionException");
    sandbox.faults().push(Fault::refuse("RESOURCE_LOCKED"));
    assert_eq!(post(&sandbox, "", &body).await.0, 423);
    let (_, head, first) = post(&sandbox, "\r\nidempotency-key: one", &body).await;
    assert!(!head.contains("idempotency-replayed"));
    let (_, head, again) = post(&sandbox, "\r\nidempotency-key: one", &body).await;
    assert!(head.contains("idempotency-replayed: true"), "{head}");
    assert_eq!(again["data"]["add_file_to_column"]["id"], first["data"]["add_file_to_column"]["id"]);
    let mut last = 200;
    for _ in 0..4 {
        last = post(&sandbox, "", &body).await.0;
    }
    assert_eq!(last, 429);
}

#[tokio::test]
async fn a_credential_at_the_origin_of_assets_is_refused_and_counted() {
    let sandbox = Sandbox::builder().items(1).start().await.unwrap();
    let body = good_form(&sandbox).await;
    let (_, _, answer) = post(&sandbox, "", &body).await;
    let url = answer["data"]["add_file_to_column"]["public_url"].as_str().unwrap();
    let path = url.strip_prefix(&sandbox.assets_url()).unwrap();
    let leaky = format!("GET {path} HTTP/1.1\r\nauthorization: {}", sandbox.personal_token());
    assert_eq!(exchange(&sandbox.assets_url(), &leaky, "").await.0, 400);
    let unsigned = format!("GET {} HTTP/1.1", path.split('?').next().unwrap());
    assert_eq!(exchange(&sandbox.assets_url(), &unsigned, "").await.0, 403);
    let (status, _, bytes) = exchange(&sandbox.assets_url(), &format!("GET {path} HTTP/1.1"), "").await;
    assert_eq!((status, bytes.as_str()), (200, "12345"));
    let counts = sandbox.downloads();
    assert_eq!((counts.served, counts.refused, counts.with_credential), (1, 2, 1));
}

#[tokio::test]
async fn who_reads_only_after_the_last_byte_gets_an_early_answer_too() {
    let sandbox = Sandbox::builder().items(1).largest_upload(100_000).start().await.unwrap();
    // More than a connection's buffers hold: a server that closes with bytes unread would break the sending.
    let large = "x".repeat(32 * 1024 * 1024);
    let body = form(&[("query", None, MUTATION), ("map", None, MAP), ("image", Some("a"), &large)]);
    let anonymous = format!(
        "POST /v2/file HTTP/1.1\r\ncontent-length: {}\r\ncontent-type: multipart/form-data; boundary=edge",
        body.len()
    );
    assert_eq!(exchange(&sandbox.authorization_url(), &anonymous, &body).await.0, 401);
    assert_eq!(post(&sandbox, "", &body).await.0, 413);
}
