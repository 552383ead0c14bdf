//! Files that were uploaded: their bytes, where they hang, and the addresses under which anybody gets them.
//!
//! Must not know: GraphQL, HTTP.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};
use url::Url;

use super::{Record, World, seed};
use crate::columns;
use crate::field_fault::FieldFault;
use crate::upload::SentFile;

/// The clock's start in milliseconds of Unix time: 2026-11-02T09:00:00Z.
pub(super) const START: u64 = 1_793_610_000_000;

/// All files, by id.
#[derive(Debug, Default)]
pub(crate) struct Assets {
    known: BTreeMap<u64, Asset>,
    origin: String,
    /// Public addresses with another one have ended.
    signature: u64,
}

#[derive(Debug)]
pub(crate) struct Asset {
    pub(crate) id: u64,
    pub(crate) place: Place,
    pub(crate) file: Arc<SentFile>,
    pub(crate) created_at: String,
}

/// Where a file hangs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    Column { item: u64, column: String },
    Update(u64),
}

impl Assets {
    pub(crate) fn set_origin(&mut self, origin: String) {
        self.origin = origin;
    }

    /// Takes in a file that hangs there already.
    pub(super) fn plant(&mut self, asset: Asset) {
        self.known.insert(asset.id, asset);
    }

    /// Ends all public addresses that have been given out.
    pub(crate) fn expire(&mut self) {
        self.signature += 1;
    }

    pub(crate) fn get(&self, id: u64) -> Option<&Asset> {
        self.known.get(&id)
    }

    pub(crate) fn named(&self, ids: &[String]) -> Vec<&Asset> {
        ids.iter().filter_map(|id| self.get(id.parse().ok()?)).collect()
    }

    pub(crate) fn on_update(&self, update: u64) -> Vec<&Asset> {
        self.known.values().filter(|asset| asset.place == Place::Update(update)).collect()
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Asset> {
        self.known.values()
    }

    /// Whether the query of a public address is a good one now.
    pub(crate) fn signs(&self, query: Option<&str>) -> bool {
        query == Some(format!("signature={}", self.signature).as_str())
    }

    /// The fields of an asset, with an address that is good now.
    pub(crate) fn record(&self, asset: &Asset) -> Record {
        let extension = Path::new(&asset.file.name).extension().and_then(|extension| extension.to_str());
        let address = |origin: &str, query| {
            let mut url = Url::parse(origin).ok()?;
            url.path_segments_mut().ok()?.extend([&asset.id.to_string(), &asset.file.name]);
            url.set_query(query);
            Some(url.to_string())
        };
        let signature = format!("signature={}", self.signature);
        seed::record(json!({
            "id": asset.id.to_string(), "name": asset.file.name, "created_at": asset.created_at,
            "file_extension": extension.map_or_else(String::new, |extension| format!(".{extension}")),
            // The schema's `Int` has 32 bits.
            "file_size": i32::try_from(asset.file.bytes.len()).unwrap_or(i32::MAX),
            "public_url": address(&self.origin, Some(signature.as_str())),
            "url": address("https://sandbox-inc.monday.com/protected_static/1000001/resources", None),
            "url_thumbnail": null, "original_geometry": null, "creator_id": seed::ME.to_string(),
        }))
    }
}

impl World {
    /// Keeps a file where it is to hang; in a column it stands after those that are there.
    pub(crate) fn add_file(&mut self, place: Place, file: &Arc<SentFile>) -> Result<u64, FieldFault> {
        match &place {
            Place::Column { item, column } => {
                let board = self.item_mut(*item)?.board_id;
                columns::takes_files(self.board_mut(board)?, column)?;
            }
            Place::Update(update) => {
                let id = json!(update.to_string());
                if !self.updates.iter().any(|update| update["id"] == id) {
                    return Err(FieldFault::new("ResourceNotFoundException", "Update not found"));
                }
            }
        }
        let (id, created_at) = (self.next_id(), self.now());
        if let Place::Column { item, column } = &place {
            let entry = entry(id, &file.name, START + self.clock * 1_000);
            let item = self.item_mut(*item)?;
            let before = Arc::new(item.clone());
            let value = item.values.entry(column.clone()).or_insert_with(|| json!({"files": []}));
            if let Some(files) = value["files"].as_array_mut() {
                files.push(entry);
            }
            item.updated_at.clone_from(&created_at);
            item.changed.insert(column.clone(), created_at.clone());
            let after = Arc::new(item.clone());
            self.tell_differences(&before, &after);
        }
        self.assets.known.insert(id, Asset { id, place, file: Arc::clone(file), created_at });
        Ok(id)
    }
}

/// The entry of a file in its column's value; the time in milliseconds of Unix time.
pub(super) fn entry(id: u64, name: &str, created_at: u64) -> Value {
    json!({
        "assetId": id, "name": name, "fileType": "ASSET", "isImage": is_image(name).to_string(),
        "createdAt": created_at, "createdBy": seed::ME.to_string(),
    })
}

/// The entries of a file column's value.
pub(crate) fn entries(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(|value| value["files"].as_array()).into_iter().flatten()
}

fn is_image(name: &str) -> bool {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    ["gif", "jpeg", "jpg", "png", "svg", "webp"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}
