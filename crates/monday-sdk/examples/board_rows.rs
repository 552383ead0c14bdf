//! A board of 10,000 items read into a struct, 50 of them changed, and nothing but the changes saved.
//!
//! It runs against the sandbox: no token, no network. At the end it says what the sandbox saw.

use std::error::Error;
use std::pin::pin;

use futures_util::TryStreamExt as _;
use monday_sandbox::Sandbox;
use monday_sdk::columns::jiff::civil::Date;
use monday_sdk::columns::{BoardItem, Label, Row};
use monday_sdk::{BoardId, Client, Credential, Endpoint};

/// The labels of the board's status column; one that is made later is kept as text.
#[derive(Debug, Clone, PartialEq, Label)]
enum Stage {
    #[monday(label = "Working on it")]
    Working,
    Done,
    Stuck,
    #[monday(other)]
    Other(String),
}

/// A row of the board: of all its columns, these three are asked for.
#[derive(Debug, Clone, BoardItem)]
struct Task {
    #[monday(name)]
    title: String,
    #[monday(column = "status")]
    stage: Option<Stage>,
    #[monday(column = "date4")]
    due: Option<Date>,
    #[monday(column = "numbers")]
    effort: Option<f64>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let sandbox = Sandbox::builder().items(10_000).start().await?;
    let endpoint = Endpoint::loopback(&sandbox.url())?;
    let credential = Credential::personal_token(sandbox.personal_token())?;
    let credential = credential.for_audience(endpoint.audience().clone());
    let client = Client::builder().endpoint(endpoint).credential(credential).build()?;
    let board = BoardId::from(sandbox.large_board_id());

    let mut changed = read_and_change(&client, &board, 50).await?;
    save(&client, &mut changed).await?;

    let ids: Vec<_> = changed.iter().map(|task| task.id().clone()).collect();
    let again: Vec<Row<Task>> = client.pages(Task::by_ids(ids)).try_collect().await?;
    let is_done = |task: &&Row<Task>| task.stage == Some(Stage::Done) && task.effort == Some(0.0);
    println!("read again: {} of {} are done", again.iter().filter(is_done).count(), changed.len());
    println!("the sandbox saw {} items written", sandbox.seen().writes("change_multiple_column_values"));
    Ok(())
}

/// Ends the first tasks that are stuck. All others are let go of as they come.
async fn read_and_change(
    client: &Client,
    board: &BoardId,
    most: usize,
) -> Result<Vec<Row<Task>>, Box<dyn Error>> {
    let mut rows = pin!(client.pages(Task::items(board)).read_ahead(true));
    let (mut read, mut effort, mut changed) = (0, 0.0, Vec::new());
    while let Some(mut task) = rows.try_next().await? {
        read += 1;
        effort += task.effort.unwrap_or_default();
        if task.stage == Some(Stage::Stuck) && changed.len() < most {
            task.stage = Some(Stage::Done);
            task.effort = Some(0.0);
            changed.push(task);
        }
    }
    println!("read {read} tasks with {effort} of effort, and changed {}", changed.len());
    if let Some(task) = changed.first() {
        let before = task.original();
        println!("{:?} of {:?}: {:?} is {:?} now", task.title, task.due, before.stage, task.stage);
        println!("what is sent for it: {}", task.changes()?[0].column_values.0);
    }
    Ok(changed)
}

/// Saves in few requests. What could not be saved stays changed.
async fn save(client: &Client, tasks: &mut [Row<Task>]) -> Result<(), Box<dyn Error>> {
    let mut changes = Vec::new();
    for task in &*tasks {
        changes.extend(task.changes()?);
    }
    let outcomes = client.bulk(changes).run().await;
    for (task, outcome) in tasks.iter_mut().zip(outcomes) {
        match outcome {
            Ok(_) => task.mark_saved(),
            Err(error) => eprintln!("item {}: {error}", task.id()),
        }
    }
    let left = tasks.iter().filter(|task| task.is_changed()).count();
    println!("saved {} tasks, {left} are left", tasks.len() - left);
    Ok(())
}
