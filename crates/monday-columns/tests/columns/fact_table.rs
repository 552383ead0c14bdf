//! Every type of column, from a table of facts: which type it is read as, and by which JSON it is written and cleared.
//!
//! Must not know: which rules values have.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use jiff::civil::date;
use monday_columns::{
    BoardRelationChange, Change, CheckboxChange, ColorPickerChange, ColumnType, ColumnValue, ColumnValues,
    CountryChange, DateChange, DependencyChange, DropdownChange, EmailChange, FileChange, HourChange,
    LinkChange, LocationChange, LongTextChange, NumbersChange, PeopleChange, PhoneChange, RatingChange,
    StatusChange, TagsChange, TeamChange, TextChange, TimelineChange, WeekChange, WorldClockChange,
};
use serde_json::Value;

const FACTS: &str = include_str!("../facts/columns.tsv");
const SCHEMA: &str = include_str!("../../../../schema/monday.graphql");

/// Column type, implementor (`-` where there is none), whether it is written: `yes`, `no`, `clear` alone, or as the
/// item's `name`; the JSON that writes it and the JSON that clears it, each form behind ` | ` another.
fn rows() -> Vec<[&'static str; 5]> {
    let lines = FACTS.lines().skip(1);
    lines.map(|line| <[_; 5]>::try_from(line.split('\t').collect::<Vec<_>>()).unwrap()).collect()
}

/// Does this with all changes.
macro_rules! changes {
    ($each:ident) => {
        $each!(
            BoardRelationChange CheckboxChange ColorPickerChange CountryChange DateChange DependencyChange
            DropdownChange EmailChange FileChange HourChange LinkChange LocationChange LongTextChange NumbersChange
            PeopleChange PhoneChange RatingChange StatusChange TagsChange TeamChange TextChange TimelineChange
            WeekChange WorldClockChange
        )
    };
}

fn written() -> Vec<&'static str> {
    macro_rules! column_types {
        ($($change:ident)*) => { vec![$($change::COLUMN_TYPE),*] };
    }
    changes!(column_types)
}

#[test]
fn every_row_is_read_by_a_variant_and_every_variant_has_its_row() {
    let named: BTreeSet<_> = rows().iter().map(|row| row[1]).filter(|name| *name != "-").collect();
    assert_eq!(named, ColumnValue::TYPE_NAMES.iter().copied().collect());
    let without: Vec<_> = rows().iter().filter(|row| row[1] == "-").map(|row| row[0]).collect();
    assert_eq!(without, ["auto_number", "item_assignees", "name"], "these have no value of their own");
}

#[test]
fn every_row_that_is_writable_has_a_change_and_no_other_row_has_one() {
    let writable: BTreeSet<_> =
        rows().iter().filter(|row| ["yes", "clear"].contains(&row[2])).map(|row| row[0]).collect();
    assert_eq!(written().into_iter().collect::<BTreeSet<_>>(), writable);
    assert!(rows().iter().all(|row| ["yes", "no", "clear", "name"].contains(&row[2])));
    let names: Vec<_> = rows().iter().filter(|row| row[2] == "name").map(|row| row[0]).collect();
    assert_eq!(names, ["name"]);
    assert_eq!(ColumnValues::new().name("New").json().unwrap().0, r#"{"name":"New"}"#);
}

/// What a change writes, or clears with, and the column it is for.
fn made<C: Change>(change: &C) -> (&'static str, Value) {
    (C::COLUMN_TYPE, change.value().unwrap())
}

/// The forms in this place of each row, with the row's column type.
fn forms(place: usize) -> Vec<(&'static str, Value)> {
    let json = |form| serde_json::from_str(form).unwrap();
    let of = |row: [&'static str; 5]| {
        row[place].split(" | ").filter(|form| *form != "-").map(move |form| (row[0], json(form)))
    };
    rows().into_iter().flat_map(of).collect()
}

#[test]
fn every_form_of_every_row_is_written_by_its_change() {
    let (from, to) = (date(2026, 1, 1), date(2026, 3, 31));
    let ours = [
        made(&BoardRelationChange::items([123, 456])),
        made(&CheckboxChange::checked(true)),
        made(&ColorPickerChange::hex("#FF5733")),
        made(&ColorPickerChange::rgb(0, 128, 255)),
        made(&CountryChange::new("US", "United States")),
        made(&DateChange::day(date(2026, 5, 10))),
        made(&DateChange::at("2026-05-10T14:30:00Z".parse().unwrap())),
        made(&DependencyChange::replace([111, 222])),
        made(&DropdownChange::labels(["A", "B"])),
        made(&DropdownChange::ids([1, 2])),
        made(&EmailChange::labelled("a@b.c", "Label")),
        made(&HourChange::new(16, 42)),
        made(&LinkChange::labelled("https://monday.com", "go")),
        made(&LocationChange::new(29.97, 31.13, "Giza")),
        made(&LongTextChange::text("...")),
        (
            "name",
            serde_json::from_str(ColumnValues::new().name("New").json().unwrap().0.as_str().unwrap())
                .unwrap(),
        ),
        made(&NumbersChange::number(42.5)),
        made(&PeopleChange::person(123).and_team(7)),
        made(&PhoneChange::new("+12025550169", "US")),
        made(&RatingChange::stars(4)),
        made(&StatusChange::label("Done")),
        made(&StatusChange::index(1)),
        made(&TagsChange::ids([295_026, 295_064])),
        made(&TeamChange::team(51_166)),
        made(&TextChange::text("Sample text")),
        made(&TimelineChange::new(from, to)),
        made(&WeekChange::starting(date(2026, 1, 6))),
        made(&WorldClockChange::named("Europe/London")),
    ];
    let facts = forms(3);
    assert_eq!(facts.len(), ours.len());
    for (fact, ours) in facts.iter().zip(&ours) {
        assert_eq!(fact, ours);
    }
}

#[test]
fn every_change_clears_by_a_form_of_its_row() {
    macro_rules! cleared {
        ($($change:ident)*) => { [$(made(&$change::clear())),*] };
    }
    let facts = forms(4);
    let ours = changes!(cleared);
    for cleared in &ours {
        assert!(facts.contains(cleared), "{cleared:?}");
    }
    let of_ours: BTreeSet<_> = ours.iter().map(|(column_type, _)| *column_type).collect();
    assert_eq!(of_ours, facts.iter().map(|(column_type, _)| *column_type).collect());
}

#[test]
fn every_change_of_the_crate_is_in_the_list() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/change");
    let files = fs::read_dir(folder).unwrap().map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    let changes: usize = files.map(|text| text.matches("\nchange! {").count()).sum();
    assert_eq!(written().len(), changes);
}

#[test]
fn every_column_type_of_the_schema_has_a_row_and_is_one_that_the_sdk_knows() {
    let (_, body) = SCHEMA.split_once("\nenum ColumnType {\n").unwrap();
    let (body, _) = body.split_once("\n}").unwrap();
    let schemas: BTreeSet<_> = body.lines().map(str::trim).collect();
    // Roll-ups are values of no column type.
    let ours: BTreeSet<_> = rows().iter().map(|row| row[0]).filter(|name| *name != "-").collect();
    assert_eq!(ours, schemas);
    for name in ours {
        assert!(!matches!(ColumnType::from(name), ColumnType::Unrecognized(_)), "{name}");
    }
}
