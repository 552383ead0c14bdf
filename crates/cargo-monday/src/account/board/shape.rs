//! A board as this command knows it: its columns with their types and labels.
//!
//! Must not know: Rust, files.

use monday_sdk::Operation;
use monday_sdk::queries::GetBoard;
use monday_sdk::queries::enums::ColumnType;
use serde_json::Value;

/// A board.
#[derive(Debug, Clone)]
pub(crate) struct Board {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) columns: Vec<Column>,
}

/// A column.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) id: String,
    pub(crate) title: String,
    /// As monday names it, such as `long_text`.
    pub(crate) kind: String,
    /// Of a status or dropdown, in the order of their numbers.
    pub(crate) labels: Vec<String>,
}

impl Board {
    /// The board of an answer, without the item's name and archived columns; `None` where the answer has no board.
    pub(super) fn of(answer: <GetBoard as Operation>::Data) -> Option<Self> {
        let board = answer.boards?.into_iter().flatten().next()?;
        let columns = board.columns.iter().flatten().flatten();
        let columns = columns.filter(|column| !column.archived && column.type_ != ColumnType::Name);
        let columns = columns.map(|column| {
            let settings: Option<Value> = column.settings.as_ref().and_then(monday_sdk::Json::parse);
            Column {
                id: column.id.to_string(),
                title: column.title.clone(),
                kind: column.type_.as_str().to_owned(),
                labels: settings.as_ref().map(labels).unwrap_or_default(),
            }
        });
        Some(Self { columns: columns.collect(), id: board.id.to_string(), name: board.name.clone() })
    }
}

impl Column {
    /// Whether its values are labels.
    pub(super) fn has_labels(&self) -> bool {
        matches!(self.kind.as_str(), "status" | "dropdown")
    }
}

/// The labels in a column's settings, which monday gives as a map from number to label or as a list. Empty labels, which
/// stand for no label, and deactivated ones, which cannot be chosen, are left out; each text is there once.
pub(super) fn labels(settings: &Value) -> Vec<String> {
    let deactivated = settings["deactivated_labels"].as_array().cloned().unwrap_or_default();
    let mut found: Vec<(u64, &Value)> = match &settings["labels"] {
        Value::Object(labels) => {
            labels.iter().filter_map(|(number, label)| Some((number.parse().ok()?, label))).collect()
        }
        Value::Array(labels) => {
            let number = |label: &Value| label["index"].as_u64().or_else(|| label["id"].as_u64());
            (0..).zip(labels).map(|(place, label)| (number(label).unwrap_or(place), label)).collect()
        }
        _ => Vec::new(),
    };
    found.sort_by_key(|(number, _)| *number);
    let mut labels: Vec<String> = Vec::new();
    for (number, label) in found {
        let text = label.as_str().or_else(|| label["label"].as_str()).or_else(|| label["name"].as_str());
        let is_deactivated = label["is_deactivated"] == true || deactivated.contains(&number.into());
        match text {
            Some(text) if !text.is_empty() && !is_deactivated && labels.iter().all(|label| label != text) => {
                labels.push(text.to_owned());
            }
            _ => {}
        }
    }
    labels
}
