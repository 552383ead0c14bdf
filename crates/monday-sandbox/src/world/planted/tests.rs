//! Seeds that are planted, and those that are refused.
//!
//! Must not know: HTTP.

use std::collections::BTreeMap;

use super::super::World;
use crate::seed::Seed;

/// Everything that the format has a word for.
const RICH: &str = include_str!("tests/rich.yaml");

fn planted(yaml: &str) -> World {
    World::planted(&Seed::from_yaml(yaml).unwrap()).unwrap()
}

fn refused(yaml: &str) -> String {
    match Seed::from_yaml(yaml) {
        Ok(seed) => World::planted(&seed).unwrap_err().to_string(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_snapshot_of_a_planted_snapshot_is_the_same_in_every_form() {
    for world in [planted(RICH), World::seeded(7, 3)] {
        let snapshot = world.snapshot();
        assert_eq!(World::planted(&snapshot).unwrap().snapshot(), snapshot);
        let yaml = snapshot.to_yaml();
        assert_eq!(Seed::from_yaml(&yaml).unwrap(), snapshot, "{yaml}");
        assert_eq!(Seed::from_json(&snapshot.to_json()).unwrap(), snapshot);
        assert_eq!(Seed::from_yaml(&snapshot.to_json()).unwrap(), snapshot, "JSON is YAML");
        assert_eq!(planted(&yaml).snapshot().to_yaml(), yaml);
    }
}

#[test]
fn all_that_a_seed_says_is_in_the_snapshot() {
    insta::assert_snapshot!(planted(RICH).snapshot().to_yaml());
}

#[test]
fn short_forms_are_filled_in() {
    let world = planted(
        "boards: [{name: Bugs, items: [Typo, 2026, {name: Old, state: archived}]}, {name: Many, items: {count: 500}}]",
    );
    assert_eq!((world.users.len(), world.workspaces.len(), world.boards.len()), (6, 1, 2));
    let names: Vec<&str> = world.boards[0].items.iter().map(|id| world.items[id].name.as_str()).collect();
    assert_eq!((names, world.boards[0].columns.len()), (vec!["Typo", "2026"], 12));
    assert_eq!((world.boards[1].items.len(), world.items.values().count()), (500, 503));
    assert_eq!(world.last_id, 3_000_000_503);
}

#[test]
fn ids_that_are_given_stay_and_those_that_are_not_go_round_them() {
    let world = planted(
        "users: [Ada, {name: Ben, id: 502}, Chidi]\nboards: [{name: A, id: '2000000001', items: [{name: X, id: 3000000900}, Y]}, B]",
    );
    let ids: Vec<&str> = world.users.iter().map(|user| user["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["501", "502", "503"]);
    assert_eq!(world.boards.iter().map(|board| board.id).collect::<Vec<_>>(), [2_000_000_001, 2_000_000_002]);
    assert_eq!(world.boards[0].items, [3_000_000_900, 3_000_000_901]);
    // The number after a doc's is its object's.
    assert_eq!(planted("documents: [{name: A, id: 5000000000}]").last_id, 5_000_000_001);
}

#[test]
fn a_mistake_is_told_with_its_place_and_what_to_do() {
    let said: BTreeMap<&str, String> = [
        "boards: [{nam: Bugs}]",
        "boards:\n- name: Bugs\n  items:\n  - name: Typo\n    valeus: {}",
        "boards: [{name: Bugs, items: {count: 3, of: x}}]",
        "boards: [{name: Bugs, items: 3}]",
        "boards: [{name: Bugs, items: {count: 99999999}}]",
        "boards: [{name: Bugs, kind: publik}]",
        "boards: [{name: Bugs, workspace: Sales}]",
        "boards: [{name: Bugs, workspace: 5}]",
        "boards: [{name: Bugs, groups: []}]",
        "boards: [{name: Bugs, groups: [{title: A, id: a}, {title: B, id: a}]}]",
        "boards: [{name: Bugs, columns: [statuss]}]",
        "boards: [{name: Bugs, columns: [{type: text, labels: [A]}]}]",
        "boards: [{name: Bugs, columns: [{type: text, id: a b}]}]",
        "boards: [{name: Bugs, columns: [{type: text, id: a}, {type: date, id: a}]}]",
        "boards: [{name: Bugs, id: 7}, {name: Other, id: 7}]",
        "boards: [{name: Bugs, id: 18446744073709551615}]",
        "boards: [{name: Bugs, id: x}]",
        "boards: [{name: Bugs, id: 0}]",
        "boards: [{name: Bugs, items: ['']}]",
        "boards: [{name: Bugs, items: [{name: A, id: 5}, {name: B, id: 5}]}]",
        "boards: [{name: Bugs, items: [{name: A, group: Gone}]}]",
        "boards: [{name: Bugs, items: [{name: A, state: gone}]}]",
        "boards: [{name: Bugs, items: [{name: A, creator: Zoe}]}]",
        "boards: [{name: Bugs, items: [{name: A, values: {status: {label: Ope}}}]}]",
        "boards: [{name: Bugs, items: [{name: A, values: {numbers: 5}}]}]",
        "boards: [{name: Bugs, columns: [status], items: [{name: A, values: {due: x}}]}]",
        "boards: [{name: Bugs, items: [{name: A, values: {files: []}}]}]",
        "boards: [{name: Bugs, items: [{name: A, files: {text: [a.txt]}}]}]",
        "boards: [{name: Bugs, items: [{name: A, files: {files: [{name: a, text: b, size: 3}]}}]}]",
        "boards: [{name: Bugs, items: [{name: A, files: {files: [{name: a, base64: '?'}]}}]}]",
        "boards: [{name: Bugs, items: [{name: A, files: {files: [{name: a, size: 99999999999}]}}]}]",
        "boards: [{name: Bugs, items: [{name: A, files: {files: [{name: a, created_at: today}]}}]}]",
        "boards: [{name: Bugs, items: [{name: A, subitems: [{name: B, subitems: [C]}]}]}]",
        "boards: [{name: Bugs, items: [{name: A, subitems: [{name: B, values: {date4: soon}}]}]}]",
        "boards: [{name: Bugs}, {name: Below, subitems_of: Bogs}]",
        "boards: [{name: Bugs}, {name: Below, subitems_of: Bugs, items: [A]}]",
        "boards: [{name: Bugs, subitems_of: Bugs}]",
        "users: [{name: Ada, id: 7}]",
        "users: [Ada, {name: Ben, id: 501}]",
        "users: [{name: Ada, kind: boss}]",
        "users: [{name: Ada, id: 501}, {name: Ben, id: 501}]",
        "tags: [{name: urgent, id: 3000000000}]",
        "teams: ['']",
        "teams: [A, A]",
        "teams: [{name: A, id: 7}, {name: B, id: 7}]",
        "teams: [{name: A, users: [Zoe]}]",
        "teams: [{name: A, users: [9]}]",
        "teams: [{name: A, users: [501, Ada Example]}]",
        "teams: [{name: A, users: [501], owners: [502]}]",
        "teams: [{name: A, member: []}]",
        "folders: ['']",
        "folders: [{name: A, id: 7}, {name: B, id: 7}]",
        "folders: [{name: A, workspace: Sales}]",
        "folders: [{name: A, parent: B}]",
        "folders: [{name: A, parent: A}]",
        "folders: [{name: A, parent: B}, {name: B, parent: A}]",
        "workspaces: [X, Y]\nfolders: [{name: A, parent: B, workspace: X}, {name: B, workspace: Y}]",
        "workspaces: [X, Y]\nfolders: [{name: A, workspace: Y}]\nboards: [{name: Bugs, folder: A, workspace: X}]",
        "workspaces: [{name: X, team_owners: [A]}]",
        "boards: [{name: Bugs, folder: Gone}]",
        "boards: [{name: Bugs, subscribers: [9]}]",
        "boards: [{name: Bugs, owners: [Zoe]}]",
        "boards: [{name: Bugs, team_subscribers: [601]}]",
        "boards: [{name: Bugs, items: [{name: A, updates: [{body: B, replies: [{body: C, replies: [D]}]}]}]}]",
        "boards: [{name: Bugs, items: [{name: A, updates: [{body: B, replies: [{body: C, creator: Zoe}]}]}]}]",
        "boards: [{name: Bugs, items: [{name: A, updates: [{body: B, id: 5, replies: [{body: C, id: 5}]}]}]}]",
        "documents: ['']",
        "documents: [{name: A, kind: secret}]",
        "documents: [{name: A, id: 5}, {name: B, id: 5}]",
        "documents: [{name: A, workspace: Sales}]",
        "documents: [{name: A, folder: Gone}]",
        "documents: [{name: A, creator: Zoe}]",
        "documents: [{name: A, item: B}]",
        "documents: [{name: A, item: 7, column: doc}]",
        "documents: [{name: A, item: 7, column: doc, workspace: 301}]",
        "boards: [{name: Bugs, items: [B]}]\ndocuments: [{name: A, item: B, column: text}]",
        "boards: [{name: Bugs, columns: [doc], items: [B]}]\ndocuments: [{name: A, item: B, column: docs}]",
        "documents: [{name: A, blocks: [B, {type: ''}]}]",
        "documents: [{name: A, blocks: [{type: quote, content: [B]}]}]",
        "documents: [{name: A, blocks: [{type: quote, id: 5, parent: 5}]}]",
        "documents: [{name: A, blocks: [{type: quote, id: 5}, {type: quote, id: 5}]}]",
        "documents: [{name: A, blocks: [{type: quote, id: 5}]}, {name: B, blocks: [{type: quote, parent: 5}]}]",
        "notifications: [{text: A, user: 9}]",
        "notifications: [{text: A, board: Gone}]",
        "notifications: [{text: A, item: Gone}]",
        "notifications: [{text: A, update: 5}]",
        "notifications: [{text: A, id: 5}, {text: B, id: 5}]",
        "boards: [{name: Bugs, items: [B]}]\nnotifications: [{text: A, board: Bugs, item: B}]",
        "clock: 99999999999",
        "last_id: 18446744073709551615",
        "boards: *gone",
        "boards: [",
        "- a\n- b",
    ]
    .map(|yaml| (yaml, refused(yaml)))
    .into();
    let said: Vec<String> = said.iter().map(|(yaml, said)| format!("{yaml}\n  -> {said}\n")).collect();
    insta::assert_snapshot!(said.concat());
}

/// Text that takes readers of YAML down: anchors that multiply, depth, tags, broken encodings.
#[test]
fn hostile_text_is_refused_and_takes_nothing_down() {
    let mut bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for c in b'b'..=b'i' {
        let (this, before) = (char::from(c), char::from(c - 1));
        bomb = format!("{bomb}{this}: &{this} [*{before}{}]\n", format!(",*{before}").repeat(8));
    }
    let nested = format!(
        "boards: [{{name: A, items: [{{name: A, values: {{text: {}{}}}}}]}}]",
        "[".repeat(50_000),
        "]".repeat(50_000)
    );
    let json = format!("{{\"boards\": {}{}}}", "[".repeat(50_000), "]".repeat(50_000));
    let texts = [
        &bomb,
        &nested,
        &json,
        "!!binary [",
        "\u{feff}\0",
        "boards: !ruby/object:X {}",
        "{{{{",
        "? ? ?",
        "%YAML 9.9\n---\n",
        "- - -\n-",
        "<<: *a",
    ];
    for text in texts {
        assert!(Seed::from_yaml(text).is_err(), "{}", &text[..text.len().min(40)]);
        assert!(Seed::from_json(text).is_err());
    }
}
