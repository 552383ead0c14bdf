//! Columns with their labels, and groups, by other titles and ids.
//!
//! Must not know: items.

use std::collections::BTreeMap;

use monday_sandbox::seed::{Column, Group, Labels};
use serde_json::Value;

use super::super::Keep;
use super::super::value::color;
use super::Writer;

/// A board's columns by the ids they had.
pub(super) struct Columns {
    pub(super) told: Vec<Column>,
    pub(super) by_id: BTreeMap<String, usize>,
}

impl Writer<'_> {
    pub(super) fn columns(&self, board: &Value) -> Columns {
        let mut columns = Columns { told: Vec::new(), by_id: BTreeMap::new() };
        for column in
            board["columns"].as_array().into_iter().flatten().filter(|column| column["archived"] != true)
        {
            let (Some(was), Some(kind)) = (column["id"].as_str(), column["type"].as_str()) else { continue };
            let count = columns.told.iter().filter(|other| other.kind == kind).count();
            let id = match (self.keeps(Keep::Titles), count) {
                (true, _) => was.to_owned(),
                (false, 0) => kind.to_owned(),
                (false, count) => format!("{kind}_{}", count + 1),
            };
            columns.by_id.insert(was.to_owned(), columns.told.len());
            columns.told.push(Column {
                id: Some(id),
                kind: kind.to_owned(),
                title: Some(self.title("Column", column["title"].as_str().unwrap_or_default())),
                labels: self.labels(kind, &column["settings"]),
                ..Column::default()
            });
        }
        columns
    }

    /// By number: monday gives a map, or a list whose entries have their number in them.
    fn labels(&self, kind: &str, settings: &Value) -> Option<Labels> {
        if !matches!(kind, "status" | "dropdown") {
            return None;
        }
        // `settings` is JSON, which some versions have in a text.
        let parsed = settings.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
        let labels = &parsed.as_ref().unwrap_or(settings)["labels"];
        let label = |text: &str| self.label("Label", text);
        Some(Labels(match labels {
            Value::Object(labels) => {
                let entry =
                    |(number, text): (&String, &Value)| Some((number.parse().ok()?, label(text.as_str()?)));
                labels.iter().filter_map(entry).collect()
            }
            Value::Array(labels) => {
                let entry = |(place, entry): (u64, &Value)| {
                    let number = entry["index"].as_u64().or_else(|| entry["id"].as_u64()).unwrap_or(place);
                    let text =
                        entry.as_str().or_else(|| entry["label"].as_str()).or_else(|| entry["name"].as_str());
                    Some((number, label(text?)))
                };
                (0..).zip(labels).filter_map(entry).collect()
            }
            _ => BTreeMap::new(),
        }))
    }

    pub(super) fn groups(&self, board: &Value) -> Vec<Group> {
        let listed = board["groups"].as_array().into_iter().flatten();
        let group = |(place, group): (usize, &Value)| Group {
            id: Some(self.group_id(&group["id"], place)),
            title: self.title("Group", group["title"].as_str().unwrap_or_default()),
            color: color(&group["color"]),
            ..Group::default()
        };
        (0..).zip(listed).map(group).collect()
    }

    pub(super) fn group_id(&self, was: &Value, place: usize) -> String {
        match was.as_str() {
            Some(id) if self.keeps(Keep::Titles) => id.to_owned(),
            _ => format!("group_{}", place + 1),
        }
    }
}
