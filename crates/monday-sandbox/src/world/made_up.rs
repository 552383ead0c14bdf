//! Items that nobody wrote: the same ones in every run, with a value in every column of a usual type.
//!
//! Must not know: which boards have them.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Value, json};

use super::{Board, Column, Item};
use crate::columns;

const VERBS: [&str; 8] = ["Review", "Plan", "Fix", "Ship", "Draft", "Measure", "Call", "Order"];
const NOUNS: [&str; 9] = [
    "login page",
    "price list",
    "invoice",
    "search index",
    "onboarding",
    "newsletter",
    "contract",
    "printer",
    "API",
];

/// What the items of one board are made from.
#[derive(Debug)]
pub(super) struct Recipe {
    board_id: u64,
    groups: Vec<String>,
    columns: Vec<Arc<Column>>,
    people: Vec<u64>,
}

impl Recipe {
    /// For a board as it is now; `people` are there already.
    pub(super) fn of(board: &Board, people: Vec<u64>) -> Self {
        let group = |group: &super::Record| group["id"].as_str().unwrap_or_default().to_owned();
        let groups = board.groups.iter().map(group).collect();
        Self { board_id: board.id, groups, columns: board.columns.clone(), people }
    }

    /// The item at this place from 0.
    pub(super) fn item(&self, first: u64, number: usize) -> Item {
        let group = match self.groups.len() {
            2 => usize::from(number % 3 == 2),
            groups => number % groups.max(1),
        };
        let day = number % 28 + 1;
        let values =
            self.columns.iter().filter_map(|column| Some((column.id.clone(), self.value(column, number)?)));
        Item {
            id: first + number as u64,
            name: format!(
                "{} the {} #{}",
                VERBS[number % VERBS.len()],
                NOUNS[number % NOUNS.len()],
                number + 1
            ),
            board_id: self.board_id,
            group_id: self.groups.get(group).cloned().unwrap_or_default(),
            state: "active",
            creator_id: self.person(number),
            created_at: format!("2026-10-{day:02}T08:30:00Z"),
            updated_at: format!("2026-10-{day:02}T12:00:00+00:00"),
            values: values.collect::<BTreeMap<_, _>>(),
            changed: BTreeMap::new(),
            parent: None,
        }
    }

    fn person(&self, number: usize) -> u64 {
        self.people.get(number % self.people.len().max(1)).copied().unwrap_or(super::seed::ME)
    }

    fn value(&self, column: &Column, number: usize) -> Option<Value> {
        let day = number % 28 + 1;
        let label = || column.labels.keys().nth(number % column.labels.len().max(1));
        Some(match column.kind.as_str() {
            "people" => json!({"personsAndTeams": [{"id": self.person(number), "kind": "person"}]}),
            "status" => json!({"index": label()?}),
            "dropdown" => json!({"ids": [label()?]}),
            "date" => json!({"date": format!("2026-11-{day:02}")}),
            "timeline" => json!({"from": format!("2026-11-{day:02}"), "to": "2026-12-24"}),
            "week" => {
                let monday = columns::calendar::day("2026-11-02")? + 7 * i64::try_from(number % 50).ok()?;
                let day = columns::calendar::day_text;
                json!({"week": {"startDate": day(monday), "endDate": day(monday + 6)}})
            }
            "hour" => json!({"hour": number % 24, "minute": number % 4 * 15}),
            "numbers" => json!((number % 40).to_string()),
            "rating" => json!({"rating": number % 5 + 1}),
            "text" => json!(format!("Note {}", number + 1)),
            "long_text" => json!({"text": format!("Note {}, in more words", number + 1)}),
            "checkbox" => json!({"checked": if number.is_multiple_of(2) { "true" } else { "false" }}),
            "email" => json!({"email": format!("contact{number}@sandbox.example"), "text": "Contact"}),
            "phone" => json!({"phone": format!("1555{number:07}"), "countryShortName": "US"}),
            "link" => json!({"url": format!("https://sandbox.example/{number}"), "text": "Open"}),
            "country" => json!({"countryCode": "DE", "countryName": "Germany"}),
            "location" => {
                json!({"lat": "52.5", "lng": "13.4", "address": format!("{} Example Street", number + 1)})
            }
            "world_clock" => json!({"timezone": "Europe/Berlin"}),
            "color_picker" => json!({"color": {"hex": "#00c875"}}),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Map;

    use super::super::{NewColumn, World};
    use super::*;
    use crate::columns::{Way, write_all};

    #[test]
    fn every_value_that_is_made_up_could_have_been_written() {
        let mut world = World::seeded(0, 2);
        let id = world.boards[0].id;
        let kinds = [
            "week",
            "hour",
            "rating",
            "long_text",
            "phone",
            "country",
            "location",
            "world_clock",
            "color_picker",
        ];
        for kind in kinds {
            world.create_column(id, NewColumn::of(kind, kind)).unwrap();
        }
        let board = world.board_mut(id).unwrap();
        let recipe = Recipe::of(board, vec![501, 502]);
        for number in 0..100 {
            let values = recipe.item(1, number).values;
            assert_eq!(values.len(), 10 + kinds.len());
            let written: Map<String, Value> = values.clone().into_iter().collect();
            let stored = write_all(board, BTreeMap::new(), &written, false, Way::Many);
            assert_eq!(stored.unwrap(), values);
        }
    }
}
