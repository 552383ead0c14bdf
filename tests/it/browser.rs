//! A real browser without a window: Chromium, driven by chromedriver over the WebDriver protocol.
//!
//! The few commands are written here: the client crates of WebDriver bring a second `http`. Source:
//! <https://www.w3.org/TR/webdriver2/>. Must not know: what is clicked.

use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufStream};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};

use crate::support::free_port;

/// The name that elements have in the protocol.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

pub(crate) struct Browser {
    address: String,
    session: String,
    _driver: Child,
}

impl Browser {
    /// A browser; `None`, with the reason printed, on a machine that has none.
    pub(crate) async fn start() -> Option<Self> {
        let port = free_port();
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn();
        let driver = match driver {
            Ok(driver) => driver,
            Err(error) => {
                println!("skipped: chromedriver cannot be started ({})", error.kind());
                return None;
            }
        };
        let address = format!("127.0.0.1:{port}");
        while TcpStream::connect(&address).await.is_err() {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
        let wanted = json!({"capabilities": {"alwaysMatch": {"goog:chromeOptions": {"args": arguments}}}});
        let answer = command(&address, "POST", "/session", &wanted).await;
        let session = answer["sessionId"].as_str().unwrap_or_else(|| panic!("no browser: {answer}"));
        Some(Self { session: session.to_owned(), address, _driver: driver })
    }

    async fn command(&self, method: &str, path: &str, body: &Value) -> Value {
        command(&self.address, method, &format!("/session/{}{path}", self.session), body).await
    }

    async fn find(&self, css: &str) -> Option<String> {
        let found = self.command("POST", "/element", &json!({"using": "css selector", "value": css})).await;
        found[ELEMENT].as_str().map(str::to_owned)
    }

    /// Opens a page in a window of this width, in pixels: the text that is to be seen, and how wide the page is.
    pub(crate) async fn open(&self, url: &str, width: u32) -> (String, u64) {
        self.command("POST", "/window/rect", &json!({"width": width, "height": 1000})).await;
        self.command("POST", "/url", &json!({"url": url})).await;
        let body = self.find("body").await.unwrap_or_else(|| panic!("{url} has no body"));
        let text = self.command("GET", &format!("/element/{body}/text"), &Value::Null).await;
        let script = "return [innerWidth, document.documentElement.scrollWidth]";
        let widths = self.command("POST", "/execute/sync", &json!({"script": script, "args": []})).await;
        assert_eq!(widths[0], width, "the window is of another width");
        (text.as_str().unwrap_or_default().to_owned(), widths[1].as_u64().unwrap_or_default())
    }

    /// Opens a page, clicks on the element with this id, and gives the text of the page that this leads to.
    pub(crate) async fn open_and_click(&self, url: &str, id: &str) -> String {
        self.command("POST", "/url", &json!({"url": url})).await;
        let css = format!("#{id}");
        let button = self.find(&css).await.unwrap_or_else(|| panic!("the page has no {css}"));
        self.command("POST", &format!("/element/{button}/click"), &json!({})).await;
        for _ in 0..100 {
            if self.find(&css).await.is_none()
                && let Some(body) = self.find("body").await
                && let Value::String(text) =
                    self.command("GET", &format!("/element/{body}/text"), &Value::Null).await
            {
                return text;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("nothing followed the click");
    }

    pub(crate) async fn close(self) {
        let ended = self.command("DELETE", "", &Value::Null).await;
        assert!(ended.is_null(), "{ended}");
    }
}

/// One command, and the value of its answer.
async fn command(address: &str, method: &str, path: &str, body: &Value) -> Value {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = BufStream::new(TcpStream::connect(address).await.unwrap());
    stream.write_all(request.as_bytes()).await.unwrap();
    stream.flush().await.unwrap();
    // chromedriver keeps the connection open.
    let (mut line, mut length) = (String::new(), 0);
    while line != "\r\n" {
        line.clear();
        assert!(stream.read_line(&mut line).await.unwrap() > 0, "chromedriver went away");
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.unwrap();
    serde_json::from_slice::<Value>(&body).unwrap()["value"].take()
}
