//! The account every sandbox starts with: always the same.
//!
//! Must not know: what becomes of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::made_up::Recipe;
use super::{Assets, Board, Column, Cursors, Items, Record, World};

pub(crate) const LARGE_BOARD: &str = "2000000006";

/// The user whose token is used.
pub(crate) const ME: u64 = 501;

/// The account.
pub(crate) const ACCOUNT: u64 = 1_000_001;

/// How many groups a board has.
pub(crate) const GROUPS: usize = 2;

/// The ids of what a sandbox makes lie above.
pub(super) const LAST_ID: u64 = 3_000_000_000;
pub(super) const FIRST_BOARD: u64 = 2_000_000_001;
/// In a seed of one's own.
pub(super) const FIRST_TAG: u64 = TAGS[1].0;
pub(super) const FIRST_WORKSPACE: u64 = 301;
pub(super) const FIRST_FOLDER: u64 = 401;
pub(super) const FIRST_TEAM: u64 = 601;
/// Where a seed does not say when something was made: a day before the sandbox's clock begins.
pub(super) const BEFORE: &str = "2026-11-01T09:00:00Z";
pub(super) const GROUP_COLOR: &str = "#579bfc";

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
pub(super) fn world(large: usize, groups: usize) -> World {
    let mut world = World {
        users: people().map(|(id, name, title)| record(user(id, name, Some(title)))).collect(),
        workspaces: ["Main workspace", "Marketing", "Old projects"]
            .iter()
            .zip(FIRST_WORKSPACE..)
            .map(|(name, id)| record(workspace(id, name)))
            .collect(),
        tags: TAGS.iter().map(|(id, name)| tag(*id, name)).collect(),
        teams: TEAMS.iter().map(|(id, name, people)| team(*id, name, people)).collect(),
        folders: FOLDERS.iter().map(|(id, name, workspace)| folder(*id, name, workspace)).collect(),
        ..empty(PEOPLE.len())
    };
    for ((name, workspace), id) in BOARDS.iter().zip(FIRST_BOARD..) {
        let count = if id.to_string() == LARGE_BOARD { large } else { ITEMS_ON_SMALL_BOARDS };
        let workspace = world.workspaces[*workspace]["id"].clone();
        let mut board = board(id, name, &workspace);
        if id.to_string() == LARGE_BOARD {
            board.groups.truncate(groups);
            for position in board.groups.len() + 1..=groups {
                let (id, title) = (format!("group_{position}"), format!("Group {position}"));
                board.groups.push(group(&id, &title, GROUP_COLOR, position));
            }
        }
        world.boards.push(Arc::new(board));
        world.make_up_items(id, count);
    }
    let first: Vec<u64> = world.boards[0].items.iter().take(3).copied().collect();
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

/// The users of a sandbox: id, name, title.
pub(super) fn people() -> impl Iterator<Item = (u64, &'static str, &'static str)> {
    PEOPLE.iter().zip(ME..).map(|((name, title), id)| (id, *name, *title))
}

/// An account with nothing in it and nobody.
pub(super) fn empty(members: usize) -> World {
    World {
        account: record(json!({
            "id": "1000001", "name": "Sandbox Inc.", "slug": "sandbox-inc", "tier": "enterprise", "country_code": "DE",
            "first_day_of_the_week": "monday", "created_at": "2024-01-15T08:00:00Z", "active_members_count": members,
        })),
        users: Vec::new(),
        workspaces: Vec::new(),
        boards: Vec::new(),
        items: Items::default(),
        updates: Vec::new(),
        tags: Vec::new(),
        teams: Vec::new(),
        folders: Vec::new(),
        documents: Vec::new(),
        blocks: Vec::new(),
        notifications: Vec::new(),
        webhooks: Vec::new(),
        events: Vec::new(),
        assets: Assets::default(),
        cursors: Cursors::default(),
        last_id: LAST_ID,
        clock: 0,
        writes: BTreeMap::new(),
    }
}

impl World {
    /// Puts so many made-up items on a board.
    pub(super) fn make_up_items(&mut self, board_id: u64, count: usize) {
        let id = |user: &Record| user["id"].as_str().and_then(|id| id.parse().ok());
        let people = self.users.iter().filter_map(id).collect();
        let first = self.last_id + 1;
        if let Some(board) = self.boards.iter_mut().find(|board| board.id == board_id) {
            let board = Arc::make_mut(board);
            let recipe = Recipe::of(board, people);
            board.items.extend(first..first + count as u64);
            self.items.make_up(first, count, recipe);
            self.last_id += count as u64;
        }
    }
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
pub(super) fn team(id: u64, name: &str, people: &[u64]) -> Record {
    let ids: Vec<String> = people.iter().map(u64::to_string).collect();
    record(json!({
        "id": id.to_string(), "name": name, "picture_url": null, "is_guest": false,
        "created_at": "2024-02-01T08:00:00Z", "user_ids": ids, "owner_ids": ids.get(..1).unwrap_or_default(),
    }))
}

/// The fields of a folder.
pub(super) fn folder(id: u64, name: &str, workspace: &str) -> Record {
    record(json!({
        "id": id.to_string(), "name": name, "color": null, "custom_icon": null, "font_weight": null,
        "created_at": "2024-02-01T08:00:00Z", "owner_id": ME.to_string(), "workspace_id": workspace,
        "parent_id": null, "app_feature_slug": null,
    }))
}

/// The fields of a doc that stands nowhere yet.
pub(super) fn document(id: u64, object: u64, name: &str, now: &str) -> Map<String, Value> {
    let path = format!("/docs/{object}");
    map(json!({
        "id": id.to_string(), "object_id": object.to_string(), "name": name, "doc_kind": "public",
        "settings": null, "created_at": now, "updated_at": now, "creator_id": ME.to_string(),
        "relative_url": path, "url": format!("https://sandbox-inc.monday.com{path}"),
        "workspace_id": null, "doc_folder_id": null, "item_id": null, "column_id": null,
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
pub(super) fn user(id: u64, name: &str, title: Option<&str>) -> Value {
    let email = format!("{}@sandbox.example", name.split(' ').next().unwrap_or_default().to_lowercase());
    json!({
        // The schema has a text here, never null.
        "id": id.to_string(), "name": name, "email": email, "title": title.unwrap_or_default(), "kind": "member", "status": "ACTIVE",
        "account_id": "1000001", "is_email_confirmed": true, "is_deleted": false, "created_at": "2024-02-01T08:00:00Z",
        "last_activity": "2026-11-01T17:45:00Z", "time_zone_identifier": "Europe/Berlin", "utc_hours_diff": 1.0,
        "url": format!("https://sandbox-inc.monday.com/users/{id}"),
    })
}

/// The fields of a workspace.
pub(super) fn workspace(id: u64, name: &str) -> Value {
    json!({
        "id": id.to_string(), "name": name, "kind": "open", "state": "active", "description": null,
        "created_at": "2024-01-15T08:00:00Z", "is_default_workspace": id == FIRST_WORKSPACE,
        "user_ids": [ME.to_string()], "owner_ids": [ME.to_string()], "team_ids": [], "team_owner_ids": [],
    })
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
