//! Uploads as monday takes them, and downloads without the credential.
//!
//! Against a server of plain TCP that keeps every byte. Must not know: how a multipart body is formed.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use monday_sdk::core::File;
use monday_sdk::queries::{AddFileToColumn, AddFileToUpdate};
use monday_sdk::{Client, CredentialKind, Error, ErrorKind, ItemId, Upload, UploadFault};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::support::{client_for, within};

const TOKEN: &str = "token-of-the-files";
const DONE: &str = r#"{"data":{"add_file_to_column":null}}"#;
const MEBIBYTE: usize = 1024 * 1024;

/// Of each call.
const LIMIT: Duration = Duration::from_mins(1);

/// What the server does with one request.
#[derive(Clone, Copy)]
enum Act {
    /// Reads all of it and answers.
    Answer(u16, &'static str),
    /// Reads all of it, keeps the head alone and answers.
    Discard(&'static str),
    /// Reads so many bytes of the body, then resets the connection.
    Cut(usize),
    /// Reads so many bytes of the body, then answers without reading on.
    Early(usize, u16, &'static str),
}

/// Does as told, one act for a connection, the last one for ever; keeps what it has read.
struct Server {
    url: String,
    seen: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Server {
    async fn start(acts: Vec<Act>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen: Arc<Mutex<Vec<Vec<u8>>>> = Arc::default();
        let kept = Arc::clone(&seen);
        tokio::spawn(async move {
            for number in 0.. {
                let Ok((stream, _)) = listener.accept().await else {
                    return;
                };
                let act = acts[number.min(acts.len() - 1)];
                // A connection that breaks is the next one's start.
                let _ = serve(stream, act, &kept).await;
            }
        });
        Self { url, seen }
    }

    fn client(&self) -> Client {
        client_for(&format!("{}/v2", self.url), CredentialKind::PersonalToken, TOKEN).build().unwrap()
    }

    fn requests(&self) -> Vec<(String, Vec<u8>)> {
        let seen = self.seen.lock().unwrap();
        let split = |request: &Vec<u8>| {
            let end = end_of_head(request).unwrap();
            (String::from_utf8(request[..end].to_vec()).unwrap(), request[end..].to_vec())
        };
        seen.iter().map(split).collect()
    }
}

/// A server that reads uploads, keeps nothing of them and says that they are done.
pub(crate) async fn discarding_server() -> String {
    Server::start(vec![Act::Discard(DONE)]).await.url
}

fn end_of_head(request: &[u8]) -> Option<usize> {
    request.windows(4).position(|window| window == b"\r\n\r\n").map(|at| at + 4)
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (found, value) = line.split_once(": ")?;
        found.eq_ignore_ascii_case(name).then_some(value)
    })
}

async fn serve(mut stream: TcpStream, act: Act, kept: &Mutex<Vec<Vec<u8>>>) -> io::Result<()> {
    let mut request = Vec::new();
    let enough = |request: &[u8]| match act {
        Act::Cut(bytes) | Act::Early(bytes, ..) => {
            end_of_head(request).is_some_and(|end| request.len() >= end + bytes)
        }
        Act::Discard(_) => end_of_head(request).is_some(),
        Act::Answer(..) => end_of_head(request).is_some_and(|end| {
            let head = std::str::from_utf8(&request[..end]).unwrap();
            let length = header(head, "content-length").map_or(0, |length| length.parse().unwrap());
            request.len() >= end + length
        }),
    };
    while !enough(&request) {
        if stream.read_buf(&mut request).await? == 0 {
            return Ok(());
        }
    }
    if let Act::Discard(_) = act {
        let end = end_of_head(&request).unwrap();
        let head = std::str::from_utf8(&request[..end]).unwrap();
        let mut left =
            header(head, "content-length").unwrap().parse::<usize>().unwrap() - (request.len() - end);
        let mut piece = vec![0; MEBIBYTE];
        while left > 0 {
            left -= stream.read(&mut piece).await?;
        }
        request.truncate(end);
    }
    kept.lock().unwrap().push(request);
    let answer = match act {
        Act::Answer(status, body) | Act::Early(_, status, body) => Some((status, body)),
        Act::Discard(body) => Some((200, body)),
        Act::Cut(_) => None,
    };
    if let Some((status, body)) = answer {
        let answer = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(answer.as_bytes()).await?;
        stream.shutdown().await?;
        let mut rest = vec![0; MEBIBYTE];
        while stream.read(&mut rest).await? > 0 {}
    }
    Ok(())
}

/// The parts of a multipart body: headers and bytes.
fn parts(head: &str, body: &[u8]) -> Vec<(String, Vec<u8>)> {
    let kind = header(head, "content-type").unwrap();
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
    let (first, later) = (format!("--{boundary}\r\n"), format!("\r\n--{boundary}"));
    let mut rest = body.strip_prefix(first.as_bytes()).unwrap();
    let mut parts = Vec::new();
    loop {
        let end = rest.windows(later.len()).position(|window| window == later.as_bytes()).unwrap();
        let split = end_of_head(rest).unwrap();
        let headers = String::from_utf8(rest[..split].to_vec()).unwrap();
        parts.push((headers, rest[split..end].to_vec()));
        rest = &rest[end + later.len()..];
        match rest.strip_prefix(b"\r\n") {
            Some(next) => rest = next,
            None => break,
        }
    }
    assert_eq!(rest, b"--\r\n");
    parts
}

fn to_column() -> AddFileToColumn {
    AddFileToColumn::new(ItemId::from(7), "files", File)
}

#[tokio::test]
async fn files_that_cannot_be_read_say_nothing_about_the_server() {
    let (sandbox, client) = crate::support::sandbox(0).await;
    for _ in 0..12 {
        let error = client.upload(to_column(), &Upload::file("/nowhere/report.pdf")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Upload);
    }
    client.execute(monday_sdk::queries::Me).await.unwrap();
    assert_eq!(sandbox.requests(), 1);
}

#[tokio::test]
async fn an_upload_is_query_variables_map_and_file_in_this_order() {
    let server = Server::start(vec![Act::Answer(200, DONE)]).await;
    let bytes: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
    let file = tempfile::Builder::new().suffix("-report.bin").tempfile().unwrap();
    std::fs::write(file.path(), &bytes).unwrap();
    let told: Arc<Mutex<Vec<(u64, u64)>>> = Arc::default();
    let tell = Arc::clone(&told);
    let upload = Upload::file(file.path())
        .content_type("application/x-report")
        .on_progress(move |now| tell.lock().unwrap().push((now.sent, now.total)));
    within(LIMIT, server.client().upload(to_column(), &upload)).await.unwrap();

    let (head, body) = server.requests().remove(0);
    assert!(head.starts_with("POST /v2/file HTTP/1.1\r\n"), "{head}");
    assert_eq!(header(&head, "authorization"), Some(TOKEN));
    assert_eq!(header(&head, "content-length").unwrap().parse(), Ok(body.len()));
    assert!(header(&head, "idempotency-key").is_some() && header(&head, "api-version").is_some());
    assert_eq!(head.to_lowercase().matches("content-type:").count(), 1, "{head}");
    let parts = parts(&head, &body);
    let name = |at: usize| parts[at].0.split("name=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!((0..parts.len()).map(name).collect::<Vec<_>>(), ["query", "variables", "map", "image"]);
    let text = |at: usize| std::str::from_utf8(&parts[at].1).unwrap();
    assert!(
        text(0).starts_with("mutation AddFileToColumn($item_id: ID!, $column_id: String!, $file: File!)")
    );
    assert_eq!(text(1), r#"{"item_id":"7","column_id":"files","file":null}"#);
    assert_eq!(text(2), r#"{"image":"variables.file"}"#);
    assert!(
        parts[3].0.contains("-report.bin\"") && parts[3].0.contains("application/x-report"),
        "{}",
        parts[3].0
    );
    assert!(parts[3].1 == bytes, "the bytes differ");
    let total = bytes.len() as u64;
    assert_eq!(told.lock().unwrap().last(), Some(&(total, total)));
}

#[tokio::test]
async fn a_name_cannot_break_out_of_its_header() {
    let server = Server::start(vec![Act::Answer(200, r#"{"data":{"add_file_to_update":null}}"#)]).await;
    let upload = |name: &str| Upload::bytes(name, &b"12345"[..]);
    let operation = || AddFileToUpdate::new(7, File);
    within(LIMIT, server.client().upload(operation(), &upload("a \\ \"b\"; filename=\"c\" ü.png")))
        .await
        .unwrap();
    let (head, body) = server.requests().remove(0);
    let parts = parts(&head, &body);
    assert_eq!((parts.len(), parts[3].0.lines().count()), (4, 2), "{}", parts[3].0);
    assert!(parts[3].0.contains(r#"filename="a \\ \"b\"; filename=\"c\" ü.png""#), "{}", parts[3].0);
    assert_eq!(parts[3].1, b"12345");
    for name in ["a\r\nX-Evil: 1\r\n\r\n.png", "a\nb", "a\0b", ""] {
        let error = within(LIMIT, server.client().upload(operation(), &upload(name))).await.unwrap_err();
        assert_eq!(error.upload_fault(), Some(UploadFault::Name), "{name:?}");
    }
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_cut_upload_is_sent_again_from_the_start_under_the_same_key() {
    let server = Server::start(vec![Act::Cut(400_000), Act::Cut(100), Act::Answer(200, DONE)]).await;
    let opened = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&opened);
    let upload = Upload::reader("large.bin", 3 * MEBIBYTE as u64, move || {
        counter.fetch_add(1, Ordering::SeqCst);
        async { Ok(tokio::io::repeat(7).take(3 * MEBIBYTE as u64)) }
    });
    within(LIMIT, server.client().upload(to_column(), &upload)).await.unwrap();
    assert_eq!(opened.load(Ordering::SeqCst), 3);
    let requests = server.requests();
    let keys: Vec<_> = requests.iter().map(|(head, _)| header(head, "idempotency-key").unwrap()).collect();
    assert!(keys[0] == keys[1] && keys[1] == keys[2]);
    let (head, body) = &requests[2];
    assert!(parts(head, body)[3].1 == vec![7; 3 * MEBIBYTE]);
}

#[tokio::test]
async fn a_file_that_changes_or_cannot_be_read_is_an_error_with_both_lengths_and_not_sent_again() {
    let length = 3 * MEBIBYTE as u64;
    for (has, expected) in [
        (length - 1, UploadFault::Changed { expected: length, found: length - 1 }),
        (0, UploadFault::Changed { expected: length, found: 0 }),
    ] {
        let server = Server::start(vec![Act::Answer(200, DONE)]).await;
        let upload = Upload::reader("x", length, move || async move { Ok(tokio::io::repeat(7).take(has)) });
        let error = within(LIMIT, server.client().upload(to_column(), &upload)).await.unwrap_err();
        assert_eq!((error.kind(), error.upload_fault()), (ErrorKind::Upload, Some(expected)));
    }
    let server = Server::start(vec![Act::Answer(200, DONE)]).await;
    let longer =
        Upload::reader("x", length, move || async move { Ok(tokio::io::repeat(7).take(length + 1)) });
    let error = within(LIMIT, server.client().upload(to_column(), &longer)).await.unwrap_err();
    let fault = error.upload_fault().unwrap();
    assert!(
        matches!(fault, UploadFault::Changed { expected, found } if expected == length && found > length),
        "{fault:?}"
    );
    for upload in [Upload::file("/nonexistent/canary-file"), Upload::file("/proc"), Upload::file("")] {
        let error: Error = within(LIMIT, server.client().upload(to_column(), &upload)).await.unwrap_err();
        assert!(matches!(error.upload_fault(), Some(UploadFault::Unreadable(_))), "{error:?}");
        assert!(!format!("{error} {error:?} {upload:?}").contains("canary"));
    }
    let typed = Upload::bytes("x", &b"12345"[..]).content_type("no type");
    let error = within(LIMIT, server.client().upload(to_column(), &typed)).await.unwrap_err();
    assert_eq!(error.upload_fault(), Some(UploadFault::ContentType));
}

#[tokio::test]
async fn an_answer_that_comes_before_the_file_has_been_sent_is_used() {
    const REFUSED: &str =
        r#"{"errors":[{"message":"no","extensions":{"code":"USER_ACCESS_DENIED","status_code":403}}]}"#;
    let server = Server::start(vec![Act::Early(100_000, 403, REFUSED)]).await;
    let length = 64 * MEBIBYTE as u64;
    let upload = Upload::reader("x", length, move || async move { Ok(tokio::io::repeat(7).take(length)) });
    let error = within(LIMIT, server.client().upload(to_column(), &upload)).await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Forbidden, Some(403)));
}

#[tokio::test]
async fn a_download_sends_no_credential_follows_nothing_and_leaves_no_half_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("asset.bin");
    let api = Server::start(vec![Act::Answer(200, DONE)]).await;
    let assets = Server::start(vec![Act::Answer(503, ""), Act::Answer(200, "the bytes of the asset")]).await;
    let client = api.client();
    let url = format!("{}/asset?signature=canary-5511", assets.url);
    let download = within(LIMIT, client.download(&url)).await.unwrap();
    assert_eq!(download.length(), Some(22));
    assert!(!format!("{download:?}").contains("canary"));
    assert_eq!(within(LIMIT, download.save_to(&path)).await.unwrap(), 22);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "the bytes of the asset");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    let requests = assets.requests();
    assert_eq!(requests.len(), 2, "the first answer was a 503");
    for (head, _) in &requests {
        assert!(head.starts_with("GET /asset?signature=canary-5511 HTTP/1.1"), "{head}");
        assert!(header(head, "authorization").is_none() && header(head, "api-version").is_none(), "{head}");
        assert!(!head.contains(TOKEN));
    }
    assert!(api.requests().is_empty());

    for (status, kind) in
        [(302, ErrorKind::Redirected), (403, ErrorKind::Forbidden), (404, ErrorKind::NotFound)]
    {
        let assets = Server::start(vec![Act::Answer(status, "")]).await;
        let error = within(LIMIT, client.download(&format!("{}/?signature=canary-5511", assets.url)))
            .await
            .unwrap_err();
        assert_eq!(error.kind(), kind);
        assert!(!format!("{error} {error:?}").contains("canary"));
        assert_eq!(assets.requests().len(), 1);
    }
    for url in [
        "http://example.com/a",
        "ftp://127.0.0.1/a",
        "file:///etc/passwd",
        "https://user:pass@example.com/a",
        "/a",
        "",
    ] {
        let error = within(LIMIT, client.download(url)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{url}");
    }
}

#[tokio::test]
async fn downloads_have_no_more_retries_than_the_client() {
    let assets = Server::start(vec![Act::Answer(503, "")]).await;
    let client = assets.client();
    for _ in 0..12 {
        let error = within(LIMIT, client.download(&assets.url)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Server);
    }
    // Ten retries to begin with, and one more for ten calls.
    let requests = assets.requests().len();
    assert!((12 + 10..=12 + 12).contains(&requests), "{requests}");
}
