//! One POST of JSON to loopback, over a connection of its own.
//!
//! Must not know: what is sent.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use url::{Host, Url};

/// How long an endpoint may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// How much of an answer is read.
const LARGEST: u64 = 64 * 1024;

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

/// Status and body of the answer.
pub(super) async fn post(
    url: &Url,
    address: SocketAddr,
    authorization: Option<&str>,
    body: &str,
) -> io::Result<(u16, Vec<u8>)> {
    let exchange = async {
        let mut stream = TcpStream::connect(address).await?;
        let path =
            url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()));
        let authorization =
            authorization.map(|token| format!("authorization: {token}\r\n")).unwrap_or_default();
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n{authorization}\
             content-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.take(LARGEST).read_to_end(&mut answer).await?;
        read(&answer).ok_or_else(|| io::ErrorKind::InvalidData.into())
    };
    tokio::time::timeout(PATIENCE, exchange).await?
}

fn read(answer: &[u8]) -> Option<(u16, Vec<u8>)> {
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = std::str::from_utf8(answer.get(..end)?).ok()?.to_ascii_lowercase();
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let body = answer.get(end + 4..)?;
    let is_chunked =
        head.lines().any(|line| line.starts_with("transfer-encoding:") && line.ends_with("chunked"));
    Some((status, if is_chunked { unchunked(body)? } else { body.to_vec() }))
}

/// A body without the sizes of its pieces (RFC 9112, section 7.1).
fn unchunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut whole = Vec::new();
    loop {
        let end = body.windows(2).position(|window| window == b"\r\n")?;
        let size = std::str::from_utf8(body.get(..end)?).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(whole);
        }
        let start = end + 2;
        whole.extend_from_slice(body.get(start..start.checked_add(size)?)?);
        body = body.get(start + size + 2..)?;
    }
}

#[cfg(test)]
mod tests {
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

    #[test]
    fn answers_are_read_whole_or_in_pieces() {
        let whole = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
        assert_eq!(read(whole), Some((200, b"{}".to_vec())));
        let pieces = b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n3;a=b\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n";
        assert_eq!(read(pieces), Some((201, b"{\"a\":1}".to_vec())));
        assert_eq!(read(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{}"), None);
        assert_eq!(read(b"nothing"), None);
    }
}
