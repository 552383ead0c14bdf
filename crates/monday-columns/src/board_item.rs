//! A board's items as structs of the caller's: what they are read from, what is changed in them.
//!
//! The derive writes the columns down and calls what stands here. Must not know: how requests are sent.

mod by_ids;
mod documents;
mod field;
mod items;
mod kind;
mod label;
mod reading;
mod row;
mod selection;
mod unfit;
mod wire;
mod writing;

use monday_core::{BoardId, ItemId};
use monday_queries::{CreateItem, CreateSubitem};

use crate::{ColumnValues, InvalidColumns};

pub use by_ids::ItemsById;
pub use documents::{Documents, Plan, Selected, Which, document};
pub use field::{ColumnField, DefaultColumn, Email, Link, Location, Phone};
pub(crate) use items::LARGEST;
pub use items::{BoardItems, NextBoardItems};
pub use kind::{ColumnKind, ReadOnly};
pub use label::Label;
pub use reading::ItemReader;
pub use row::Row;
pub use unfit::{UnfitColumn, UnfitField, UnfitItem};
pub use writing::{set, set_fixed, set_name};

/// A struct that is a row of a board. Derive it: each field says which column it is.
///
/// ```ignore
/// use monday_sdk::columns::jiff::civil::Date;
/// use monday_sdk::columns::{BoardItem, Label, Row};
/// use monday_sdk::ItemId;
///
/// #[derive(Debug, Clone, PartialEq, Label)]
/// enum Stage {
///     #[monday(label = "Working on it")]
///     Working,
///     Done,
///     #[monday(other)]
///     Other(String),
/// }
///
/// #[derive(Debug, Clone, BoardItem)]
/// struct Task {
///     #[monday(id)]
///     id: ItemId,
///     #[monday(name)]
///     title: String,
///     #[monday(column = "status")]
///     stage: Option<Stage>,
///     #[monday(column = "date4")]
///     due: Option<Date>,
///     #[monday(column = "notes", type = "long_text")]
///     notes: String,
///     #[monday(subitems)]
///     steps: Vec<Row<Step>>,
/// }
/// #
/// # #[derive(Debug, Clone, BoardItem)]
/// # struct Step {
/// #     #[monday(name)]
/// #     title: String,
/// # }
/// ```
///
/// The query asks for these columns and no others, and for of each column what its type has. A struct that does not fit
/// the board is an error that says so, with the first page. See [`ColumnField`] for the types that fields may have.
///
/// ```ignore
/// let mut rows = client.pages(Task::items(board_id));
/// while let Some(mut task) = rows.try_next().await? {
///     task.stage = Some(Stage::Done);
///     client.bulk(task.changes()?).run().await;
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no row of a board",
    label = "add `#[derive(Clone, BoardItem)]` to this struct"
)]
pub trait BoardItem: Clone + Send + Sync + 'static {
    /// The struct's name.
    const NAME: &'static str;

    /// The ids of the columns that it reads.
    const COLUMNS: &'static [BoardColumn] = Self::SELECTED.columns;

    #[doc(hidden)]
    const DOCUMENTS: Documents;

    #[doc(hidden)]
    const SELECTED: Selected;

    #[doc(hidden)]
    const HAS_SUBITEMS: bool;

    /// The rows below a row; [`NoSubitems`] where none are read.
    type Subitem: BoardItem;

    #[doc(hidden)]
    fn read(reader: &mut ItemReader<'_>) -> Result<Self, Box<UnfitItem>>;

    #[doc(hidden)]
    fn write(&self, original: Option<&Self>, values: ColumnValues) -> ColumnValues;

    #[doc(hidden)]
    fn subitems(&self) -> &[Row<Self::Subitem>] {
        &[]
    }

    #[doc(hidden)]
    fn subitems_mut(&mut self) -> &mut [Row<Self::Subitem>] {
        &mut []
    }

    /// The board's items, page by page: for `Client::pages`.
    fn items(board_id: impl Into<BoardId>) -> BoardItems<Self> {
        BoardItems::new(board_id.into())
    }

    /// These items, of whatever board, 100 in a request: for `Client::pages`. What does not exist is left out.
    fn by_ids<I: Into<ItemId>>(ids: impl IntoIterator<Item = I>) -> ItemsById<Self> {
        ItemsById::new(ids.into_iter().map(Into::into).collect())
    }
}

/// A [`BoardItem`] that can be created: it has the item's name.
#[diagnostic::on_unimplemented(
    message = "an item of `{Self}` cannot be created: it has no name",
    note = "mark a field with `#[monday(name)]`, as in `#[monday(name)] title: String`"
)]
pub trait NewItem: BoardItem {
    #[doc(hidden)]
    fn name(&self) -> &str;

    /// A new item of this board with these values. Empty fields, and those that cannot be written, are left out.
    fn create_item(&self, board_id: impl Into<BoardId>) -> Result<CreateItem, InvalidColumns> {
        let values = self.write(None, ColumnValues::new()).json()?;
        Ok(CreateItem::new(board_id, self.name()).column_values(values))
    }

    /// A new item below another with these values. Empty fields, and those that cannot be written, are left out.
    fn create_subitem(&self, parent: impl Into<ItemId>) -> Result<CreateSubitem, InvalidColumns> {
        let values = self.write(None, ColumnValues::new()).json()?;
        Ok(CreateSubitem::new(parent, self.name()).column_values(values))
    }
}

/// A column that a [`BoardItem`] reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct BoardColumn {
    /// The column's id.
    pub id: &'static str,
    /// The struct's field.
    pub field: &'static str,
    /// The type that the column must have, as monday names it; of roll-ups, which have none, the value's type.
    pub column_type: &'static str,
    pub(crate) type_name: &'static str,
    pub(crate) selection: &'static str,
}

impl BoardColumn {
    #[doc(hidden)]
    #[must_use]
    pub const fn new<K: ColumnKind>(id: &'static str, field: &'static str) -> Self {
        Self {
            id,
            field,
            column_type: K::COLUMN_TYPE,
            type_name: K::TYPE_NAME,
            selection: selection::of(K::TYPE_NAME),
        }
    }
}

/// The subitems of a [`BoardItem`] that reads none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoSubitems {}

impl BoardItem for NoSubitems {
    const NAME: &'static str = "NoSubitems";
    const DOCUMENTS: Documents = Documents::NONE;
    const SELECTED: Selected = Selected { columns: &[], has_name: false, has_group: false };
    const HAS_SUBITEMS: bool = false;
    type Subitem = Self;

    fn read(reader: &mut ItemReader<'_>) -> Result<Self, Box<UnfitItem>> {
        Err(reader.no_subitem())
    }

    fn write(&self, _: Option<&Self>, _: ColumnValues) -> ColumnValues {
        match *self {}
    }
}
