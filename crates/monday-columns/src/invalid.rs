//! What is refused before a call is spent: the column and the rule, never the value.
//!
//! Must not know: how values are written.

use std::fmt;

use monday_core::ColumnId;

/// Why a value is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum InvalidValue {
    /// Of those in a people column, people and teams can be written.
    Assignee,
    /// Colours are `#` and six hexadecimal digits.
    Color,
    /// Column ids are not empty.
    ColumnId,
    /// Country codes are two capital letters.
    CountryCode,
    /// The years of dates are 1 to 9999.
    Date,
    /// This text may not be empty: clearing is another change.
    Empty,
    /// A group is no column value.
    Group,
    /// Hours are 0 to 23, minutes 0 to 59.
    Hour,
    /// This id is a number.
    Id,
    /// A label's index is 0 to 4,294,967,295.
    Index,
    /// An item's name has 1 to 255 characters.
    Name,
    /// An item's name is no column: `ColumnValues::name` sets it.
    NameColumn,
    /// This is no number, or no finite one.
    Number,
    /// Latitudes are -90 to 90, longitudes -180 to 180.
    Place,
    /// A rating is 1 to the column's scale.
    Rating,
    /// It can be read and not written.
    ReadOnly,
    /// A timeline does not end before it starts.
    Timeline,
    /// The time zone has no name that the time zone database knows.
    TimeZone,
    /// A week's end is six days after its start.
    Week,
    /// monday keeps an hour and a minute.
    WholeMinutes,
}

impl fmt::Display for InvalidValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Assignee => "only people and teams can be written",
            Self::Color => "a colour is `#` and six hexadecimal digits, such as `#ff5733`",
            Self::ColumnId => "a column's id is not empty",
            Self::CountryCode => "a country's code is two capital letters, such as `US`",
            Self::Date => "the year of a date is 1 to 9999",
            Self::Empty => "empty text: to clear the column, use `clear`",
            Self::Group => "an item goes to another group by `MoveItemToGroup`",
            Self::Hour => "an hour is 0 to 23, a minute 0 to 59",
            Self::Id => "an id is not empty and has digits only",
            Self::Index => "a label's index is a whole number from 0 on",
            Self::Name => "an item's name has 1 to 255 characters",
            Self::NameColumn => "an item's name is set by `ColumnValues::name`, and cannot be cleared",
            Self::Number => "not a finite decimal number, such as `-12.5`",
            Self::Place => "a latitude is -90 to 90, a longitude -180 to 180",
            Self::Rating => "a rating is at least 1 and at most the column's scale",
            Self::ReadOnly => "it can be read and not written",
            Self::Timeline => "a timeline does not end before it starts",
            Self::TimeZone => "not the name of a time zone, such as `Europe/London`",
            Self::Week => "a week ends six days after its start",
            Self::WholeMinutes => "monday keeps an hour and a minute: round the time to minutes first",
        })
    }
}

impl std::error::Error for InvalidValue {}

/// A column whose value is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct InvalidColumn {
    /// The column's id, as it was given.
    pub column: ColumnId,
    /// Which kind of change it was, such as `RatingChange`; `name` for an item's name.
    pub change: &'static str,
    /// Why.
    pub reason: InvalidValue,
}

impl fmt::Display for InvalidColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column `{}` ({}): {}", self.column, self.change, self.reason)
    }
}

/// Column values that monday would refuse: nothing was sent.
///
/// # Troubleshooting
///
/// Each column is named with the rule it breaks. `TooLong` is monday's limit for one item; long text belongs in updates or
/// documents.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum InvalidColumns {
    /// These columns, in the order in which they were set.
    Columns(Vec<InvalidColumn>),
    /// monday did not say which board the item lies on.
    NoBoard,
    /// All values together are longer than monday keeps for one item.
    TooLong {
        /// How many bytes their texts and numbers have, without the JSON around them.
        bytes: usize,
    },
}

impl fmt::Display for InvalidColumns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Columns(columns) => {
                f.write_str("nothing was sent: ")?;
                for (index, column) in columns.iter().enumerate() {
                    let separator = if index == 0 { "" } else { "; " };
                    write!(f, "{separator}{column}")?;
                }
                Ok(())
            }
            Self::NoBoard => {
                f.write_str("nothing was sent: the item's board is not known; read it again by its id")
            }
            Self::TooLong { bytes } => write!(
                f,
                "nothing was sent: the values have {bytes} bytes, without the JSON around them, and monday keeps about {} \
                 for an item",
                crate::MAX_BYTES
            ),
        }
    }
}

impl std::error::Error for InvalidColumns {}
