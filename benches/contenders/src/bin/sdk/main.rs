//! The SDK by its doors, with all that it does by itself: tracing, retries, quota, credential.
//!
//! Must not know: how the SDK does it.

mod documents;
mod structs;
mod summing;
mod views;

use std::io;

use clap::Parser as _;
use monday_contenders::{AT_ONCE, Arguments, Job, Sum, TOKEN, item_name, measured, tell_lost};
use monday_sdk::core::File;
use monday_sdk::queries::AddFileToUpdate;
use monday_sdk::{Client, Credential, Endpoint, Upload};
use tokio::io::AsyncReadExt as _;

use documents::Create;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The board that is read and written.
const BOARD: u64 = 1;

/// Items of a page.
const LIMIT: i64 = 500;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    // As a service would have it: spans are made and recorded, warnings are written.
    tracing_subscriber::fmt().with_env_filter("info").with_writer(io::sink).init();
    let arguments = Arguments::parse();
    let sum = measured(run(&arguments)).await?;
    sum.check_texts(arguments.count);
    Ok(())
}

async fn me(client: &Client, door: &str) -> Result<(), Failure> {
    let is_there = match door {
        "structs" => structs::is_somebody(client).await?,
        _ => documents::is_somebody(client).await?,
    };
    if is_there { Ok(()) } else { Err("nobody".into()) }
}

/// The items of the board, by a door.
async fn items(client: &Client, door: &str, is_kept: bool) -> Result<Sum, Failure> {
    match door {
        "views" => views::sum(client, is_kept, views::add).await,
        "views, every column" => views::sum(client, is_kept, views::add_all).await,
        "documents" => documents::sum(client, is_kept).await,
        "structs" => structs::sum(client, is_kept).await,
        _ => Err("there is no such door".into()),
    }
}

fn create(name: String) -> Create {
    Create { board: BOARD.into(), name }
}

async fn run(arguments: &Arguments) -> Result<Sum, Failure> {
    let endpoint = Endpoint::loopback(&arguments.endpoint())?;
    let credential = Credential::personal_token(TOKEN)?.for_audience(endpoint.audience().clone());
    let builder = || Client::builder().endpoint(endpoint.clone()).credential(credential.clone());
    let client = match arguments.job {
        // As many as the others have: by itself the client stays below what monday's smallest plan takes.
        Job::MeInTurn | Job::MeAtOnce => builder().max_in_flight(AT_ONCE).build()?,
        _ => builder().build()?,
    };
    let (count, door) = (arguments.count, arguments.door.as_str());
    let mut sum = Sum::default();
    match arguments.job {
        Job::StartUp => {
            for _ in 0..count {
                me(&builder().build()?, door).await?;
            }
        }
        Job::MeInTurn | Job::MeAtOnce => arguments.calls(|| me(&client, door)).await?,
        Job::ItemsKept | Job::ItemsStreamed => {
            sum = items(&client, door, arguments.job == Job::ItemsKept).await?;
            sum.check(count);
        }
        Job::ItemsGzip => {
            sum = items(&client, "views", false).await?;
            sum.check(count);
        }
        Job::ItemsFar => {
            sum = views::sum_in_parts(&client, documents::group_ids(&client).await?).await?;
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
    Ok(sum)
}
