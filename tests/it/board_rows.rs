//! A board's items as structs: read from the sandbox, changed, saved.
//!
//! Must not know: what the derive writes.

mod every_kind;
mod misfits;

use futures_util::TryStreamExt as _;
use monday_sandbox::Sandbox;
use monday_sdk::columns::jiff::civil::{Date, date};
use monday_sdk::columns::{BoardItem, InvalidColumns, Label, NewItem as _, Row};
use monday_sdk::queries::{ChangeMultipleColumnValues, CreateItem, CreateSubitem};
use monday_sdk::{BoardId, Client, GroupId, ItemId, Json, UserId};

use crate::support::sandbox;

#[derive(Debug, Clone, PartialEq, Label)]
enum Stage {
    #[monday(label = "Working on it")]
    Working,
    Done,
    #[monday(other)]
    Other(String),
}

#[derive(Debug, Clone, BoardItem)]
struct Task {
    #[monday(id)]
    id: ItemId,
    #[monday(name)]
    title: String,
    #[monday(group)]
    group: GroupId,
    #[monday(column = "status")]
    stage: Option<Stage>,
    #[monday(column = "date4")]
    due: Option<Date>,
    #[monday(column = "numbers")]
    budget: Option<f64>,
    #[monday(column = "person")]
    owners: Vec<UserId>,
    #[monday(skip)]
    seen: u32,
    #[monday(subitems)]
    steps: Vec<Row<Step>>,
}

#[derive(Debug, Clone, BoardItem)]
struct Step {
    #[monday(name)]
    title: String,
    #[monday(column = "status")]
    stage: Option<Stage>,
}

#[derive(Debug, Clone, BoardItem)]
struct OfValue {
    #[monday(column = "status")]
    status: monday_sdk::columns::StatusValue,
}

async fn rows<T: BoardItem>(client: &Client, board: &BoardId) -> Result<Vec<Row<T>>, monday_sdk::Error> {
    client.pages(T::items(board)).try_collect().await
}

/// A sandbox whose first item has values and a subitem.
async fn place() -> (Sandbox, Client, BoardId, ItemId) {
    let (sandbox, client) = sandbox(3).await;
    let board = BoardId::from(sandbox.large_board_id());
    let values = r#"{"status":{"label":"Working on it"},"date4":{"date":"2026-05-10"},"numbers":"12.5",
        "person":{"personsAndTeams":[{"id":501,"kind":"person"}]}}"#;
    let create = CreateItem::new(&board, "First").column_values(Json(values.into()));
    let item = client.execute(create).await.unwrap().create_item.unwrap().id.clone();
    client.execute(CreateItem::new(&board, "Empty")).await.unwrap();
    client.execute(CreateSubitem::new(&item, "Step")).await.unwrap();
    (sandbox, client, board, item)
}

fn first(rows: Vec<Row<Task>>) -> Row<Task> {
    rows.into_iter().find(|row| row.title == "First").unwrap()
}

#[tokio::test]
async fn a_row_has_what_its_fields_name_and_its_subitems() {
    let (_sandbox, client, board, item) = place().await;
    let all = rows::<Task>(&client, &board).await.unwrap();
    assert_eq!(all.len(), 5, "all items of the board, each once");
    let task = first(all);
    assert_eq!((task.id(), &task.id, task.board_id()), (&item, &item, Some(&board)));
    assert_eq!(task.stage, Some(Stage::Working));
    assert_eq!((task.due, task.budget), (Some(date(2026, 5, 10)), Some(12.5)));
    assert_eq!((task.owners.as_slice(), task.seen), ([UserId::from("501")].as_slice(), 0));
    assert!(!task.group.as_str().is_empty());
    let step = &task.steps[0];
    assert_eq!((step.title.as_str(), step.stage.as_ref()), ("Step", None));
    assert_ne!(step.board_id(), Some(&board), "subitems lie on a board of their own");
    assert!(!task.is_changed());
    assert_eq!(task.changes().unwrap(), []);
}

#[tokio::test]
async fn only_what_was_changed_is_saved() {
    let (sandbox, client, board, item) = place().await;
    let mut task = first(rows(&client, &board).await.unwrap());
    task.stage = Some(Stage::Done);
    task.due = None;
    task.title = "Renamed".to_owned();
    task.seen = 1;
    let changes = task.changes().unwrap();
    let json = r#"{"date4":null,"name":"Renamed","status":{"label":"Done"}}"#;
    assert_eq!(changes, [ChangeMultipleColumnValues::new(&board, &item, Json(json.into()))]);
    // What another has written meanwhile to a column that was not changed here stays.
    let other = ChangeMultipleColumnValues::new(&board, &item, Json(r#"{"numbers":"99"}"#.into()));
    client.execute(other).await.unwrap();
    for saved in client.bulk(changes).run().await {
        saved.unwrap();
    }
    task.mark_saved();
    assert!(!task.is_changed());
    let again: Vec<Row<Task>> = client.pages(Task::by_ids([&item])).try_collect().await.unwrap();
    let [again] = again.try_into().unwrap();
    assert_eq!((again.title.as_str(), again.stage.as_ref()), ("Renamed", Some(&Stage::Done)));
    assert_eq!((again.due, again.budget), (None, Some(99.0)));
    assert_eq!(again.board_id(), Some(&board));
    drop(sandbox);
}

#[tokio::test]
async fn a_changed_subitem_is_saved_on_its_own_board() {
    let (_sandbox, client, board, _) = place().await;
    let mut task = first(rows(&client, &board).await.unwrap());
    task.steps[0].stage = Some(Stage::Done);
    assert!(task.is_changed());
    let changes = task.changes().unwrap();
    assert_eq!(changes.len(), 1, "the row above was not changed");
    assert_eq!(Some(&changes[0].board_id), task.steps[0].board_id());
    for saved in client.bulk(changes).run().await {
        saved.unwrap();
    }
    task.mark_saved();
    assert!(!task.is_changed());
    let again = first(rows(&client, &board).await.unwrap());
    assert_eq!(again.steps[0].stage, Some(Stage::Done));
    task.steps[0].stage = None;
    task.revert();
    assert_eq!(task.steps[0].stage, Some(Stage::Done));
}

#[tokio::test]
async fn a_row_becomes_a_new_item_and_a_new_subitem() {
    let (_sandbox, client, board, item) = place().await;
    let task = first(rows(&client, &board).await.unwrap()).into_inner();
    let copy = Task { title: "Copy".to_owned(), due: None, ..task.clone() };
    let create = copy.create_item(&board).unwrap();
    let json = r#"{"numbers":"12.5","person":{"personsAndTeams":[{"id":501,"kind":"person"}]},"status":{"label":"Working on it"}}"#;
    assert_eq!(create, CreateItem::new(&board, "Copy").column_values(Json(json.into())));
    let made = client.execute(create).await.unwrap().create_item.unwrap().id.clone();
    let found: Vec<Row<Task>> = client.pages(Task::by_ids([&made])).try_collect().await.unwrap();
    assert_eq!((found[0].title.as_str(), found[0].stage.clone()), ("Copy", Some(Stage::Working)));
    let step = Step { title: "Second".to_owned(), stage: Some(Stage::Other("Stuck".to_owned())) };
    client.execute(step.create_subitem(&item).unwrap()).await.unwrap();
    let steps = first(rows(&client, &board).await.unwrap()).into_inner().steps;
    assert_eq!(steps.len(), 2);
    assert_eq!(steps[1].stage, Some(Stage::Other("Stuck".to_owned())));
}

#[tokio::test]
async fn three_hundred_ids_are_read_by_the_hundred() {
    let (sandbox, client) = sandbox(250).await;
    let board = BoardId::from(sandbox.large_board_id());
    let ids: Vec<ItemId> =
        rows::<Step>(&client, &board).await.unwrap().iter().map(|row| row.id().clone()).collect();
    let before = sandbox.requests();
    let found: Vec<Row<Step>> = client.pages(Step::by_ids(&ids)).try_collect().await.unwrap();
    assert!(found.iter().map(Row::id).eq(&ids));
    assert_eq!(sandbox.requests() - before, 3);
    let none: Vec<Row<Step>> = client.pages(Step::by_ids([] as [ItemId; 0])).try_collect().await.unwrap();
    assert_eq!(none.len(), 0);
}

#[tokio::test]
async fn what_cannot_be_changed_is_refused_before_a_call() {
    let (_sandbox, client, board, _) = place().await;
    let mut task = first(rows(&client, &board).await.unwrap());
    task.group = GroupId::from("elsewhere");
    task.budget = Some(f64::NAN);
    let InvalidColumns::Columns(refused) = task.changes().unwrap_err() else { panic!() };
    let refused: Vec<_> = refused.iter().map(ToString::to_string).collect();
    insta::assert_debug_snapshot!(refused, @r#"
    [
        "column `group` (group): an item goes to another group by `MoveItemToGroup`",
        "column `numbers` (NumbersChange): not a finite decimal number, such as `-12.5`",
    ]
    "#);

    let mut whole = rows::<OfValue>(&client, &board).await.unwrap().remove(0);
    whole.status.label = Some("Done".to_owned());
    let refused = whole.changes().unwrap_err().to_string();
    assert_eq!(refused, "nothing was sent: column `status` (status): it can be read and not written");
}
