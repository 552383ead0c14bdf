//! Notifications: kept for those they are for.
//!
//! Must not know: GraphQL.

use serde_json::json;

use super::{Kind, Record, World, seed};
use crate::field_fault::FieldFault;

impl World {
    /// About an update (`Post`), or about an item or a board (`Project`).
    pub(crate) fn notify(
        &mut self,
        user: &str,
        target: &str,
        kind: &str,
        text: &str,
    ) -> Result<Record, FieldFault> {
        self.check(Kind::User, user)?;
        let (mut board, mut item, mut update) = (None, None, None);
        if kind == "Post" {
            self.check(Kind::Update, target)?;
            update = Some(target);
        } else if self.check(Kind::Item, target).is_ok() {
            item = Some(target);
        } else {
            self.check(Kind::Board, target)?;
            board = Some(target);
        }
        let fields = json!({
            "user_id": user, "text": text, "title": text, "read": false, "creator_ids": [seed::ME.to_string()],
            "board_id": board, "item_id": item, "update_id": update,
        });
        Ok(self.add(Kind::Notification, fields))
    }
}
