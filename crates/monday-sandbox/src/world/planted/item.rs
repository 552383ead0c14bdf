//! The items of a seed, with all that hangs on them.
//!
//! Must not know: how a board comes about.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Bytes;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::super::{Asset, AssetPlace, Item, World, assets, check_name, seed};
use super::found::Found;
use super::record::{self, one_of};
use crate::columns::{self, Way, calendar};
use crate::field_fault::FieldFault;
use crate::seed::{Board as Told, File, Item as ToldItem, Items, SeedError, Update};
use crate::upload::{LARGEST, SentFile};

/// More would not be a test.
const MOST_MADE_UP: usize = 1_000_000;

impl World {
    pub(super) fn plant_items(&mut self, told: &Told, board: u64) -> Result<(), SeedError> {
        match &told.items {
            Items::Generated { count } if *count > MOST_MADE_UP => {
                let message = format!("at most {MOST_MADE_UP} items are made up");
                Err(SeedError::new(format!("board {:?}", told.name), message))
            }
            Items::Generated { count } => {
                self.make_up_items(board, *count);
                Ok(())
            }
            Items::Listed(items) => items.iter().zip(1..).try_for_each(|(item, place)| {
                let planted = self.plant_item(item, board, None);
                planted.map_err(|fault| {
                    fault.under(&format!("board {:?}, item {place} {:?}", told.name, item.name))
                })
            }),
        }
    }

    fn plant_item(&mut self, told: &ToldItem, board_id: u64, parent: Option<u64>) -> Result<(), Mistake> {
        check_name(&told.name).map_err(|fault| fault.message)?;
        one_of("state", told.state.as_ref(), &["active", "archived", "deleted"])?;
        let creator_id = Found(self).user(told.creator.as_ref())?;
        let values: Map<String, Value> =
            told.values.iter().map(|(id, value)| (id.clone(), value.clone())).collect();
        let board = self.planted_board(board_id)?;
        let group_id = group_of(board, told.group.as_deref())?;
        let mut values = columns::write_all(board, BTreeMap::new(), &values, false, Way::Many)
            .map_err(|fault| Mistake::of_value(board, &fault))?;
        for column in told.files.keys() {
            columns::takes_files(board, column).map_err(|fault| Mistake::of_value(board, &fault))?;
        }
        let id = told.id.unwrap_or_else(|| self.next_id());
        for (column, files) in &told.files {
            let mut entries = Vec::new();
            for file in files {
                let place = AssetPlace::Column { item: id, column: column.clone() };
                entries.push(self.plant_file(file, place).map_err(|mistake| mistake.in_column(column))?);
            }
            values.insert(column.clone(), json!({ "files": entries }));
        }
        let state = match told.state.as_deref() {
            Some("archived") => "archived",
            Some("deleted") => "deleted",
            _ => "active",
        };
        let created_at = told.created_at.clone().unwrap_or_else(|| seed::BEFORE.to_owned());
        let item = Item {
            id,
            name: told.name.clone(),
            board_id,
            group_id,
            state,
            creator_id,
            updated_at: told.updated_at.clone().unwrap_or_else(|| created_at.clone()),
            created_at,
            values,
            changed: told.changed.clone(),
            parent,
        };
        self.items.insert(id, Arc::new(item));
        if state == "active" {
            self.planted_board(board_id)?.items.push(id);
        }
        for update in &told.updates {
            let of = self.plant_update(update, id, None)?;
            for (reply, place) in update.replies.iter().zip(1..) {
                let planted = self.plant_update(reply, id, Some(of));
                planted.map_err(|mistake| mistake.in_noun(&format!("reply {place}")))?;
            }
        }
        self.plant_subitems(told, id, board_id, parent.is_some())
    }

    fn plant_subitems(
        &mut self,
        told: &ToldItem,
        item: u64,
        board: u64,
        is_subitem: bool,
    ) -> Result<(), Mistake> {
        if told.subitems.is_empty() {
            return Ok(());
        }
        if is_subitem {
            return Err("a subitem has no subitems".to_owned().into());
        }
        let on = match self.planted_board(board)?.subitems_on {
            Some(on) => on,
            None => self.subitems_board(board).map_err(|fault| fault.message)?,
        };
        for (subitem, place) in told.subitems.iter().zip(1..) {
            let planted = self.plant_item(subitem, on, Some(item));
            planted.map_err(|mistake| mistake.in_noun(&format!("subitem {place} {:?}", subitem.name)))?;
        }
        Ok(())
    }

    /// Or a reply to one.
    fn plant_update(&mut self, told: &Update, item: u64, of: Option<u64>) -> Result<u64, Mistake> {
        if of.is_some() && !told.replies.is_empty() {
            return Err("a reply has no replies: write them beside it".to_owned().into());
        }
        let creator = Found(self).user(told.creator.as_ref())?;
        let id = told.id.unwrap_or_else(|| self.next_id());
        self.updates.push(Arc::new(record::update(told, id, item, creator, of)));
        for file in &told.files {
            self.plant_file(file, AssetPlace::Update(id)).map_err(|mistake| mistake.in_noun("update"))?;
        }
        Ok(id)
    }

    /// The entry in its column's value.
    fn plant_file(&mut self, told: &File, place: AssetPlace) -> Result<Value, Mistake> {
        let named = |message: String| Mistake::from(message).in_noun(&format!("file {:?}", told.name));
        record::not_empty("name", &told.name).map_err(named)?;
        let bytes = bytes_of(told).map_err(named)?;
        let created_at = told.created_at.clone().unwrap_or_else(|| seed::BEFORE.to_owned());
        let milliseconds = milliseconds(&created_at)
            .ok_or_else(|| named(format!("created_at is {created_at:?}: write it as {:?}", seed::BEFORE)))?;
        let id = told.id.unwrap_or_else(|| self.next_id());
        let file = SentFile { name: told.name.clone(), content_type: told.content_type.clone(), bytes };
        self.assets.plant(Asset { id, place, file: Arc::new(file), created_at });
        Ok(assets::entry(id, &told.name, milliseconds))
    }
}

/// The group of this id, else of this title; the first one unless told.
fn group_of(board: &super::super::Board, told: Option<&str>) -> Result<String, String> {
    let found = match told {
        None => board.groups.first(),
        Some(told) => {
            let by = |key: &str| board.groups.iter().find(|group| group[key] == told);
            by("id").or_else(|| by("title"))
        }
    };
    let id = found.and_then(|group| group["id"].as_str().map(str::to_owned));
    id.ok_or_else(|| {
        let titles: Vec<String> = board.groups.iter().map(|group| group["title"].to_string()).collect();
        format!("there is no group {:?}: there are {}", told.unwrap_or_default(), titles.join(", "))
    })
}

fn bytes_of(file: &File) -> Result<Bytes, String> {
    let bytes = match (&file.text, &file.base64, file.size) {
        (None, None, None) => Vec::new(),
        (Some(text), None, None) => text.clone().into_bytes(),
        (None, Some(text), None) => STANDARD.decode(text).map_err(|_| "its `base64` is none".to_owned())?,
        (None, None, Some(size)) => match usize::try_from(size).ok().filter(|size| *size <= LARGEST) {
            Some(size) => vec![0; size],
            None => return Err(format!("its size is at most {LARGEST}")),
        },
        _ => return Err("its bytes are `text`, or `base64`, or `size` zeros: write one of them".to_owned()),
    };
    Ok(bytes.into())
}

/// Of Unix time, for `YYYY-MM-DDTHH:MM:SSZ` from 1970 on.
fn milliseconds(text: &str) -> Option<u64> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let seconds = calendar::day(date)? * 86_400 + calendar::seconds(time)?;
    u64::try_from(seconds).ok().map(|seconds| seconds * 1_000)
}

/// A mistake whose place is not known to its end yet.
pub(super) struct Mistake {
    /// From the outside in.
    places: Vec<String>,
    message: String,
}

impl From<String> for Mistake {
    fn from(message: String) -> Self {
        Self { places: Vec::new(), message }
    }
}

impl Mistake {
    /// A value that monday would refuse.
    fn of_value(board: &super::super::Board, fault: &FieldFault) -> Self {
        let id = fault.extensions.get("error_data").and_then(|data| data["column_id"].as_str());
        let Some(id) = id else { return Self::from(fault.message.clone()) };
        let column = board.columns.iter().find(|column| column.id == id);
        let message = match column {
            None => {
                let ids: Vec<&str> = board.columns.iter().map(|column| column.id.as_str()).collect();
                format!("there is no such column: there are {}", ids.join(", "))
            }
            Some(column) if column.kind == "file" => "files stand under `files`, by column".to_owned(),
            Some(column) => format!("{} (a column of type {})", fault.message, column.kind),
        };
        Self::from(message).in_column(id)
    }

    fn in_column(self, id: &str) -> Self {
        self.in_noun(&format!("column {id:?}"))
    }

    fn in_noun(mut self, noun: &str) -> Self {
        self.places.insert(0, noun.to_owned());
        self
    }

    fn under(self, place: &str) -> SeedError {
        SeedError::new([vec![place.to_owned()], self.places].concat().join(", "), self.message)
    }
}
