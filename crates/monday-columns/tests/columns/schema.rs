//! The committed schema against the variants: what monday adds is found here.
//!
//! Must not know: how types are read.

use std::collections::BTreeSet;

use monday_columns::{ColumnValue, FileEntry, Mirrored};
use serde_json::{Map, Value, json};

use crate::answer::value;

const SCHEMA: &str = include_str!("../../../../schema/monday.graphql");
const FRAGMENT: &str = include_str!("../../../../queries/fragments/typed_column_value_fields.graphql");

/// The implementors of `ColumnValue`, each with its fields and their types.
fn implementors() -> Vec<(&'static str, Vec<(&'static str, &'static str)>)> {
    let types = SCHEMA.split("\ntype ").skip(1).filter_map(|text| {
        let (head, body) = text.split_once(" {\n")?;
        let (name, interfaces) = head.split_once(" implements ")?;
        interfaces.split(" & ").any(|interface| interface == "ColumnValue").then(|| {
            let (body, _) = body.split_once("\n}").unwrap();
            (name, body.lines().map(|line| line.trim().split_once(": ").unwrap()).collect())
        })
    });
    types.collect()
}

fn union(name: &str) -> Vec<&'static str> {
    let (_, members) = SCHEMA.split_once(&format!("\nunion {name} = ")).unwrap();
    members.lines().next().unwrap().split(" | ").collect()
}

/// Something for every field that may not be null.
fn smallest(fields: &[(&str, &str)]) -> Value {
    let mut object = Map::new();
    for (name, ty) in fields.iter().filter(|(name, ty)| ty.ends_with('!') && *name != "type") {
        let value = match *ty {
            ty if ty.starts_with('[') => json!([]),
            "Boolean!" => json!(true),
            "Int!" => json!(1),
            "Date!" => json!("2026-03-21T12:00:00+00:00"),
            "User!" => json!({"id": "1", "name": "Ada"}),
            _ => json!("1"),
        };
        object.insert((*name).to_owned(), value);
    }
    Value::Object(object)
}

#[test]
fn every_implementor_of_the_schema_has_a_variant_and_no_variant_is_without_one() {
    let ours: BTreeSet<_> = ColumnValue::TYPE_NAMES.iter().copied().collect();
    let schemas: BTreeSet<_> = implementors().iter().map(|(name, _)| *name).collect();
    assert_eq!(ours, schemas);
    assert_eq!((ours.len(), ColumnValue::TYPE_NAMES.len()), (41, 41));
}

#[test]
fn every_implementor_is_read_into_its_own_variant() {
    for (name, fields) in implementors() {
        let value = value(name, smallest(&fields));
        assert!(!matches!(value, ColumnValue::Unknown { .. }), "{name}");
        assert_eq!(value.type_name(), name);
    }
}

#[test]
fn the_fragment_asks_for_every_field_of_every_implementor() {
    let fields_of_all = ["id", "type", "text", "value", "is_leaf"];
    for field in fields_of_all {
        assert!(FRAGMENT.contains(&format!("\n  {field}\n")), "{field}");
    }
    for (name, fields) in implementors() {
        let section = FRAGMENT.split_once(&format!("\n  ... on {name} {{\n")).map_or("", |(_, rest)| {
            let (section, _) = rest.split_once("\n  }\n").unwrap();
            section
        });
        let selected: BTreeSet<_> = section
            .lines()
            .filter_map(|line| line.strip_prefix("    "))
            .filter(|line| line.starts_with(|first: char| first.is_ascii_alphabetic()))
            .map(|line| line.split(": ").last().unwrap().trim_end_matches(" {"))
            .collect();
        // The board's columns, with their settings, are the same for all items: `GetBoard` has them.
        let own = fields
            .iter()
            .map(|(field, _)| *field)
            .filter(|field| !fields_of_all.contains(field) && *field != "column");
        assert_eq!(selected, own.collect(), "{name}");
    }
}

#[test]
fn every_kind_of_file_has_a_variant() {
    let members = union("FileValueItem");
    assert_eq!(members.len(), 4);
    for member in members {
        let file = json!({
            "__typename": member, "asset_id": "1", "created_at": "2026-03-21", "is_image": true, "name": "a",
            "error": "gone", "known_name": null, "file_id": "2", "object_id": "3", "kind": "link",
        });
        let ColumnValue::File(files) = value("FileValue", json!({ "files": [file] })) else {
            panic!("{member}")
        };
        assert!(!matches!(files.files[..], [FileEntry::Unknown { .. }]), "{member}");
        assert_eq!(files.files.len(), 1);
    }
}

#[test]
fn every_thing_that_can_be_mirrored_has_a_variant_and_says_what_it_is() {
    let members = union("MirroredValue");
    assert_eq!(members.len(), 43);
    for member in members {
        let mirrored = json!({
            "__typename": member, "id": "7", "type": "text", "text": "t", "value": "{}", "name": "n", "title": "n",
        });
        let item = json!({
            "linked_board_id": "1", "linked_item": {"id": "2", "name": "i"}, "mirrored_value": mirrored,
        });
        let fields = json!({ "display_value": "t", "mirrored_items": [item] });
        let ColumnValue::Mirror(mirror) = value("MirrorValue", fields) else { panic!("{member}") };
        match (member, mirror.mirrored_items[0].mirrored_value.as_ref().unwrap()) {
            ("Board", Mirrored::Board { id, name }) => assert_eq!((id.as_str(), name.as_str()), ("7", "n")),
            ("Group", Mirrored::Group { id, title }) => assert_eq!((id.as_str(), title.as_str()), ("7", "n")),
            (member, Mirrored::Cell(cell)) => {
                assert_eq!((cell.type_name.as_str(), cell.text.as_deref()), (member, Some("t")));
            }
            (member, other) => panic!("{member}: {other:?}"),
        }
    }
}
