//! Fields that are text.
//!
//! Must not know: what it says.

use super::{ColumnField, ColumnKind, DefaultColumn, UnfitField, always, default};
use crate::{FormulaValue, LongTextChange, LongTextValue, MirrorValue, ProgressValue, TextChange, TextValue};

default! { String: TextValue; }

/// Text, which is never absent and may be empty; in an `Option` it is absent where it is empty.
macro_rules! text {
    ($kind:ident, $read:expr, $write:expr) => {
        always!(String: $kind, |value| {
            let read: fn($kind) -> Option<String> = $read;
            Ok(read(value).unwrap_or_default())
        }, |text| {
            let write: fn(&str) -> Option<<$kind as ColumnKind>::Change> = $write;
            write(text)
        });
        always!(Option<String>: $kind, |value| {
            let read: fn($kind) -> Option<String> = $read;
            Ok(read(value).filter(|text| !text.is_empty()))
        }, |text| {
            let write: fn(&str) -> Option<<$kind as ColumnKind>::Change> = $write;
            write(text.as_deref().unwrap_or_default())
        });
    };
}

text!(TextValue, |value| value.text, |text| {
    Some(if text.is_empty() { TextChange::clear() } else { TextChange::text(text) })
});
text!(LongTextValue, |value| value.text, |text| Some(LongTextChange::text(text)));
text!(FormulaValue, |value| Some(value.display_value), |_| None);
text!(MirrorValue, |value| Some(value.display_value), |_| None);
text!(ProgressValue, |value| value.text, |_| None);
