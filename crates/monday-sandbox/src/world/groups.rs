//! Groups: made, changed, put elsewhere, archived and deleted.
//!
//! Must not know: GraphQL.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{Record, World, seed};
use crate::field_fault::FieldFault;

/// A place next to another group, or next to another item.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Beside<T> {
    Before(T),
    After(T),
}

const COLOR: &str = "#579bfc";

fn unknown(id: &str) -> FieldFault {
    FieldFault::new("ResourceNotFoundException", "Group not found").with_data(json!({"group_id": id}))
}

impl World {
    pub(crate) fn group(&mut self, board_id: u64, id: &str) -> Result<Record, FieldFault> {
        let groups = &self.board_mut(board_id)?.groups;
        groups.iter().find(|group| group["id"] == id).cloned().ok_or_else(|| unknown(id))
    }

    /// At the end unless told.
    pub(crate) fn create_group(
        &mut self,
        board_id: u64,
        title: &str,
        color: Option<&str>,
        beside: Option<Beside<&str>>,
    ) -> Result<Record, FieldFault> {
        self.board_mut(board_id)?;
        if let Some(Beside::Before(other) | Beside::After(other)) = beside {
            self.group(board_id, other)?;
        }
        let id = format!("group_{}", self.next_id());
        let board = self.board_mut(board_id)?;
        board.groups.push(seed::group(&id, title, color.unwrap_or(COLOR), board.groups.len() + 1));
        match beside {
            Some(beside) => self.place_group(board_id, &id, beside),
            None => self.group(board_id, &id),
        }
    }

    pub(crate) fn change_group(
        &mut self,
        board_id: u64,
        id: &str,
        fields: Map<String, Value>,
    ) -> Result<Record, FieldFault> {
        let groups = &mut self.board_mut(board_id)?.groups;
        let group = groups.iter_mut().find(|group| group["id"] == id).ok_or_else(|| unknown(id))?;
        Arc::make_mut(group).extend(fields);
        Ok(Arc::clone(group))
    }

    pub(crate) fn place_group(
        &mut self,
        board_id: u64,
        id: &str,
        beside: Beside<&str>,
    ) -> Result<Record, FieldFault> {
        let (Beside::Before(other) | Beside::After(other)) = beside;
        self.group(board_id, other)?;
        let moved = self.group(board_id, id)?;
        let groups = &mut self.board_mut(board_id)?.groups;
        if other != id {
            groups.retain(|group| group["id"] != id);
            let place = groups.iter().position(|group| group["id"] == other).unwrap_or_default();
            groups.insert(place + usize::from(matches!(beside, Beside::After(_))), moved);
        }
        for (group, position) in groups.iter_mut().zip(1_usize..) {
            let position = json!((position * 65_536).to_string());
            if group["position"] != position {
                Arc::make_mut(group).insert("position".to_owned(), position);
            }
        }
        self.group(board_id, id)
    }

    /// Groups stand in the order of their positions.
    pub(crate) fn position_group(
        &mut self,
        board_id: u64,
        id: &str,
        position: &str,
    ) -> Result<Record, FieldFault> {
        let number = |text: &str| text.parse::<f64>().ok().filter(|number| number.is_finite());
        if number(position).is_none() {
            return Err(FieldFault::new("InvalidArgumentException", "position is not a number"));
        }
        let fields = seed::map(json!({ "position": position }));
        let group = self.change_group(board_id, id, fields)?;
        let key = |group: &Record| group["position"].as_str().and_then(number).unwrap_or(f64::MAX);
        self.board_mut(board_id)?.groups.sort_by(|one, other| key(one).total_cmp(&key(other)));
        Ok(group)
    }

    /// Takes a group off its board, and its items with it. The last one stays.
    pub(crate) fn remove_group(
        &mut self,
        board_id: u64,
        id: &str,
        state: &'static str,
    ) -> Result<Record, FieldFault> {
        let group = self.group(board_id, id)?;
        if self.board_mut(board_id)?.groups.len() == 1 {
            let mut fault = FieldFault::new("DeleteLastGroupException", "The last group of a board stays");
            fault.extensions.insert("status_code".to_owned(), json!(409));
            return Err(fault);
        }
        let items = self.on_board(board_id)?;
        for item in items.iter().filter(|item| item.group_id == id) {
            self.remove_item(item.id, state)?;
        }
        self.board_mut(board_id)?.groups.retain(|group| group["id"] != id);
        let mut fields = (*group).clone();
        fields.insert(state.to_owned(), json!(true));
        Ok(Arc::new(fields))
    }
}
