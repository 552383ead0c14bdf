//! Files in answers: where one is added, and where they are read.
//!
//! Must not know: how a file comes in, and from where it is downloaded.

use serde_json::{Value, json};

use super::{Arguments, Found, Node, Noun, listed, record};
use crate::columns::timestamp;
use crate::field_fault::FieldFault;
use crate::world::assets::entries;
use crate::world::{Asset, AssetPlace, Item, World, seed};

impl Node<'_> {
    pub(super) fn add_file(
        &self,
        world: &mut World,
        name: &str,
        arguments: &Arguments<'_>,
    ) -> Result<Found, FieldFault> {
        let file = arguments.text("file").and_then(|variable| self.context.files.get(&variable));
        let file = file.ok_or_else(|| {
            FieldFault::new("InvalidArgumentException", "file is not a file that was sent to /v2/file")
        })?;
        let place = if name == "add_file_to_update" {
            AssetPlace::Update(arguments.id("update_id")?)
        } else {
            let column = arguments.text("column_id").unwrap_or_default();
            AssetPlace::Column { item: arguments.id("item_id")?, column }
        };
        let id = world.add_file(place, file)?;
        Ok(Found::optional(world.assets.get(id).map(|asset| asset_of(asset, world))))
    }
}

pub(super) fn asset_of(asset: &Asset, world: &World) -> Noun {
    record("Asset", &world.assets.record(asset))
}

pub(super) fn assets_of(assets: Vec<&Asset>, world: &World) -> Found {
    Found::Nodes(assets.into_iter().map(|asset| asset_of(asset, world)).collect())
}

/// The assets of an item: those in its file columns, and those of its updates.
pub(super) fn wanted<'w>(world: &'w World, item: &Item, arguments: &Arguments<'_>) -> Vec<&'w Asset> {
    let columns = arguments.ids("column_ids");
    let source = arguments.text("assets_source").unwrap_or_else(|| "all".to_owned());
    let item_id = json!(item.id.to_string());
    let updates = world.updates.iter().filter(|update| update["item_id"] == item_id);
    let updates: Vec<&str> = updates.filter_map(|update| update["id"].as_str()).collect();
    let hangs = |asset: &&Asset| match &asset.place {
        AssetPlace::Column { item: on, column } => {
            let mut kept = entries(item.values.get(column));
            *on == item.id
                && source != "gallery"
                && listed(columns.as_deref(), column)
                && kept.any(|file| file["assetId"] == asset.id)
        }
        AssetPlace::Update(update) => {
            source != "columns" && columns.is_none() && updates.contains(&update.to_string().as_str())
        }
    };
    world.assets.all().filter(hangs).collect()
}

/// The files of a file column's value.
pub(super) fn files_of(value: Option<&Value>) -> Found {
    let files = entries(value).map(|file| {
        let id = file["assetId"].to_string();
        let fields = json!({
            "asset_id": id, "name": file["name"], "is_image": file["isImage"] == "true",
            "created_at": file["createdAt"].as_i64().map(timestamp), "creator_id": file["createdBy"],
        });
        record("FileAssetValue", &seed::record(fields))
    });
    Found::Nodes(files.collect())
}
