//! Which of the events one can subscribe to a delivery may answer.
//!
//! Deliveries do not carry the names of `WebhookEventType`.
//! Must not know: how a delivery is read.

use monday_queries::enums::WebhookEventType;

use super::BoardChange;

pub(super) fn subscribed(change: &BoardChange, of_subitem: bool) -> &'static [WebhookEventType] {
    use WebhookEventType as Type;
    const COLUMN: &[Type] = &[Type::ChangeColumnValue, Type::ChangeSpecificColumnValue];
    const STATUS: &[Type] =
        &[Type::ChangeColumnValue, Type::ChangeSpecificColumnValue, Type::ChangeStatusColumnValue];
    const SUBITEM_COLUMN: &[Type] = &[Type::ChangeSubitemColumnValue];
    const MOVED: &[Type] = &[Type::ItemMovedToAnyGroup, Type::ItemMovedToSpecificGroup];
    match (change, of_subitem) {
        (BoardChange::ItemCreated(_), false) => const { &[Type::CreateItem] },
        (BoardChange::ItemCreated(_), true) => const { &[Type::CreateSubitem] },
        (BoardChange::ColumnChanged(_), true) => SUBITEM_COLUMN,
        (BoardChange::ColumnChanged(column), false) => match column.column_type.as_deref() {
            Some("color" | "status") => STATUS,
            _ => COLUMN,
        },
        (BoardChange::NameChanged(_), false) => const { &[Type::ChangeName] },
        (BoardChange::NameChanged(_), true) => const { &[Type::ChangeSubitemName] },
        (BoardChange::ItemArchived(_), false) => const { &[Type::ItemArchived] },
        (BoardChange::ItemArchived(_), true) => const { &[Type::SubitemArchived] },
        (BoardChange::ItemDeleted(_), false) => const { &[Type::ItemDeleted] },
        (BoardChange::ItemDeleted(_), true) => const { &[Type::SubitemDeleted] },
        (BoardChange::ItemRestored(_), _) => const { &[Type::ItemRestored] },
        (BoardChange::ItemMoved(_), _) => MOVED,
        (BoardChange::SubitemMoved(_), _) => const { &[Type::MoveSubitem] },
        (BoardChange::ColumnCreated(_), _) => const { &[Type::CreateColumn] },
        (BoardChange::UpdateCreated(_), false) => const { &[Type::CreateUpdate] },
        (BoardChange::UpdateCreated(_), true) => const { &[Type::CreateSubitemUpdate] },
        (BoardChange::UpdateEdited(_), _) => const { &[Type::EditUpdate] },
        (BoardChange::UpdateDeleted(_), _) => const { &[Type::DeleteUpdate] },
        (BoardChange::Unknown | BoardChange::Unreadable(_), _) => &[],
    }
}
