//! An event of a board: what every one has, and what happened.
//!
//! Must not know: who sent it, whether it came before.

mod change;
mod event_type;
mod reading;

use std::fmt;
use std::time::SystemTime;

use monday_core::{BoardId, Id, ItemId, Json, UserId};
use monday_queries::enums::WebhookEventType;

pub use change::{
    BoardChange, ColumnChanged, ColumnCreated, ItemCreated, ItemMoved, ItemStateChanged, NameChanged,
    SubitemMoved, UpdateChanged,
};

use crate::refusal::Refusal;
use event_type::Of;

/// An event of a board.
///
/// Whatever is `None` was absent, null, or of a form this SDK cannot read; [`unread`](Self::unread) names the
/// last kind, and [`raw`](Self::raw) has everything as it came. `Debug` shows numbers and no words of the
/// board's.
///
/// Events come in any order, and [`happened_at`](Self::happened_at) is the only help: of two changes of one
/// column the one with the later moment is the newer. Compare it with that of the last change you took over,
/// and read the item when in doubt.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct BoardEvent {
    /// What happened.
    pub change: BoardChange,
    /// The board. Subitems have a board of their own, which is this one; the visible board is the parent's.
    pub board_id: Option<BoardId>,
    /// Who did it. Automations and integrations may have a number below zero.
    pub user_id: Option<UserId>,
    /// The item above, if the event is of a subitem.
    pub parent: Option<ParentItem>,
    /// The subscription this was sent for.
    pub subscription_id: Option<Id>,
    /// The event's own id, the same in each delivery of it.
    pub trigger_uuid: Option<String>,
    /// The id of the event that set off the automation which did this: how an app recognises its own doing.
    pub original_trigger_uuid: Option<String>,
    /// When monday noticed, to the millisecond.
    pub triggered_at: Option<SystemTime>,
    pub(crate) name: String,
    pub(crate) unread: Vec<&'static str>,
    pub(crate) raw: Json,
}

/// The item above a subitem. monday writes its ids as text here and as numbers there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParentItem {
    /// The item.
    pub item_id: ItemId,
    /// Its board.
    pub board_id: Option<BoardId>,
}

impl BoardEvent {
    /// Reads a body, of a queue for example. Nothing is verified here: that is
    /// [`BoardReceiver`](crate::BoardReceiver)'s.
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        reading::event(crate::door::object(body)?)
    }

    /// The `type` as it came, which is not the name of the event that was subscribed: `create_pulse` for
    /// `create_item`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The event as it came: what is in `event`, every field of it.
    #[must_use]
    pub fn raw(&self) -> &Json {
        &self.raw
    }

    /// The fields that are there and could not be read.
    #[must_use]
    pub fn unread(&self) -> &[&'static str] {
        &self.unread
    }

    /// The item or subitem, if the event is of one.
    #[must_use]
    pub fn item_id(&self) -> Option<&ItemId> {
        self.change.item_id()
    }

    /// When it happened: the change's own moment, or else when monday noticed.
    #[must_use]
    pub fn happened_at(&self) -> Option<SystemTime> {
        self.change.at().or(self.triggered_at)
    }

    /// The events one can have subscribed to get this. More than one where monday does not tell them apart, and
    /// where what would tell them apart is missing or cannot be read: the type of a column, the item above.
    #[must_use]
    pub fn subscribed(&self) -> &'static [WebhookEventType] {
        const ABOVE: [&str; 3] = ["parentItemId", "parentItemBoardId", "parentBoardId"];
        let is_told = |name: &str| self.raw.0.get(name).is_some_and(|value| !value.is_null());
        let of = match self.parent {
            Some(_) => Of::Subitem,
            None if ABOVE.into_iter().any(is_told) => Of::Either,
            None => Of::Item,
        };
        event_type::subscribed(&self.change, of)
    }
}

impl fmt::Debug for BoardEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BoardEvent")
            .field("change", &self.change)
            .field("board_id", &self.board_id)
            .field("user_id", &self.user_id)
            .field("parent", &self.parent)
            .field("subscription_id", &self.subscription_id)
            .field("happened_at", &self.happened_at())
            .field("unread", &self.unread)
            .finish_non_exhaustive()
    }
}
