//! Values that are text.
//!
//! Must not know: what the text says.

use monday_queries::fragments::TypedColumnValueFieldsOnLongTextValue as WireLongText;

use crate::parsed::{Moment, Parsed};
use crate::typed::{Typed, value};

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TextValue {
    /// The text.
    pub text: Option<String>,
}

/// Text of several lines.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct LongTextValue {
    /// The text.
    pub text: Option<String>,
    /// When it was changed.
    pub updated_at: Option<Parsed<Moment>>,
}

impl LongTextValue {
    pub(crate) fn new(fields: WireLongText, text: Option<String>) -> Self {
        Self { text, updated_at: fields.updated_at.typed() }
    }
}

/// The progress of other columns.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ProgressValue {
    /// The progress, as people read it.
    pub text: Option<String>,
}

/// A type that monday does not give out.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct UnsupportedValue {
    /// The value, as people read it.
    pub text: Option<String>,
}

value! {
    /// A link.
    LinkValue from TypedColumnValueFieldsOnLinkValue {
        /// The URL.
        url: Option<String>,
        /// What is shown for it. It is written as `text`.
        url_text: Option<String>,
        /// When it was changed.
        updated_at: Option<Parsed<Moment>>,
    }
}

value! {
    /// An email address.
    EmailValue from TypedColumnValueFieldsOnEmailValue {
        /// The address.
        email: Option<String>,
        /// What is shown for it. It is written as `text`.
        label: Option<String>,
        /// When it was changed.
        updated_at: Option<Parsed<Moment>>,
    }
}
