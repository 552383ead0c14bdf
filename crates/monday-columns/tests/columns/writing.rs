//! Writing: what breaks a rule is refused before anything is sent, with the column's name.
//!
//! Must not know: reading.

use jiff::Timestamp;
use jiff::civil::{date, time};
use jiff::tz::TimeZone;
use monday_columns::*;
use serde_json::{Value, json};

fn refused<C: Change + std::fmt::Debug>(change: &C) -> InvalidValue {
    change.value().unwrap_err()
}

fn is_fit<C: Change>(change: &C) -> bool {
    change.value().is_ok()
}

#[test]
fn numbers_outside_their_range_are_refused_and_those_at_its_ends_are_not() {
    assert_eq!(refused(&RatingChange::stars(0)), InvalidValue::Rating);
    assert_eq!(refused(&RatingChange::of(0, 5)), InvalidValue::Rating);
    assert_eq!(refused(&RatingChange::of(6, 5)), InvalidValue::Rating);
    assert!(is_fit(&RatingChange::of(1, 5)) && is_fit(&RatingChange::of(5, 5)));

    assert_eq!(refused(&HourChange::new(24, 0)), InvalidValue::Hour);
    assert_eq!(refused(&HourChange::new(0, 60)), InvalidValue::Hour);
    assert_eq!(refused(&HourChange::at(time(1, 2, 3, 0))), InvalidValue::WholeMinutes);
    assert_eq!(refused(&HourChange::at(time(1, 2, 0, 4))), InvalidValue::WholeMinutes);
    for index in [-1, i64::MAX, i64::from(u32::MAX) + 1] {
        assert_eq!(refused(&StatusChange::index(index)), InvalidValue::Index, "{index}");
    }
    assert!(is_fit(&HourChange::new(23, 59)) && is_fit(&HourChange::new(0, 0)));

    for (lat, lng) in
        [(90.1, 0.0), (-90.1, 0.0), (0.0, 180.1), (0.0, -180.1), (f64::NAN, 0.0), (0.0, f64::INFINITY)]
    {
        assert_eq!(refused(&LocationChange::new(lat, lng, "")), InvalidValue::Place, "{lat} {lng}");
    }
    assert!(is_fit(&LocationChange::new(-90.0, 180.0, "")));

    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(refused(&NumbersChange::number(number)), InvalidValue::Number);
    }
}

#[test]
fn a_decimal_is_digits_with_a_point_and_nothing_else() {
    let huge = "9".repeat(400);
    for text in [
        "", "-", ".", "1.", ".5", "1e5", "+1", "1,5", "0x1", " 1", "1 ", "NaN", "inf", "--1", "1.2.3", "١",
        &huge,
    ] {
        assert_eq!(refused(&NumbersChange::decimal(text)), InvalidValue::Number, "{text}");
    }
    for text in ["0", "-0.5", "0.10", "007", "123456789012345678901234567890.5"] {
        assert_eq!(NumbersChange::decimal(text).value().unwrap(), json!(text));
    }
}

#[test]
fn a_colour_is_six_digits() {
    for text in ["", "#", "FF5733", "#FF573", "#FF57333", "#GG5733", "#+12345", "#ff573é"] {
        assert_eq!(refused(&ColorPickerChange::hex(text)), InvalidValue::Color, "{text}");
    }
}

#[test]
fn a_country_s_code_is_two_capital_letters() {
    for code in ["", "U", "us", "USA", "U1", "É"] {
        assert_eq!(refused(&CountryChange::new(code, "United States")), InvalidValue::CountryCode, "{code}");
        assert_eq!(refused(&PhoneChange::new("+1", code)), InvalidValue::CountryCode, "{code}");
    }
}

#[test]
fn days_have_their_order_and_years_their_four_digits() {
    let (early, late) = (date(2026, 1, 1), date(2026, 1, 2));
    assert_eq!(refused(&TimelineChange::new(late, early)), InvalidValue::Timeline);
    assert!(is_fit(&TimelineChange::new(early, early)));
    assert_eq!(refused(&WeekChange::new(early, date(2026, 1, 6))), InvalidValue::Week);
    assert_eq!(refused(&WeekChange::new(early, date(2026, 1, 8))), InvalidValue::Week);
    assert!(is_fit(&WeekChange::new(early, date(2026, 1, 7))));
    assert_eq!(refused(&WeekChange::starting(date(9999, 12, 31))), InvalidValue::Date);

    let before = date(0, 12, 31);
    assert_eq!(refused(&DateChange::day(before)), InvalidValue::Date);
    assert_eq!(refused(&TimelineChange::new(before, early)), InvalidValue::Date);
    assert_eq!(refused(&WeekChange::starting(before)), InvalidValue::Date);
    assert_eq!(refused(&DateChange::at(Timestamp::MIN)), InvalidValue::Date);
    assert_eq!(
        DateChange::at(Timestamp::new(1, 999_999_999).unwrap()),
        DateChange::at("1970-01-01T00:00:01Z".parse().unwrap())
    );
    assert_eq!(
        DateChange::at(Timestamp::new(-1, -1).unwrap()),
        DateChange::at("1969-12-31T23:59:58Z".parse().unwrap())
    );
    assert!(is_fit(&DateChange::day(date(1, 1, 1))));
}

#[test]
fn a_time_zone_has_a_name() {
    assert_eq!(refused(&WorldClockChange::named("Europe/Lodnon")), InvalidValue::TimeZone);
    assert_eq!(refused(&WorldClockChange::named("")), InvalidValue::TimeZone);
    assert_eq!(
        refused(&WorldClockChange::zone(&TimeZone::fixed(jiff::tz::offset(2)))),
        InvalidValue::TimeZone
    );
}

#[test]
fn ids_are_numbers() {
    for id in ["", "abc", "-1", "1.5", "18446744073709551616"] {
        assert_eq!(refused(&PeopleChange::person(id)), InvalidValue::Id, "{id}");
        assert_eq!(refused(&PeopleChange::team(1).and_team(id).and_person(2)), InvalidValue::Id, "{id}");
        assert_eq!(refused(&TeamChange::team(id)), InvalidValue::Id, "{id}");
        assert_eq!(refused(&TagsChange::ids([id])), InvalidValue::Id, "{id}");
    }
    for id in ["", "abc", "-1", "1.5"] {
        assert_eq!(refused(&BoardRelationChange::items(["1", id])), InvalidValue::Id, "{id}");
        assert_eq!(refused(&DependencyChange::replace([id])), InvalidValue::Id, "{id}");
    }
}

#[test]
fn text_that_may_not_be_empty_is_refused_and_points_at_clearing() {
    assert_eq!(refused(&StatusChange::label("")), InvalidValue::Empty);
    assert_eq!(refused(&DropdownChange::labels(["A", ""])), InvalidValue::Empty);
    assert_eq!(refused(&EmailChange::labelled("", "Ada")), InvalidValue::Empty);
    assert_eq!(refused(&LinkChange::new("")), InvalidValue::Empty);
    assert_eq!(refused(&CountryChange::new("US", "")), InvalidValue::Empty);
    assert_eq!(refused(&PhoneChange::new("", "US")), InvalidValue::Empty);
}

#[test]
fn empty_lists_clear() {
    assert_eq!(DropdownChange::labels::<String>([]), DropdownChange::clear());
    assert_eq!(DropdownChange::ids::<u64>([]), DropdownChange::clear());
    assert_eq!(TagsChange::ids::<u64>([]), TagsChange::clear());
    assert_eq!(BoardRelationChange::items::<u64>([]), BoardRelationChange::clear());
    assert_eq!(DependencyChange::replace::<u64>([]), DependencyChange::clear());
    assert_eq!(PeopleChange::people::<u64>([]), PeopleChange::clear());
    assert_eq!(LongTextChange::text(""), LongTextChange::clear());
}

#[test]
fn all_columns_that_break_a_rule_are_named_at_once() {
    let values = ColumnValues::new()
        .set("rating", RatingChange::stars(0))
        .set("text", TextChange::text("fine"))
        .set("hour", HourChange::new(24, 0))
        .set("", TextChange::text("nowhere"))
        .name("");
    let Err(InvalidColumns::Columns(columns)) = values.json() else { panic!("{values:?}") };
    let found: Vec<_> = columns.iter().map(|it| (it.column.as_str(), it.change, it.reason)).collect();
    let expected = [
        ("rating", "RatingChange", InvalidValue::Rating),
        ("hour", "HourChange", InvalidValue::Hour),
        ("", "TextChange", InvalidValue::ColumnId),
        ("name", "name", InvalidValue::Name),
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_name_has_255_characters_at_most_however_many_bytes_they_are() {
    assert!(ColumnValues::new().name(&"é".repeat(255)).json().is_ok());
    assert!(ColumnValues::new().name(&"é".repeat(256)).json().is_err());
    assert!(ColumnValues::new().name("").json().is_err());
}

#[test]
fn of_several_values_for_one_column_the_last_counts() {
    let values = ColumnValues::new()
        .set("a", RatingChange::stars(0))
        .set("b", TextChange::text("b"))
        .set("a", TextChange::text("last"));
    assert_eq!((values.len(), values.is_empty()), (2, false));
    let json: Value = values.json().unwrap().parse().unwrap();
    assert_eq!(json, json!({"a": "last", "b": "b"}));
    assert!(ColumnValues::new().is_empty());
    assert_eq!(ColumnValues::new().json().unwrap().0, "{}");
}

#[test]
fn what_is_surely_more_than_monday_keeps_for_an_item_is_refused() {
    let text = |bytes: usize| ColumnValues::new().set("text", TextChange::text("a".repeat(bytes)));
    assert!(text(MAX_BYTES).json().is_ok());
    assert_eq!(text(MAX_BYTES + 1).json(), Err(InvalidColumns::TooLong { bytes: MAX_BYTES + 1 }));
    // Text that JSON writes longer is as long as it is.
    let quotes = ColumnValues::new().set("text", TextChange::text("\"\n".repeat(MAX_BYTES / 2)));
    assert!(quotes.json().unwrap().0.as_str().unwrap().len() > 2 * MAX_BYTES);
    // Of all columns together, and an item's name is none of them.
    let two = |bytes: usize| {
        let half = ColumnValues::new().set("a", TextChange::text("é".repeat(MAX_BYTES / 4)));
        half.set("b", LongTextChange::text("a".repeat(bytes))).name("Name")
    };
    assert!(two(MAX_BYTES / 2).json().is_ok() && two(MAX_BYTES / 2 + 1).json().is_err());
    let number = ColumnValues::new()
        .set("a", TextChange::text("a".repeat(MAX_BYTES)))
        .set("b", RatingChange::stars(4));
    assert_eq!(number.json(), Err(InvalidColumns::TooLong { bytes: MAX_BYTES + 1 }));
}

#[test]
fn a_name_is_set_by_its_own_method_alone() {
    for values in [
        ColumnValues::new().set("name", TextChange::text("Report")),
        ColumnValues::new().set("name", TextChange::text("")),
        ColumnValues::new().clear::<TextChange>("name"),
    ] {
        let Err(InvalidColumns::Columns(columns)) = values.json() else { panic!("{values:?}") };
        let found: Vec<_> = columns.iter().map(|it| (it.column.as_str(), it.change, it.reason)).collect();
        assert_eq!(found, [("name", "TextChange", InvalidValue::NameColumn)]);
    }
    assert!(ColumnValues::new().set("name_2", TextChange::text("Report")).json().is_ok());
}

#[test]
fn a_list_of_many_people_takes_no_longer_for_each() {
    let start = std::time::Instant::now();
    let many = PeopleChange::people(1..=4_000_u64).value().unwrap();
    assert_eq!(many["personsAndTeams"].as_array().unwrap().len(), 4_000);
    assert!(start.elapsed() < std::time::Duration::from_secs(1), "{:?}", start.elapsed());
}

#[test]
fn the_operations_take_the_json_as_text_that_holds_json() {
    use monday_core::Operation as _;
    use monday_queries::{ChangeColumnValue, ChangeMultipleColumnValues, CreateItem};

    let values = ColumnValues::new().set("numbers", NumbersChange::number(42.5)).json().unwrap();
    let change = ChangeMultipleColumnValues::new(1, 2, values.clone()).encode().unwrap();
    let create = CreateItem::new(1, "New").column_values(values).encode().unwrap();
    for body in [change, create] {
        let body: Value = serde_json::from_slice(&body).unwrap();
        let variables = body.get("variables").unwrap_or(&body);
        assert_eq!(variables["column_values"], r#"{"numbers":"42.5"}"#);
    }
    let one = ChangeColumnValue::new(1, 2, "numbers", NumbersChange::number(42.5).json().unwrap());
    assert_eq!(one.value.0, r#""42.5""#);
}

#[test]
fn errors_never_show_the_values() {
    let secret = "hunter2";
    let values = ColumnValues::new()
        .set("email", EmailChange::labelled("", secret))
        .set("color", ColorPickerChange::hex(secret))
        .set("people", PeopleChange::person(secret))
        .set("zone", WorldClockChange::named(secret))
        .set("country", CountryChange::new(secret, secret));
    let error = values.json().unwrap_err();
    assert!(!format!("{error} {error:?}").contains(secret), "{error}");
}
