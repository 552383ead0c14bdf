//! Sandboxes that start with an account of one's own, and say what has become of it.
//!
//! Must not know: how a seed is planted.

use monday_sandbox::seed::{Board, Item, Items};
use monday_sandbox::{Sandbox, Seed};
use serde_json::{Value, json};

use crate::asked::asked;

const BUGS: &str = "
users: [Ada Mine, {name: Ben Mine, email: ben@mine.example}]
tags: [urgent]
boards:
- name: Bugs
  columns: [{type: status, labels: [Open, Fixed]}, tags, file]
  groups: [Now, Later]
  items:
  - Typo
  - name: Crash at start
    group: Later
    creator: Ben Mine
    values: {status: {label: Open}, tags: {tag_ids: [295064]}}
    files: {file: [{name: log.txt, text: hello}]}
    subitems: [First step]
    updates: [Seen on Tuesday]
";

pub(crate) async fn ask(sandbox: &Sandbox, query: &str) -> Value {
    let answer = asked(&sandbox.address().to_string(), sandbox.personal_token(), query).await.unwrap();
    assert_eq!(answer.get("errors"), None, "{answer}");
    answer["data"].clone()
}

pub(crate) async fn start(seed: Seed) -> Sandbox {
    Sandbox::builder().seed(seed).unwrap().start().await.unwrap()
}

const ALL: &str = "{ me { id name } users { id name email } account { name } workspaces { id name } tags { id name }
    updates { id body creator { name } item { id } }
    boards { id name description state type board_kind workspace { name } items_count
      columns { id title type settings } groups { id title color position }
      items_page { items { id name state created_at updated_at creator { name } group { title } parent_item { id }
        subitems { id name } assets { name file_size }
        column_values { id type text value ... on StatusValue { label index updated_at } } } } } }";

#[tokio::test]
async fn the_api_shows_what_a_seed_says() {
    let sandbox = start(Seed::from_yaml(BUGS).unwrap()).await;
    let seen = ask(&sandbox, ALL).await;
    assert_eq!((&seen["me"]["name"], &seen["boards"][0]["name"]), (&json!("Ada Mine"), &json!("Bugs")));
    let item = &seen["boards"][0]["items_page"]["items"][1];
    assert_eq!(item["creator"]["name"], "Ben Mine");
    assert_eq!(item["group"]["title"], "Later");
    assert_eq!(item["subitems"][0]["name"], "First step");
    assert_eq!(item["assets"], json!([{"name": "log.txt", "file_size": 5}]));
    let texts: Vec<&Value> =
        item["column_values"].as_array().unwrap().iter().map(|value| &value["text"]).collect();
    assert_eq!(texts, ["Open", "urgent", "log.txt", "First step"]);
    assert_eq!(seen["updates"][0]["body"], "Seen on Tuesday");
}

#[tokio::test]
async fn a_snapshot_is_equal_until_something_is_written_and_starts_the_same_account() {
    let sandbox = start(Seed::from_yaml(BUGS).unwrap()).await;
    let before = sandbox.snapshot();
    let board = before.board("Bugs").unwrap().id.unwrap();
    ask(&sandbox, ALL).await;
    assert_eq!(sandbox.snapshot(), before);
    let create = format!(
        "mutation {{ create_item(board_id: {board}, item_name: \"New\", column_values: \"{{\\\"status\\\": \\\"Fixed\\\"}}\") {{ id }} }}"
    );
    let new = ask(&sandbox, &create).await["create_item"]["id"].as_str().unwrap().to_owned();
    let steps = [
        format!("mutation {{ create_update(item_id: {new}, body: \"Said\") {{ id }} }}"),
        format!("mutation {{ create_subitem(parent_item_id: {new}, item_name: \"Below\") {{ id }} }}"),
        format!(
            "mutation {{ create_column(board_id: {board}, column_type: date, title: \"When\") {{ id }} }}"
        ),
        "mutation { create_or_get_tag(tag_name: \"calm\") { id } }".to_owned(),
        "mutation { create_workspace(name: \"More\", kind: open) { id } }".to_owned(),
        "mutation { create_board(board_name: \"Empty\", board_kind: private) { id } }".to_owned(),
        format!(
            "mutation {{ archive_item(item_id: {}) {{ id }} }}",
            before.boards[0].listed()[0].id.unwrap()
        ),
        // Its id is in no other: what is made next has the one after it.
        format!("mutation {{ create_group(board_id: {board}, group_name: \"Never\") {{ id }} }}"),
    ];
    for step in &steps {
        let last = sandbox.snapshot();
        ask(&sandbox, step).await;
        assert_ne!(sandbox.snapshot(), last, "{step}");
    }
    let after = sandbox.snapshot();
    let names: Vec<&str> =
        after.board("Bugs").unwrap().listed().iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["Crash at start", "New", "Typo"]);
    let again = start(Seed::from_yaml(&after.to_yaml()).unwrap()).await;
    assert_eq!(again.snapshot(), after);
    assert_eq!(ask(&again, ALL).await, ask(&sandbox, ALL).await);
    let item = format!("{{ items(ids: [{}]) {{ name state }} }}", before.boards[0].listed()[0].id.unwrap());
    assert_eq!(ask(&again, &item).await, json!({"items": [{"name": "Typo", "state": "archived"}]}));
    // The next write is the same one, with the same id at the same time.
    for sandbox in [&sandbox, &again] {
        ask(sandbox, &create).await;
    }
    assert_eq!(again.snapshot(), sandbox.snapshot());
}

#[tokio::test]
async fn what_was_written_is_what_two_snapshots_differ_in() {
    let sandbox = start(Seed::from_yaml(BUGS).unwrap()).await;
    let before = sandbox.snapshot();
    let (board, item) = (before.boards[0].id.unwrap(), before.boards[0].listed()[0].id.unwrap());
    let change = format!(
        "mutation {{ change_simple_column_value(board_id: {board}, item_id: {item}, column_id: \"status\", value: \"Fixed\") {{ id }} }}"
    );
    ask(&sandbox, &change).await;
    let (before, after) = (before.to_yaml(), sandbox.snapshot().only_boards(&[board]).to_yaml());
    let new: Vec<&str> = after.lines().filter(|line| !before.lines().any(|old| old == *line)).collect();
    assert_eq!(
        new,
        [
            "    updated_at: \"2026-11-02T09:00:01Z\"",
            "        index: 1",
            "    changed:",
            "      status: \"2026-11-02T09:00:01Z\"",
            "clock: 1"
        ]
    );
}

#[tokio::test]
async fn a_seed_can_be_built_in_code_and_a_wrong_one_starts_nothing() {
    let board = Board { name: "Plan".to_owned(), items: Items::Generated { count: 30 }, ..Board::default() };
    let mut seed = Seed { boards: vec![board], ..Seed::default() };
    let sandbox = start(seed.clone()).await;
    let board = sandbox.snapshot().boards[0].id.unwrap().to_string();
    assert_eq!(sandbox.item_names(&board).len(), 30);
    let item = Item { name: String::new(), ..Item::default() };
    seed.boards[0].items = Items::Listed(vec![item]);
    let error = Sandbox::builder().seed(seed).unwrap_err();
    assert_eq!(error.place(), "board \"Plan\", item 1 \"\"");
}

#[tokio::test]
async fn a_file_is_read_and_written_by_its_ending_and_named_in_its_mistakes() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("seeds");
    std::fs::create_dir_all(&folder).unwrap();
    let snapshot = start(Seed::from_yaml(BUGS).unwrap()).await.snapshot();
    for (name, first) in [("account.yaml", "users:\n"), ("account.json", "{\n")] {
        let path = folder.join(name);
        snapshot.to_file(&path).unwrap();
        assert!(std::fs::read_to_string(&path).unwrap().starts_with(first));
        assert_eq!(Sandbox::builder().seed_file(&path).unwrap().start().await.unwrap().snapshot(), snapshot);
    }
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 2, "nothing half-written is left");
    let wrong = folder.join("account.json");
    std::fs::write(&wrong, "{\"boards\": [{\"nam\": 1}]}").unwrap();
    let error = Sandbox::builder().seed_file(&wrong).unwrap_err().to_string();
    assert!(error.contains("account.json: line 1, column 18: unknown field `nam`"), "{error}");
    std::fs::write(&wrong, "{\"boards\": [{\"name\": \"\"}]}").unwrap();
    let error = Sandbox::builder().seed_file(&wrong).unwrap_err().to_string();
    assert!(error.contains("account.json: board \"\": its name is empty"), "{error}");
    let error = Sandbox::builder().seed_file(folder.join("gone.yaml")).unwrap_err().to_string();
    assert!(error.contains("gone.yaml: "), "{error}");
    std::fs::remove_dir_all(&folder).unwrap();
}
