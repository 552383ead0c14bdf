//! `cynic` and reqwest, as its documentation has it.
//!
//! Must not know: the SDK.

#![expect(unreachable_pub, unused_qualifications, reason = "what the macros write")]

use clap::Parser as _;
use cynic::{GraphQlResponse, Operation, QueryBuilder as _, QueryFragment, QueryVariables};
use monday_contenders::{Arguments, Job, Sum, default_headers, measured};
use reqwest::Url;
use serde::Serialize;
use serde::de::DeserializeOwned;

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[cynic::schema("monday")]
mod schema {}

#[derive(cynic::Scalar, Debug, Clone)]
#[cynic(graphql_type = "JSON")]
struct Json(serde_json::Value);

#[derive(QueryFragment)]
#[cynic(graphql_type = "Query")]
struct Me {
    me: Option<User>,
}

#[derive(QueryFragment)]
#[expect(dead_code, reason = "what is read is kept")]
struct User {
    id: cynic::Id,
    name: String,
    email: String,
}

#[derive(QueryVariables)]
struct FirstVariables {
    board: cynic::Id,
}

#[derive(QueryVariables)]
struct NextVariables {
    cursor: String,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "Query", variables = "FirstVariables")]
struct FirstItems {
    #[arguments(ids: [$board], limit: 1)]
    boards: Option<Vec<Option<Board>>>,
}

#[derive(QueryFragment)]
struct Board {
    #[arguments(limit: 500)]
    #[cynic(rename = "items_page")]
    items_page: ItemsResponse,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "Query", variables = "NextVariables")]
struct NextItems {
    #[arguments(cursor: $cursor, limit: 500)]
    #[cynic(rename = "next_items_page")]
    next_items_page: ItemsResponse,
}

#[derive(QueryFragment)]
struct ItemsResponse {
    cursor: Option<String>,
    items: Vec<Item>,
}

#[derive(QueryFragment)]
#[expect(dead_code, reason = "what is read is kept")]
struct Item {
    id: cynic::Id,
    name: String,
    group: Option<Group>,
    #[cynic(rename = "column_values")]
    column_values: Vec<ColumnValue>,
}

#[derive(QueryFragment)]
#[expect(dead_code, reason = "what is read is kept")]
struct Group {
    id: cynic::Id,
}

#[derive(cynic::Enum, Clone, Copy)]
#[cynic(non_exhaustive, rename_all = "lowercase")]
enum ColumnType {
    Status,
    Numbers,
    #[cynic(fallback)]
    Other,
}

#[derive(QueryFragment)]
#[expect(dead_code, reason = "what is read is kept")]
struct ColumnValue {
    id: cynic::Id,
    #[cynic(rename = "type")]
    kind: ColumnType,
    text: Option<String>,
    value: Option<Json>,
}

struct Client {
    http: reqwest::Client,
    url: Url,
}

impl Client {
    async fn post<D: DeserializeOwned, V: Serialize>(
        &self,
        operation: Operation<D, V>,
    ) -> Result<D, Failure> {
        let request = self.http.post(self.url.clone());
        let answer: GraphQlResponse<D> = request.json(&operation).send().await?.json().await?;
        answer.data.ok_or_else(|| "no data".into())
    }

    async fn me(&self) -> Result<(), Failure> {
        let me = self.post(Me::build(())).await?.me;
        if me.is_some() { Ok(()) } else { Err("nobody".into()) }
    }

    async fn items(&self, mut each: impl FnMut(Vec<Item>)) -> Result<(), Failure> {
        let first = self.post(FirstItems::build(FirstVariables { board: "1".into() })).await?;
        let board = first.boards.into_iter().flatten().flatten().next().ok_or("no board")?;
        let mut page = board.items_page;
        loop {
            each(page.items);
            let Some(cursor) = page.cursor else { return Ok(()) };
            page = self.post(NextItems::build(NextVariables { cursor })).await?.next_items_page;
        }
    }
}

fn add(sum: &mut Sum, item: &Item) {
    let column = |id: &str| item.column_values.iter().find(|column| column.id.inner() == id);
    let hours =
        column("hours").and_then(|hours| hours.value.as_ref()?.0.as_str()?.trim_matches('"').parse().ok());
    sum.add(hours, column("status").and_then(|status| status.text.as_deref()));
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let arguments = Arguments::parse();
    measured(run(&arguments)).await
}

async fn run(arguments: &Arguments) -> Result<(), Failure> {
    let builder = reqwest::Client::builder().no_gzip().no_proxy();
    let http = builder.default_headers(default_headers()).build()?;
    let client = Client { http, url: Url::parse(&arguments.url)? };
    let mut sum = Sum::default();
    match arguments.job {
        Job::StartUp => client.me().await?,
        Job::MeInTurn | Job::MeAtOnce => arguments.calls(|| client.me()).await?,
        Job::ItemsKept => {
            let mut all = Vec::new();
            client.items(|items| all.extend(items)).await?;
            for item in &all {
                add(&mut sum, item);
            }
            sum.check(arguments.count);
        }
        Job::ItemsStreamed => {
            client.items(|items| items.iter().for_each(|item| add(&mut sum, item))).await?;
            sum.check(arguments.count);
        }
        Job::ItemsGzip | Job::ItemsFar | Job::Upload | Job::Creates | Job::CreatesFaulty => {
            return Err("this contender has no way of its own for it".into());
        }
    }
    Ok(())
}
