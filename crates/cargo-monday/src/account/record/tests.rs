//! What stands in place of what, and which values go into a seed at all.

use std::collections::{BTreeMap, BTreeSet};

use monday_sandbox::seed::{Board, Column, Item, Items, Reference, Seed};
use serde_json::{Value, json};

use super::Keep;
use super::numbers::Numbers;
use super::read::{Read, ReadBoard};
use super::replacement::Replacement;
use super::value::{Cell, Ids, moment};
use super::written::Written;

type Replaces = fn(&Replacement, &str) -> String;

fn ids() -> Ids {
    let from = Numbers::from;
    Ids {
        users: from(501),
        teams: from(701),
        folders: from(401),
        workspaces: from(301),
        tags: from(295_064),
        boards: from(2_000_000_001),
        items: from(3_000_000_001),
    }
}

fn told(kind: &str, value: &Value, linked: &Value) -> Option<Value> {
    let cell = Cell { kind, value, linked, has_label: &|index| index < 3, keeps_numbers: false };
    cell.told(&Replacement::new().unwrap(), &mut ids())
}

#[test]
fn the_same_is_the_same_within_a_recording_and_another_in_the_next() {
    let [here, there] = [0, 1].map(|_| Replacement::new().unwrap());
    let all: [(&str, Replaces); 8] = [
        ("name", |to, text| to.name(text)),
        ("email", |to, text| to.email(text)),
        ("text", |to, text| to.text(text)),
        ("title", |to, text| to.title("Label", text)),
        ("number", |to, text| to.number(text)),
        ("phone", |to, text| to.phone(text)),
        ("url", |to, text| to.url(text)),
        ("file", |to, text| to.file_name(text)),
    ];
    let texts: Vec<String> = (10_000..10_040).map(|number| format!("{number} of canary {number}")).collect();
    for (what, replaces) in all {
        let of = |to: &Replacement| texts.iter().map(|text| replaces(to, text)).collect::<Vec<_>>();
        assert_eq!(of(&here), of(&here), "{what}");
        assert_ne!(of(&here), of(&there), "{what}");
        let distinct: BTreeSet<String> = of(&here).into_iter().collect();
        assert!(distinct.len() > 20, "{what}: {distinct:?}");
    }
    let titles: BTreeSet<String> = texts.iter().map(|text| here.title("Label", text)).collect();
    assert_eq!(titles.len(), texts.len(), "labels are told apart");
}

#[test]
fn the_form_stays() {
    let to = Replacement::new().unwrap();
    let number = to.number("-1234.50");
    assert!(number.starts_with('-') && number.len() == 8 && number.as_bytes()[5] == b'.', "{number}");
    assert_ne!(number.as_bytes()[1], b'0');
    assert_eq!(to.number("0.5").chars().nth(1), Some('.'));
    assert_eq!(to.text("four words of text").split(' ').count(), 4);
    assert_eq!((to.text(""), to.title("Label", "")), (String::new(), String::new()));
    assert_eq!(to.text(&"word ".repeat(9_000)).split(' ').count(), 200);
    assert!(to.item_name(&"w ".repeat(100)).len() < 255 && !to.item_name(" ").is_empty());
    let ending = |name: &str| to.file_name(name).rsplit_once('.').unwrap().1.to_owned();
    assert!(ending("canary.PDF") == "pdf" && ending("cv.canary") == "bin");
    let (lat, lng) = to.place("here");
    assert!(lat.parse::<f64>().unwrap().abs() <= 80.0 && lng.parse::<f64>().unwrap().abs() <= 170.0);
    assert_eq!(moment(&json!("2026-10-01T08:30:00Z")).as_deref(), Some("2026-10-01T08:30:00Z"));
    assert_eq!(moment(&json!("canary was here......")), None);
}

/// Every type in the form that monday reads it, with `canary` wherever a text may be.
fn values() -> Vec<(&'static str, Value)> {
    vec![
        ("text", json!("canary and more")),
        ("long_text", json!({"text": "canary", "changed_at": "canary"})),
        ("numbers", json!("-12.50")),
        ("status", json!({"index": 1, "post_id": null, "changed_at": "canary"})),
        ("dropdown", json!({"ids": [2, 0, 9], "changed_at": "canary"})),
        ("checkbox", json!({"checked": "true", "changed_at": "canary"})),
        ("date", json!({"date": "2026-05-01", "time": "10:30:00", "icon": "canary"})),
        ("timeline", json!({"from": "2026-05-01", "to": "2026-05-02", "visualization_type": "canary"})),
        (
            "week",
            json!({"week": {"startDate": "2026-11-02", "endDate": "2026-11-08"}, "changed_at": "canary"}),
        ),
        ("hour", json!({"hour": 9, "minute": 5, "changed_at": "canary"})),
        ("rating", json!({"rating": 4, "changed_at": "canary"})),
        ("color_picker", json!({"color": {"hex": "#00c875"}, "changed_at": "canary"})),
        (
            "people",
            json!({"personsAndTeams": [{"id": 77, "kind": "person"}, {"id": 78, "kind": "team"}], "changed_at": "canary"}),
        ),
        ("team", json!({"team_id": 99, "changed_at": "canary"})),
        ("tags", json!({"tag_ids": [5], "changed_at": "canary"})),
        ("email", json!({"email": "canary@canary.example", "text": "canary@canary.example"})),
        ("phone", json!({"phone": "4930canary", "countryShortName": "canary"})),
        ("link", json!({"url": "https://canary.example/canary", "text": "canary"})),
        ("country", json!({"countryCode": "canary", "countryName": "canary"})),
        (
            "location",
            json!({"lat": "1.canary", "lng": 2, "address": "canary street", "city": {"long_name": "canary"}}),
        ),
        ("world_clock", json!({"timezone": "Europe/Canary"})),
        ("board_relation", Value::Null),
        ("dependency", Value::Null),
        ("formula", json!("canary")),
        ("doc", json!({"files": [{"name": "canary"}]})),
        ("unheard_of", json!({"canary": "canary"})),
    ]
}

#[test]
fn a_value_is_rebuilt_of_what_is_known_and_the_sandbox_takes_it() {
    let (mut columns, mut written) = (Vec::new(), BTreeMap::new());
    for (kind, value) in values() {
        let cell = told(kind, &value, &json!(["123", 124]));
        assert!(!json!(cell).to_string().to_lowercase().contains("canary"), "{kind}: {cell:?}");
        let is_left_out = matches!(kind, "formula" | "doc" | "unheard_of");
        assert_eq!(cell.is_none(), is_left_out, "{kind}: {cell:?}");
        if let Some(cell) = cell {
            let labels = matches!(kind, "status" | "dropdown").then(|| ["A", "B", "C"].map(String::from));
            let labels = labels.map(|labels| monday_sandbox::seed::Labels((0..).zip(labels).collect()));
            columns.push(Column { kind: kind.to_owned(), labels, ..Column::default() });
            written.insert(kind.to_owned(), cell);
        }
    }
    assert_eq!(
        written["people"]["personsAndTeams"],
        json!([{"id": 501, "kind": "person"}, {"id": 701, "kind": "team"}])
    );
    assert_eq!(
        (&written["date"], &written["dropdown"]),
        (&json!({"date": "2026-05-01", "time": "10:30:00"}), &json!({"ids": [2, 0]}))
    );
    assert_eq!(written["email"]["email"], written["email"]["text"]);
    let item = Item { name: "A".to_owned(), values: written, ..Item::default() };
    let items = Items::Listed(vec![item]);
    let board = Board { name: "A".to_owned(), columns: Some(columns), items, ..Board::default() };
    Seed { boards: vec![board], ..Seed::default() }.check().unwrap();
}

#[test]
fn what_is_empty_or_out_of_form_is_no_value() {
    for kind in values().into_iter().map(|(kind, _)| kind) {
        for empty in [Value::Null, json!({}), json!([]), json!(""), json!("x"), json!(true)] {
            let cell = told(kind, &empty, &Value::Null);
            let is_text = kind == "text" && empty == json!("x");
            assert_eq!(cell.is_some(), is_text, "{kind} of {empty}: {cell:?}");
        }
    }
    assert_eq!(told("date", &json!({"date": "canary-day"}), &Value::Null), None);
    assert_eq!(told("timeline", &json!({"from": "2026-05-02", "to": "2026-05-01"}), &Value::Null), None);
    assert_eq!(told("status", &json!({"index": 5}), &Value::Null), None, "there is no such label");
}

#[test]
fn what_is_kept_is_kept() {
    let board = json!({
        "id": "123", "name": "Plan of Canary", "workspace_id": "9", "board_folder_id": "3",
        "groups": [{"id": "canary_group", "title": "For Canary", "color": "red"}],
        "columns": [
            {"id": "canary_column", "type": "status", "title": "By Canary", "settings": "{\"labels\": {\"5\": \"Canary\"}}"},
            {"id": "n", "type": "numbers", "title": "N"},
            {"id": "gone", "type": "text", "title": "Gone", "archived": true},
        ],
    });
    let items = vec![json!({
        "id": "1", "name": "Call Canary", "group": {"id": "canary_group"}, "column_values": [
            {"id": "canary_column", "type": "status", "value": "{\"index\": 5}"},
            {"id": "n", "type": "numbers", "value": "\"1234\""},
            {"id": "gone", "type": "text", "value": "\"canary\""},
        ],
    })];
    let of = |keep: &[Keep]| {
        let board = ReadBoard {
            board: board.clone(),
            subitems_of: None,
            items: items.clone(),
            updates: BTreeMap::default(),
        };
        let read = Read {
            me: json!("77"),
            users: vec![json!({"id": "78", "name": "Canary"}), json!({"id": "77", "name": "Me"})],
            workspaces: vec![json!({"id": "9", "name": "Canary's"})],
            teams: vec![json!({"id": "4", "name": "Canaries", "users": [{"id": "78"}, {"id": "70"}],
                "owners": [{"id": "77"}, {"id": "78"}]})],
            folders: vec![json!({"id": "3", "name": "Canary", "color": "CANARY", "workspace": {"id": "9"}})],
            tags: vec![json!({"id": "5", "name": "canary", "color": "canary"})],
            boards: vec![board],
        };
        Written::of(&read, Replacement::new().unwrap(), keep).seed
    };
    let nothing = of(&[]);
    assert!(!nothing.to_json().to_lowercase().contains("canary"), "{}", nothing.to_json());
    assert_eq!(nothing.users.iter().map(|user| user.id).collect::<Vec<_>>(), [Some(501), Some(502)]);
    let somebody = [Reference::Id(502)];
    assert_eq!((&nothing.teams[0].users[..], &nothing.teams[0].owners[..]), (&somebody[..], &somebody[..]));
    assert_eq!((&nothing.folders[0].color, &nothing.boards[0].folder), (&None, &Some(Reference::Id(401))));
    let mut kept = of(&[Keep::Titles, Keep::BoardIds]);
    assert_eq!(kept.folders[0].name, "Canary");
    assert!(!kept.teams[0].name.contains("Canar"), "people, not places");
    let board = kept.boards.remove(0);
    assert_eq!((board.id, board.name.as_str()), (Some(123), "Plan of Canary"));
    let columns = board.columns.clone().unwrap();
    assert_eq!((columns.len(), columns[0].id.as_deref()), (2, Some("canary_column")));
    assert_eq!(board.listed()[0].group.as_deref(), Some("canary_group"));
    assert_eq!(board.listed()[0].values["canary_column"], json!({"index": 5}));
    assert!(!columns[0].labels.as_ref().unwrap().0[&5].contains("Canary"));
    let seed = of(&[Keep::Labels, Keep::ItemNames, Keep::Numbers]);
    let board = &seed.boards[0];
    assert_eq!((seed.tags[0].name.as_str(), board.listed()[0].name.as_str()), ("canary", "Call Canary"));
    assert_eq!(board.columns.as_ref().unwrap()[0].labels.as_ref().unwrap().0[&5], "Canary");
    assert_eq!(board.listed()[0].values["numbers"], json!("1234"));
    assert!(!board.name.contains("Canary"));
}
