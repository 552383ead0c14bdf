//! What the listener says: fixed pages without anything of the request in them.
//!
//! Must not know: the request.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    LoggedIn,
    NotLoggedIn,
    OtherLogin,
    OtherHost,
    GetOnly,
    NotHere,
    TooLong,
    Unreadable,
}

impl Answer {
    fn parts(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::LoggedIn => {
                ("200 OK", "You have authorized the app", "You can close this window and go back to the app.")
            }
            Self::NotLoggedIn => (
                "200 OK",
                "The app was not authorized",
                "Go back to the app: it says why. You can close this window.",
            ),
            Self::OtherLogin => {
                ("400 Bad Request", "This is no answer to the login under way", "Start at the app again.")
            }
            Self::OtherHost => ("421 Misdirected Request", "This is another place", "Nothing to see here."),
            Self::GetOnly => ("405 Method Not Allowed", "This page is only read", "Nothing to see here."),
            Self::NotHere => ("404 Not Found", "There is no such page", "Nothing to see here."),
            Self::TooLong => {
                ("431 Request Header Fields Too Large", "This is too long", "Nothing to see here.")
            }
            Self::Unreadable => ("400 Bad Request", "This is no request", "Nothing to see here."),
        }
    }

    /// Sends it and closes the connection. A visitor who has gone is none of our business.
    pub(super) async fn send(self, mut stream: TcpStream) {
        let (status, title, text) = self.parts();
        let body = format!(
            "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\">\
             <title>{title}</title><h1>{title}</h1><p>{text}</p></html>\n"
        );
        let allow = if self == Self::GetOnly { "allow: GET\r\n" } else { "" };
        let answer = format!(
            "HTTP/1.1 {status}\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\n{allow}\
             cache-control: no-store\r\nreferrer-policy: no-referrer\r\ncontent-security-policy: default-src 'none'; \
             frame-ancestors 'none'\r\nx-content-type-options: nosniff\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        if stream.write_all(answer.as_bytes()).await.is_err() || stream.flush().await.is_err() {
            return;
        }
        // Closing with unread bytes would reset the connection before the visitor has read the page. And who closes
        // first keeps the port busy for a minute, which the next login would notice.
        let drain = async {
            let mut rest = [0; 1024];
            for _ in 0..64 {
                if !matches!(stream.read(&mut rest).await, Ok(1..)) {
                    return;
                }
            }
        };
        let _ = tokio::time::timeout(std::time::Duration::from_millis(500), drain).await;
    }
}
