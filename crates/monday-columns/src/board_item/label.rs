//! Labels of statuses and dropdowns as enums.
//!
//! Must not know: which columns have them.

/// An enum that is the labels of a status or dropdown. Derive it: `#[monday(label = "…")]` where a label is not spelled
/// as its variant, `#[monday(other)]` at a variant that holds all other labels as text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no label of a status or dropdown",
    note = "derive it for an enum, as in `#[derive(Debug, Clone, PartialEq, Label)]`"
)]
pub trait Label: Sized + PartialEq {
    /// The labels that have a variant of their own.
    const LABELS: &'static [&'static str];

    /// The variant of a label.
    fn from_label(label: &str) -> Option<Self>;

    /// The label of a variant.
    fn label(&self) -> &str;
}

/// Any label.
impl Label for String {
    const LABELS: &'static [&'static str] = &[];

    fn from_label(label: &str) -> Option<Self> {
        Some(label.to_owned())
    }

    fn label(&self) -> &str {
        self
    }
}
