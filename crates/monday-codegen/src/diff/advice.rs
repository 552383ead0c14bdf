//! Which number of a crate's version moves.
//!
//! Must not know: the version.

use super::{Grade, SchemaDiff};

/// Which number moves, from nothing to the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// No new version is needed.
    None,
    /// The last number.
    Patch,
    /// The middle number. Below 1.0.0: the last.
    Minor,
    /// The first number. Below 1.0.0: the middle one.
    Major,
}

/// What changes mean for the version of a crate of generated operations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// Which number moves.
    pub step: Step,
    /// Why.
    pub reason: String,
}

impl Step {
    /// `none`, `patch`, `minor` or `major`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl Advice {
    /// For a crate that holds the whole schema: whatever is removed or changed may have been used.
    pub(super) fn of_schema(diff: &SchemaDiff) -> Self {
        let count = |grade| diff.count(grade);
        let (step, reason) = match (count(Grade::Breaking), count(Grade::Dangerous), count(Grade::Safe)) {
            (0, 0, 0) => (Step::None, "the schemas are the same".to_owned()),
            (0, 0, safe) => (Step::Minor, format!("{} only add to it", plural(safe, "change"))),
            (0, dangerous, _) => (
                Step::Minor,
                format!("{} add values, types or inputs to what is there", plural(dangerous, "change")),
            ),
            (breaking, ..) => (
                Step::Major,
                format!("{} take something away or change its type", plural(breaking, "change")),
            ),
        };
        Self { step, reason }
    }

    /// For a crate of some operations: only what they use counts.
    pub(crate) fn of_operations(broken: usize, touched: usize, deprecated: usize, is_same: bool) -> Self {
        let (step, reason) = match (broken, touched, deprecated) {
            (0, 0, 0) if is_same => (Step::None, "the schemas are the same".to_owned()),
            (0, 0, 0) => {
                (Step::Patch, "no operation uses what changed: the schema is all that is new".to_owned())
            }
            (0, 0, deprecated) => (Step::Minor, format!("{} what is deprecated now", uses(deprecated))),
            (0, touched, _) => (Step::Minor, format!("{} what may be answered differently", uses(touched))),
            (broken, ..) => (Step::Major, format!("{} with the new schema", breaks(broken))),
        };
        Self { step, reason }
    }
}

/// `1 change`, `2 changes`.
pub(crate) fn plural(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

fn uses(count: usize) -> String {
    format!("{} use{}", plural(count, "operation"), if count == 1 { "s" } else { "" })
}

fn breaks(count: usize) -> String {
    format!("{} break{}", plural(count, "operation"), if count == 1 { "s" } else { "" })
}
