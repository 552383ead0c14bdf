//! `board pull` against a board that changes.
//!
//! Must not know: how the file is edited.

use monday_sdk::queries::enums::{BoardKind, ColumnType};
use monday_sdk::queries::{ChangeColumnTitle, CreateBoard, CreateColumn, DeleteColumn};
use monday_sdk::{ColumnId, Json};
use serde_json::json;

use crate::desk::Desk;
use crate::pulled_crate::PulledCrate;

const ROADMAP: &str = "2000000001";
const FILE: &str = "src/boards/roadmap.rs";

const MAIN: &str = r#"
mod hostile;
mod roadmap;

use futures_util::TryStreamExt as _;
use monday_sdk::columns::BoardItem as _;
use monday_sdk::{BoardId, Client, Credential, Endpoint};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let [endpoint, token]: [String; 2] = std::env::args().skip(1).collect::<Vec<_>>().try_into().unwrap();
    let endpoint = Endpoint::loopback(&endpoint)?;
    let credential = Credential::personal_token(token)?.for_audience(endpoint.audience().clone());
    let client = Client::builder().endpoint(endpoint).credential(credential).build()?;
    let rows: Vec<_> = client.pages(roadmap::STRUCT::items(&BoardId::from("2000000001"))).try_collect().await?;
    let first = rows.into_iter().next().unwrap().into_inner();
    println!("{}", SAYS);
    let hostile: Vec<_> = client.pages(hostile::Hostile::items(&BoardId::from("2000000002"))).try_collect().await?;
    assert_eq!(hostile.len(), 12);
    Ok(())
}
"#;

fn main_of(name: &str, says: &str) -> String {
    MAIN.replace("STRUCT", name).replace("SAYS", says)
}

/// Columns of all types that the sandbox makes, beside those of its boards.
const MORE: [&str; 26] = [
    "board_relation",
    "button",
    "color_picker",
    "country",
    "creation_log",
    "dependency",
    "doc",
    "formula",
    "hour",
    "item_id",
    "last_updated",
    "location",
    "long_text",
    "mirror",
    "phone",
    "progress",
    "rating",
    "tags",
    "team",
    "time_tracking",
    "vote",
    "week",
    "world_clock",
    "auto_number",
    "person",
    "integration",
];

/// Titles and labels that are no names, or would end a comment or a text.
const HOSTILE: [&str; 14] = [
    "type",
    "self",
    "gen",
    "2024",
    "*/ // \" ' ` \\ {",
    "a\nb\r\n/// c\u{2028}d",
    "Größe",
    "Größe",
    "予算",
    "✅",
    "name",
    "String",
    "\u{202e}evil",
    "Option",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pulled_struct_compiles_and_reads_its_board_before_and_after_edits_and_changes() {
    let desk = Desk::new().await;
    let client = desk.client();
    for kind in MORE {
        let new =
            CreateColumn::new(ROADMAP, ColumnType::from(kind), kind).id(ColumnId::from(format!("{kind}_x")));
        client.execute(new).await.unwrap();
    }
    for (number, title) in HOSTILE.iter().enumerate() {
        let labels = Json(json!(json!({"labels": {"0": title, "1": "Other", "2": "Self"}}).to_string()));
        let new = CreateColumn::new("2000000002", ColumnType::from("status"), *title);
        client.execute(new.id(ColumnId::from(format!("c_{number}"))).defaults(labels)).await.unwrap();
    }
    let session = desk.types("board pull 2000000002 --file hostile.rs --name Hostile");
    assert_eq!(session.code, Some(0), "{}", session.text);
    let crate_of_ours = PulledCrate::new("pulled-roadmap");
    let run = |main: &str| {
        let hostile = desk.read("hostile.rs");
        let files = [("roadmap.rs", &*desk.read(FILE)), ("hostile.rs", &*hostile), ("main.rs", main)];
        crate_of_ours.run(&files, &[&desk.sandbox.url(), desk.sandbox.personal_token()])
    };

    let session = desk.types(&format!("board pull {ROADMAP}"));
    assert_eq!(session.code, Some(0), "{}", session.text);
    let said = run(&main_of(
        "Roadmap",
        "format!(\"{}, {:?}, {:?}, {:?}, {:?}\", first.name, first.status, first.area, first.due, first.effort)",
    ));
    let expected = "Review the login page #1, Some(WorkingOnIt), [Web], Some(2026-11-01), Some(0.0)\n";
    assert_eq!(said, expected);

    // What people do to it.
    let edited = desk
        .read(FILE)
        .replace("Roadmap", "Task")
        .replace("pub due: Option<Date>", "pub deadline: Option<Date>")
        .replace("    WorkingOnIt,", "    InWork,")
        + "\nimpl Task {\n    pub fn is_late(&self) -> bool { self.deadline.is_some() && self.status != Some(Status::Done) }\n}\n";
    desk.write(FILE, &edited);
    // What happens to the board.
    client.execute(ChangeColumnTitle::new(ROADMAP, "date4", "Delivery")).await.unwrap();
    let labels = Json(json!(json!({"labels": {"0": "Low", "1": "High"}}).to_string()));
    let new = CreateColumn::new(ROADMAP, ColumnType::from("status"), "Risk")
        .id(ColumnId::from("risk"))
        .defaults(labels);
    client.execute(new).await.unwrap();

    let session = desk.types(&format!("board pull {ROADMAP}"));
    assert_eq!(session.code, Some(0), "{}", session.text);
    let refreshed = desk.read(FILE);
    assert!(refreshed.contains(
        "/// Column `Delivery`, of the type `date`.\n    #[monday(column = \"date4\")]\n    pub deadline:"
    ));
    let mut rest = refreshed.as_str();
    for line in edited.lines().filter(|line| !line.contains("`Due`")) {
        let place = rest.find(line).unwrap_or_else(|| panic!("{line} is lost"));
        rest = &rest[place + line.len()..];
    }
    let said = run(&main_of(
        "Task",
        "format!(\"{:?}, {}, {:?}\", first.status, first.is_late(), first.risk.as_ref())",
    ));
    assert_eq!(said, "Some(InWork), true, None\n");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_pull_says() {
    let desk = Desk::new().await;
    let client = desk.client();
    let mut text = String::new();
    let mut types = |words: &str| text.extend([&*desk.types(words).text, "\n"]);
    types("board pull 2000000001 --dry-run");
    types("board pull 2000000001");
    types("board pull 2000000001");
    client.execute(ChangeColumnTitle::new(ROADMAP, "date4", "Delivery")).await.unwrap();
    client.execute(DeleteColumn::new(ROADMAP, "text")).await.unwrap();
    let new = CreateColumn::new(ROADMAP, ColumnType::from("numbers"), "Budget").id(ColumnId::from("budget"));
    client.execute(new).await.unwrap();
    types("board pull 2000000001");
    types("board pull 2000000002 --file src/bugs.rs --name Bug");
    types("board pull 2000000002 --file src/boards/roadmap.rs");
    types("board pull 2000000001 --name Other");
    types("board pull 999");
    types("board pull https://x.monday.com/boards/1");
    desk.write("src/bugs.rs", "pub struct {");
    types("board pull 2000000002 --file src/bugs.rs");
    assert_eq!(desk.read("src/bugs.rs"), "pub struct {", "it is left as it was");
    text += &desk.run("board pull 2000000001", "", |command| command).text;
    insta::assert_snapshot!(text);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_found_by_its_board_and_a_dry_run_writes_nothing() {
    let desk = Desk::new().await;
    desk.write("monday.toml", "boards = \"lib/boards\"\n");
    assert_eq!(desk.types("board pull 2000000001 --dry-run").code, Some(0));
    assert!(!desk.path("lib").exists());
    desk.types("board pull 2000000001");
    std::fs::rename(desk.path("lib/boards/roadmap.rs"), desk.path("lib/boards/plan.rs")).unwrap();
    let session = desk.types("board pull 2000000001");
    assert!(session.text.contains("kept     lib/boards/plan.rs: `Roadmap`"), "{}", session.text);
    assert!(!desk.path("lib/boards/roadmap.rs").exists());
    let new = CreateBoard::new(BoardKind::Public, "mod");
    let board = desk.client().execute(new).await.unwrap().create_board.unwrap();
    let session = desk.types(&format!("board pull {}", board.id));
    assert!(desk.path(&format!("lib/boards/board_{}.rs", board.id)).exists(), "{}", session.text);
}
