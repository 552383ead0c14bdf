//! `graphql_client` and reqwest, as its documentation has it.
//!
//! Must not know: the SDK.

use clap::Parser as _;
use graphql_client::{GraphQLQuery, Response};
use monday_contenders::{Arguments, Job, Sum, default_headers, measured};
use reqwest::Url;

type Failure = Box<dyn std::error::Error + Send + Sync>;

#[expect(clippy::upper_case_acronyms, reason = "the scalar's name in the schema")]
type JSON = serde_json::Value;

#[derive(GraphQLQuery)]
#[graphql(schema_path = "../../schema/monday.graphql", query_path = "queries/contender.graphql")]
struct Me;

#[derive(GraphQLQuery)]
#[graphql(schema_path = "../../schema/monday.graphql", query_path = "queries/contender.graphql")]
struct FirstItems;

#[derive(GraphQLQuery)]
#[graphql(schema_path = "../../schema/monday.graphql", query_path = "queries/contender.graphql")]
struct NextItems;

struct Client {
    http: reqwest::Client,
    url: Url,
}

impl Client {
    async fn post<Q: GraphQLQuery>(&self, variables: Q::Variables) -> Result<Q::ResponseData, Failure> {
        let body = Q::build_query(variables);
        let request = self.http.post(self.url.clone());
        let answer: Response<Q::ResponseData> = request.json(&body).send().await?.json().await?;
        answer.data.ok_or_else(|| "no data".into())
    }

    async fn me(&self) -> Result<(), Failure> {
        let me = self.post::<Me>(me::Variables).await?.me;
        if me.is_some() { Ok(()) } else { Err("nobody".into()) }
    }
}

/// The two operations have a type each for the same item.
macro_rules! add {
    ($sum:expr, $item:expr) => {{
        let column = |id: &str| $item.column_values.iter().find(|column| column.id == id);
        let hours =
            column("hours").and_then(|hours| hours.value.as_ref()?.as_str()?.trim_matches('"').parse().ok());
        $sum.add(hours, column("status").and_then(|status| status.text.as_deref()));
    }};
}

enum Item {
    First(first_items::FirstItemsBoardsItemsPageItems),
    Next(next_items::NextItemsNextItemsPageItems),
}

async fn items(client: &Client, mut each: impl FnMut(Item)) -> Result<(), Failure> {
    let first =
        client.post::<FirstItems>(first_items::Variables { board: "1".to_owned(), limit: 500 }).await?;
    let board = first.boards.into_iter().flatten().flatten().next().ok_or("no board")?;
    let mut cursor = board.items_page.cursor;
    board.items_page.items.into_iter().map(Item::First).for_each(&mut each);
    while let Some(here) = cursor {
        let next = client.post::<NextItems>(next_items::Variables { cursor: here, limit: 500 }).await?;
        cursor = next.next_items_page.cursor;
        next.next_items_page.items.into_iter().map(Item::Next).for_each(&mut each);
    }
    Ok(())
}

fn add(sum: &mut Sum, item: &Item) {
    match item {
        Item::First(item) => add!(sum, item),
        Item::Next(item) => add!(sum, item),
    }
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
            items(&client, |item| all.push(item)).await?;
            for item in &all {
                add(&mut sum, item);
            }
            sum.check(arguments.count);
        }
        Job::ItemsStreamed => {
            items(&client, |item| add(&mut sum, &item)).await?;
            sum.check(arguments.count);
        }
        Job::ItemsGzip | Job::ItemsFar | Job::Upload | Job::Creates | Job::CreatesFaulty => {
            return Err("this contender has no way of its own for it".into());
        }
    }
    Ok(())
}
