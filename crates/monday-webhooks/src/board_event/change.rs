//! What happened, each kind with what it tells.
//!
//! Values of columns are kept raw: what they mean is another crate's. Must not know: how it is read.

use std::fmt;
use std::time::SystemTime;

use monday_core::{BoardId, ColumnId, GroupId, ItemId, Json, UpdateId};

/// What happened. Twelve kinds for the 21 events one can subscribe to, since monday sends the same `type` for
/// several.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum BoardChange {
    /// `create_pulse`: an item or subitem was created.
    ItemCreated(ItemCreated),
    /// `update_column_value`: a column of an item or subitem has another value.
    ColumnChanged(ColumnChanged),
    /// `update_name`: an item or subitem has another name.
    NameChanged(NameChanged),
    /// `archive_pulse`: an item or subitem was archived.
    ItemArchived(ItemStateChanged),
    /// `delete_pulse`: an item or subitem was deleted.
    ItemDeleted(ItemStateChanged),
    /// `restore_pulse`: an item is back.
    ItemRestored(ItemStateChanged),
    /// `move_pulse_into_group`: an item went to another group of its board.
    ItemMoved(ItemMoved),
    /// `move_subitem`: a subitem went to another item.
    SubitemMoved(SubitemMoved),
    /// `create_column`: the board has one more column.
    ColumnCreated(ColumnCreated),
    /// `create_update`: somebody wrote an update or a reply.
    UpdateCreated(UpdateChanged),
    /// `edit_update`: an update has another text.
    UpdateEdited(UpdateChanged),
    /// `delete_update`: an update is gone.
    UpdateDeleted(UpdateChanged),
    /// A `type` that is newer than this SDK: [`name`](super::BoardEvent::name) and
    /// [`raw`](super::BoardEvent::raw) have it.
    Unknown,
    /// A known `type`, without this field, or with one that cannot be what it must be; `raw` has it.
    Unreadable(&'static str),
}

impl BoardChange {
    pub(super) fn item_id(&self) -> Option<&ItemId> {
        match self {
            Self::ItemCreated(change) => Some(&change.item_id),
            Self::ColumnChanged(change) => Some(&change.item_id),
            Self::NameChanged(change) => Some(&change.item_id),
            Self::ItemArchived(change) | Self::ItemDeleted(change) | Self::ItemRestored(change) => {
                Some(&change.item_id)
            }
            Self::ItemMoved(change) => Some(&change.item_id),
            Self::SubitemMoved(change) => Some(&change.item_id),
            Self::UpdateCreated(change) | Self::UpdateEdited(change) | Self::UpdateDeleted(change) => {
                Some(&change.item_id)
            }
            Self::ColumnCreated(_) | Self::Unknown | Self::Unreadable(_) => None,
        }
    }

    pub(super) fn at(&self) -> Option<SystemTime> {
        match self {
            Self::ColumnChanged(change) => change.changed_at,
            Self::ColumnCreated(change) => change.created_at,
            _ => None,
        }
    }
}

/// A struct whose `Debug` shows ids and times, and no words of the board's.
macro_rules! changes {
    ($(
        $(#[$doc:meta])*
        $name:ident shows $shown:ident {
            $($(#[$field_doc:meta])* $field:ident: $type:ty,)+
        }
    )+) => {$(
        $(#[$doc])*
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)+
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).field(stringify!($shown), &self.$shown).finish_non_exhaustive()
            }
        }
    )+};
}

changes! {
    /// An item or subitem that is new.
    ItemCreated shows item_id {
        /// The item.
        item_id: ItemId,
        /// Its name.
        item_name: Option<String>,
        /// Its group.
        group_id: Option<GroupId>,
        /// The group's title.
        group_title: Option<String>,
        /// Whether the group is the board's first.
        is_top_group: Option<bool>,
        /// The values it was created with: an object by column id.
        column_values: Option<Json>,
    }

    /// A column's value that is another now.
    ColumnChanged shows item_id {
        /// The item.
        item_id: ItemId,
        /// Its name.
        item_name: Option<String>,
        /// Its group.
        group_id: Option<GroupId>,
        /// The column.
        column_id: ColumnId,
        /// monday's inner name of the column's type: `color` for a status.
        column_type: Option<String>,
        /// The column's title.
        column_title: Option<String>,
        /// The value now, raw; `None` is an empty one.
        value: Option<Json>,
        /// The value before, raw; `None` is an empty one.
        previous_value: Option<Json>,
        /// When it was changed, to the microsecond.
        changed_at: Option<SystemTime>,
    }

    /// A name that is another now.
    NameChanged shows item_id {
        /// The item.
        item_id: ItemId,
        /// Its group.
        group_id: Option<GroupId>,
        /// The name now.
        name: Option<String>,
        /// The name before.
        previous_name: Option<String>,
    }

    /// An item that was archived, deleted or restored.
    ItemStateChanged shows item_id {
        /// The item.
        item_id: ItemId,
        /// Its name.
        item_name: Option<String>,
    }

    /// An item that is in another group now.
    ItemMoved shows item_id {
        /// The item.
        item_id: ItemId,
        /// The group it was in.
        from_group_id: Option<GroupId>,
        /// The group it is in.
        to_group_id: GroupId,
        /// That group's title.
        to_group_title: Option<String>,
    }

    /// A subitem that is under another item now.
    SubitemMoved shows item_id {
        /// The subitem.
        item_id: ItemId,
        /// The item it was under.
        from_item_id: Option<ItemId>,
        /// The item it is under.
        to_item_id: ItemId,
        /// The board of the item it was under.
        from_board_id: Option<BoardId>,
        /// The board of the item it is under.
        to_board_id: Option<BoardId>,
    }

    /// A column that is new.
    ColumnCreated shows created_at {
        /// The column.
        column_id: ColumnId,
        /// monday's inner name of its type: `color` for a status.
        column_type: Option<String>,
        /// Its title.
        column_title: Option<String>,
        /// When it was created.
        created_at: Option<SystemTime>,
    }

    /// An update that was written, edited or deleted.
    UpdateChanged shows update_id {
        /// The item it is on.
        item_id: ItemId,
        /// The update. A reply's is the update it replies to.
        update_id: UpdateId,
        /// The reply, if it is one.
        reply_id: Option<UpdateId>,
        /// Its text, as HTML.
        body: Option<String>,
        /// Its text.
        text_body: Option<String>,
    }
}
