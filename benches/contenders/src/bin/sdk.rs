//! The SDK by its doors, with all that it does by itself: tracing, retries, quota, credential.
//!
//! Must not know: how the SDK does it.

use std::io;

use clap::Parser as _;
use futures_util::TryStreamExt as _;
use monday_contenders::{Arguments, Job, Sum, TOKEN, item_name, measured, tell_lost};
use monday_sdk::columns::{ColumnView, ItemView, ItemViews};
use monday_sdk::core::File;
use monday_sdk::cynic::QueryFragment;
use monday_sdk::queries::AddFileToUpdate;
use monday_sdk::{Client, Credential, Endpoint, Id, Upload};
use tokio::io::AsyncReadExt as _;

type Failure = Box<dyn std::error::Error + Send + Sync>;

monday_sdk::operation!("query Me { me { id name email } }");
monday_sdk::operation!(
    "mutation Create($board: ID!, $name: String!) { create_item(board_id: $board, item_name: $name) { id } }"
);

#[derive(QueryFragment)]
#[cynic(graphql_type = "Query")]
struct WhoAmI {
    me: Option<User>,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "User")]
#[expect(dead_code, reason = "what is read is kept")]
struct User {
    id: Id,
    name: String,
    email: String,
}

/// How many parts of the board are read at once over a long way.
const PARTS: usize = 10;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    // As a service would have it: spans and warnings are written down.
    tracing_subscriber::fmt().with_env_filter("info").with_writer(io::sink).init();
    let arguments = Arguments::parse();
    measured(run(&arguments)).await
}

fn add(sum: &mut Sum, item: &ItemView) {
    let hours = item.column("hours").and_then(ColumnView::number);
    let label = item.column("status").and_then(ColumnView::label);
    sum.add(hours, label.as_deref());
}

async fn me(client: &Client, door: &str) -> Result<(), Failure> {
    let is_there = match door {
        "structs" => client.execute(WhoAmI::operation()).await?.me.is_some(),
        _ => client.execute(Me).await?.me.is_some(),
    };
    if is_there { Ok(()) } else { Err("nobody".into()) }
}

fn create(name: String) -> Create {
    Create { board: 1_u64.into(), name }
}

async fn run(arguments: &Arguments) -> Result<(), Failure> {
    let endpoint = Endpoint::loopback(&arguments.endpoint())?;
    let credential = Credential::personal_token(TOKEN)?.for_audience(endpoint.audience().clone());
    let build = || Client::builder().endpoint(endpoint.clone()).credential(credential.clone()).build();
    let client = build()?;
    let (count, door) = (arguments.count, arguments.door.as_str());
    let mut sum = Sum::default();
    match arguments.job {
        Job::StartUp => {
            for _ in 0..count {
                me(&build()?, door).await?;
            }
        }
        Job::MeInTurn | Job::MeAtOnce => arguments.calls(|| me(&client, door)).await?,
        Job::ItemsKept => {
            let items: Vec<ItemView> = client.pages(ItemViews::of(1)).try_collect().await?;
            for item in &items {
                add(&mut sum, item);
            }
            sum.check(count);
        }
        Job::ItemsStreamed | Job::ItemsGzip => {
            let mut items = client.pages(ItemViews::of(1));
            while let Some(item) = items.try_next().await? {
                add(&mut sum, &item);
            }
            sum.check(count);
        }
        Job::ItemsFar => {
            let groups = (1..PARTS).map(|group| format!("group_{group}"));
            let parts = ItemViews::of(1).split_by_groups(groups)?;
            let mut items = client.parts(parts).at_once(PARTS);
            while let Some(item) = items.try_next().await? {
                add(&mut sum, &item);
            }
            sum.check(count);
        }
        Job::Upload => {
            let length = count as u64;
            let open = move || async move { Ok(tokio::io::repeat(0).take(length)) };
            client.upload(AddFileToUpdate::new(1, File), &Upload::reader("zeros.bin", length, open)).await?;
        }
        Job::Creates | Job::CreatesFaulty if door == "bulk" => {
            let ends = client.bulk((0..count).map(item_name).map(create)).run().await;
            tell_lost(ends.iter().filter(|end| end.is_err()).count());
        }
        Job::Creates | Job::CreatesFaulty => {
            let client = &client;
            arguments.creates(|name| async move { client.execute(create(name)).await.is_ok() }).await;
        }
    }
    Ok(())
}
