//! `record` against a sandbox full of personal data: the shape is in the file, and nothing personal is.
//!
//! Must not know: how it is replaced.

use std::collections::BTreeMap;

use monday_sandbox::seed::{Board, Item, Reference, Seed};
use monday_sandbox::{Sandbox, SandboxBuilder};
use serde_json::Value;

use crate::desk::Desk;

/// Each text in it that tells of somebody holds `zyx`, and numbers that do end in 777.
const RICH: &str = r#"
account: {name: Zyx Inc.}
users:
- {name: Zyxa Canary, email: zyxa@zyx.example, title: Chief Zyx}
- {name: Zyxb Canary, email: zyxb@zyx.example, kind: guest}
teams: [{id: 777, name: Zyx makers, users: [501, Zyxb Canary], owners: [502]}, Zyx nobody]
workspaces: [Main, {id: 900777, name: Zyx room}, Unused zyx]
folders:
- {id: 600777, name: Zyx drawer, parent: Zyx closet}
- {name: Zyx closet, workspace: Zyx room, color: DONE_GREEN}
- Unused zyx
tags: [zyxtag, {id: 400777, name: other zyx}]
boards:
- name: Zyx board
  description: About zyx
  kind: private
  folder: Zyx drawer
  columns:
  - {id: zyx_status, type: status, title: Zyx state, labels: {5: Zyx open, 2: Zyx done}}
  - {type: dropdown, labels: [Zyx one, Zyx two]}
  - {id: files_of_zyx, type: file, title: Zyx files}
  - text
  - long_text
  - {type: numbers, title: Salary of zyx}
  - people
  - date
  - checkbox
  - email
  - link
  - phone
  - country
  - location
  - hour
  - week
  - timeline
  - rating
  - world_clock
  - color_picker
  - tags
  - team
  - board_relation
  - dependency
  groups: [{id: zyx_now, title: Zyx now}, {id: zyx_later, title: Zyx later}]
  items:
  - name: Call Zyx at home
    group: zyx_later
    creator: Zyxb Canary
    created_at: "2026-03-01T10:00:00Z"
    values:
      zyx_status: {label: Zyx open}
      dropdown: {labels: [Zyx two]}
      text: zyx said so
      long_text: {text: a long story of zyx}
      numbers: "777777"
      people: {personsAndTeams: [{id: 502, kind: person}, {id: 777, kind: team}]}
      date: {date: 2026-12-24, time: "09:30:00"}
      checkbox: {checked: true}
      email: {email: zyx@zyx.example, text: zyx}
      link: {url: "https://zyx.example/zyx", text: zyx page}
      phone: {phone: "4930777777", countryShortName: DE}
      country: {countryCode: ZX, countryName: Zyxland}
      location: {lat: 77.777, lng: 7.777, address: 1 Zyx Street}
      hour: {hour: 9, minute: 5}
      week: {week: {startDate: 2026-11-02, endDate: 2026-11-08}}
      timeline: {from: 2026-11-02, to: 2026-11-08}
      rating: {rating: 4}
      world_clock: {timezone: Europe/Zyx}
      color_picker: {color: {hex: '#00c875'}}
      tags: {tag_ids: [400777]}
      team: {team_id: 777}
      board_relation: {item_ids: [4000000777]}
      dependency: {item_ids: [4000000777]}
    files: {files_of_zyx: [{name: zyx.pdf, text: contract of zyx}, {name: cv.zyx, size: 3000}]}
    subitems:
    - name: Ask zyx
      values: {text: zyx said so}
      updates: [Below zyx]
    updates:
    - {body: zyx again, created_at: "2026-03-05T10:00:00Z"}
    - {body: <p>Zyx was here</p>, creator: Zyxb Canary, files: [{name: zyx.txt, text: zyx}]}
  - {id: 4000000777, name: zyx said so, values: {text: zyx said so}}
- {name: Zyx many, items: {count: 120}}
"#;

fn rich() -> SandboxBuilder {
    Sandbox::builder().seed(Seed::from_yaml(RICH).unwrap()).unwrap()
}

/// The form of a value, without what it says.
fn form(value: &Value) -> Value {
    match value {
        Value::Object(fields) => fields.iter().map(|(key, value)| (key.clone(), form(value))).collect(),
        Value::Array(values) => values.iter().map(form).collect(),
        Value::String(_) => "text".into(),
        Value::Number(_) => "number".into(),
        other => other.clone(),
    }
}

/// What a recording keeps of an item.
fn shape(item: &Item, kinds: &BTreeMap<String, String>) -> Value {
    let values = item.values.iter().map(|(id, value)| (kinds[id].clone(), form(value)));
    let files = item.files.values().flatten();
    serde_json::json!({
        "words": item.name.split(' ').count(),
        "values": values.collect::<BTreeMap<_, _>>(),
        "created_at": item.created_at, "updated_at": item.updated_at,
        "files": files.map(|file| (file.size.is_some() || file.text.is_some(), &file.created_at)).collect::<Vec<_>>(),
        "updates": item.updates.iter().map(|update| (&update.created_at, update.files.len())).collect::<Vec<_>>(),
        "subitems": item.subitems.len(),
        "creator": item.creator.is_some(),
    })
}

fn shapes(board: &Board) -> Value {
    let columns = board.columns.as_ref().unwrap();
    let kinds = columns.iter().map(|column| (column.id.clone().unwrap(), column.kind.clone())).collect();
    let labels = columns.iter().filter_map(|column| column.labels.as_ref());
    serde_json::json!({
        "kinds": columns.iter().map(|column| &column.kind).collect::<Vec<_>>(),
        "labels": labels.map(|labels| labels.0.keys().copied().collect::<Vec<_>>()).collect::<Vec<_>>(),
        "kind": board.kind, "subitems_of": board.subitems_of.is_some(),
        "groups": board.groups.as_ref().unwrap().len(),
        "items": board.listed().iter().map(|item| shape(item, &kinds)).collect::<Vec<_>>(),
    })
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_recording_has_the_shape_of_the_account_and_nothing_that_tells_of_anybody() {
    let desk = Desk::with(rich()).await;
    let session = desk.types("record --out seed.yaml");
    insta::assert_snapshot!(session.text);
    let text = desk.read("seed.yaml");
    assert!(!session.text.to_lowercase().contains("zyx"));
    for canary in [
        "zyx",
        "Zyx",
        "canary",
        "Canary",
        "DE",
        "777777",
        "900777",
        "600777",
        "400777",
        "4000000777",
        "77.777",
    ] {
        let line = text.lines().find(|line| line.contains(canary));
        // What is drawn may hold any digits.
        let is_number = canary.starts_with(|c: char| c.is_ascii_digit());
        assert_eq!(line.filter(|line| !is_number || !line.contains("example.com")), None, "{canary}");
    }
    let (was, is) = (desk.sandbox.snapshot(), Seed::from_yaml(&text).unwrap());
    let again = Sandbox::builder().seed(is).unwrap().start().await.unwrap().snapshot();
    assert_eq!((was.users.len(), was.tags.len()), (again.users.len(), again.tags.len()));
    assert_eq!(again.workspaces.len(), 2, "the default one, and the one that is used");
    assert_eq!(was.boards.len(), again.boards.len());
    let (team, drawer, closet) = (&again.teams[0], &again.folders[0], &again.folders[1]);
    assert_eq!((again.teams.len(), team.users.len(), &team.owners), (2, 2, &vec![Reference::Id(502)]));
    assert_eq!(again.folders.len(), 2, "that of the board, and the one it is in");
    assert_eq!((&drawer.parent, &closet.color), (&closet.id.map(Reference::Id), &was.folders[1].color));
    assert_eq!(again.boards[0].folder, drawer.id.map(Reference::Id));
    for (was, is) in was.boards.iter().zip(&again.boards) {
        assert_eq!(shapes(was), shapes(is));
    }
    // Who is where, and what leads where.
    let item = &again.boards[0].listed()[0];
    let other = again.boards[0].listed()[1].id.unwrap();
    assert_eq!(item.values["board_relation"], serde_json::json!({"item_ids": [other]}));
    assert_eq!(item.values["people"]["personsAndTeams"][0]["id"], 502);
    assert_eq!(item.values["people"]["personsAndTeams"][1]["id"], team.id.unwrap());
    assert_eq!(item.values["tags"]["tag_ids"][0], again.tags[1].id.unwrap());
    assert_eq!(item.values["date"], serde_json::json!({"date": "2026-12-24", "time": "09:30:00"}));
    assert_eq!(item.values["status"], serde_json::json!({"index": 5}));
    // The same text is the same text.
    let texts =
        [&item.values["text"], &item.subitems[0].values["text"], &again.boards[0].listed()[1].values["text"]];
    assert!(texts[0] == texts[1] && texts[1] == texts[2], "{texts:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_board_is_recorded_by_its_id_and_what_is_kept_stays() {
    let desk = Desk::with(rich()).await;
    let boards = desk.sandbox.snapshot().boards;
    let [first, below] = [0, 2].map(|at| boards[at].id.unwrap());
    let words = format!(
        "record --board {below} --board {first} --keep titles,labels,numbers,item-names,board-ids --out a.json"
    );
    let session = desk.types(&words);
    assert_eq!(session.code, Some(0), "{}", session.text);
    let seed = Seed::from_json(&desk.read("a.json")).unwrap();
    let board = seed.board("Zyx board").unwrap();
    assert_eq!((seed.boards.len(), board.id), (2, Some(first)));
    let item = &board.listed()[0];
    assert_eq!((item.name.as_str(), item.group.as_deref()), ("Call Zyx at home", Some("zyx_later")));
    assert_eq!((&item.values["numbers"], item.subitems.len()), (&Value::from("777777"), 1));
    assert!(item.values["text"].as_str().is_some_and(|text| !text.contains("zyx")));
    assert_eq!(desk.types(&words).code, Some(2), "the file is there");
    assert_eq!(desk.types(&format!("{words} --force")).code, Some(0));
    assert_ne!(Seed::from_json(&desk.read("a.json")).unwrap(), seed, "another recording, other replacements");
    let missing = desk.types("record --board 9 --out b.yaml");
    assert!(missing.code == Some(2) && missing.text.contains("there is no board 9"), "{}", missing.text);
    assert!(!desk.path("b.yaml").exists());
    let wrong = desk.types("record --board Zyx --out b.yaml");
    assert!(wrong.code == Some(2) && wrong.text.contains("a board's id is a number"), "{}", wrong.text);
}
