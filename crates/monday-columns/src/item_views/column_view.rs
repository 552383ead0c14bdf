//! One column of one item.
//!
//! The keys of `value` are those that are written: <https://developer.monday.com/api-reference/reference/column-types-reference>.
//! Must not know: which columns a board has.

use std::borrow::Cow;
use std::fmt;

use jiff::civil::{Date, Time};
use monday_core::ItemId;
use monday_core::json::KeptRow;
use monday_queries::enums::ColumnType;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::page::column;

/// A column of an item, read where it came. What is typed is read out of `value`, at each call.
///
/// It is `None` both for an empty column and for one of another type: [`type_name`](Self::type_name) tells them apart.
#[derive(Clone, Copy)]
pub struct ColumnView<'v>(KeptRow<'v>);

/// A person or team of a people column.
#[derive(Deserialize)]
struct Person {
    id: i64,
}

impl<'v> ColumnView<'v> {
    pub(super) fn new(row: KeptRow<'v>) -> Self {
        Self(row)
    }

    /// The column's id.
    #[must_use]
    pub fn id(self) -> Cow<'v, str> {
        self.0.text(column::ID).unwrap_or_default()
    }

    /// The column's type as it stands in the answer: `status`.
    #[must_use]
    pub fn type_name(self) -> &'v str {
        self.0.raw(column::TYPE).unwrap_or_default()
    }

    /// The column's type.
    #[must_use]
    pub fn kind(self) -> ColumnType {
        ColumnType::from(self.type_name())
    }

    /// What monday shows.
    #[must_use]
    pub fn text(self) -> Option<Cow<'v, str>> {
        self.0.text(column::TEXT)
    }

    /// The raw value, as JSON.
    #[must_use]
    pub fn value(self) -> Option<Cow<'v, str>> {
        self.0.json(column::VALUE)
    }

    /// What a mirror, a formula, a dependency, subitems or connected boards show: monday leaves their `text` empty.
    #[must_use]
    pub fn display_value(self) -> Option<Cow<'v, str>> {
        self.0.text(column::DISPLAY_VALUE)
    }

    /// The raw value as a type of yours; none where it is null or does not fit.
    #[must_use]
    pub fn json<T: DeserializeOwned>(self) -> Option<T> {
        serde_json::from_str(&self.value()?).ok()
    }

    /// The number of a numbers column.
    #[must_use]
    pub fn number(self) -> Option<f64> {
        if self.type_name() != "numbers" {
            return None;
        }
        // The value is a number in quotes, in a string.
        let value = self.0.raw(column::VALUE)?;
        let bare = value.strip_prefix("\\\"").and_then(|value| value.strip_suffix("\\\"")).unwrap_or(value);
        bare.parse().ok().or_else(|| self.json::<String>()?.parse().ok())
    }

    /// The index of a status column's label, by which monday knows it.
    #[must_use]
    pub fn label_index(self) -> Option<i64> {
        #[derive(Deserialize)]
        struct Value {
            index: i64,
        }
        self.of("status", |Value { index }| Some(index))
    }

    /// The label of a status column.
    #[must_use]
    pub fn label(self) -> Option<Cow<'v, str>> {
        self.text().filter(|text| self.type_name() == "status" && !text.is_empty())
    }

    /// The day of a date column, in UTC where it has a time.
    #[must_use]
    pub fn date(self) -> Option<Date> {
        #[derive(Deserialize)]
        struct Value {
            date: String,
        }
        self.of("date", |Value { date }| date.parse().ok())
    }

    /// The time of a date column, in UTC; none where it is a day alone.
    #[must_use]
    pub fn time(self) -> Option<Time> {
        #[derive(Deserialize)]
        struct Value {
            time: String,
        }
        self.of("date", |Value { time }| time.parse().ok())
    }

    /// Whether a checkbox is checked; one that was never touched is not.
    #[must_use]
    pub fn is_checked(self) -> bool {
        #[derive(Deserialize)]
        struct Value {
            checked: serde_json::Value,
        }
        // monday's own tools write the text, and the truth value.
        self.of("checkbox", |Value { checked }| Some(checked == true || checked == "true"))
            .unwrap_or_default()
    }

    /// The ids of the people and teams of a people column.
    #[must_use]
    pub fn people(self) -> Vec<i64> {
        #[derive(Deserialize)]
        struct Value {
            #[serde(rename = "personsAndTeams")]
            persons_and_teams: Vec<Person>,
        }
        let ids = |value: Value| Some(value.persons_and_teams.into_iter().map(|person| person.id).collect());
        self.of("people", ids).unwrap_or_default()
    }

    /// The items that a dependency or connected boards lead to.
    #[must_use]
    pub fn linked_item_ids(self) -> Vec<ItemId> {
        self.0.value(column::LINKED_ITEM_IDS).ok().flatten().unwrap_or_default()
    }

    fn of<T: DeserializeOwned, U>(self, type_name: &str, read: impl FnOnce(T) -> Option<U>) -> Option<U> {
        if self.type_name() == type_name { read(self.json()?) } else { None }
    }
}

impl fmt::Debug for ColumnView<'_> {
    /// Without what the column holds.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ColumnView")
            .field("id", &self.id())
            .field("type", &self.type_name())
            .finish_non_exhaustive()
    }
}
