//! One request to the listener, read no further than needed.
//!
//! Must not know: which login is waited for.

use std::io;

use monday_auth::Callback;
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;

use super::answer::Answer;

/// The longest request head: line and headers.
const LONGEST: usize = 16 * 1024;

/// The longest request line.
const LONGEST_LINE: usize = 8 * 1024;

const MOST_HEADERS: usize = 64;

/// What a visitor wants.
pub(super) enum Visit {
    /// It is at the redirect URI with parameters.
    Callback(Callback),
    /// It gets this answer.
    Refused(Answer),
    /// It went away.
    Gone,
}

/// Reads a request's head. Anything but a GET of exactly this path at exactly this host is refused: a page whose name
/// was made to resolve to this machine says another host (DNS rebinding).
pub(super) async fn read_visit(stream: &mut TcpStream, authority: &str, path: &str) -> Visit {
    match read_head(stream).await {
        Ok(Some(head)) => judge(&head, authority, path),
        Ok(None) => Visit::Refused(Answer::TooLong),
        Err(_) => Visit::Gone,
    }
}

async fn read_head(stream: &mut TcpStream) -> io::Result<Option<Vec<u8>>> {
    let mut head = Vec::with_capacity(2 * 1024);
    loop {
        if stream.read_buf(&mut head).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let line_ends = head.iter().position(|byte| *byte == b'\n');
        if line_ends.unwrap_or(head.len()) > LONGEST_LINE || head.len() > LONGEST {
            return Ok(None);
        }
        if head.windows(4).any(|end| end == b"\r\n\r\n") {
            return Ok(Some(head));
        }
    }
}

fn judge(head: &[u8], authority: &str, path: &str) -> Visit {
    let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
    let mut request = httparse::Request::new(&mut headers);
    let (Ok(httparse::Status::Complete(_)), Some(method), Some(target)) =
        (request.parse(head), request.method, request.path)
    else {
        return Visit::Refused(Answer::Unreadable);
    };
    let mut hosts = request.headers.iter().filter(|header| header.name.eq_ignore_ascii_case("host"));
    let is_here = hosts.next().is_some_and(|host| host.value.eq_ignore_ascii_case(authority.as_bytes()));
    if !is_here || hosts.next().is_some() {
        return Visit::Refused(Answer::OtherHost);
    }
    if method != "GET" {
        return Visit::Refused(Answer::GetOnly);
    }
    let (target, query) = target.split_once('?').unwrap_or((target, ""));
    if target != path {
        return Visit::Refused(Answer::NotHere);
    }
    match Callback::parse(&format!("?{query}")) {
        Ok(callback) => Visit::Callback(callback),
        Err(_) => Visit::Refused(Answer::OtherLogin),
    }
}
