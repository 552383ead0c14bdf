//! What does not fit a struct: told with column, board and expected type.
//!
//! Must not know: how it is found out.

use monday_sdk::columns::jiff::civil::Date;
use monday_sdk::columns::{BoardItem, BoardItems, ColumnType, Label, Row, UnfitItem};
use monday_sdk::core::{ColumnId, Operation as _};
use monday_sdk::queries::{ChangeMultipleColumnValues, CreateColumn, DeleteColumn};
use monday_sdk::{BoardId, Client, ErrorKind, Json};
use wiremock::ResponseTemplate;

use super::{Stage, Step, Task, place, rows};
use crate::support::{sandbox, server};

/// What does not fit, as it is told.
async fn unfit<T: BoardItem>(client: &Client, board: &BoardId) -> String {
    let error = rows::<T>(client, board).await.err().expect("it does not fit");
    assert_eq!(error.kind(), ErrorKind::UnfitItem);
    let source = std::error::Error::source(&error).expect("the fault is the source");
    let unfit = source.downcast_ref::<UnfitItem>().expect("it is typed").to_string();
    assert!(error.to_string().contains(&unfit), "{error}");
    unfit
}

#[derive(Debug, Clone, BoardItem)]
pub(super) struct Misspelt {
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
pub(super) struct Below {
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
    let document = BoardItems::<Two>::DOCUMENT;
    assert_eq!(document.matches("... on StatusValue").count(), 1);
    let (_sandbox, client, board, _) = place().await;
    let told = unfit::<Two>(&client, &board).await;
    assert!(told.ends_with("expects the type `status`"), "no candidate is one that is read already: {told}");
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
