//! The baseline: reqwest and serde, by hand, as it is written without an SDK.
//!
//! Must not know: the SDK.

use std::time::Duration;

use bytes::Bytes;
use clap::Parser as _;
use futures_util::stream;
use monday_contenders::{
    Arguments, CREATE, FIRST_ITEMS, Job, ME, NEXT_ITEMS, Sum, default_headers, measured,
};
use reqwest::{StatusCode, Url};
use serde::{Deserialize, Serialize};

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[derive(Serialize)]
struct Body<'a, V> {
    query: &'a str,
    variables: V,
}

#[derive(Serialize)]
struct NoVariables {}

#[derive(Serialize)]
struct FirstVariables<'a> {
    board: &'a str,
    limit: u32,
}

#[derive(Serialize)]
struct NextVariables<'a> {
    cursor: &'a str,
    limit: u32,
}

#[derive(Serialize)]
struct CreateVariables<'a> {
    board: &'a str,
    name: &'a str,
}

#[derive(Deserialize)]
struct Answer<D> {
    data: D,
}

#[derive(Deserialize)]
struct Me {
    me: User,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "what is read is kept")]
struct User {
    id: String,
    name: String,
    email: String,
}

#[derive(Deserialize)]
struct First {
    boards: Vec<Board>,
}

#[derive(Deserialize)]
struct Board {
    items_page: ItemsPage,
}

#[derive(Deserialize)]
struct Next {
    next_items_page: ItemsPage,
}

#[derive(Deserialize)]
struct ItemsPage {
    cursor: Option<String>,
    items: Vec<Item>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "what is read is kept")]
struct Item {
    id: String,
    name: String,
    group: Option<Group>,
    column_values: Vec<ColumnValue>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "what is read is kept")]
struct Group {
    id: String,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "what is read is kept")]
struct ColumnValue {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    text: Option<String>,
    value: Option<String>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "what is read is kept")]
struct Created {
    create_item: Id,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "what is read is kept")]
struct Id {
    id: String,
}

const BOARD: &str = "1";

/// Items of a page.
const LIMIT: u32 = 500;

/// How often a create is tried.
const ATTEMPTS: usize = 5;

struct Client {
    http: reqwest::Client,
    url: Url,
}

impl Client {
    async fn send(&self, query: &str, variables: impl Serialize) -> reqwest::Result<reqwest::Response> {
        self.http.post(self.url.clone()).json(&Body { query, variables }).send().await
    }

    async fn post<D: for<'de> Deserialize<'de>>(
        &self,
        query: &str,
        variables: impl Serialize,
    ) -> Result<D, Failure> {
        let response = self.send(query, variables).await?;
        let answer: Answer<D> = response.error_for_status()?.json().await?;
        Ok(answer.data)
    }

    async fn me(&self) -> Result<(), Failure> {
        let me: Me = self.post(ME, NoVariables {}).await?;
        assert!(!me.me.id.is_empty());
        Ok(())
    }

    /// An item, with the retry that people write: on 429 and on errors of the network, after what the server says, or
    /// 1 s, 2 s and so on. Says whether it was made in the end.
    async fn create(&self, name: String) -> bool {
        let mut wait = Duration::from_secs(1);
        for _ in 0..ATTEMPTS {
            let mut told = None;
            let variables = CreateVariables { board: BOARD, name: &name };
            if let Ok(response) = self.send(CREATE, variables).await {
                if response.status() != StatusCode::TOO_MANY_REQUESTS {
                    return response.json::<Answer<Created>>().await.is_ok();
                }
                told =
                    response.headers().get("retry-after").and_then(|text| text.to_str().ok()?.parse().ok());
            }
            tokio::time::sleep(told.map_or(wait, Duration::from_secs)).await;
            wait *= 2;
        }
        false
    }

    async fn items(&self, mut each: impl FnMut(Vec<Item>)) -> Result<(), Failure> {
        let first: First = self.post(FIRST_ITEMS, FirstVariables { board: BOARD, limit: LIMIT }).await?;
        let mut page = first.boards.into_iter().next().ok_or("no board")?.items_page;
        loop {
            each(page.items);
            let Some(cursor) = page.cursor else { return Ok(()) };
            let variables = NextVariables { cursor: &cursor, limit: LIMIT };
            let next: Next = self.post(NEXT_ITEMS, variables).await?;
            page = next.next_items_page;
        }
    }
}

fn add(sum: &mut Sum, item: &Item) {
    let column = |id: &str| item.column_values.iter().find(|column| column.id == id);
    let hours = column("hours").and_then(|hours| hours.value.as_deref()?.trim_matches('"').parse().ok());
    sum.add(hours, column("status").and_then(|status| status.text.as_deref()));
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let arguments = Arguments::parse();
    measured(run(&arguments)).await
}

async fn run(arguments: &Arguments) -> Result<(), Failure> {
    // reqwest asks for gzip only where it was built for it, which is not its default.
    let (url, has_gzip) = (Url::parse(&arguments.endpoint())?, arguments.door == "gzip");
    let build = || {
        let builder = reqwest::Client::builder().gzip(has_gzip).no_proxy();
        let http = builder.default_headers(default_headers()).build()?;
        Ok::<_, Failure>(Client { http, url: url.clone() })
    };
    let client = build()?;
    let mut sum = Sum::default();
    match arguments.job {
        Job::StartUp => {
            for _ in 0..arguments.count {
                build()?.me().await?;
            }
        }
        Job::MeInTurn | Job::MeAtOnce => arguments.calls(|| client.me()).await?,
        Job::ItemsKept => {
            let mut all = Vec::new();
            client.items(|items| all.extend(items)).await?;
            for item in &all {
                add(&mut sum, item);
            }
            sum.check(arguments.count);
        }
        Job::ItemsStreamed | Job::ItemsGzip | Job::ItemsFar => {
            client.items(|items| items.iter().for_each(|item| add(&mut sum, item))).await?;
            sum.check(arguments.count);
        }
        Job::Upload => client.upload(arguments.count).await?,
        Job::Creates | Job::CreatesFaulty => arguments.creates(|name| client.create(name)).await,
    }
    Ok(())
}

impl Client {
    /// A file of zeros, in pieces that are all the same bytes: none is copied.
    async fn upload(&self, bytes: usize) -> Result<(), Failure> {
        let piece = Bytes::from(vec![0_u8; 64 * 1024]);
        let pieces =
            stream::iter((0..bytes / piece.len()).map(move |_| Ok::<_, std::io::Error>(piece.clone())));
        let body = reqwest::Body::wrap_stream(pieces);
        let file = reqwest::multipart::Part::stream_with_length(body, bytes as u64).file_name("zeros.bin");
        let query = "mutation ($file: File!) { add_file_to_update(update_id: 1, file: $file) { id } }";
        let form = reqwest::multipart::Form::new().text("query", query).part("variables[file]", file);
        let request = self.http.post(format!("{}/file", self.url));
        request.multipart(form).send().await?.error_for_status()?.bytes().await?;
        Ok(())
    }
}
