//! From the state of an account to the seed that tells of it.
//!
//! What a seed does not need to say is left out: each noun is planted once as it would be without it, and compared. Left
//! out as well is what belongs to this process: webhooks, cursors, tokens, public addresses, and files that hang nowhere.
//! Must not know: how a seed is written.

mod document;
mod item;
mod place;

use std::sync::Arc;

use serde_json::{Map, Value};

use self::item::Hanging;
use super::planted::found::Found;
use super::planted::{self, members, number, record, sorted};
use super::{Board, Column, Record, World, seed};
use crate::columns;
use crate::seed as told;
use crate::seed::{Fields, Items, Labels, Reference, Seed};

impl World {
    /// A seed that a sandbox shows the same account from.
    pub(crate) fn snapshot(&self) -> Seed {
        let hanging = Hanging::of(self);
        let workspaces = self.workspaces.iter().enumerate();
        Seed {
            account: self.account_told(),
            users: self.users.iter().filter_map(user).collect(),
            teams: self.teams.iter().filter_map(|team| self.team_told(team)).collect(),
            workspaces: workspaces
                .filter_map(|(place, record)| self.workspace_told(record, place == 0))
                .collect(),
            folders: self.folders.iter().filter_map(|folder| self.folder_told(folder)).collect(),
            tags: self.tags.iter().filter_map(tag).collect(),
            boards: self.boards.iter().map(|board| self.board_told(board, &hanging)).collect(),
            documents: self.documents.iter().filter_map(|document| self.document_told(document)).collect(),
            notifications: self.notifications.iter().filter_map(|it| self.notification_told(it)).collect(),
            last_id: Some(self.last_id),
            clock: Some(self.clock).filter(|clock| *clock > 0),
        }
    }

    fn account_told(&self) -> Option<told::Account> {
        let usual = record::account(&told::Account::default(), self.users.len());
        let told = told::Account { name: told_text(&self.account, &usual, "name"), fields: Fields::new() };
        let account = told::Account { fields: rest(&self.account, &usual, &["name"]), ..told };
        Some(account).filter(|account| *account != told::Account::default())
    }

    fn board_told(&self, board: &Arc<Board>, hanging: &Hanging<'_>) -> told::Board {
        let parent = self.boards.iter().find(|parent| parent.subitems_on == Some(board.id));
        let home = self.home_told(&board.fields, "board_folder_id");
        let base = told::Board {
            id: Some(board.id),
            name: text(&board.fields, "name"),
            workspace: home.workspace,
            folder: home.folder,
            subitems_of: parent.map(|parent| Reference::Id(parent.id)),
            ..told::Board::default()
        };
        let mut place = home.fields;
        let usual = planted::board::fields(&base, board.id, place.clone()).fields;
        let [subscribers, owners, team_subscribers, team_owners] = self.members_told(&board.fields, &usual);
        let base = told::Board { subscribers, owners, team_subscribers, team_owners, ..base };
        place.extend(Found(self).members(members::of_board(&base)).unwrap_or_default());
        let usual = planted::board::fields(&base, board.id, place).fields;
        let groups = board.groups.iter().zip(1..).map(|(record, place)| group(record, place));
        told::Board {
            description: told_text(&board.fields, &usual, "description"),
            kind: told_text(&board.fields, &usual, "board_kind"),
            state: told_text(&board.fields, &usual, "state"),
            fields: rest(&board.fields, &usual, &["description", "board_kind", "state"]),
            columns: Some(board.columns.iter().map(|told| column(told)).collect()),
            groups: Some(groups.collect()),
            items: Items::Listed(if parent.is_some() { Vec::new() } else { self.items_told(board, hanging) }),
            ..base
        }
    }

    fn workspace_told(&self, record: &Record, is_first: bool) -> Option<told::Workspace> {
        let id = number(&record["id"])?;
        let base = told::Workspace { id: Some(id), name: text(record, "name"), ..told::Workspace::default() };
        let usual = record::workspace(&base, id, is_first, Map::new());
        let [subscribers, owners, team_subscribers, team_owners] = self.members_told(record, &usual);
        let base = told::Workspace { subscribers, owners, team_subscribers, team_owners, ..base };
        let lists = Found(self).members(members::of_workspace(&base)).unwrap_or_default();
        let usual = record::workspace(&base, id, is_first, lists);
        Some(told::Workspace {
            kind: told_text(record, &usual, "kind"),
            description: told_text(record, &usual, "description"),
            fields: rest(record, &usual, &["kind", "description"]),
            ..base
        })
    }
}

fn user(record: &Record) -> Option<told::User> {
    let id = number(&record["id"])?;
    let base = told::User { id: Some(id), name: text(record, "name"), ..told::User::default() };
    let usual = record::user(&base, id);
    Some(told::User {
        email: told_text(record, &usual, "email"),
        title: told_text(record, &usual, "title"),
        kind: told_text(record, &usual, "kind"),
        status: told_text(record, &usual, "status"),
        fields: rest(record, &usual, &["email", "title", "kind", "status"]),
        ..base
    })
}

fn tag(record: &Record) -> Option<told::Tag> {
    let id = number(&record["id"])?;
    let base = told::Tag { id: Some(id), name: text(record, "name"), color: None };
    let color = told_text(record, &record::tag(&base, id), "color");
    Some(told::Tag { color, ..base })
}

fn group(record: &Record, place: usize) -> told::Group {
    let id = text(record, "id");
    let base = told::Group { title: text(record, "title"), ..told::Group::default() };
    let usual = record::group(&base, &id, place);
    let (color, fields) = (told_text(record, &usual, "color"), rest(record, &usual, &["color"]));
    told::Group { id: Some(id), color, fields, ..base }
}

fn column(column: &Column) -> told::Column {
    let is_usual = column.labels == columns::default_labels(&column.kind);
    let has_labels = planted::board::LABELLED.contains(&column.kind.as_str());
    told::Column {
        id: Some(column.id.clone()),
        kind: column.kind.clone(),
        title: Some(column.title.clone()),
        description: column.description.clone(),
        labels: (has_labels && !is_usual).then(|| Labels(column.labels.clone())),
        width: column.width,
        changes: Some(column.changes).filter(|changes| *changes > 0),
    }
}

fn text(record: &Map<String, Value>, key: &str) -> String {
    record.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The text, unless it is the usual one.
fn told_text(record: &Map<String, Value>, usual: &Map<String, Value>, key: &str) -> Option<String> {
    record.get(key).filter(|value| Some(*value) != usual.get(key)).and_then(Value::as_str).map(str::to_owned)
}

/// What is not as usual, and no text that is told under these words.
fn rest(record: &Map<String, Value>, usual: &Map<String, Value>, told: &[&str]) -> Fields {
    let is_told = |key: &str, value: &Value| told.contains(&key) && value.is_string();
    let rest = record.iter().filter(|(key, value)| usual.get(*key) != Some(*value) && !is_told(key, value));
    rest.map(|(key, value)| (key.clone(), sorted(value))).collect()
}

/// A user, unless it is the one that is meant without a word.
fn creator(id: u64) -> Option<Reference> {
    Some(id).filter(|id| *id != seed::ME).map(Reference::Id)
}

/// When it was made, unless it is when all are that do not say so.
fn made_at(record: &Map<String, Value>) -> Option<String> {
    Some(text(record, "created_at")).filter(|at| at != seed::BEFORE)
}
