//! Each operator of each type, on an item whose column is filled and on one whose column is empty.
//!
//! Must not know: how rules stand on the wire.

use monday_sdk::Client;
use monday_sdk::columns::filter::*;
use monday_sdk::columns::jiff::civil::date;
use monday_sdk::columns::{
    BoardRelationChange, CheckboxChange, ColumnType, ColumnValues, CountryChange, DateChange,
    DependencyChange, DropdownChange, EmailChange, HourChange, LinkChange, LocationChange, LongTextChange,
    NumbersChange, PeopleChange, PhoneChange, RatingChange, StatusChange, TagsChange, TextChange,
    TimelineChange, WeekChange, WorldClockChange,
};
use monday_sdk::core::{BoardId, ColumnId, GroupId, ItemId};
use monday_sdk::queries::{CreateColumn, CreateItem, CreateSubitem, GetBoard};

use super::names;
use crate::support::sandbox;

/// Columns that the board has not, called like their types.
const MORE: &[ColumnType] = &[
    ColumnType::BoardRelation,
    ColumnType::Country,
    ColumnType::CreationLog,
    ColumnType::Dependency,
    ColumnType::Hour,
    ColumnType::LastUpdated,
    ColumnType::Location,
    ColumnType::LongText,
    ColumnType::Phone,
    ColumnType::Rating,
    ColumnType::Subtasks,
    ColumnType::Tags,
    ColumnType::TimeTracking,
    ColumnType::Vote,
    ColumnType::Week,
    ColumnType::WorldClock,
];

/// The items `full` and `empty` on a board of their own. It is Monday, the 2nd of November 2026, in the
/// sandbox.
async fn board(client: &Client, board: &BoardId) {
    for kind in MORE {
        let create = CreateColumn::new(board, kind.clone(), "New").id(ColumnId::from(kind.as_str()));
        client.execute(create).await.unwrap();
    }
    let empty = client.execute(CreateItem::new(board, "empty")).await.unwrap().create_item.unwrap().id;
    let values = ColumnValues::new()
        .set("board_relation", BoardRelationChange::items([&empty]))
        .set("dependency", DependencyChange::replace([&empty]))
        .set("country", CountryChange::new("US", "United States"))
        .set("hour", HourChange::new(2, 30))
        .set("location", LocationChange::new(29.97, 31.13, ""))
        .set("long_text", LongTextChange::text("Alpha beta"))
        .set("phone", PhoneChange::new("+12025550169", "US"))
        .set("rating", RatingChange::stars(4))
        .set("tags", TagsChange::ids([295_026]))
        .set("week", WeekChange::starting(date(2026, 11, 2)))
        .set("world_clock", WorldClockChange::named("Europe/London"))
        .set("person", PeopleChange::person(501).and_team(7))
        .set("status", StatusChange::label("Working on it"))
        .set("date4", DateChange::day(date(2026, 11, 2)))
        .set("numbers", NumbersChange::number(5.5))
        .set("text", TextChange::text("Alpha beta"))
        .set("checkbox", CheckboxChange::checked(true))
        .set("dropdown", DropdownChange::labels(["Mobile", "Web"]))
        .set("email", EmailChange::labelled("ada@example.com", "Alpha"))
        .set("link", LinkChange::labelled("https://monday.com", "Alpha"))
        .set("timeline", TimelineChange::new(date(2026, 11, 1), date(2026, 11, 2)));
    let full = CreateItem::new(board, "full").column_values(values.json().unwrap());
    let full = client.execute(full).await.unwrap().create_item.unwrap().id;
    client.execute(CreateSubitem::new(full, "below")).await.unwrap();
}

/// Rules, each with the items it finds.
macro_rules! finds {
    ($(($new:expr) { $($found:ident: $([$($call:tt)+])+;)+ })+) => {
        vec![$($($((stringify!($found), stringify!($new $($call)+), $new$($call)+),)+)+)+]
    };
}

type Row = (&'static str, &'static str, Rule);

/// Texts, numbers and dates.
fn measured() -> Vec<Row> {
    let (before, first, today) = (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 2));
    finds! {
        (TextColumn::new("text")) {
            full: [.any_of(["x", "Alpha beta"])] [.contains_text("BETA")] [.is_not_empty()];
            empty: [.not_any_of(["Alpha beta"])] [.not_contains_text("beta")] [.is_empty()];
            none: [.any_of(["Alpha"])] [.contains_text("gamma")];
        }
        (LongTextColumn::new("long_text")) {
            full: [.any_of(["Alpha beta"])] [.contains_text("alpha")] [.is_not_empty()];
            empty: [.not_any_of(["Alpha beta"])] [.not_contains_text("beta")] [.is_empty()];
        }
        (EmailColumn::new("email")) {
            full: [.any_of(["Alpha"])] [.contains_text("alp")] [.is_not_empty()];
            empty: [.not_any_of(["Alpha"])] [.not_contains_text("alp")] [.is_empty()];
            none: [.contains_text("@example")];
        }
        (LinkColumn::new("link")) {
            full: [.any_of(["Alpha"])] [.contains_text("alp")] [.is_not_empty()];
            empty: [.not_any_of(["Alpha"])] [.not_contains_text("alp")] [.is_empty()];
        }
        (WorldClockColumn::new("world_clock")) { full: [.any_of(["London"])]; empty: [.not_any_of(["London"])]; }
        (NumbersColumn::new("numbers")) {
            full: [.any_of([1.0, 5.5])] [.greater_than(5)] [.greater_than_or_equals(5.5)] [.lower_than(6)]
                [.lower_than_or_equal(5.5)] [.is_not_empty()];
            empty: [.not_any_of([5.5])] [.is_empty()];
            none: [.any_of([5])] [.greater_than(5.5)] [.greater_than_or_equals(5.6)] [.lower_than(5.5)]
                [.lower_than_or_equal(5)];
        }
        (DateColumn::new("date4")) {
            full: [.any_of([DateWord::Tomorrow, DateWord::Today])] [.any_of([DateWord::ThisWeek])]
                [.any_of([DateWord::ThisMonth])] [.on(today)] [.after(first)] [.after(DateWord::OneWeekAgo)]
                [.on_or_after(today)] [.on_or_after(DateWord::ThisWeek)] [.before(DateWord::Tomorrow)]
                [.before(DateWord::OneWeekFromNow)] [.on_or_before(today)] [.on_or_before(DateWord::ThisMonth)]
                [.between(first, today)] [.within_the_last(1, Unit::Days)] [.within_the_next(1, Unit::Workdays)]
                [.is_not_empty()];
            both: [.not_on(first)];
            empty: [.not_on(today)] [.not_any_of([DateWord::ThisWeek])] [.is_empty()];
            none: [.any_of([DateWord::Yesterday])] [.any_of([DateWord::OneWeekAgo])] [.any_of([DateWord::OneMonthFromNow])]
                [.on(first)] [.after(today)] [.after(DateWord::ThisWeek)] [.before(today)] [.before(DateWord::ThisWeek)]
                [.between(before, first)];
        }
        (TimelineColumn::new("timeline")) {
            full: [.any_of([TimelineWord::Past, TimelineWord::Current])] [.any_of([TimelineWord::DueToday])]
                [.start().on_or_after(first)] [.start().before(today)] [.end().after(first)] [.end().on_or_before(today)]
                [.start().between(before, first)] [.end().between(today, today)] [.is_not_empty()];
            empty: [.not_any_of([TimelineWord::Current])] [.is_empty()];
            none: [.any_of([TimelineWord::Future])] [.start().after(first)] [.end().before(today)]
                [.start().between(today, today)];
        }
        (WeekColumn::new("week")) {
            full: [.any_of([WeekWord::Past, WeekWord::This])] [.is_not_empty()];
            empty: [.not_any_of([WeekWord::This])] [.is_empty()];
            none: [.any_of([WeekWord::Next])];
        }
        (HourColumn::new("hour")) {
            full: [.any_of([DayPart::Night])] [.is_not_empty()];
            empty: [.not_any_of([DayPart::Night])] [.is_empty()];
            none: [.any_of([DayPart::EarlyMorning, DayPart::Morning, DayPart::Afternoon, DayPart::Evening])];
        }
    }
}

/// Choices, people, items and logs.
fn chosen(empty: &ItemId, group: &GroupId) -> Vec<Row> {
    let (before, first, today) = (date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 2));
    finds! {
        (StatusColumn::new("status")) {
            full: [.any_of([0, 1])] [.contains_terms("it working")] [.is_not_empty()];
            empty: [.not_any_of([0])] [.is_empty()];
            none: [.any_of([1])] [.contains_terms("working hard")];
        }
        (DropdownColumn::new("dropdown")) {
            full: [.any_of([1])] [.contains_text("web")] [.is_not_empty()];
            empty: [.not_any_of([0])] [.not_contains_text("web")] [.is_empty()];
            none: [.any_of([2])];
        }
        (CheckboxColumn::new("checkbox")) { full: [.is_checked()]; empty: [.is_unchecked()]; }
        (TagsColumn::new("tags")) {
            full: [.any_of([295_026])] [.is_not_empty()];
            empty: [.not_any_of([295_026])] [.is_empty()];
            none: [.any_of([295_064])];
        }
        (CountryColumn::new("country")) {
            full: [.any_of(["UY", "US"])] [.contains_text("united")] [.is_not_empty()];
            empty: [.not_any_of(["US"])] [.not_contains_text("united")] [.is_empty()];
        }
        (PhoneColumn::new("phone")) {
            full: [.any_of(["US"])] [.contains_text("555")] [.is_not_empty()];
            empty: [.not_any_of(["US"])] [.not_contains_text("555")] [.is_empty()];
        }
        (RatingColumn::new("rating")) { full: [.any_of([4, 5])] [.not_any_of([0])]; empty: [.any_of([0])] [.not_any_of([4])]; }
        (TimeTrackingColumn::new("time_tracking")) { none: [.is_running()]; both: [.is_paused()]; }
        (PeopleColumn::new("person")) {
            full: [.any_of([Person::Me])] [.any_of([Person::user(501)])] [.any_of([Person::team(7)])]
                [.contains_text("example")] [.contains_terms("example ada")] [.starts_with("ada")] [.ends_with("7")]
                [.is_not_empty()];
            empty: [.not_any_of([Person::Me])] [.not_contains_text("ada")] [.is_empty()];
            none: [.any_of([Person::user(7), Person::team(501)])] [.starts_with("example")] [.ends_with("ada")];
        }
        (VoteColumn::new("vote")) { none: [.any_of([501])] [.is_not_empty()]; both: [.not_any_of([501])] [.is_empty()]; }
        (BoardRelationColumn::new("board_relation")) {
            full: [.any_of([empty])] [.contains_text("emp")] [.is_not_empty()];
            empty: [.not_any_of([empty])] [.not_contains_text("emp")] [.is_empty()];
            none: [.any_of([1])];
        }
        (DependencyColumn::new("dependency")) {
            full: [.any_of([empty])] [.is_not_empty()];
            empty: [.not_any_of([empty])] [.is_empty()];
        }
        (SubtasksColumn::new("subtasks")) { full: [.is_not_empty()]; empty: [.is_empty()]; }
        (LocationColumn::new("location")) { full: [.is_not_empty()]; empty: [.is_empty()]; }
        (NameColumn) { full: [.contains_text("UL")]; empty: [.not_contains_text("ul")]; }
        (GroupColumn) { both: [.any_of([group])]; none: [.not_any_of([group])]; }
        (ItemIdColumn) { empty: [.any_of([empty])]; full: [.not_any_of([empty])]; }
        (CreationLogColumn::built_in()) {
            both: [.any_of([LogWord::Today])] [.within_the_last(1, Unit::Weeks)] [.between(today, today)] [.by([501])];
            none: [.any_of([LogWord::Yesterday])] [.not_any_of([LogWord::ThisMonth])] [.between(before, first)]
                [.not_by([501])];
        }
        (LastUpdatedColumn::new("last_updated")) {
            both: [.any_of([LogWord::ThisWeek])] [.within_the_last(2, Unit::Months)] [.between(first, today)];
            none: [.not_any_of([LogWord::Today])];
        }
    }
}

#[tokio::test]
async fn each_operator_finds_what_its_name_says() {
    let (sandbox, client) = sandbox(0).await;
    let id = BoardId::from(sandbox.large_board_id());
    board(&client, &id).await;
    let empty = {
        let items = monday_sdk::queries::ItemsPage::new(&id);
        let page = client.execute(items).await.unwrap().boards.unwrap().remove(0).unwrap().items_page;
        page.items.into_iter().find(|item| item.name == "empty").unwrap().id
    };
    let groups = client.execute(GetBoard::new(&id)).await.unwrap().boards.unwrap().remove(0).unwrap();
    let group = groups.groups.unwrap().remove(0).unwrap().id;

    let mut rules = measured();
    rules.extend(chosen(&empty, &group));
    for (found, call, rule) in rules {
        let read =
            names(&client, &id, Filter::all([rule])).await.unwrap_or_else(|error| panic!("{call}: {error}"));
        let wanted: &[&str] = match found {
            "full" => &["full"],
            "empty" => &["empty"],
            "both" => &["empty", "full"],
            _ => &[],
        };
        assert_eq!(read, wanted, "{call}");
    }
}
