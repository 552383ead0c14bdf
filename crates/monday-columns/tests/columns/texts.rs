//! What is written, and what is said when it is refused, word for word.
//!
//! Must not know: why.

use jiff::civil::date;
use jiff::tz::TimeZone;
use monday_columns::*;

macro_rules! lines {
    ($($change:expr,)*) => {
        [$(format!("{}\n    {}", stringify!($change), $change.value().unwrap()),)*].join("\n")
    };
}

#[test]
fn the_json_of_every_change() {
    insta::assert_snapshot!(lines![
        BoardRelationChange::items([123, 456]),
        CheckboxChange::checked(true),
        CheckboxChange::checked(false),
        ColorPickerChange::hex("#FF5733"),
        ColorPickerChange::rgb(0, 128, 255),
        CountryChange::new("US", "United States"),
        DateChange::day(date(2026, 5, 10)),
        DateChange::at("2026-05-10T16:30:00+02:00".parse().unwrap()),
        DependencyChange::replace([111, 222]),
        DropdownChange::labels(["A", "B, C"]),
        DropdownChange::ids([1, 2]),
        EmailChange::new("ada@example.com"),
        EmailChange::labelled("ada@example.com", "Ada"),
        HourChange::new(16, 42),
        LinkChange::new("https://monday.com"),
        LinkChange::labelled("https://monday.com", "go"),
        LocationChange::new(29.97, 31.13, "Giza"),
        LongTextChange::text("a \"quoted\"\nline"),
        NumbersChange::number(42.5),
        NumbersChange::number(1e21),
        NumbersChange::integer(i64::MIN),
        NumbersChange::decimal("0.10"),
        PeopleChange::person(123).and_team(7),
        PeopleChange::people([1, 2]),
        PhoneChange::new("+12025550169", "US"),
        RatingChange::stars(4),
        StatusChange::label("Done"),
        StatusChange::index(1),
        TagsChange::ids([295_026, 295_064]),
        TeamChange::team(51_166),
        TextChange::text("Sample text"),
        TextChange::text(""),
        TimelineChange::new(date(2026, 1, 1), date(2026, 3, 31)),
        WeekChange::starting(date(2026, 1, 6)),
        WorldClockChange::named("Europe/London"),
        WorldClockChange::zone(&TimeZone::UTC),
    ]);
}

#[test]
fn the_json_that_clears_every_column() {
    insta::assert_snapshot!(lines![
        BoardRelationChange::clear(),
        CheckboxChange::clear(),
        ColorPickerChange::clear(),
        CountryChange::clear(),
        DateChange::clear(),
        DependencyChange::clear(),
        DropdownChange::clear(),
        EmailChange::clear(),
        FileChange::clear(),
        HourChange::clear(),
        LinkChange::clear(),
        LocationChange::clear(),
        LongTextChange::clear(),
        NumbersChange::clear(),
        PeopleChange::clear(),
        PhoneChange::clear(),
        RatingChange::clear(),
        StatusChange::clear(),
        TagsChange::clear(),
        TeamChange::clear(),
        TextChange::clear(),
        TimelineChange::clear(),
        WeekChange::clear(),
        WorldClockChange::clear(),
    ]);
}

#[test]
fn the_message_of_every_refusal() {
    let values = ColumnValues::new()
        .set("color", ColorPickerChange::hex("red"))
        .set("", TextChange::text("nowhere"))
        .set("country", CountryChange::new("us", "United States"))
        .set("date", DateChange::day(date(-1, 1, 1)))
        .set("status", StatusChange::label(""))
        .set("hour", HourChange::new(24, 0))
        .set("people", PeopleChange::person("ada"))
        .set("numbers", NumbersChange::decimal("1e5"))
        .set("location", LocationChange::new(91.0, 0.0, "nowhere"))
        .set("rating", RatingChange::stars(0))
        .set("hour4", HourChange::at(jiff::civil::time(1, 2, 3, 0)))
        .set("index", StatusChange::index(-1))
        .set("name", TextChange::text("no column"))
        .set("timeline", TimelineChange::new(date(2026, 3, 31), date(2026, 1, 1)))
        .set("zone", WorldClockChange::named("Europe/Lodnon"))
        .set("week", WeekChange::new(date(2026, 1, 1), date(2026, 1, 1)));
    let refused = values.json().unwrap_err();
    let InvalidColumns::Columns(columns) = &refused else { panic!("{refused}") };
    let reasons: std::collections::HashSet<_> = columns.iter().map(|column| column.reason).collect();
    let name = ColumnValues::new().name("").json().unwrap_err();
    assert_eq!(reasons.len(), 16, "one for each rule");
    let too_long =
        ColumnValues::new().set("text", TextChange::text("a".repeat(MAX_BYTES + 1))).json().unwrap_err();
    insta::assert_snapshot!(format!("{}\n\n{name}\n\n{too_long}", refused.to_string().replace("; ", ";\n")));
}
