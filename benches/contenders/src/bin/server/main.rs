//! The server of all contenders: one board, and one account that may do so much.
//!
//! It prints its endpoint, and ends with its input, when it tells whom it refused. Near, it has room for
//! everybody, and gives gzip below `/gzip`. With `--far`, every request takes 300 ms, all answers together pass
//! a line of 100 Mbit/s, and the quotas are monday's. With `--creates`, it makes items under a small quota, and
//! with `--faulty` loses answers. Must not know: who asks.

mod board;
mod creates;
mod line;
mod quota;

use std::io::Read as _;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use axum::serve::ListenerExt as _;
use clap::Parser;
use futures_util::{StreamExt as _, stream};
use tokio::net::TcpListener;
use tokio::time::Instant;

use board::{Board, GROWING, PAGE, Pages};
use creates::Creates;
use line::Line;
use quota::{Limits, Quota, Visit};

const LATENCY: Duration = Duration::from_millis(300);

/// monday's, on its smaller plans and with a personal token.
const MONDAY: Limits =
    Limits { window: Duration::from_mins(1), calls: 1_000, points: 10_000_000, at_once: 40 };

/// A thousand items in each window, which is short, so that a run is. Calls are no matter.
const SMALL: Limits =
    Limits { window: Duration::from_secs(5), calls: 5_000, points: 1_000 * creates::POINTS, ..MONDAY };

/// What a page costs in points, and any other query: monday does not say, so as the sandbox has it.
const PAGE_POINTS: u64 = 10 + 10 * (1 + PAGE as u64);
const QUERY_POINTS: u64 = 10;

const ME: &str = r#"{"data":{"me":{"id":"501","name":"Ada Example","email":"ada@example.com"}},"extensions":{"request_id":"6f7c9a0e-2f4b-9d43-8d2b-3f6f1c5f7a11"},"account_id":1}"#;
const FILE: &str = r#"{"data":{"add_file_to_update":{"id":"1","name":"zeros.bin","file_extension":".bin","file_size":1,"created_at":null,"public_url":"https://example.com/1","url":"https://example.com/1","url_thumbnail":null,"original_geometry":null}}}"#;
const NO_ITEMS: &str = r#"{"data":{"boards":[{"items_page":{"cursor":null,"items":[]}}]}}"#;

#[derive(Parser)]
struct Arguments {
    /// Items on the board: a multiple of 5,000.
    #[arg(long)]
    items: usize,
    /// Far away.
    #[arg(long)]
    far: bool,
    /// Makes items, and nothing else.
    #[arg(long)]
    creates: bool,
    /// Loses one answer in a hundred after the work.
    #[arg(long)]
    faulty: bool,
}

struct Server {
    arguments: Arguments,
    board: Board,
    pages: Pages,
    /// The same for those who have to ask for type names.
    typed_pages: OnceLock<Pages>,
    line: Mutex<Line>,
    /// The board's groups, as a body.
    groups: String,
    quota: Option<Quota>,
    creates: Creates,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let arguments = Arguments::parse();
    let board = Board { items: arguments.items, has_groups: arguments.far };
    let limits = if arguments.creates { Some(SMALL) } else { arguments.far.then_some(MONDAY) };
    let server = Arc::new(Server {
        board,
        pages: board.pages(true, ""),
        typed_pages: OnceLock::new(),
        line: Mutex::new(Line::new(Instant::now())),
        groups: Board::groups(),
        quota: limits.map(Quota::new),
        creates: Creates::default(),
        arguments,
    });
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}/v2", listener.local_addr()?);
    // A piece of an answer does not wait until the one before is acknowledged.
    let listener = listener.tap_io(|connection| {
        let _ = connection.set_nodelay(true);
    });
    // Whoever started it holds its input, and may be killed.
    let told = Arc::clone(&server);
    std::thread::spawn(move || {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        let refused = told.quota.as_ref().map(Quota::refused).unwrap_or_default();
        println!("{{\"refused\":{refused},\"doubled\":{}}}", told.creates.doubled());
        std::process::exit(0);
    });
    axum::serve(listener, Router::new().fallback(answer).with_state(server)).await
}

async fn answer(State(server): State<Arc<Server>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    if head.uri.path().ends_with("/file") {
        body.into_data_stream().for_each(|_| std::future::ready(())).await;
        return server.whole(FILE);
    }
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap_or_default();
    let text = std::str::from_utf8(&body).unwrap_or_default();
    if server.arguments.creates {
        return server.create(&head.headers, text).await;
    }
    let page = page_of(text);
    let points = if page.is_some() { PAGE_POINTS } else { QUERY_POINTS };
    let visit = match server.enter(points) {
        Ok(visit) => visit,
        Err(refusal) => return *refusal,
    };
    if server.arguments.far {
        tokio::time::sleep(LATENCY).await;
    }
    drop(visit);
    let is_growing = head.uri.path().ends_with("/growing");
    let page =
        page.map(|key| if is_growing && key.starts_with("group_") { format!("{GROWING}{key}") } else { key });
    let Some(key) = page else {
        return if is_named(text, "Groups") { server.groups() } else { server.whole(ME) };
    };
    let pages = if text.contains("__typename") {
        server.typed_pages.get_or_init(|| server.board.pages(false, r#""__typename":"TextValue","#))
    } else {
        &server.pages
    };
    let Some([plain, packed]) = pages.get(&key) else { return server.whole(NO_ITEMS) };
    let gives_gzip = server.arguments.far || head.uri.path().ends_with("/gzip");
    let is_packed = gives_gzip && takes_gzip(&head.headers);
    let body = if is_packed { packed } else { plain }.clone();
    if server.arguments.far {
        slowly(&server, body, is_packed)
    } else {
        server.with_headers(Body::from(body), is_packed)
    }
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    headers.get("accept-encoding").is_some_and(|accepted| accepted.as_bytes().starts_with(b"gzip"))
}

/// Whether a request says that its operation has this name.
fn is_named(text: &str, operation: &str) -> bool {
    text.contains(&format!(r#""operationName":"{operation}""#))
}

/// Which page a request is for: the cursor it names, or the first one of the groups it names.
fn page_of(text: &str) -> Option<String> {
    // A document may hold other operations too.
    if is_named(text, "Me") || is_named(text, "Groups") {
        return None;
    }
    if let Some((_, rest)) = text.split_once("\"cursor\":\"") {
        return rest.split('"').next().map(str::to_owned);
    }
    text.contains("items_page").then_some(())?;
    // Rules come as a group that is named, or as all that are not: who has asked for the groups leaves none over.
    if text.contains("not_any_of") {
        return Some("others:0".to_owned());
    }
    let group =
        text.find("group_").map(|at| text[at..].chars().take_while(|c| c.is_alphanumeric() || *c == '_'));
    Some(group.map_or_else(|| "all:0".to_owned(), |group| group.collect::<String>() + ":0"))
}

impl Server {
    /// Lets a call in; where there is no quota, everybody.
    fn enter(&self, points: u64) -> Result<Option<Visit<'_>>, Box<Response>> {
        self.quota.as_ref().map(|quota| quota.enter(points)).transpose()
    }

    /// Makes items, once for each idempotency key. What was done costs no points when it is asked for again.
    async fn create(&self, headers: &HeaderMap, text: &str) -> Response {
        let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).map(str::to_owned);
        let is_replay = key.as_deref().is_some_and(|key| self.creates.has_done(key));
        let names = creates::names(text);
        let count = names.len();
        let points = if is_replay { 0 } else { count as u64 * creates::POINTS };
        let visit = match self.enter(points) {
            Ok(visit) => visit,
            Err(refusal) => return *refusal,
        };
        if !is_replay {
            tokio::time::sleep(creates::WORK * u32::try_from(count).unwrap_or(u32::MAX)).await;
            self.creates.add(names, key);
        }
        if self.arguments.faulty && self.creates.loses_answer() {
            // Ends the connection's task, and with it the connection, without a word.
            std::panic::resume_unwind(Box::new("lost"));
        }
        let mut response = self.with_headers(Body::from(creates::body(text, count)), false);
        drop(visit);
        if is_replay {
            response.headers_mut().insert("idempotency-replayed", HeaderValue::from_static("true"));
        }
        response
    }

    fn with_headers(&self, body: Body, is_packed: bool) -> Response {
        let mut response = Response::new(body);
        let headers = response.headers_mut();
        for (name, value) in [
            ("content-type", "application/json; charset=utf-8"),
            ("api-version", "2026-10"),
            ("ratelimit-policy", r#""minuteRate";q=100000000;w=60, "complexityMinute";q=1000000000;w=60"#),
            ("ratelimit", r#""minuteRate";r=99999999;t=60, "complexityMinute";r=999999999;t=60"#),
        ] {
            headers.insert(name, HeaderValue::from_static(value));
        }
        if let Some(quota) = &self.quota {
            for (name, value) in ["ratelimit-policy", "ratelimit"].into_iter().zip(quota.headers()) {
                if let Ok(value) = HeaderValue::try_from(value) {
                    headers.insert(name, value);
                }
            }
        }
        if is_packed {
            headers.insert("content-encoding", HeaderValue::from_static("gzip"));
        }
        response
    }

    fn whole(&self, body: &'static str) -> Response {
        self.with_headers(Body::from(body), false)
    }

    fn groups(&self) -> Response {
        self.with_headers(Body::from(self.groups.clone()), false)
    }
}

/// In pieces, each when the line has had time for it.
fn slowly(server: &Arc<Server>, body: Bytes, is_packed: bool) -> Response {
    let length = body.len();
    let pieces = stream::unfold((Arc::clone(server), body), |(server, mut body)| async move {
        if body.is_empty() {
            return None;
        }
        let piece = body.split_to(body.len().min(16 * 1024));
        let passes = {
            let mut line = server.line.lock().unwrap_or_else(PoisonError::into_inner);
            line.pass(Instant::now(), piece.len())
        };
        tokio::time::sleep_until(passes).await;
        Some((Ok::<_, std::io::Error>(piece), (server, body)))
    });
    let mut response = server.with_headers(Body::from_stream(pieces), is_packed);
    response.headers_mut().insert("content-length", HeaderValue::from(length));
    response
}
