//! How far answers stray from the plain.
//!
//! Must not know: how an answer is made.

/// How often, of 1,000 chances, something in an answer is another thing than it would be, as far as the schema
/// allows it. It touches all data, kept or made; which of it, is drawn from the sandbox's seed and from the
/// request, so that the same request is answered alike. An answer does not grow beyond some 20,000 values.
///
/// ```
/// use monday_sandbox::{Sandbox, Variety};
///
/// let mostly_null = Sandbox::builder().variety(Variety { nulls: 900, ..Variety::default() });
/// # let _ = mostly_null;
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Variety {
    /// A value that may be null is null.
    pub nulls: u64,
    /// A list has no elements.
    pub empty_lists: u64,
    /// A value of an enum is one that nobody has heard of.
    pub unknown_enum_values: u64,
    /// An object of an interface or a union is of a type that nobody has heard of; where `__typename` is asked
    /// for, because nobody would notice otherwise.
    pub unknown_types: u64,
    /// A list is as long as its field's `limit` says; without one it has 1,000 scalars, or 100 objects.
    pub longest_lists: u64,
}

impl Variety {
    /// Nothing strays.
    #[must_use]
    pub const fn none() -> Self {
        Self { nulls: 0, empty_lists: 0, unknown_enum_values: 0, unknown_types: 0, longest_lists: 0 }
    }

    /// Everything strays this often.
    #[must_use]
    pub const fn of_all(per_mille: u64) -> Self {
        Self {
            nulls: per_mille,
            empty_lists: per_mille,
            unknown_enum_values: per_mille,
            unknown_types: per_mille,
            longest_lists: per_mille,
        }
    }
}
