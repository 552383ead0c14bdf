//! The server of all contenders: one board in ten groups, answers that are ready before they are asked for.
//!
//! It prints its endpoint, and ends with its input. With `--far`, every request takes 300 ms, and all answers together
//! pass a line of 100 Mbit/s. Must not know: who asks.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::{Read as _, Write as _};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use clap::Parser;
use flate2::Compression;
use flate2::write::GzEncoder;
use futures_util::{StreamExt as _, stream};
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use tokio::time::Instant;

const PAGE: usize = 500;
const GROUPS: usize = 10;
const LATENCY: Duration = Duration::from_millis(300);
const BYTES_PER_SECOND: f64 = 100e6 / 8.0;

const ME: &str = r#"{"data":{"me":{"id":"501","name":"Ada Example","email":"ada@example.com"}},"extensions":{"request_id":"6f7c9a0e-2f4b-9d43-8d2b-3f6f1c5f7a11"},"account_id":1}"#;
const FILE: &str = r#"{"data":{"add_file_to_update":{"id":"1","name":"zeros.bin","file_extension":".bin","file_size":1,"created_at":null,"public_url":"https://example.com/1","url":"https://example.com/1","url_thumbnail":null,"original_geometry":null}}}"#;
const NO_ITEMS: &str = r#"{"data":{"boards":[{"items_page":{"cursor":null,"items":[]}}]}}"#;

#[derive(Parser)]
struct Arguments {
    /// Items on the board: a multiple of 5,000.
    #[arg(long)]
    items: usize,
    /// Far away, and able to compress.
    #[arg(long)]
    far: bool,
}

/// Bodies by cursor, and for `far` once more in gzip.
type Pages = HashMap<String, [Bytes; 2]>;

struct Server {
    items: usize,
    pages: Pages,
    /// The same for those who have to ask for type names.
    typed_pages: OnceLock<Pages>,
    far: bool,
    /// When the line is free again.
    line: Mutex<Instant>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> std::io::Result<()> {
    let Arguments { items, far } = Arguments::parse();
    let (pages, line) = (pages(items, far, ""), Mutex::new(Instant::now()));
    let server = Arc::new(Server { items, pages, typed_pages: OnceLock::new(), far, line });
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}/v2", listener.local_addr()?);
    // Whoever started it holds its input, and may be killed.
    std::thread::spawn(|| {
        let _ = std::io::stdin().read_to_end(&mut Vec::new());
        std::process::exit(0);
    });
    axum::serve(listener, Router::new().fallback(answer).with_state(server)).await
}

async fn answer(State(server): State<Arc<Server>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    if head.uri.path().ends_with("/file") {
        body.into_data_stream().for_each(|_| std::future::ready(())).await;
        return whole(Bytes::from_static(FILE.as_bytes()));
    }
    let body = axum::body::to_bytes(body, 1 << 20).await.unwrap_or_default();
    if server.far {
        tokio::time::sleep(LATENCY).await;
    }
    let text = std::str::from_utf8(&body).unwrap_or_default();
    let Some(key) = page_of(text) else {
        return whole(Bytes::from_static(ME.as_bytes()));
    };
    let pages = if text.contains("__typename") {
        server.typed_pages.get_or_init(|| pages(server.items, server.far, r#""__typename":"TextValue","#))
    } else {
        &server.pages
    };
    let Some([plain, packed]) = pages.get(&key) else {
        return whole(Bytes::from_static(NO_ITEMS.as_bytes()));
    };
    let wants_gzip = server.far && takes_gzip(&head.headers);
    let body = if wants_gzip { packed } else { plain };
    if server.far { slowly(server.clone(), body.clone(), wants_gzip) } else { whole(body.clone()) }
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    headers.get("accept-encoding").is_some_and(|accepted| accepted.as_bytes().starts_with(b"gzip"))
}

/// Which page a request is for: the cursor it names, or the first one of the groups it names.
fn page_of(text: &str) -> Option<String> {
    // A document may hold other operations too.
    if text.contains(r#""operationName":"Me""#) {
        return None;
    }
    if let Some((_, rest)) = text.split_once("\"cursor\":\"") {
        return rest.split('"').next().map(str::to_owned);
    }
    text.contains("items_page").then_some(())?;
    // Rules come as a group that is named, or as all that are not.
    if text.contains("not_any_of") {
        return Some("group_10:0".to_owned());
    }
    let group =
        text.find("group_").map(|at| text[at..].chars().take_while(|c| c.is_alphanumeric() || *c == '_'));
    Some(group.map_or_else(|| "all:0".to_owned(), |group| group.collect::<String>() + ":0"))
}

fn with_headers(body: Body, is_packed: bool) -> Response {
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
    if is_packed {
        headers.insert("content-encoding", HeaderValue::from_static("gzip"));
    }
    response
}

fn whole(body: Bytes) -> Response {
    with_headers(Body::from(body), false)
}

/// In pieces, each when the line has had time for it.
fn slowly(server: Arc<Server>, body: Bytes, is_packed: bool) -> Response {
    let length = body.len();
    let pieces = stream::unfold((server, body), |(server, mut body)| async move {
        if body.is_empty() {
            return None;
        }
        let piece = body.split_to(body.len().min(16 * 1024));
        let mut line = server.line.lock().await;
        #[expect(clippy::cast_precision_loss, reason = "a few kilobytes")]
        let takes = Duration::from_secs_f64(piece.len() as f64 / BYTES_PER_SECOND);
        let free = (*line).max(Instant::now()) + takes;
        *line = free;
        drop(line);
        tokio::time::sleep_until(free).await;
        Some((Ok::<_, std::io::Error>(piece), (server, body)))
    });
    let mut response = with_headers(Body::from_stream(pieces), is_packed);
    response.headers_mut().insert("content-length", HeaderValue::from(length));
    response
}

/// All pages of the whole board, and of each group.
fn pages(items: usize, far: bool, type_name: &str) -> Pages {
    let mut pages = HashMap::new();
    let lists =
        std::iter::once(("all".to_owned(), 0..items)).chain((0..GROUPS).filter(|_| far).map(|group| {
            let size = items / GROUPS;
            (format!("group_{}", group + 1), group * size..(group + 1) * size)
        }));
    for (list, numbers) in lists {
        let numbers: Vec<usize> = numbers.collect();
        let count = numbers.chunks(PAGE).count();
        for (page, numbers) in numbers.chunks(PAGE).enumerate() {
            let next = if page + 1 < count { format!("\"{list}:{}\"", page + 1) } else { "null".to_owned() };
            let (head, tail) = if page == 0 {
                (r#"{"data":{"boards":[{"items_page":"#, "}]}")
            } else {
                (r#"{"data":{"next_items_page":"#, "}")
            };
            let items: Vec<String> = numbers.iter().map(|number| item(*number, type_name)).collect();
            let body = format!(
                r#"{head}{{"cursor":{next},"items":[{}]}}{tail},"extensions":{{"request_id":"6f7c9a0e-2f4b-9d43-8d2b-3f6f1c5f7a11"}},"account_id":1}}"#,
                items.join(",")
            );
            let packed = if far { gzip(body.as_bytes()) } else { Bytes::new() };
            pages.insert(format!("{list}:{page}"), [Bytes::from(body), packed]);
        }
    }
    pages
}

fn gzip(body: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let packed = encoder.write_all(body).and_then(|()| encoder.finish());
    packed.unwrap_or_default().into()
}

/// An item of ten columns: about 1,700 bytes.
fn item(number: usize, type_name: &str) -> String {
    let is_done = number.is_multiple_of(3);
    let (index, label) = if is_done { (1, "Done") } else { (0, "Working on it") };
    let hours = format!("{}.5", number % 8);
    let day = format!("2026-{:02}-{:02}", number % 12 + 1, number % 28 + 1);
    let columns = [
        (
            "status",
            "status",
            label.to_owned(),
            format!(
                r#"{{"index":{index},"post_id":null,"changed_at":"2026-10-0{}T08:12:31.000Z"}}"#,
                number % 9 + 1
            ),
        ),
        ("hours", "numbers", hours.clone(), format!("\"{hours}\"")),
        (
            "due",
            "date",
            day.clone(),
            format!(r#"{{"date":"{day}","icon":null,"changed_at":"2026-10-02T08:12:31.000Z"}}"#),
        ),
        (
            "owner",
            "people",
            "Ada Example, Ben Example".to_owned(),
            format!(
                r#"{{"personsAndTeams":[{{"id":{},"kind":"person"}},{{"id":502,"kind":"person"}}],"changed_at":"2026-10-02T08:12:31.000Z"}}"#,
                501 + number % 6
            ),
        ),
        (
            "notes",
            "long_text",
            format!(
                "Called them about item {number}: they want it \\\"before\\\" the end of the month, and will write."
            ),
            format!(
                r#"{{"text":"Called them about item {number}: they want it soon, and will write.","changed_at":"2026-10-02T08:12:31.000Z"}}"#
            ),
        ),
        ("code", "text", format!("MON-{number:06}"), format!("\"MON-{number:06}\"")),
        (
            "area",
            "dropdown",
            "Mobile, Print".to_owned(),
            r#"{"ids":[1,3],"override_all_ids":"true"}"#.to_owned(),
        ),
        (
            "ready",
            "checkbox",
            "v".to_owned(),
            r#"{"checked":"true","changed_at":"2026-10-02T08:12:31.000Z"}"#.to_owned(),
        ),
        (
            "page",
            "link",
            format!("Page {number} - https://example.com/{number}"),
            format!(r#"{{"url":"https://example.com/{number}","text":"Page {number}"}}"#),
        ),
        (
            "span",
            "timeline",
            format!("{day} - {day}"),
            format!(r#"{{"from":"{day}","to":"{day}","changed_at":"2026-10-02T08:12:31.000Z"}}"#),
        ),
    ];
    let mut text = format!(
        r#"{{"id":"{}","name":"Review the price list of quarter {} for number {number}","group":{{"id":"group_{}"}},"column_values":["#,
        3_000_000_000 + number,
        number % 4 + 1,
        number % GROUPS + 1
    );
    for (position, (id, kind, shown, value)) in columns.iter().enumerate() {
        let comma = if position > 0 { "," } else { "" };
        let value = value.replace('\\', r"\\").replace('"', "\\\"");
        let _ = write!(
            text,
            r#"{comma}{{{type_name}"id":"{id}","type":"{kind}","text":"{shown}","value":"{value}"}}"#
        );
    }
    text + "]}"
}
