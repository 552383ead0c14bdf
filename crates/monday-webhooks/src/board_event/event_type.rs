//! The events one can subscribe to, and which of them a delivery may answer.
//!
//! Must not know: how a delivery is read.

use monday_core::open_enum;

use super::BoardChange;

open_enum! {
    /// An event of `create_webhook`, by the names of the schema's `WebhookEventType`. Deliveries do not carry
    /// these names: see [`BoardEvent::subscribed`](super::BoardEvent::subscribed).
    BoardEventType {
        ChangeColumnValue = "change_column_value",
        ChangeName = "change_name",
        ChangeSpecificColumnValue = "change_specific_column_value",
        ChangeStatusColumnValue = "change_status_column_value",
        ChangeSubitemColumnValue = "change_subitem_column_value",
        ChangeSubitemName = "change_subitem_name",
        CreateColumn = "create_column",
        CreateItem = "create_item",
        CreateSubitem = "create_subitem",
        CreateSubitemUpdate = "create_subitem_update",
        CreateUpdate = "create_update",
        DeleteUpdate = "delete_update",
        EditUpdate = "edit_update",
        ItemArchived = "item_archived",
        ItemDeleted = "item_deleted",
        ItemMovedToAnyGroup = "item_moved_to_any_group",
        ItemMovedToSpecificGroup = "item_moved_to_specific_group",
        ItemRestored = "item_restored",
        MoveSubitem = "move_subitem",
        SubitemArchived = "subitem_archived",
        SubitemDeleted = "subitem_deleted",
    }
}

pub(super) fn subscribed(change: &BoardChange, of_subitem: bool) -> &'static [BoardEventType] {
    use BoardEventType as Type;
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
