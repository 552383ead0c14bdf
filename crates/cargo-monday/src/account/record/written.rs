//! From what was read to a seed: what goes into it is named here, and nothing else does.
//!
//! Must not know: how it was read, how a seed is written.

mod columns;
mod folders;

use std::collections::BTreeMap;

use monday_sandbox::Seed;
use monday_sandbox::seed::{Board, File, Item, Items, Reference, Tag, Update, User, Workspace};
use serde_json::Value;

use self::columns::Columns;
use super::Keep;
use super::numbers::Numbers;
use super::read::{Read, ReadBoard, id};
use super::replacement::Replacement;
use super::value::{Cell, Ids, color, moment};

/// Files of a recording are zeros, and no more of them than this: nobody wants a seed of gigabytes.
const LARGEST_FILE: u64 = 1024 * 1024;

/// A seed, and the ids that its boards had.
pub(super) struct Written {
    pub(super) seed: Seed,
    pub(super) from: Vec<String>,
}

struct Writer<'a> {
    replaced: Replacement,
    keep: &'a [Keep],
    ids: Ids,
}

impl Written {
    pub(super) fn of(read: &Read, replaced: Replacement, keep: &[Keep]) -> Self {
        let ids = Ids {
            users: Numbers::from(501),
            teams: Numbers::from(701),
            folders: Numbers::from(401),
            workspaces: Numbers::from(301),
            tags: Numbers::from(295_064),
            boards: Numbers::from(2_000_000_001),
            items: Numbers::from(3_000_000_001),
        };
        let mut writer = Writer { replaced, keep, ids };
        Self { seed: writer.seed(read), from: read.boards.iter().map(|read| id(&read.board["id"])).collect() }
    }
}

impl Writer<'_> {
    fn keeps(&self, what: Keep) -> bool {
        self.keep.contains(&what)
    }

    fn title(&self, noun: &str, text: &str) -> String {
        if self.keeps(Keep::Titles) { text.to_owned() } else { self.replaced.title(noun, text) }
    }

    fn label(&self, noun: &str, text: &str) -> String {
        if self.keeps(Keep::Labels) { text.to_owned() } else { self.replaced.title(noun, text) }
    }

    fn seed(&mut self, read: &Read) -> Seed {
        // The owner of the token is the first user of a seed.
        self.ids.users.of(&id(&read.me));
        let mut users: Vec<User> = read.users.iter().map(|user| self.user(user)).collect();
        users.sort_by_key(|user| user.id);
        if users.first().is_none_or(|user| user.id != Some(501)) {
            let name = self.replaced.name(&id(&read.me));
            users.insert(0, User { id: Some(501), name, ..User::default() });
        }
        let teams = self.teams(read);
        let workspaces = self.workspaces(read);
        let folders = self.folders(read);
        let tags = read.tags.iter().map(|tag| self.tag(tag)).collect();
        for read in &read.boards {
            let board = id(&read.board["id"]);
            if self.keeps(Keep::BoardIds) {
                self.ids.boards.keep(&board);
            }
            self.ids.boards.of(&board);
            // In the board's order, whatever leads to them earlier.
            for item in &read.items {
                self.ids.items.of(&id(&item["id"]));
            }
        }
        let columns: BTreeMap<String, Columns> =
            read.boards.iter().map(|read| (id(&read.board["id"]), self.columns(&read.board))).collect();
        let boards = read.boards.iter().map(|board| self.board(board, read, &columns)).collect();
        Seed { users, teams, workspaces, folders, tags, boards, ..Seed::default() }
    }

    fn user(&mut self, user: &Value) -> User {
        let text = |key: &str| user[key].as_str().filter(|text| !text.is_empty());
        User {
            id: Some(self.ids.users.of(&id(&user["id"]))),
            name: self.replaced.name(text("name").unwrap_or("nobody")),
            email: text("email").map(|email| self.replaced.email(email)),
            title: text("title").map(|title| self.replaced.text(title)),
            kind: one_of(&user["kind"], &["member", "admin", "guest", "view_only"]),
            status: one_of(&user["status"], &["ACTIVE", "INACTIVE", "PENDING"]),
            ..User::default()
        }
    }

    /// Those of the recorded boards, first the default one.
    fn workspaces(&mut self, read: &Read) -> Vec<Workspace> {
        let used: Vec<String> = read.boards.iter().map(|read| id(&read.board["workspace_id"])).collect();
        let is_default = |workspace: &&Value| workspace["is_default_workspace"] == true;
        let is_used = |workspace: &&Value| used.contains(&id(&workspace["id"]));
        let others = read.workspaces.iter().filter(|workspace| is_used(workspace) && !is_default(workspace));
        let mut workspaces = Vec::new();
        for workspace in read.workspaces.iter().filter(is_default).chain(others) {
            workspaces.push(Workspace {
                id: Some(self.ids.workspaces.of(&id(&workspace["id"]))),
                name: self.title("Workspace", workspace["name"].as_str().unwrap_or("?")),
                kind: one_of(&workspace["kind"], &["open", "closed", "template"]),
                ..Workspace::default()
            });
        }
        workspaces
    }

    fn tag(&mut self, tag: &Value) -> Tag {
        Tag {
            id: Some(self.ids.tags.of(&id(&tag["id"]))),
            name: self.label("Tag", tag["name"].as_str().unwrap_or("?")),
            color: color(&tag["color"]),
        }
    }

    fn board(&mut self, read: &ReadBoard, all: &Read, columns: &BTreeMap<String, Columns>) -> Board {
        let board = &read.board;
        let was = id(&board["id"]);
        let workspace = all.workspaces.iter().any(|workspace| workspace["id"] == board["workspace_id"]);
        let subitems_of = read.subitems_of.as_ref().map(|of| Reference::Id(self.ids.boards.of(of)));
        let folder = self.folder_of(board, all);
        let groups = self.groups(board);
        Board {
            id: Some(self.ids.boards.of(&was)),
            name: self.title("Board", board["name"].as_str().unwrap_or("?")),
            kind: one_of(&board["board_kind"], &["private", "share"]),
            state: one_of(&board["state"], &["archived", "deleted"]),
            // A folder has its workspace.
            workspace: (workspace && folder.is_none())
                .then(|| Reference::Id(self.ids.workspaces.of(&id(&board["workspace_id"])))),
            folder,
            subitems_of,
            columns: columns.get(&was).map(|columns| columns.told.clone()),
            groups: (!groups.is_empty()).then_some(groups),
            items: Items::Listed(read.items.iter().map(|item| self.item(item, read, all, columns)).collect()),
            fields: ["created_at", "updated_at"]
                .iter()
                .filter_map(|key| Some(((*key).to_owned(), moment(&board[*key])?.into())))
                .collect(),
            ..Board::default()
        }
    }

    fn item(
        &mut self,
        item: &Value,
        on: &ReadBoard,
        all: &Read,
        columns: &BTreeMap<String, Columns>,
    ) -> Item {
        let was = id(&item["id"]);
        let name = item["name"].as_str().unwrap_or_default();
        let groups = on.board["groups"].as_array();
        let place =
            groups.and_then(|groups| groups.iter().position(|group| group["id"] == item["group"]["id"]));
        let created_at = moment(&item["created_at"]);
        let (mut values, mut files) = (BTreeMap::new(), BTreeMap::new());
        let known = columns.get(&id(&on.board["id"]));
        for cell in item["column_values"].as_array().into_iter().flatten() {
            let column = known.and_then(|known| {
                known.by_id.get(cell["id"].as_str()?).and_then(|place| known.told.get(*place))
            });
            let Some((column, to)) = column.and_then(|column| Some((column, column.id.clone()?))) else {
                continue;
            };
            // JSON in a text.
            let value = cell["value"].as_str().and_then(|text| serde_json::from_str(text).ok());
            let value = value.unwrap_or_else(|| cell["value"].clone());
            if column.kind == "file" {
                let kept = self.files_of(&value, &item["assets"]);
                if !kept.is_empty() {
                    files.insert(to, kept);
                }
                continue;
            }
            let has_label =
                |index: u64| column.labels.as_ref().is_some_and(|labels| labels.0.contains_key(&index));
            let cell = Cell {
                kind: &column.kind,
                value: &value,
                linked: &cell["linked_item_ids"],
                has_label: &has_label,
                keeps_numbers: self.keeps(Keep::Numbers),
            };
            if let Some(value) = cell.told(&self.replaced, &mut self.ids) {
                values.insert(to, value);
            }
        }
        let mut updates: Vec<Update> =
            on.updates.get(&was).into_iter().flatten().map(|update| self.update(update)).collect();
        // monday gives the newest first, and a seed has the oldest first.
        updates.sort_by(|a, b| a.created_at.cmp(&b.created_at));
        let subitems = item["subitems"].as_array().into_iter().flatten().filter_map(|subitem| {
            let below = all.boards.iter().find(|read| read.board["id"] == subitem["board"]["id"])?;
            Some(self.item(subitem, below, all, columns))
        });
        let subitems = subitems.collect();
        Item {
            id: Some(self.ids.items.of(&was)),
            name: if self.keeps(Keep::ItemNames) && !name.is_empty() {
                name.to_owned()
            } else {
                self.replaced.item_name(name)
            },
            group: place.map(|place| self.group_id(&item["group"]["id"], place)),
            state: one_of(&item["state"], &["archived", "deleted"]),
            creator: self.creator(&item["creator_id"]),
            updated_at: moment(&item["updated_at"]),
            created_at,
            values,
            files,
            subitems,
            updates,
            ..Item::default()
        }
    }

    fn creator(&mut self, was: &Value) -> Option<Reference> {
        let was =
            Some(id(was)).filter(|id| !id.is_empty() && id.bytes().all(|digit| digit.is_ascii_digit()))?;
        Some(Reference::Id(self.ids.users.of(&was)))
    }

    fn update(&mut self, update: &Value) -> Update {
        let body = update["body"].as_str().unwrap_or_default();
        let assets = update["assets"].as_array().into_iter().flatten();
        Update {
            body: format!("<p>{}</p>", self.replaced.text(body)),
            creator: self.creator(&update["creator_id"]),
            created_at: moment(&update["created_at"]),
            files: assets.map(|asset| self.file(asset)).collect(),
            ..Update::default()
        }
    }

    /// The files of a column, in its order.
    fn files_of(&self, value: &Value, assets: &Value) -> Vec<File> {
        let entries = value["files"].as_array().into_iter().flatten();
        let asset = |entry: &Value| {
            let wanted = id(&entry["assetId"]);
            assets.as_array()?.iter().find(|asset| id(&asset["id"]) == wanted).map(|asset| self.file(asset))
        };
        entries.filter_map(asset).collect()
    }

    fn file(&self, asset: &Value) -> File {
        let size = asset["file_size"].as_u64().unwrap_or(0).min(LARGEST_FILE);
        File {
            name: self.replaced.file_name(asset["name"].as_str().unwrap_or_default()),
            size: (size > 0).then_some(size),
            created_at: moment(&asset["created_at"]).filter(|at| at.len() == "0000-00-00T00:00:00Z".len()),
            ..File::default()
        }
    }
}

/// One of these words, and no other text.
fn one_of(value: &Value, known: &[&str]) -> Option<String> {
    value.as_str().filter(|text| known.contains(text)).map(str::to_owned)
}
