//! A row that is changed and saved is read back equal: every type that can be written, empty ones among them, and the name.
//!
//! Must not know: the JSON in between, or how a row is kept.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

use futures_util::TryStreamExt as _;
use monday_sandbox::Sandbox;
use monday_sdk::columns::jiff::civil::{Date, Time, date};
use monday_sdk::columns::jiff::tz::TimeZone;
use monday_sdk::columns::jiff::{Timestamp, ToSpan as _};
use monday_sdk::columns::{
    Assignee, BoardItem, Color, ColumnType, ColumnValues, Country, Email, FileChange, FileValue, Link,
    Location, Phone, Row, SingleChange as _,
};
use monday_sdk::core::{ColumnId, File, GraphQlError};
use monday_sdk::queries::{AddFileToColumn, ChangeMultipleColumnValues, CreateColumn, CreateItem};
use monday_sdk::{BoardId, Client, ItemId, TagId, TeamId, Upload};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use tokio::runtime::Runtime;

use crate::column_strategies::{day, ids, label, number, text};
use crate::support::sandbox;

/// A struct, the strategy for each of its fields, and the columns that they are read from.
macro_rules! writable {
    ($($name:ident: $type:ty = $column:literal $kind:literal from $strategy:expr;)*) => {
        #[derive(Debug, Clone, PartialEq, BoardItem)]
        struct Writable {
            #[monday(name)]
            title: String,
            $(#[monday(column = $column, type = $kind)] $name: $type,)*
        }

        /// Sets one field after the other: there are more of them than a tuple has places.
        fn writable() -> impl Strategy<Value = Writable> {
            let strategy = vec(any::<char>(), 1..=255).prop_map(|title| {
                Writable { title: String::from_iter(title), $($name: <$type as Empty>::EMPTY),* }
            });
            $(let strategy = (strategy, $strategy).prop_map(|(row, $name)| Writable { $name, ..row }).boxed();)*
            strategy
        }
    };
}

/// A value to begin with.
trait Empty {
    const EMPTY: Self;
}

impl<T> Empty for Option<T> {
    const EMPTY: Self = None;
}

impl<T> Empty for Vec<T> {
    const EMPTY: Self = Self::new();
}

impl Empty for String {
    const EMPTY: Self = Self::new();
}

impl Empty for bool {
    const EMPTY: Self = false;
}

writable! {
    board_relation: Vec<ItemId> = "my_relation" "board_relation" from items();
    checkbox: bool = "my_checkbox" "checkbox" from any::<bool>();
    color: Option<Color> = "my_color" "color_picker" from option::of(
        any::<[u8; 3]>().prop_map(|[red, green, blue]| Color { red, green, blue })
    );
    country: Option<Country> = "my_country" "country" from option::of(Just(Country::new("NG", "Nigeria")));
    day: Option<Date> = "my_day" "date" from option::of(day());
    time: Option<Timestamp> = "my_time" "date" from option::of(
        (-62_135_596_800i64..=253_402_207_200).prop_map(|second| Timestamp::from_second(second).unwrap())
    );
    dependency: Vec<ItemId> = "my_dependency" "dependency" from items();
    dropdown: Vec<String> = "my_dropdown" "dropdown" from btree_set(label(), 0..4).prop_map(Vec::from_iter);
    email: Option<Email> = "my_email" "email" from option::of(
        text().prop_map(|label| Email { address: "ada@example.com".to_owned(), label })
    );
    hour: Option<Time> = "my_hour" "hour" from option::of(
        (0i8..24, 0i8..60).prop_map(|(hour, minute)| Time::new(hour, minute, 0, 0).unwrap())
    );
    link: Option<Link> = "my_link" "link" from option::of(
        text().prop_map(|label| Link { url: "https://example.com/".to_owned(), label })
    );
    location: Option<Location> = "my_location" "location" from option::of(
        (-90.0..=90.0, -180.0..=180.0, text()).prop_map(|(lat, lng, address)| Location { lat, lng, address })
    );
    long_text: Option<String> = "my_long_text" "long_text" from option::of(text());
    number: Option<f64> = "my_number" "numbers" from option::of(number());
    whole: Option<i64> = "my_whole" "numbers" from option::of(-(1i64 << 53)..=1i64 << 53);
    people: Vec<Assignee> = "my_people" "people" from ids(0..4).prop_map(|ids| {
        let someone = |id: u64| if id.is_multiple_of(2) { Assignee::Person(id.into()) } else { Assignee::Team(id.into()) };
        ids.into_iter().map(someone).collect()
    });
    phone: Option<Phone> = "my_phone" "phone" from option::of(
        "\\+[1-9][0-9]{7,12}".prop_map(|number| Phone { number, country_code: "US".to_owned() })
    );
    rating: Option<u8> = "my_rating" "rating" from option::of(1u8..=5);
    status: Option<String> = "my_status" "status" from option::of(label());
    // GraphQL's Int has 32 bits, and so far go the ids of tags and teams.
    tags: Vec<TagId> = "my_tags" "tags" from btree_set(1u32..1 << 31, 0..4).prop_map(|ids| {
        ids.into_iter().map(|id| TagId::from(u64::from(id))).collect()
    });
    team: Option<TeamId> = "my_team" "team" from option::of((1u64..1 << 31).prop_map(TeamId::from));
    text: String = "my_text" "text" from prop_oneof![Just(String::new()), text()];
    timeline: Option<RangeInclusive<Date>> = "my_timeline" "timeline" from option::of(
        (day(), day()).prop_map(|(one, other)| one.min(other)..=one.max(other))
    );
    week: Option<Date> = "my_week" "week" from option::of(
        (0i64..10_000).prop_map(|days| date(2000, 1, 3).saturating_add(days.days()))
    );
    zone: Option<TimeZone> = "my_zone" "world_clock" from option::of(
        prop_oneof!["Europe/London", "Asia/Tokyo", "America/Argentina/Ushuaia"]
            .prop_map(|name| TimeZone::get(&name).unwrap())
    );
}

fn items() -> impl Strategy<Value = Vec<ItemId>> {
    ids(0..4).prop_map(|ids| ids.into_iter().map(ItemId::from).collect())
}

/// A board with the columns, and an item.
struct Place {
    runtime: Runtime,
    _sandbox: Sandbox,
    client: Client,
    item: ItemId,
}

static PLACE: LazyLock<Place> = LazyLock::new(|| {
    let runtime = Runtime::new().unwrap();
    let (sandbox, client, item) = runtime.block_on(async {
        let (sandbox, client) = sandbox(0).await;
        let board = BoardId::from(sandbox.large_board_id());
        for column in Writable::COLUMNS {
            let create = CreateColumn::new(&board, ColumnType::from(column.column_type), "New");
            client.execute(create.id(ColumnId::from(column.id))).await.unwrap();
        }
        let item =
            client.execute(CreateItem::new(&board, "Item")).await.unwrap().create_item.unwrap().id.clone();
        (sandbox, client, item)
    });
    Place { runtime, _sandbox: sandbox, client, item }
});

impl Place {
    fn read(&self) -> Row<Writable> {
        let rows = self.client.pages(Writable::by_ids([&self.item])).try_collect::<Vec<_>>();
        let [row] = <[_; 1]>::try_from(self.runtime.block_on(rows).unwrap()).unwrap();
        row
    }

    fn save(&self, row: &Row<Writable>) {
        for change in row.changes().unwrap() {
            let change = change.create_labels_if_missing(true);
            if let Err(error) = self.runtime.block_on(self.client.execute(change)) {
                let words: Vec<_> = error.api_errors().iter().map(GraphQlError::message).collect();
                panic!("{error}: {words:?}");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_saved_row_is_read_back_equal(wanted in writable()) {
        let mut row = PLACE.read();
        *row = wanted.clone();
        PLACE.save(&row);
        row.mark_saved();
        prop_assert!(!row.is_changed());
        let mut read = PLACE.read().into_inner();
        read.dropdown.sort();
        prop_assert_eq!(read, wanted);
    }
}

#[derive(Debug, Clone, BoardItem)]
struct Files {
    #[monday(column = "my_files")]
    files: FileValue,
}

#[tokio::test]
async fn files_are_read_and_cleared() {
    let (sandbox, client) = sandbox(0).await;
    let board = BoardId::from(sandbox.large_board_id());
    let column = CreateColumn::new(&board, ColumnType::File, "Files").id(ColumnId::from("my_files"));
    client.execute(column).await.unwrap();
    let item = client.execute(CreateItem::new(&board, "Item")).await.unwrap().create_item.unwrap().id.clone();
    let count = async || {
        let rows: Vec<Row<Files>> = client.pages(Files::by_ids([&item])).try_collect().await.unwrap();
        rows[0].files.files.len()
    };
    assert_eq!(count().await, 0);
    let upload = Upload::bytes("note.txt", "hello");
    client.upload(AddFileToColumn::new(&item, "my_files", File), &upload).await.unwrap();
    assert_eq!(count().await, 1);
    let json = ColumnValues::new().set("my_files", FileChange::clear()).json().unwrap();
    client.execute(ChangeMultipleColumnValues::new(&board, &item, json)).await.unwrap();
    assert_eq!(count().await, 0);
    assert_eq!(FileChange::clear().json().unwrap().0, r#"{"clear_all":true}"#);
}
