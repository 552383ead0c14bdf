//! One POST of JSON to loopback, over a connection of its own.
//!
//! Must not know: what is sent.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::body::Bytes;
use axum::http::Request;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, HOST};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use url::{Host, Position, Url};

/// How long an endpoint may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// How much of an answer is read.
const LARGEST: usize = 64 * 1024;

/// A URL that the sandbox calls, with its address: `http`, and an address of loopback or `localhost`, whose
/// name is not looked up.
pub(crate) fn loopback(text: &str) -> Option<(Url, SocketAddr)> {
    let url = Url::parse(text).ok().filter(|url| url.scheme() == "http")?;
    let ip = match url.host()? {
        Host::Ipv4(ip) => IpAddr::V4(ip),
        Host::Ipv6(ip) => IpAddr::V6(ip),
        Host::Domain("localhost") => IpAddr::V4(Ipv4Addr::LOCALHOST),
        Host::Domain(_) => return None,
    };
    let port = url.port_or_known_default()?;
    ip.is_loopback().then(|| (url, SocketAddr::new(ip, port)))
}

/// Status and body of the answer; `None` without one.
pub(super) async fn post(
    url: &Url,
    address: SocketAddr,
    authorization: Option<&str>,
    body: String,
) -> Option<(u16, Bytes)> {
    let exchange = async {
        let stream = TcpStream::connect(address).await.ok()?;
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.ok()?;
        // Ends when `sender` is dropped.
        tokio::spawn(connection);
        let mut request = Request::post(&url[Position::BeforePath..Position::AfterQuery])
            .header(HOST, address.to_string())
            .header(CONTENT_TYPE, "application/json");
        if let Some(token) = authorization {
            request = request.header(AUTHORIZATION, token);
        }
        let request = request.body(Full::new(Bytes::from(body))).ok()?;
        let answer = sender.send_request(request).await.ok()?;
        let status = answer.status().as_u16();
        let body = Limited::new(answer.into_body(), LARGEST).collect().await.ok()?;
        Some((status, body.to_bytes()))
    };
    tokio::time::timeout(PATIENCE, exchange).await.ok()?
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;

    #[test]
    fn only_http_on_loopback_is_called() {
        for (url, address) in [
            ("http://127.0.0.1:8080/hook", Some("127.0.0.1:8080")),
            ("http://localhost/hook", Some("127.0.0.1:80")),
            ("http://[::1]:9/", Some("[::1]:9")),
            ("http://127.1.2.3:9/", Some("127.1.2.3:9")),
            ("https://127.0.0.1/", None),
            ("http://192.0.2.1/", None),
            ("http://localhost.example/", None),
            ("http://127.0.0.1.example/", None),
            ("http://0.0.0.0:80/", None),
            ("hook", None),
        ] {
            assert_eq!(loopback(url).map(|(_, address)| address.to_string()).as_deref(), address, "{url}");
        }
    }

    #[tokio::test]
    async fn answers_are_read_whole_or_in_pieces_and_none_is_endless() {
        let long = format!("HTTP/1.1 200 OK\r\ncontent-length: 70000\r\n\r\n{}", "x".repeat(70_000));
        let pieces = "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n";
        for (answer, expected) in [
            ("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}", Some((200, "{}"))),
            (pieces, Some((201, "{\"a\":1}"))),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{}", None),
            (&long, None),
            ("nothing", None),
        ] {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let url = format!("http://{}/hook?a=b", listener.local_addr().unwrap());
            let (url, address) = loopback(&url).unwrap();
            let server = async {
                let (mut stream, _) = listener.accept().await.unwrap();
                let mut asked = vec![0; 4096];
                let length = stream.read(&mut asked).await.unwrap();
                let _ = stream.write_all(answer.as_bytes()).await;
                String::from_utf8_lossy(&asked[..length]).into_owned()
            };
            let (found, asked) = tokio::join!(post(&url, address, Some("token"), "{}".to_owned()), server);
            let found = found.as_ref().map(|(status, body)| (*status, std::str::from_utf8(body).unwrap()));
            assert_eq!(found, expected, "{answer}");
            let asked = asked.to_ascii_lowercase();
            assert!(asked.starts_with("post /hook?a=b http/1.1\r\n"), "{asked}");
            for part in
                ["authorization: token\r\n", "content-type: application/json\r\n", "content-length: 2\r\n"]
            {
                assert!(asked.contains(part), "{asked}");
            }
        }
    }
}
