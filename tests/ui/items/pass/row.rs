//! A struct with everything that the attribute knows.

use monday_sdk::columns::jiff::civil::Date;
use monday_sdk::columns::{BoardItem, Label, NewItem, Row};
use monday_sdk::{GroupId, ItemId};

#[derive(Debug, Clone, PartialEq, Label)]
enum Stage {
    #[monday(label = "Working on it")]
    Working,
    Done,
    #[monday(other)]
    Other(String),
}

#[derive(Debug, Clone, BoardItem)]
struct Task {
    #[monday(id)]
    id: ItemId,
    #[monday(name)]
    title: String,
    #[monday(group)]
    group: GroupId,
    #[monday(column = "status")]
    stage: Option<Stage>,
    #[monday(column = "date4")]
    due: Option<Date>,
    #[monday(column = "notes", type = "long_text")]
    notes: String,
    #[monday(skip)]
    seen: bool,
    #[monday(subitems)]
    steps: Vec<Row<Step>>,
}

#[derive(Debug, Clone, BoardItem)]
struct Step {
    #[monday(column = "hours")]
    r#type: Option<f64>,
}

/// Names of the caller's do not disturb it.
#[allow(dead_code)]
mod names {
    pub struct Vec;
    pub struct Option;
    pub struct Result;
    pub struct String;

    #[derive(Clone, monday_sdk::columns::BoardItem)]
    pub struct Default {
        #[monday(column = "text")]
        pub text: ::std::string::String,
    }
}

fn main() {
    assert_eq!(Stage::LABELS, ["Working on it", "Done"]);
    assert_eq!(Stage::from_label("Stuck"), Some(Stage::Other("Stuck".to_owned())));
    assert_eq!(Task::COLUMNS.iter().map(|column| column.column_type).collect::<Vec<_>>(), ["status", "date", "long_text"]);
    assert_eq!(Step::COLUMNS[0].field, "type");
    let task = Task {
        id: ItemId::from("1"),
        title: "New".to_owned(),
        group: GroupId::from("topics"),
        stage: Some(Stage::Done),
        due: None,
        notes: String::new(),
        seen: true,
        steps: Vec::new(),
    };
    let create = task.create_item(7).unwrap();
    assert_eq!(create.item_name, "New");
    let _ = (task.id, task.group, task.seen, task.steps, Task::items(7), Step::by_ids([1]), names::Default::NAME);
}
