//! Which of the events one can subscribe to a delivery may answer.
//!
//! Deliveries do not carry the names of `WebhookEventType`.
//! Must not know: how a delivery is read.

use monday_queries::enums::WebhookEventType;

use super::BoardChange;

/// Whose event it is, as far as it says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Of {
    Item,
    Subitem,
    /// It says something of an item above, and not which: either may have been subscribed.
    Either,
}

pub(super) fn subscribed(change: &BoardChange, of: Of) -> &'static [WebhookEventType] {
    use WebhookEventType as Type;
    const COLUMN: &[Type] = &[Type::ChangeColumnValue, Type::ChangeSpecificColumnValue];
    const STATUS: &[Type] =
        &[Type::ChangeColumnValue, Type::ChangeSpecificColumnValue, Type::ChangeStatusColumnValue];
    const ANY_COLUMN: &[Type] = &[
        Type::ChangeColumnValue,
        Type::ChangeSpecificColumnValue,
        Type::ChangeStatusColumnValue,
        Type::ChangeSubitemColumnValue,
    ];
    const COLUMN_OF_EITHER: &[Type] =
        &[Type::ChangeColumnValue, Type::ChangeSpecificColumnValue, Type::ChangeSubitemColumnValue];
    const MOVED: &[Type] = &[Type::ItemMovedToAnyGroup, Type::ItemMovedToSpecificGroup];
    match change {
        BoardChange::ColumnChanged(column) => {
            let may_be_status = matches!(column.column_type.as_deref(), Some("color" | "status") | None);
            match of {
                Of::Item if may_be_status => STATUS,
                Of::Item => COLUMN,
                Of::Subitem => const { &[Type::ChangeSubitemColumnValue] },
                Of::Either if may_be_status => ANY_COLUMN,
                Of::Either => COLUMN_OF_EITHER,
            }
        }
        BoardChange::ItemCreated(_) => of.pick(const { &[Type::CreateItem, Type::CreateSubitem] }),
        BoardChange::NameChanged(_) => of.pick(const { &[Type::ChangeName, Type::ChangeSubitemName] }),
        BoardChange::ItemArchived(_) => of.pick(const { &[Type::ItemArchived, Type::SubitemArchived] }),
        BoardChange::ItemDeleted(_) => of.pick(const { &[Type::ItemDeleted, Type::SubitemDeleted] }),
        BoardChange::UpdateCreated(_) => of.pick(const { &[Type::CreateUpdate, Type::CreateSubitemUpdate] }),
        BoardChange::ItemRestored(_) => const { &[Type::ItemRestored] },
        BoardChange::ItemMoved(_) => MOVED,
        BoardChange::SubitemMoved(_) => const { &[Type::MoveSubitem] },
        BoardChange::ColumnCreated(_) => const { &[Type::CreateColumn] },
        BoardChange::UpdateEdited(_) => const { &[Type::EditUpdate] },
        BoardChange::UpdateDeleted(_) => const { &[Type::DeleteUpdate] },
        BoardChange::Unknown | BoardChange::Unreadable(_) => &[],
    }
}

impl Of {
    /// Of an item's event and a subitem's.
    fn pick(self, both: &'static [WebhookEventType; 2]) -> &'static [WebhookEventType] {
        let [item, subitem] = both;
        match self {
            Self::Item => std::slice::from_ref(item),
            Self::Subitem => std::slice::from_ref(subitem),
            Self::Either => both,
        }
    }
}
