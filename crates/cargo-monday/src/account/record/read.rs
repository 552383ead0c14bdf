//! What is read of an account, as it came.
//!
//! Must not know: what is replaced.

use std::collections::{BTreeMap, BTreeSet};

use monday_sdk::Request;
use monday_sdk::core::OperationKind;
use serde_json::{Value, json};

use super::documents as text;
use crate::Failure;
use crate::account::connection::Connection;

/// Answers by what they are of. Its `Debug` would show them, so it has none.
pub(super) struct Read {
    pub(super) me: Value,
    pub(super) users: Vec<Value>,
    pub(super) workspaces: Vec<Value>,
    pub(super) teams: Vec<Value>,
    pub(super) folders: Vec<Value>,
    pub(super) tags: Vec<Value>,
    pub(super) boards: Vec<ReadBoard>,
}

/// A board with all on it.
pub(super) struct ReadBoard {
    pub(super) board: Value,
    /// The id of the board whose items have their subitems here.
    pub(super) subitems_of: Option<String>,
    pub(super) items: Vec<Value>,
    /// By the id of their item.
    pub(super) updates: BTreeMap<String, Vec<Value>>,
}

impl Read {
    pub(super) fn all(connection: &Connection, ids: &[String]) -> Result<Self, Failure> {
        let account = Asked(connection);
        let me = account.ask("RecordMe", text::ME, &())?["me"]["id"].take();
        let users = account.pages("RecordUsers", text::USERS, "users", 200, &json!({}))?;
        let workspaces =
            account.pages("RecordWorkspaces", text::WORKSPACES, "workspaces", 100, &json!({}))?;
        let teams = list(account.ask("RecordTeams", text::TEAMS, &())?["teams"].take());
        let folders = account.pages("RecordFolders", text::FOLDERS, "folders", 100, &json!({}))?;
        let tags = list(account.ask("RecordTags", text::TAGS, &())?["tags"].take());
        let mut boards = Vec::new();
        for board in account.boards(ids)? {
            boards.push(account.board(board, None)?);
        }
        // The boards of subitems are known by the subitems that are there.
        for at in 0..boards.len() {
            let of = id(&boards[at].board["id"]);
            let subitems = boards[at].items.iter().filter_map(|item| item["subitems"].as_array()).flatten();
            let below: BTreeSet<String> = subitems.map(|subitem| id(&subitem["board"]["id"])).collect();
            for below in below {
                // One that was asked for as well is there, and has its items under those they belong to.
                match boards.iter_mut().find(|read| id(&read.board["id"]) == below) {
                    Some(known) => {
                        known.subitems_of = Some(of.clone());
                        known.items.clear();
                    }
                    None => {
                        for board in account.boards(&[below])? {
                            boards.push(account.board(board, Some(of.clone()))?);
                        }
                    }
                }
            }
        }
        Ok(Self { me, users, workspaces, teams, folders, tags, boards })
    }
}

struct Asked<'c>(&'c Connection);

impl Asked<'_> {
    fn ask(
        &self,
        name: &'static str,
        document: &str,
        variables: &impl serde::Serialize,
    ) -> Result<Value, Failure> {
        let request = Request::<Value>::from_document(OperationKind::Query, name, document, variables);
        self.0.execute(request.map_err(|error| error.to_string())?)
    }

    /// All pages of a root list that is read by `page`.
    fn pages(
        &self,
        name: &'static str,
        document: &str,
        field: &str,
        size: usize,
        more: &Value,
    ) -> Result<Vec<Value>, Failure> {
        let mut all = Vec::new();
        for page in 1_u64.. {
            let mut variables = more.clone();
            variables["page"] = json!(page);
            let found = list(self.ask(name, document, &variables)?[field].take());
            let is_last = found.len() < size;
            all.extend(found);
            if is_last {
                break;
            }
        }
        Ok(all)
    }

    fn boards(&self, ids: &[String]) -> Result<Vec<Value>, Failure> {
        let wanted = if ids.is_empty() { Value::Null } else { json!(ids) };
        let mut found = self.pages("RecordBoards", text::BOARDS, "boards", 25, &json!({ "ids": wanted }))?;
        if let Some(missing) =
            ids.iter().find(|wanted| !found.iter().any(|board| id(&board["id"]) == **wanted))
        {
            return Err(format!(
                "there is no board {missing} that this token may see\n-> check the id, and whose token it is: cargo monday doctor"
            ));
        }
        if ids.is_empty() {
            // Docs are listed among boards, and boards of subitems are read with the subitems.
            found.retain(|board| board["type"] == "board");
        }
        Ok(found)
    }

    fn board(&self, board: Value, subitems_of: Option<String>) -> Result<ReadBoard, Failure> {
        let board_id = id(&board["id"]);
        let items = if subitems_of.is_some() { Vec::new() } else { self.items(&board_id)? };
        let mut updates: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for page in 1_u64.. {
            let variables = json!({"board": board_id, "page": page});
            let mut answer = self.ask("RecordUpdates", text::UPDATES, &variables)?;
            let found = list(answer["boards"][0]["updates"].take());
            let is_last = found.len() < 100;
            for update in found {
                updates.entry(id(&update["item_id"])).or_default().push(update);
            }
            if is_last {
                break;
            }
        }
        Ok(ReadBoard { board, subitems_of, items, updates })
    }

    fn items(&self, board: &str) -> Result<Vec<Value>, Failure> {
        let documents = text::Items::new();
        let mut answer = self.ask("RecordItems", &documents.first, &json!({ "board": board }))?;
        let mut page = answer["boards"][0]["items_page"].take();
        let mut items = Vec::new();
        loop {
            items.extend(list(page["items"].take()));
            let Some(cursor) = page["cursor"].as_str() else { return Ok(items) };
            let variables = json!({ "cursor": cursor });
            page = self.ask("RecordNextItems", &documents.next, &variables)?["next_items_page"].take();
        }
    }
}

/// An id as text, whichever way it came.
pub(super) fn id(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Without the nulls that a list may have.
fn list(value: Value) -> Vec<Value> {
    match value {
        Value::Array(values) => values.into_iter().filter(|value| !value.is_null()).collect(),
        _ => Vec::new(),
    }
}
