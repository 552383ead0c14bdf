//! The account every sandbox starts with: always the same.
//!
//! Must not know: what becomes of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{Assets, Board, Column, Cursors, Item, Record, World};

pub(crate) const LARGE_BOARD: &str = "2000000006";

/// The user whose token is used.
pub(crate) const ME: u64 = 501;

/// The account.
pub(crate) const ACCOUNT: u64 = 1_000_001;

/// How many groups a board has.
pub(crate) const GROUPS: usize = 2;

const ITEMS_ON_SMALL_BOARDS: usize = 12;
const STATES: [&str; 4] = ["Working on it", "Done", "Stuck", "Not started"];
const PEOPLE: [(&str, &str); 6] = [
    ("Ada Example", "Engineer"),
    ("Ben Example", "Designer"),
    ("Chidi Example", "Product"),
    ("Dana Example", "Support"),
    ("Emil Example", "Sales"),
    ("Fatima Example", "Operations"),
];
/// Id, name, people.
const TEAMS: [(u64, &str, &[u64]); 2] = [(601, "Product", &[501, 502, 503]), (602, "Sales", &[505])];

/// Id, name, workspace.
const FOLDERS: [(u64, &str, &str); 2] = [(401, "Plans", "301"), (402, "Old plans", "303")];

pub(super) const TAGS: [(u64, &str); 2] = [(295_026, "important"), (295_064, "later")];
const BOARDS: [(&str, usize); 6] = [
    ("Roadmap", 0),
    ("Bugs", 0),
    ("Sprint", 0),
    ("Leads", 1),
    ("Campaigns", 1),
    ("Archive of everything", 2),
];
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

pub(super) fn world(large: usize, groups: usize) -> World {
    let mut world = World {
        account: record(json!({
            "id": "1000001", "name": "Sandbox Inc.", "slug": "sandbox-inc", "tier": "enterprise", "country_code": "DE",
            "first_day_of_the_week": "monday", "created_at": "2024-01-15T08:00:00Z", "active_members_count": PEOPLE.len(),
        })),
        users: PEOPLE.iter().zip(ME..).map(|((name, title), id)| user(id, name, title)).collect(),
        workspaces: ["Main workspace", "Marketing", "Old projects"]
            .iter()
            .zip(301_u64..)
            .map(|(name, id)| record(json!({
                "id": id.to_string(), "name": name, "kind": "open", "state": "active", "description": null,
                "created_at": "2024-01-15T08:00:00Z", "is_default_workspace": id == 301,
                "user_ids": [ME.to_string()], "owner_ids": [ME.to_string()], "team_ids": [], "team_owner_ids": [],
            })))
            .collect(),
        boards: Vec::new(),
        items: BTreeMap::new(),
        updates: Vec::new(),
        tags: TAGS.iter().map(|(id, name)| tag(*id, name)).collect(),
        teams: TEAMS.iter().map(|(id, name, people)| team(*id, name, people)).collect(),
        folders: FOLDERS.iter().map(|(id, name, workspace)| folder(*id, name, workspace)).collect(),
        documents: Vec::new(),
        blocks: Vec::new(),
        notifications: Vec::new(),
        webhooks: Vec::new(),
        events: Vec::new(),
        assets: Assets::default(),
        cursors: Cursors::default(),
        last_id: 3_000_000_000,
        clock: 0,
        writes: BTreeMap::new(),
    };
    for ((name, workspace), id) in BOARDS.iter().zip(2_000_000_001_u64..) {
        let count = if id.to_string() == LARGE_BOARD { large } else { ITEMS_ON_SMALL_BOARDS };
        let workspace = world.workspaces[*workspace]["id"].clone();
        let mut board = board(id, name, &workspace);
        if id.to_string() == LARGE_BOARD {
            board.groups.truncate(groups);
            for position in board.groups.len() + 1..=groups {
                let (id, title) = (format!("group_{position}"), format!("Group {position}"));
                board.groups.push(group(&id, &title, "#579bfc", position));
            }
        }
        for number in 0..count {
            let item = item(world.next_id(), &board, number);
            board.items.push(item.id);
            world.items.insert(item.id, Arc::new(item));
        }
        world.boards.push(Arc::new(board));
    }
    let first: Vec<u64> = world.items.keys().take(3).copied().collect();
    for (number, item) in first.into_iter().enumerate() {
        let id = world.next_id();
        world.updates.push(update(
            id,
            item,
            ME,
            &format!("<p>Update number {}</p>", number + 1),
            "2026-10-20T10:00:00Z",
        ));
    }
    world
}

/// The fields of an update.
pub(crate) fn update(id: u64, item: u64, creator: u64, body: &str, now: &str) -> Record {
    record(json!({
        "id": id.to_string(), "body": body, "text_body": strip_tags(body), "item_id": item.to_string(),
        "creator_id": creator.to_string(), "created_at": now, "edited_at": now, "updated_at": now,
        "likes": [], "viewers": [], "pinned_to_top": [], "original_creation_date": null,
    }))
}

/// A board without items, with the columns every seeded board has.
pub(crate) fn board(id: u64, name: &str, workspace_id: &Value) -> Board {
    let column = |id: &str, title: &str, kind: &str, labels: &[&str]| {
        let labels = (0..).zip(labels).map(|(index, label)| (index, (*label).to_owned())).collect();
        let (id, title, kind) = (id.to_owned(), title.to_owned(), kind.to_owned());
        Arc::new(Column { id, title, kind, labels, ..Column::default() })
    };
    let groups = [("topics", "This month", "#037f4c"), ("group_next", "Next month", "#00c875")];
    let fields = json!({
        "id": id.to_string(), "name": name, "description": null, "state": "active", "board_kind": "public",
        "type": "board", "permissions": "everyone", "workspace_id": workspace_id,
        "url": format!("https://sandbox-inc.monday.com/boards/{id}"),
        "created_at": "2026-01-05T09:00:00Z", "updated_at": "2026-10-30T16:20:00Z", "item_terminology": null,
        "access_level": "edit", "items_limit": 100_000, "board_folder_id": null, "creator_id": ME.to_string(),
        "user_ids": [ME.to_string()], "owner_ids": [ME.to_string()], "team_ids": [], "team_owner_ids": [],
        "tag_ids": [], "communication": null,
    });
    Board {
        id,
        fields: map(fields),
        groups: groups
            .iter()
            .zip(1..)
            .map(|((id, title, color), position)| group(id, title, color, position))
            .collect(),
        columns: vec![
            column("name", "Name", "name", &[]),
            column("person", "Owner", "people", &[]),
            column("status", "Status", "status", &STATES),
            column("date4", "Due", "date", &[]),
            column("numbers", "Effort", "numbers", &[]),
            column("text", "Notes", "text", &[]),
            column("checkbox", "Approved", "checkbox", &[]),
            column("dropdown", "Area", "dropdown", &["Web", "Mobile", "Print"]),
            column("email", "Contact", "email", &[]),
            column("link", "Link", "link", &[]),
            column("timeline", "Timeline", "timeline", &[]),
            column("files", "Files", "file", &[]),
        ],
        items: Vec::new(),
        subitems_on: None,
    }
}

/// The fields of a tag.
pub(super) fn tag(id: u64, name: &str) -> Record {
    record(json!({"id": id.to_string(), "name": name, "color": "#00c875"}))
}

/// The fields of a team.
fn team(id: u64, name: &str, people: &[u64]) -> Record {
    let ids: Vec<String> = people.iter().map(u64::to_string).collect();
    record(json!({
        "id": id.to_string(), "name": name, "picture_url": null, "is_guest": false,
        "created_at": "2024-02-01T08:00:00Z", "user_ids": ids, "owner_ids": ids[..1],
    }))
}

/// The fields of a folder.
fn folder(id: u64, name: &str, workspace: &str) -> Record {
    record(json!({
        "id": id.to_string(), "name": name, "color": null, "custom_icon": null, "font_weight": null,
        "created_at": "2024-02-01T08:00:00Z", "owner_id": ME.to_string(), "workspace_id": workspace,
        "parent_id": null, "app_feature_slug": null,
    }))
}

/// The fields of a group.
pub(crate) fn group(id: &str, title: &str, color: &str, position: usize) -> Record {
    record(json!({
        "id": id, "title": title, "color": color, "position": format!("{}", position * 65_536), "archived": false,
        "deleted": false,
    }))
}

/// The fields of a user.
pub(super) fn user(id: u64, name: &str, title: &str) -> Record {
    let email = format!("{}@sandbox.example", name.split(' ').next().unwrap_or_default().to_lowercase());
    record(json!({
        "id": id.to_string(), "name": name, "email": email, "title": title, "kind": "member", "status": "ACTIVE",
        "account_id": "1000001", "is_email_confirmed": true, "is_deleted": false, "created_at": "2024-02-01T08:00:00Z",
        "last_activity": "2026-11-01T17:45:00Z", "time_zone_identifier": "Europe/Berlin", "utc_hours_diff": 1.0,
        "url": format!("https://sandbox-inc.monday.com/users/{id}"),
    }))
}

fn item(id: u64, board: &Board, number: usize) -> Item {
    let name = format!("{} the {} #{}", VERBS[number % VERBS.len()], NOUNS[number % NOUNS.len()], number + 1);
    let group = match board.groups.len() {
        GROUPS => &board.groups[usize::from(number % 3 == 2)],
        groups => &board.groups[number % groups],
    };
    let person = ME + (number % PEOPLE.len()) as u64;
    let day = number % 28 + 1;
    let values = json!({
        "person": {"personsAndTeams": [{"id": person, "kind": "person"}]},
        "status": {"index": number % STATES.len()},
        "date4": {"date": format!("2026-11-{day:02}")},
        "numbers": (number % 40).to_string(),
        "text": format!("Note {}", number + 1),
        "checkbox": {"checked": if number.is_multiple_of(2) { "true" } else { "false" }},
        "dropdown": {"ids": [number % 3]},
        "email": {"email": format!("contact{number}@sandbox.example"), "text": "Contact"},
        "link": {"url": format!("https://sandbox.example/{number}"), "text": "Open"},
        "timeline": {"from": format!("2026-11-{day:02}"), "to": "2026-12-24"},
    });
    Item {
        id,
        name,
        board_id: board.id,
        group_id: group["id"].as_str().unwrap_or_default().to_owned(),
        state: "active",
        creator_id: person,
        created_at: format!("2026-10-{day:02}T08:30:00Z"),
        updated_at: format!("2026-10-{day:02}T12:00:00+00:00"),
        values: map(values).into_iter().collect(),
        changed: BTreeMap::new(),
        parent: None,
    }
}

pub(crate) fn record(fields: Value) -> Record {
    Arc::new(map(fields))
}

pub(crate) fn map(fields: Value) -> Map<String, Value> {
    match fields {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

pub(super) fn strip_tags(body: &str) -> String {
    let mut inside = false;
    let visible = body.chars().filter(|c| {
        inside = *c == '<' || (inside && *c != '>');
        !inside && *c != '>'
    });
    visible.collect()
}
