//! Items of all kinds of columns at once, and the documents that ask for them.
//!
//! Must not know: what the columns hold.

use std::fs;
use std::ops::RangeInclusive;

use apollo_compiler::{ExecutableDocument, Schema};
use monday_sdk::columns::jiff::Timestamp;
use monday_sdk::columns::jiff::civil::{Date, Time};
use monday_sdk::columns::jiff::tz::TimeZone;
use monday_sdk::columns::{
    Assignee, BoardItem, BoardItems, ButtonValue, Color, ColumnType, Country, DocValue, Email, FileValue,
    ItemIdValue, ItemsById, Link, Location, NextBoardItems, Phone, TimeTrackingValue, VoteValue,
};
use monday_sdk::core::{ColumnId, Operation as _};
use monday_sdk::queries::enums::BoardKind;
use monday_sdk::queries::{CreateBoard, CreateColumn, CreateItem};
use monday_sdk::{BoardId, Client, ErrorKind, ItemId, TagId, TeamId};

use super::misfits::Below;
use super::{Stage, Step, Task, rows};
use crate::support::{root, sandbox};

/// A struct with a field of every type that a column can have.
macro_rules! everything {
    ($($name:ident: $type:ty = $kind:literal,)*) => {
        #[derive(Debug, Clone, BoardItem)]
        struct Everything {
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
async fn columns(client: &Client, board: &BoardId) {
    for column in Everything::COLUMNS {
        let kind = ColumnType::from(column.column_type);
        let create = CreateColumn::new(board, kind, "New").id(ColumnId::from(column.id));
        // The board has some of them already: that all are there is seen when they are read.
        if let Err(error) = client.execute(create).await {
            assert_eq!(error.kind(), ErrorKind::InvalidArgument, "{}", column.id);
        }
    }
}

#[tokio::test]
async fn items_of_all_kinds_are_read_at_once() {
    let (_sandbox, client) = sandbox(0).await;
    let made = client.execute(CreateBoard::new(BoardKind::Public, "All kinds")).await.unwrap();
    let board = made.create_board.unwrap().id.clone();
    columns(&client, &board).await;
    client.execute(CreateItem::new(&board, "One")).await.unwrap();
    let found = rows::<Everything>(&client, &board).await.unwrap();
    assert_eq!((found.len(), found[0].changes().unwrap().len()), (1, 0));
}

#[test]
fn documents_ask_for_no_more_than_is_named_and_fit_the_schema() {
    let schema = fs::read_to_string(root().join("schema/monday.graphql")).unwrap();
    let schema = Schema::parse_and_validate(schema, "monday.graphql").unwrap();
    let documents = [
        BoardItems::<Task>::DOCUMENT,
        NextBoardItems::<Task>::DOCUMENT,
        ItemsById::<Task>::DOCUMENT,
        BoardItems::<Step>::DOCUMENT,
        BoardItems::<Below>::DOCUMENT,
        BoardItems::<Everything>::DOCUMENT,
    ];
    for document in documents {
        let parsed = ExecutableDocument::parse_and_validate(&schema, document, "document");
        parsed.unwrap_or_else(|error| panic!("{}\n{document}", error.errors));
    }
    insta::assert_snapshot!(documents[..4].join("\n\n"));
}
