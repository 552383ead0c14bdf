//! Who am I, which boards are there, the items of the largest as a stream, and one new item.
//!
//! Without a token it starts the sandbox. With `MONDAY_API_TOKEN` the same code talks to monday; it then writes only
//! to a board that is named: `cargo run --example quickstart -- BOARD_ID`.

use std::collections::BTreeMap;
use std::error::Error;
use std::pin::pin;

use futures_util::TryStreamExt as _;
use indicatif::{ProgressBar, ProgressStyle};
use monday_sandbox::Sandbox;
use monday_sdk::queries::boards::BoardsBoards;
use monday_sdk::queries::enums::{ColumnType, State};
use monday_sdk::queries::fragments::BoardFields;
use monday_sdk::queries::{Boards, CreateItem, GetBoard, Items, ItemsPage, Me};
use monday_sdk::{AuthError, BoardId, Client, Credential, Endpoint, Json};

type Outcome<T> = Result<T, Box<dyn Error>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    match Credential::from_env() {
        Ok(credential) => {
            let client = Client::builder().credential(credential).build()?;
            tour(&client, std::env::args().nth(1).map(BoardId::from)).await
        }
        Err(AuthError::Missing { .. }) => {
            let sandbox = Sandbox::start().await?;
            println!("MONDAY_API_TOKEN is not set: this runs against the sandbox at {}\n", sandbox.url());
            let endpoint = Endpoint::loopback(&sandbox.url())?;
            let credential = Credential::personal_token(sandbox.personal_token())?;
            let credential = credential.for_audience(endpoint.audience().clone());
            let client = Client::builder().endpoint(endpoint).credential(credential).build()?;
            tour(&client, Some(BoardId::from(sandbox.large_board_id()))).await
        }
        Err(broken) => Err(format!("{broken}: {}", broken.advice()).into()),
    }
}

async fn tour(client: &Client, write_to: Option<BoardId>) -> Outcome<()> {
    who_am_i(client).await?;
    let boards = list_boards(client).await?;
    let largest = boards.iter().max_by_key(|board| board.items_count).ok_or("there is no board")?;
    stream_items(client, largest).await?;
    if let Some(board_id) = write_to {
        create_item(client, board_id).await
    } else {
        println!("\nnothing was written: name a board to create an item on it");
        Ok(())
    }
}

async fn who_am_i(client: &Client) -> Outcome<()> {
    let me = client.execute(Me).await?.me.ok_or("the token belongs to no user")?;
    println!("I am {} <{}> of {}\n", me.name, me.email, me.account.name);
    Ok(())
}

async fn list_boards(client: &Client) -> Outcome<Vec<BoardsBoards>> {
    let query = Boards::new().limit(25).state(State::Active);
    let boards: Vec<_> = client.execute(query).await?.boards.into_iter().flatten().flatten().collect();
    println!("{:<12}  {:<24}  {:>7}  workspace", "board", "name", "items");
    for board in &boards {
        let workspace = board.workspace.as_ref().map_or("-", |workspace| workspace.name.as_str());
        println!("{:<12}  {:<24}  {:>7}  {workspace}", board.id, board.name, board.items_count.unwrap_or(0));
    }
    Ok(boards)
}

async fn stream_items(client: &Client, board: &BoardFields) -> Outcome<()> {
    let count = u64::try_from(board.items_count.unwrap_or(0))?;
    println!("\nreading {count} items of {:?}", board.name);
    let bar =
        ProgressBar::new(count).with_style(ProgressStyle::with_template("{wide_bar} {pos}/{len} {elapsed}")?);
    let page = ItemsPage::new(&board.id).limit(500);
    let mut items = pin!(client.pages(page));
    let mut values = 0;
    while let Some(item) = items.try_next().await? {
        values += item.column_values.len();
        bar.inc(1);
    }
    bar.finish();
    println!("read {} items with {values} column values", bar.position());
    Ok(())
}

async fn create_item(client: &Client, board_id: BoardId) -> Outcome<()> {
    let board = client.execute(GetBoard::new(&board_id)).await?.boards;
    let board = board.into_iter().flatten().flatten().next().ok_or("there is no such board")?;
    let mut values = BTreeMap::new();
    for column in board.columns.into_iter().flatten().flatten() {
        match column.type_ {
            ColumnType::Text => values.insert(column.id, "Written by the quickstart"),
            ColumnType::Numbers => values.insert(column.id, "42.5"),
            _ => None,
        };
    }
    let create = CreateItem::new(board_id, "Hello from Rust").column_values(Json::text(&values)?);
    let id = client.execute(create).await?.create_item.ok_or("no item was created")?.id;
    let items = client.execute(Items::new().ids([id]).limit(1)).await?.items;
    let item = items.into_iter().flatten().flatten().next().ok_or("the new item cannot be read")?.item_fields;
    println!("\ncreated item {} and read it back: {:?}", item.id, item.name);
    for value in &item.column_values {
        if let Some(text) = value.text.as_deref().filter(|text| !text.is_empty()) {
            println!("  {:<10} {text}", value.id);
        }
    }
    Ok(())
}
