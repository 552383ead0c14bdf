//! Filters on texts: the item's name, text, long text, emails, links, time zones.
//!
//! Must not know: how texts are kept.

use super::rule::{choice, column, contains, emptiness, rules};

column! {
    /// Text. Source: the pages `text`, and the guidelines.
    TextColumn, "text"
}
column! {
    /// Long text. Source: the page `long-text-1`, and the guidelines.
    LongTextColumn, "long_text"
}
column! {
    /// Emails, by what is shown: the label where there is one. Source: the page `email`.
    EmailColumn, "email"
}
column! {
    /// Links, by what is shown. Source: the page `link`.
    LinkColumn, "link"
}
column! {
    /// Time zones, by the name that is shown in monday. Source: the page `world-clock`.
    WorldClockColumn, "world_clock"
}

/// The item's name, on every board. Source: the guidelines, which name two operators; others go through
/// [`Rule::raw`](super::Rule::raw).
///
/// ```
/// use monday_columns::filter::{Filter, NameColumn};
/// let query = Filter::all([NameColumn.contains_text("invoice")]).build()?;
/// # let _ = query;
/// # Ok::<(), monday_columns::filter::InvalidFilter>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NameColumn;

rules!(NameColumn, "name", |_column| "name".into());
emptiness!(TextColumn LongTextColumn EmailColumn LinkColumn);
contains!(TextColumn LongTextColumn EmailColumn LinkColumn NameColumn);
choice!(TextColumn, /** Whole texts. */ texts: impl Into<String>, super::rule::text);
choice!(LongTextColumn, /** Whole texts. */ texts: impl Into<String>, super::rule::text);
choice!(EmailColumn, /** Whole addresses, or labels. */ texts: impl Into<String>, super::rule::text);
choice!(LinkColumn, /** Whole addresses, or labels. */ texts: impl Into<String>, super::rule::text);
choice!(WorldClockColumn, /** Names, as monday shows them. */ names: impl Into<String>, super::rule::text);
