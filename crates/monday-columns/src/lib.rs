//! The values of monday's columns: all of them read as types, and those that can be written as types too.
//!
//! monday keeps column values as JSON inside text, in 41 shapes, with one way to read and another to write. Here each
//! shape is a variant of [`ColumnValue`], and each writable one a type whose name ends in `Change`. A formula cannot
//! be written, so there is no such change.
//!
//! # Reading
//!
//! `ItemsPageTyped` of `monday-queries` asks for every typed field; a [`Cell`] is made of each value it gives.
//!
//! ```
//! use monday_columns::{Cell, ColumnValue};
//! use monday_queries::fragments::TypedItemFields;
//!
//! fn done(item: TypedItemFields) -> bool {
//!     item.column_values.into_iter().map(Cell::from).any(|cell| match cell.value {
//!         ColumnValue::Status(status) => status.is_done == Some(true),
//!         _ => false,
//!     })
//! }
//! ```
//!
//! # Writing
//!
//! ```
//! use monday_columns::{ColumnValues, DateChange, NumbersChange, RatingChange, StatusChange};
//! use monday_queries::{ChangeMultipleColumnValues, CreateItem};
//! use jiff::civil::date;
//!
//! let values = ColumnValues::new()
//!     .set("status", StatusChange::label("Done"))
//!     .set("date4", DateChange::day(date(2026, 5, 10)))
//!     .set("numbers", NumbersChange::number(42.5))
//!     .clear::<RatingChange>("rating");
//! let change = ChangeMultipleColumnValues::new(1_234_567_890, 1_122_334_455, values.json()?);
//! let create = CreateItem::new(1_234_567_890, "New").column_values(values.json()?);
//! # let _ = (change, create);
//! # Ok::<(), monday_columns::InvalidColumns>(())
//! ```
//!
//! What monday would refuse is refused by [`ColumnValues::json`], all of it at once, before a call is spent. What depends
//! on a column's settings (which labels there are, say) only monday can tell.
//!
//! # Dates and times
//!
//! They are types of [`jiff`], which is exported here.
//!
//! Must not know: how requests are sent.

mod board_item;
mod cell;
mod change;
mod column_values;
pub mod filter;
mod invalid;
mod item_views;
mod parsed;
mod typed;
mod value;

pub use jiff;
pub use monday_columns_macros::{BoardItem, Label};

pub use board_item::{
    BoardColumn, BoardItem, BoardItems, ColumnField, ColumnKind, DefaultColumn, Email, ItemsById, Label,
    Link, Location, NewItem, NextBoardItems, NoSubitems, Phone, ReadOnly, Row, UnfitColumn, UnfitField,
    UnfitItem,
};
pub use cell::Cell;
pub use change::{
    BoardRelationChange, Change, CheckboxChange, ColorPickerChange, CountryChange, DateChange,
    DependencyChange, DropdownChange, EmailChange, FileChange, HourChange, LinkChange, LocationChange,
    LongTextChange, NumbersChange, PeopleChange, PhoneChange, RatingChange, SingleChange, StatusChange,
    TagsChange, TeamChange, TextChange, TimelineChange, WeekChange, WorldClockChange,
};
pub use column_values::{ColumnValues, MAX_BYTES};
pub use invalid::{InvalidColumn, InvalidColumns, InvalidValue};
pub use item_views::{ColumnView, ItemView, ItemViews, NextItemViews};
pub use monday_queries::enums::{ColumnType, FileLinkValueKind, NumberValueUnitDirection};
pub use parsed::{Moment, Parsed};
pub use value::{
    AssetFile, Assignee, BatteryPart, BatteryValue, BoardRelationValue, ButtonValue, CheckboxValue, Color,
    ColorPickerValue, ColumnValue, Country, CountryValue, CreationLogValue, DateValue, DependencyKind,
    DependencyLink, DependencyValue, DirectDocValue, DocFile, DocValue, DropdownOption, DropdownValue,
    EmailValue, FileEntry, FileValue, FormulaValue, Group, GroupValue, HourValue, IntegrationValue,
    InvalidAssetFile, ItemIdValue, LastUpdatedValue, LinkFile, LinkValue, LocationValue, LongTextValue,
    MirrorValue, Mirrored, MirroredCell, MirroredItem, NamedItem, NamedUser, NumbersValue, PeopleValue,
    PersonValue, PhoneValue, ProgressValue, RatingValue, StatusStyle, StatusValue, SubtasksValue, Tag,
    TagsValue, TeamValue, TextValue, TimeTrackingSession, TimeTrackingValue, TimelineValue, UnsupportedValue,
    VoteValue, WeekValue, WorldClockValue,
};

/// For the derives alone: nothing here is promised.
#[doc(hidden)]
pub mod __private {
    pub use crate::board_item::{
        Documents, ItemReader, Plan, Selected, Which, document, set, set_fixed, set_name,
    };
}
