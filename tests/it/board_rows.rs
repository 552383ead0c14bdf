//! A board's items as structs: read from the sandbox, changed, saved.
//!
//! Must not know: what the derive writes.

use futures_util::TryStreamExt as _;
use monday_sandbox::Sandbox;
use monday_sdk::columns::jiff::civil::{Date, date};
use monday_sdk::columns::{BoardItem, ColumnType, InvalidColumns, Label, NewItem as _, Row, UnfitItem};
use monday_sdk::core::{ColumnId, Operation as _};
use monday_sdk::queries::enums::BoardKind;
use monday_sdk::queries::{
    ChangeMultipleColumnValues, CreateBoard, CreateColumn, CreateItem, CreateSubitem, DeleteColumn,
};
use monday_sdk::{BoardId, Client, ErrorKind, GroupId, ItemId, Json, UserId};
use wiremock::ResponseTemplate;

use crate::support::{root, sandbox, server};

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

/// What does not fit, as it is told.
async fn unfit<T: BoardItem>(client: &Client, board: &BoardId) -> String {
    let error = rows::<T>(client, board).await.err().expect("it does not fit");
    assert_eq!(error.kind(), ErrorKind::UnfitItem);
    let source = std::error::Error::source(&error).expect("the fault is the source");
    let unfit = source.downcast_ref::<UnfitItem>().expect("it is typed").to_string();
    assert!(error.to_string().contains(&unfit), "{error}");
    unfit
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

#[derive(Debug, Clone, BoardItem)]
struct Misspelt {
    #[monday(column = "sattus")]
    stage: Option<Stage>,
}

#[derive(Debug, Clone, BoardItem)]
struct Mistyped {
    #[monday(column = "numbers")]
    due: Option<Date>,
}

#[derive(Debug, Clone, BoardItem)]
struct Filled {
    #[monday(column = "date4")]
    due: Date,
}

#[derive(Debug, Clone, PartialEq, Label)]
enum Closed {
    Done,
}

#[derive(Debug, Clone, BoardItem)]
struct Few {
    #[monday(column = "status")]
    stage: Option<Closed>,
}

#[derive(Debug, Clone, BoardItem)]
struct Whole {
    #[monday(column = "numbers")]
    budget: Option<i64>,
}

#[derive(Debug, Clone, BoardItem)]
struct Below {
    #[monday(subitems)]
    steps: Vec<Row<Misspelt>>,
}

#[tokio::test]
async fn what_does_not_fit_is_told_with_column_board_and_expected_type() {
    let (_sandbox, client, board, item) = place().await;
    let told = [
        unfit::<Misspelt>(&client, &board).await,
        unfit::<Mistyped>(&client, &board).await,
        unfit::<Filled>(&client, &board).await,
        unfit::<Few>(&client, &board).await,
        unfit::<Whole>(&client, &board).await,
        unfit::<Below>(&client, &board).await,
    ];
    let told = told.join("\n").replace(board.as_str(), "BOARD").replace(item.as_str(), "ITEM");
    insta::assert_snapshot!(told);
}

#[tokio::test]
async fn a_day_that_has_a_time_is_not_taken_for_a_date_that_could_be_saved() {
    let (_sandbox, client, board, item) = place().await;
    let timed = Json(r#"{"date4":{"date":"2026-05-10","time":"14:30:00"}}"#.into());
    client.execute(ChangeMultipleColumnValues::new(&board, &item, timed)).await.unwrap();
    let told = unfit::<Task>(&client, &board).await;
    assert!(told.contains("`Task::due`") && told.contains("use `Timestamp`"), "{told}");
}

#[tokio::test]
async fn a_board_without_items_is_looked_at_too_and_a_missing_one_is_not_there() {
    let (sandbox, client) = sandbox(0).await;
    let board = BoardId::from(sandbox.large_board_id());
    assert!(unfit::<Misspelt>(&client, &board).await.contains("no column `sattus`"));
    assert_eq!(rows::<Step>(&client, &board).await.unwrap().len(), 0);
    let missing = rows::<Step>(&client, &BoardId::from("1")).await.unwrap_err();
    assert_eq!(missing.kind(), ErrorKind::NotFound);
}

#[tokio::test]
async fn a_column_that_was_made_anew_is_told_as_one_of_its_type() {
    let (_sandbox, client, board, _) = place().await;
    let create = CreateColumn::new(&board, ColumnType::Status, "Stage").id(ColumnId::from("stage_new"));
    client.execute(create).await.unwrap();
    client.execute(DeleteColumn::new(&board, "status")).await.unwrap();
    let told = unfit::<Step>(&client, &board).await;
    assert!(told.ends_with("columns of that type: `stage_new`"), "{told}");
}

#[derive(Debug, Clone, BoardItem)]
struct Two {
    #[monday(column = "status")]
    stage: Option<Stage>,
    #[monday(column = "status_2")]
    other: Option<Stage>,
}

#[tokio::test]
async fn two_columns_of_one_type_are_asked_for_once_and_tell_which_is_missing() {
    let document = monday_sdk::columns::BoardItems::<Two>::DOCUMENT;
    assert_eq!(document.matches("... on StatusValue").count(), 1);
    let (_sandbox, client, board, _) = place().await;
    let told = unfit::<Two>(&client, &board).await;
    assert!(told.ends_with("expects the type `status`"), "no candidate is one that is read already: {told}");
}

#[test]
fn documents_ask_for_no_more_than_is_named_and_fit_the_schema() {
    use monday_sdk::columns::{BoardItems, ItemsById, NextBoardItems};
    let schema = std::fs::read_to_string(root().join("schema/monday.graphql")).unwrap();
    let schema = apollo_compiler::Schema::parse_and_validate(schema, "monday.graphql").unwrap();
    let documents = [
        BoardItems::<Task>::DOCUMENT,
        NextBoardItems::<Task>::DOCUMENT,
        ItemsById::<Task>::DOCUMENT,
        BoardItems::<Step>::DOCUMENT,
        BoardItems::<Below>::DOCUMENT,
        BoardItems::<all_kinds::Everything>::DOCUMENT,
    ];
    for document in documents {
        let parsed = apollo_compiler::ExecutableDocument::parse_and_validate(&schema, document, "document");
        parsed.unwrap_or_else(|error| panic!("{}\n{document}", error.errors));
    }
    insta::assert_snapshot!(documents[..4].join("\n\n"));
}

#[tokio::test]
async fn items_of_all_kinds_are_read_at_once() {
    let (_sandbox, client) = sandbox(0).await;
    let made = client.execute(CreateBoard::new(BoardKind::Public, "All kinds")).await.unwrap();
    let board = made.create_board.unwrap().id.clone();
    all_kinds::columns(&client, &board).await;
    client.execute(CreateItem::new(&board, "One")).await.unwrap();
    let found = rows::<all_kinds::Everything>(&client, &board).await.unwrap();
    assert_eq!((found.len(), found[0].changes().unwrap().len()), (1, 0));
}

/// A struct with a field of every type that a column can have, and their columns.
mod all_kinds {
    use std::ops::RangeInclusive;

    use monday_sdk::columns::jiff::Timestamp;
    use monday_sdk::columns::jiff::civil::Time;
    use monday_sdk::columns::jiff::tz::TimeZone;
    use monday_sdk::columns::*;
    use monday_sdk::{TagId, TeamId};

    use super::{BoardId, Client, ColumnId, CreateColumn, Date, ItemId, Stage};

    macro_rules! everything {
        ($($name:ident: $type:ty = $kind:literal,)*) => {
            #[derive(Debug, Clone, BoardItem)]
            pub(super) struct Everything {
                $(#[monday(column = $kind, type = $kind)] $name: $type,)*
            }
        };
    }

    everything! {
        board_relation: Vec<ItemId> = "board_relation",
        button: ButtonValue = "button",
        checkbox: bool = "checkbox",
        color_picker: Option<Color> = "color_picker",
        country: Option<Country> = "country",
        creation_log: Option<Timestamp> = "creation_log",
        date: Option<Date> = "date",
        dependency: Vec<ItemId> = "dependency",
        doc: DocValue = "doc",
        dropdown: Vec<Stage> = "dropdown",
        email: Option<Email> = "email",
        file: FileValue = "file",
        formula: String = "formula",
        hour: Option<Time> = "hour",
        item_id: ItemIdValue = "item_id",
        last_updated: Option<Timestamp> = "last_updated",
        link: Option<Link> = "link",
        location: Option<Location> = "location",
        long_text: Option<String> = "long_text",
        mirror: String = "mirror",
        numbers: Option<i64> = "numbers",
        people: Vec<Assignee> = "people",
        phone: Option<Phone> = "phone",
        progress: Option<String> = "progress",
        rating: Option<u8> = "rating",
        status: Option<String> = "status",
        tags: Vec<TagId> = "tags",
        team: Option<TeamId> = "team",
        text: String = "text",
        time_tracking: TimeTrackingValue = "time_tracking",
        timeline: Option<RangeInclusive<Date>> = "timeline",
        vote: VoteValue = "vote",
        week: Option<Date> = "week",
        world_clock: Option<TimeZone> = "world_clock",
    }

    /// Makes a column for each field.
    pub(super) async fn columns(client: &Client, board: &BoardId) {
        for column in Everything::COLUMNS {
            let kind = ColumnType::from(column.column_type);
            let create = CreateColumn::new(board, kind, "New").id(ColumnId::from(column.id));
            // The board has some of them already: that all are there is seen when they are read.
            if let Err(error) = client.execute(create).await {
                assert_eq!(error.kind(), super::ErrorKind::InvalidArgument, "{}", column.id);
            }
        }
    }
}

#[tokio::test]
async fn a_cell_that_breaks_the_schema_is_told_as_such() {
    let answer = r#"{"data":{"boards":[{"columns":[{"id":"status","type":"status"}],"items_page":{"cursor":null,"items":[
        {"id":"7","name":"One","column_values":[
            {"__typename":"StatusValue","id":"status","type":"status","is_leaf":true,"index":"first"}]}]}}]}}"#;
    let (_server, client) = server(ResponseTemplate::new(200).set_body_raw(answer, "application/json")).await;
    let told = unfit::<Step>(&client, &BoardId::from("1")).await;
    assert!(
        told.starts_with("column `status` (`status`) of item 7 on board 1 does not fit `Step::stage`: it is not what the schema says"),
        "{told}"
    );
}
