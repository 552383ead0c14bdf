//! Every type of column, from a table of facts: which type it is read as, and whether it is written.
//!
//! Must not know: how values look.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use monday_columns::{
    BoardRelationChange, Change, CheckboxChange, ColorPickerChange, ColumnType, ColumnValue, ColumnValues,
    CountryChange, DateChange, DependencyChange, DropdownChange, EmailChange, FileChange, HourChange,
    LinkChange, LocationChange, LongTextChange, NumbersChange, PeopleChange, PhoneChange, RatingChange,
    StatusChange, TagsChange, TeamChange, TextChange, TimelineChange, WeekChange, WorldClockChange,
};

const FACTS: &str = include_str!("../facts/columns.tsv");
const SCHEMA: &str = include_str!("../../../../schema/monday.graphql");

/// Column type, implementor (`-` where there is none), and whether it is written: `yes`, `no`, `clear` alone, or as the
/// item's `name`.
fn rows() -> Vec<[&'static str; 3]> {
    let lines = FACTS.lines().skip(1);
    lines.map(|line| <[_; 3]>::try_from(line.split('\t').collect::<Vec<_>>()).unwrap()).collect()
}

fn written() -> Vec<&'static str> {
    macro_rules! column_types {
        ($($change:ident)*) => { vec![$($change::COLUMN_TYPE),*] };
    }
    column_types!(
        BoardRelationChange CheckboxChange ColorPickerChange CountryChange DateChange DependencyChange DropdownChange
        EmailChange FileChange HourChange LinkChange LocationChange LongTextChange NumbersChange PeopleChange
        PhoneChange RatingChange StatusChange TagsChange TeamChange TextChange TimelineChange WeekChange
        WorldClockChange
    )
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
