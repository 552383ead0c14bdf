//! Downloads from a server on this machine that says what it likes, and stops where it likes.
//!
//! Must not know: the API.

use std::io;
use std::path::Path;
use std::time::Duration;

use monday_auth::{Credential, Endpoint};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;

use super::Download;
use crate::{Client, Error, ErrorKind};

/// What becomes of a connection when its answer has been sent.
#[derive(Debug, Clone, Copy)]
enum Then {
    Close,
    Reset,
    /// It stays open, and nothing more comes.
    Hold,
}

/// Answers every request with these bytes.
async fn serving(answer: impl Into<Vec<u8>>, then: Then) -> String {
    let answer = answer.into();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/file", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(exchange(stream, answer.clone(), then));
        }
    });
    address
}

async fn exchange(mut stream: TcpStream, answer: Vec<u8>, then: Then) -> io::Result<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read_buf(&mut head).await? == 0 {
            return Ok(());
        }
    }
    stream.write_all(&answer).await?;
    match then {
        Then::Close => Ok(()),
        Then::Reset => {
            // What was sent is to arrive before the reset.
            tokio::time::sleep(Duration::from_millis(100)).await;
            stream.set_zero_linger()
        }
        Then::Hold => std::future::pending().await,
    }
}

fn head(status: u16, more: &str) -> String {
    format!("HTTP/1.1 {status} X\r\n{more}\r\n")
}

fn client() -> Client {
    let endpoint = Endpoint::loopback("http://127.0.0.1:9/v2").unwrap();
    let token = Credential::personal_token("personal-token-1234").unwrap();
    let token = token.for_audience(endpoint.audience().clone());
    Client::builder().endpoint(endpoint).credential(token).build().unwrap()
}

async fn begun(address: &str) -> Result<Download, Error> {
    client().download(address).await
}

/// All of these tests end, whatever breaks.
async fn in_time<T>(test: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(30), test).await.expect("the test hangs")
}

fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// A file that is just being created goes a moment later.
async fn assert_gone(folder: &Path) {
    let start = Instant::now();
    while !names(folder).is_empty() {
        assert!(start.elapsed() < Duration::from_secs(5), "{:?}", names(folder));
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test]
async fn a_status_means_what_it_means_of_a_call_unless_a_download_differs() {
    in_time(async {
        let kinds = [
            (307, ErrorKind::Redirected),
            (400, ErrorKind::BadRequest),
            (401, ErrorKind::Forbidden),
            (403, ErrorKind::Forbidden),
            (404, ErrorKind::NotFound),
            (407, ErrorKind::ProxyAuth),
            (408, ErrorKind::Server),
            (410, ErrorKind::NotFound),
            (418, ErrorKind::Api),
            (429, ErrorKind::RateLimited),
            (503, ErrorKind::Server),
        ];
        for (status, kind) in kinds {
            let address = serving(head(status, "content-length: 0\r\n"), Then::Close).await;
            let error = begun(&address).await.unwrap_err();
            assert_eq!((error.kind(), error.status()), (kind, Some(status)));
        }
    })
    .await;
}

#[tokio::test]
async fn a_body_that_ends_breaks_or_lies_has_a_kind_for_each() {
    in_time(async {
        let half = head(200, "content-length: 10\r\n") + "12345";
        let lie = head(200, "content-length: 12\r\ncontent-encoding: gzip\r\n") + "123456789012";
        let start = head(200, "content-length: 3\r\ncontent-encoding: gzip\r\n") + "\x1f";
        let answers = [
            (&half, Then::Close, ErrorKind::Truncated),
            (&half, Then::Reset, ErrorKind::Disconnected),
            (&lie, Then::Close, ErrorKind::Decode),
            (&start, Then::Close, ErrorKind::Truncated),
        ];
        for (answer, then, kind) in answers {
            let address = serving(answer.as_str(), then).await;
            let error = begun(&address).await.unwrap().bytes(100).await.unwrap_err();
            assert_eq!(error.kind(), kind, "{then:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_length_that_is_too_large_is_refused_before_it_comes() {
    in_time(async {
        let address = serving(head(200, "content-length: 1000\r\n"), Then::Hold).await;
        let start = Instant::now();
        let error = begun(&address).await.unwrap().bytes(999).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ResponseTooLarge);
        assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
        // Of a length that is not said, it shows when it comes.
        let address = serving(head(200, "") + "12345", Then::Close).await;
        let error = begun(&address).await.unwrap().bytes(4).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::ResponseTooLarge);
    })
    .await;
}

#[tokio::test]
async fn two_saved_to_one_path_at_once_are_each_whole() {
    in_time(async {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let (ones, twos) = (vec![b'1'; 1_000_000], vec![b'2'; 2_000_000]);
        let whole = |body: &[u8]| {
            let length = format!("content-length: {}\r\n", body.len());
            [head(200, &length).as_bytes(), body].concat()
        };
        let (one, two) = (serving(whole(&ones), Then::Close).await, serving(whole(&twos), Then::Close).await);
        for _ in 0..10 {
            let (one, two) = (begun(&one).await.unwrap(), begun(&two).await.unwrap());
            let (one, two) = tokio::join!(one.save_to(&path), two.save_to(&path));
            assert_eq!((one.unwrap(), two.unwrap()), (1_000_000, 2_000_000));
            let found = std::fs::read(&path).unwrap();
            assert!(found == ones || found == twos, "{} bytes of both", found.len());
            assert_eq!(names(folder.path()), ["file"]);
        }
    })
    .await;
}

#[tokio::test]
async fn a_save_that_fails_or_is_dropped_leaves_nothing_behind() {
    in_time(async {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        let half = head(200, "content-length: 10\r\n") + "12345";
        let address = serving(half.as_str(), Then::Close).await;
        let error = begun(&address).await.unwrap().save_to(&path).await.unwrap_err();
        assert_eq!((error.kind(), names(folder.path())), (ErrorKind::Truncated, Vec::new()));

        let address = serving(half.as_str(), Then::Hold).await;
        let download = begun(&address).await.unwrap();
        {
            let mut saving = std::pin::pin!(download.save_to(&path));
            while names(folder.path()).is_empty() {
                let moment = tokio::time::timeout(Duration::from_millis(10), &mut saving).await;
                assert!(moment.is_err(), "half a file is done");
            }
            let under_way = names(folder.path());
            assert!(under_way[0].starts_with("file."), "{under_way:?}");
            assert_eq!(Path::new(&under_way[0]).extension(), Some("part".as_ref()));
        }
        assert_gone(folder.path()).await;

        // Before the file is there, too.
        for micros in 0..100 {
            let download = begun(&address).await.unwrap();
            let _ = tokio::time::timeout(Duration::from_micros(micros * 10), download.save_to(&path)).await;
        }
        assert_gone(folder.path()).await;
    })
    .await;
}
