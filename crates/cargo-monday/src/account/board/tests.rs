//! Pulls as text: a first one, and later ones of boards that have changed into files that people have edited.

use serde_json::json;

use super::existing::Existing;
use super::pull_error::PullError;
use super::pulled::{Note, Pulled, What, pull};
use super::shape::{Board, Column, labels};

fn column(id: &str, title: &str, kind: &str) -> Column {
    Column { id: id.to_owned(), title: title.to_owned(), kind: kind.to_owned(), labels: Vec::new() }
}

fn labelled(id: &str, title: &str, kind: &str, labels: &[&str]) -> Column {
    let labels = labels.iter().map(|label| (*label).to_owned()).collect();
    Column { labels, ..column(id, title, kind) }
}

fn board(columns: Vec<Column>) -> Board {
    Board { id: "2000000001".to_owned(), name: "Road map".to_owned(), columns }
}

fn small() -> Board {
    board(vec![
        column("date4", "Due", "date"),
        column("text", "Notes", "text"),
        labelled("status", "Status", "status", &["Working on it", "Done"]),
    ])
}

fn text_of(board: &Board) -> String {
    pull(None, board, None).unwrap().text
}

/// What was pulled, its notes first.
fn shown(Pulled { text, notes, .. }: &Pulled) -> String {
    let notes: String =
        notes.iter().flat_map(|Note { what, text }| [what.word(), ": ", text, "\n"]).collect();
    format!("{notes}---\n{text}")
}

#[test]
fn a_board_of_every_type_of_column() {
    let kinds = monday_sdk_column_types();
    assert!(kinds.len() > 40, "{kinds:?}");
    let columns = kinds.iter().map(|kind| match kind.as_str() {
        "status" => labelled(
            "status",
            "Status",
            "status",
            &["Working on it", "Done", "Self", "Other", "1", "✅", "done"],
        ),
        "dropdown" => {
            labelled("dropdown", "Area", "dropdown", &["Web", "Web ", "\"q\" \\ */", "Größe", "\u{202e}x"])
        }
        kind => column(&format!("{kind}_1"), &kind.replace('_', " "), kind),
    });
    let board = board(columns.filter(|column| column.kind != "name").collect());
    let text = text_of(&board);
    let again = pull(Some(&text), &board, None).unwrap();
    assert_eq!((again.text.as_str(), again.notes), (text.as_str(), vec![]));
    insta::assert_snapshot!(text);
}

/// All that the schema has.
fn monday_sdk_column_types() -> Vec<String> {
    let schema = include_str!("../../generated/monday.graphql");
    let (_, behind) = schema.split_once("enum ColumnType {").unwrap();
    let (inside, _) = behind.split_once('}').unwrap();
    inside.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

#[test]
fn titles_from_outside_do_not_break_the_file() {
    let titles = [
        "type",
        "self",
        "Self",
        "gen",
        "Q1/Q2 %",
        "2024",
        "",
        "  ",
        "*/ // \" ' ` \\",
        "a\nb\r\n/// c\u{2028}d",
        "Größe",
        "Größe",
        "Статус",
        "予算",
        "✅",
        "🦄🦄",
        "name",
        "Name",
        "\u{202e}evil",
        "\0nul",
        "r#type",
        "x".repeat(3).as_str(),
    ]
    .map(str::to_owned);
    let columns =
        titles.iter().enumerate().map(|(number, title)| column(&format!("c_{number}"), title, "text"));
    let statuses = titles
        .iter()
        .enumerate()
        .map(|(number, title)| labelled(&format!("s_{number}"), title, "status", &[title.as_str(), "Date"]));
    let statuses = statuses.map(|mut column| {
        column.labels.retain(|label| !label.is_empty());
        column
    });
    let mut board = board(columns.chain(statuses).collect());
    board.name = "Option */\n\"x\u{202e}".to_owned();
    let text = text_of(&board);
    let existing = Existing::of(&text).unwrap();
    assert_eq!(existing.structs[0].fields.len(), 1 + 2 * titles.len());
    assert!(!text.contains(['\u{202e}', '\u{2028}', '\0', '\r']));
    let again = pull(Some(&text), &board, None).unwrap();
    assert_eq!(again.notes, []);
    assert_eq!(again.text, text);
    insta::assert_snapshot!(text);
}

#[test]
fn a_second_pull_of_the_same_board_changes_nothing() {
    let board = small();
    let text = text_of(&board);
    for text in [text.clone(), text.replace('\n', "\r\n"), format!("\u{feff}{text}")] {
        let again = pull(Some(&text), &board, None).unwrap();
        assert_eq!((again.text, again.notes), (text, vec![]));
    }
}

const EDITED: &str = r#"// A line of ours — with ümläuts before it all.
//! Items of the board `Road map`.
//!
//! Written by `cargo monday board pull 2000000001`, and yours to edit.

use monday_sdk::columns::jiff::civil::Date;
use monday_sdk::columns::{BoardItem, Label};

/// Ours.
#[derive(Debug, Clone, PartialEq, BoardItem, Eq)]
pub(crate)   struct Task {
    #[monday(name)]
    pub title: String,
    /// Column `Due`, of the type `date`.
    #[monday(column = "date4")]
    pub(crate) deadline : Option<Date>, // by noon
    /// What people write: ours.
    #[monday(column = "text")]
    pub notes: Option<String>,
    /// Column `Status`, of the type `status`.
    #[monday(column = "status")]
    pub stage: Option<Stage>,
    #[monday(skip)]
    pub budget: u32
    // the last line is ours too
}

impl Task { fn is_late(&self) -> bool { self.deadline.is_none()   } }

#[derive(Debug, Clone, PartialEq, Eq, Label)]
enum Stage {
    /// Not yet.
    #[monday(label = "Working on it")]
    InWork,
    Done,
    // for all days
    /// The rest.
    #[monday(other)]
    Unknown(String),
}

struct Status;
"#;

fn edited(edit: impl FnOnce(&mut Board)) -> Pulled {
    let mut board = small();
    edit(&mut board);
    pull(Some(EDITED), &board, None).unwrap()
}

#[test]
fn what_is_edited_by_hand_stays() {
    let found = edited(|_| ());
    assert_eq!((found.text.as_str(), found.notes, found.name.as_str()), (EDITED, vec![], "Task"));
}

#[test]
fn what_is_new_is_added_and_what_is_gone_is_told() {
    let found = edited(|board| {
        board.columns[0].title = "Deadline".to_owned();
        board.columns[1].title = "Remarks".to_owned();
        board.columns[2].labels = vec!["Done".to_owned(), "Blocked".to_owned(), "Unknown".to_owned()];
        board.columns.push(column("numbers", "Budget", "numbers"));
        board.columns.push(column("hour", "Hour", "hour"));
        board.columns.push(column("date5", "Start", "date"));
        board.columns.push(column("subtasks", "Subitems", "subtasks"));
        board.columns.push(labelled("status_1", "Status", "status", &["Low", "High"]));
    });
    insta::assert_snapshot!(shown(&found));
    let mut edits = found.text.clone();
    for kept in EDITED.lines().filter(|line| !line.contains("`Due`") && !line.contains("budget")) {
        let place = edits.find(kept).unwrap_or_else(|| panic!("{kept} is lost"));
        edits.replace_range(..place + kept.len(), "");
    }
    let mut board = small();
    board.columns.clear();
    let found = pull(Some(EDITED), &board, None).unwrap();
    assert_eq!(found.text, EDITED);
    assert_eq!(found.notes.iter().filter(|note| note.what == What::Gone).count(), 3, "{:?}", found.notes);
}

#[test]
fn line_ends_and_a_byte_order_mark_stay() {
    let mut board = small();
    board.columns[0].title = "Deadline".to_owned();
    board.columns[2].labels.push("Blocked".to_owned());
    board.columns.push(labelled("status_1", "Status", "status", &["Low"]));
    let expected = pull(Some(EDITED), &board, None).unwrap().text;
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_eq!(pull(Some(&windows(EDITED)), &board, None).unwrap().text, windows(&expected));
}

#[test]
fn a_column_of_another_type_is_told_and_its_field_stays() {
    let found = edited(|board| {
        board.columns[0].kind = "week".to_owned();
        board.columns[1].kind = "long_text".to_owned();
        board.columns[2].kind = "dropdown".to_owned();
    });
    assert!(found.notes.iter().all(|note| note.what != What::Added));
    insta::assert_snapshot!(shown(&found).split("---").next().unwrap());
    // A type of one's own may hold anything.
    let own = EDITED.replace("Option<Date>", "crate::Day");
    let mut board = small();
    board.columns[0].kind = "week".to_owned();
    let found = pull(Some(&own), &board, None).unwrap();
    assert!(found.notes.iter().all(|note| note.what != What::Retyped), "{:?}", found.notes);
}

#[test]
fn a_comment_keeps_a_column_out() {
    let text = text_of(&small());
    let (before, behind) = text.split_once("    /// Column `Notes`").unwrap();
    let (_, behind) = behind.split_once("pub notes: String,\n").unwrap();
    let without = format!("{before}{behind}");
    assert!(pull(Some(&without), &small(), None).unwrap().text.contains("pub notes: String"));
    let kept_out = format!("{before}    // Column id \"text\": nobody reads it\n{behind}");
    assert_eq!(pull(Some(&kept_out), &small(), None).unwrap().text, kept_out);
}

#[test]
fn structs_and_enums_in_one_line_stay_rust() {
    let text = "use monday_sdk::columns::*;\n#[derive(BoardItem)] struct A { #[monday(column = \"status\")] s: Option<S> }\n\
                #[derive(Label)] enum S { Done, #[monday(other)] O(String) } #[derive(Label)] enum T { Done }\n\
                #[derive(BoardItem)] struct Empty {}";
    let found = pull(Some(text), &small(), None).unwrap();
    insta::assert_snapshot!(found.text);
    let found = pull(Some(text), &small(), Some("Empty")).unwrap();
    assert_eq!(Existing::of(&found.text).unwrap().structs[1].fields.len(), 3, "{}", found.text);
}

#[test]
fn a_file_that_cannot_be_brought_up_to_date_is_told_why() {
    let refused = |text: &str, name| pull(Some(text), &small(), name).unwrap_err();
    assert!(matches!(refused("pub struct {", None), PullError::NotRust { line: 1, .. }));
    assert!(matches!(refused("\n  let x = ;", None), PullError::NotRust { line: 2, column: 3, .. }));
    assert!(matches!(refused("struct A {}", None), PullError::NoStruct { wanted: None, .. }));
    let found = refused(EDITED, Some("Other"));
    assert_eq!(
        found,
        PullError::NoStruct { wanted: Some("Other".to_owned()), found: vec!["Task".to_owned()] }
    );
    let other = EDITED.replace("pull 2000000001", "pull 2000000002");
    assert_eq!(refused(&other, None), PullError::OtherBoard { id: "2000000002".to_owned() });
    for name in ["", "a b", "Größe", "struct", "A { } struct B", "Date", "Option"] {
        assert_eq!(pull(None, &small(), Some(name)).unwrap_err(), PullError::NoName(name.to_owned()));
    }
}

#[test]
fn labels_are_read_in_each_form_that_settings_have() {
    let expected = ["Working on it", "Done", "Stuck"];
    let forms = [
        json!({"labels": {"10": "Stuck", "0": "Working on it", "1": "Done", "5": ""}}),
        json!({"labels": {"0": {"label": "Working on it"}, "1": {"label": "Done"}, "2": {"label": "Stuck"}}}),
        json!({"labels": [{"index": 1, "label": "Done"}, {"index": 0, "label": "Working on it"},
            {"index": 2, "label": "Stuck", "is_deactivated": false}, {"index": 3, "label": "Old", "is_deactivated": true}]}),
        json!({"labels": [{"id": 1, "name": "Working on it"}, {"id": 2, "name": "Done"}, {"id": 3, "name": "Stuck"},
            {"id": 4, "name": "Old"}, {"id": 5, "name": "Done"}], "deactivated_labels": [4]}),
        json!({"labels": ["Working on it", "Done", "Stuck"]}),
    ];
    for form in forms {
        assert_eq!(labels(&form), expected, "{form}");
    }
    assert_eq!(labels(&json!({})), [""; 0]);
    assert_eq!(labels(&json!(null)), [""; 0]);
}
