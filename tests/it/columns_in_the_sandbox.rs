//! What is written to a column of the sandbox is read back equal: every writable type, all of them at once.
//!
//! Must not know: the JSON in between.

use std::collections::HashMap;
use std::sync::LazyLock;

use monday_sandbox::Sandbox;
use monday_sdk::columns::jiff::civil::date;
use monday_sdk::columns::jiff::{Timestamp, ToSpan as _};
use monday_sdk::columns::{
    Assignee, BoardRelationChange, Cell, Change, CheckboxChange, Color, ColorPickerChange, ColumnType,
    ColumnValue, ColumnValues, CountryChange, DateChange, DependencyChange, DropdownChange, EmailChange,
    HourChange, LinkChange, LocationChange, LongTextChange, NumbersChange, Parsed, PeopleChange, PhoneChange,
    RatingChange, StatusChange, TagsChange, TeamChange, TextChange, TimelineChange, WeekChange,
    WorldClockChange,
};
use monday_sdk::core::{GraphQlError, ItemId};
use monday_sdk::queries::{ChangeMultipleColumnValues, CreateColumn, CreateItem, ItemsPageTyped};
use monday_sdk::{BoardId, Client};
use proptest::prelude::*;
use tokio::runtime::Runtime;

use crate::column_strategies::{day, ids, label, number, text};
use crate::support::sandbox;

/// A board with a column of every writable type, whose id is the type's name, and one item.
struct Place {
    runtime: Runtime,
    _sandbox: Sandbox,
    client: Client,
    board: BoardId,
    item: ItemId,
}

static PLACE: LazyLock<Place> = LazyLock::new(|| {
    let runtime = Runtime::new().unwrap();
    let (sandbox, client, board, item) = runtime.block_on(async {
        let (sandbox, client) = sandbox(0).await;
        let board = BoardId::from(sandbox.large_board_id());
        for kind in KINDS {
            let create = CreateColumn::new(&board, kind.clone(), "New")
                .id(monday_sdk::core::ColumnId::from(name(kind)));
            client.execute(create).await.unwrap();
        }
        let item = client.execute(CreateItem::new(&board, "Item")).await.unwrap().create_item.unwrap().id;
        (sandbox, client, board, item)
    });
    Place { runtime, _sandbox: sandbox, client, board, item }
});

const KINDS: &[ColumnType] = &[
    ColumnType::BoardRelation,
    ColumnType::Checkbox,
    ColumnType::ColorPicker,
    ColumnType::Country,
    ColumnType::Date,
    ColumnType::Dependency,
    ColumnType::Dropdown,
    ColumnType::Email,
    ColumnType::Hour,
    ColumnType::Link,
    ColumnType::Location,
    ColumnType::LongText,
    ColumnType::Numbers,
    ColumnType::People,
    ColumnType::Phone,
    ColumnType::Rating,
    ColumnType::Status,
    ColumnType::Tags,
    ColumnType::Team,
    ColumnType::Text,
    ColumnType::Timeline,
    ColumnType::Week,
    ColumnType::WorldClock,
];

/// A column of its own: the seeded board has columns that are called like their types.
fn name(kind: &ColumnType) -> String {
    format!("my_{}", kind.as_str())
}

impl Place {
    fn write(&self, values: &ColumnValues) {
        let write = ChangeMultipleColumnValues::new(&self.board, &self.item, values.json().unwrap());
        let write = write.create_labels_if_missing(true);
        if let Err(error) = self.runtime.block_on(self.client.execute(write)) {
            let words: Vec<_> = error.api_errors().iter().map(GraphQlError::message).collect();
            panic!("{error}: {words:?}");
        }
    }

    fn read(&self) -> HashMap<String, ColumnValue> {
        let page = self.runtime.block_on(self.client.execute(ItemsPageTyped::new(&self.board))).unwrap();
        let items = page.boards.unwrap().into_iter().flatten().next().unwrap().items_page.items;
        let item = items.into_iter().find(|item| item.id == self.item).unwrap();
        let cells = item.column_values.into_iter().map(Cell::from);
        cells.map(|cell| (cell.id.to_string(), cell.value)).collect()
    }
}

macro_rules! found {
    ($cells:expr, $kind:ident) => {
        match $cells.remove(&name(&ColumnType::$kind)) {
            Some(ColumnValue::$kind(value)) => value,
            other => panic!("{}: {other:?}", stringify!($kind)),
        }
    };
}

fn set<C: Change>(values: ColumnValues, kind: &ColumnType, change: C) -> ColumnValues {
    values.set(name(kind), change)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn texts_labels_and_places_read_back(
        line in text(), lines in text(), note in text(), status in label(),
        labels in proptest::collection::btree_set(label(), 1..4),
        lat in -90.0..=90.0, lng in -180.0..=180.0, phone in "\\+[1-9][0-9]{7,12}", rgb in any::<[u8; 3]>(),
    ) {
        use ColumnType as T;
        let labels: Vec<_> = labels.into_iter().collect();
        let [red, green, blue] = rgb;
        let color = Color { red, green, blue };
        let mut values = ColumnValues::new();
        values = set(values, &T::Text, TextChange::text(&line));
        values = set(values, &T::LongText, LongTextChange::text(&lines));
        values = set(values, &T::Link, LinkChange::labelled("https://example.com/", &note));
        values = set(values, &T::Email, EmailChange::labelled("ada@example.com", &note));
        values = set(values, &T::Status, StatusChange::label(&status));
        values = set(values, &T::Dropdown, DropdownChange::labels(&labels));
        values = set(values, &T::Location, LocationChange::new(lat, lng, &note));
        values = set(values, &T::Phone, PhoneChange::new(&phone, "US"));
        values = set(values, &T::Country, CountryChange::new("NG", "Nigeria"));
        values = set(values, &T::ColorPicker, ColorPickerChange::hex(&color.to_string()));
        PLACE.write(&values);
        let mut cells = PLACE.read();
        prop_assert_eq!(found!(cells, Text).text, Some(line));
        prop_assert_eq!(found!(cells, LongText).text, Some(lines));
        let link = found!(cells, Link);
        prop_assert_eq!((link.url.as_deref(), link.url_text.as_ref()), (Some("https://example.com/"), Some(&note)));
        let email = found!(cells, Email);
        prop_assert_eq!((email.email.as_deref(), email.label.as_ref()), (Some("ada@example.com"), Some(&note)));
        prop_assert_eq!(found!(cells, Status).label, Some(status));
        let mut read: Vec<_> = found!(cells, Dropdown).values.into_iter().map(|option| option.label).collect();
        read.sort();
        prop_assert_eq!(read, labels);
        let place = found!(cells, Location);
        prop_assert_eq!((place.lat, place.lng, place.address), (Some(lat), Some(lng), Some(note)));
        prop_assert_eq!(found!(cells, Phone).phone, Some(phone));
        prop_assert_eq!(found!(cells, Country).country.map(|country| country.code), Some("NG".to_owned()));
        prop_assert_eq!(found!(cells, ColorPicker).color, Some(Parsed::Value(color)));
    }

    #[test]
    fn numbers_dates_and_ids_read_back(
        number in number(), stars in 1u8..=5, hour in 0u8..24, minute in 0u8..60, one in day(), other in day(),
        seconds in -62_135_596_800i64..=253_402_207_200, checked in any::<bool>(),
        zone in prop_oneof!["Europe/London", "Asia/Tokyo", "America/Argentina/Ushuaia"], ids in ids(1..5),
        // GraphQL's Int has 32 bits, and so far go the ids of tags and teams.
        tags in proptest::collection::btree_set(1u32..1 << 31, 1..5), team in 1u64..1 << 31,
    ) {
        use ColumnType as T;
        let (from, to) = (one.min(other), one.max(other));
        let time = Timestamp::from_second(seconds).unwrap();
        let week = date(2026, 1, 5).saturating_add(i64::from(minute).days());
        let items: Vec<ItemId> = ids.iter().map(|id| ItemId::from(*id)).collect();
        let mut values = ColumnValues::new();
        values = set(values, &T::Numbers, NumbersChange::number(number));
        values = set(values, &T::Rating, RatingChange::stars(stars));
        values = set(values, &T::Hour, HourChange::new(hour, minute));
        values = set(values, &T::Date, DateChange::at(time));
        values = set(values, &T::Timeline, TimelineChange::new(from, to));
        values = set(values, &T::Week, WeekChange::starting(week));
        values = set(values, &T::Checkbox, CheckboxChange::checked(checked));
        values = set(values, &T::WorldClock, WorldClockChange::named(&zone));
        values = set(values, &T::BoardRelation, BoardRelationChange::items(items.clone()));
        values = set(values, &T::Dependency, DependencyChange::replace(items.clone()));
        values = set(values, &T::People, PeopleChange::people(ids.clone()).and_team(team));
        values = set(values, &T::Tags, TagsChange::ids(tags.iter().map(|id| u64::from(*id))));
        values = set(values, &T::Team, TeamChange::team(team));
        PLACE.write(&values);
        let mut cells = PLACE.read();
        prop_assert_eq!(found!(cells, Numbers).number, Some(number));
        prop_assert_eq!(found!(cells, Rating).rating, Some(i64::from(stars)));
        let read = found!(cells, Hour).time.and_then(Parsed::into_value).unwrap();
        prop_assert_eq!((read.hour(), read.minute()), (hour.cast_signed(), minute.cast_signed()));
        prop_assert_eq!(found!(cells, Date).instant(), Some(time));
        let span = found!(cells, Timeline);
        prop_assert_eq!((span.from, span.to), (Some(Parsed::Value(from)), Some(Parsed::Value(to))));
        let read = found!(cells, Week);
        prop_assert_eq!(read.start_date, Some(Parsed::Value(week)));
        prop_assert_eq!(read.end_date, Some(Parsed::Value(week.saturating_add(6.days()))));
        prop_assert_eq!(found!(cells, Checkbox).checked.unwrap_or_default(), checked);
        let read = found!(cells, WorldClock).timezone.and_then(Parsed::into_value).unwrap();
        prop_assert_eq!(read.iana_name(), Some(&*zone));
        prop_assert_eq!(found!(cells, BoardRelation).linked_item_ids, items.clone());
        prop_assert_eq!(found!(cells, Dependency).linked_item_ids, items);
        let people = ids.iter().map(|id| Assignee::Person((*id).into()));
        let people: Vec<_> = people.chain([Assignee::Team(team.into())]).collect();
        prop_assert_eq!(found!(cells, People).assignees, people);
        let read: Vec<_> = found!(cells, Tags).tag_ids.iter().map(ToString::to_string).collect();
        prop_assert_eq!(read, tags.iter().map(ToString::to_string).collect::<Vec<_>>());
        prop_assert_eq!(found!(cells, Team).team_id, Some(team.into()));
    }
}
