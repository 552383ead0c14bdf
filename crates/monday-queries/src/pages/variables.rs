//! The variables that move through a list, whatever their types.
//!
//! Must not know: where a list ends.

use monday_core::{Cursor, Id, Nullable};

/// A variable that says where a page starts.
pub(crate) trait Position {
    fn go_to(&mut self, cursor: Cursor);
}

impl Position for String {
    fn go_to(&mut self, cursor: Cursor) {
        *self = cursor.0;
    }
}

impl Position for Nullable<String> {
    fn go_to(&mut self, cursor: Cursor) {
        *self = Self::Value(cursor.0);
    }
}

impl Position for Nullable<Id> {
    fn go_to(&mut self, cursor: Cursor) {
        *self = Self::Value(cursor.0.into());
    }
}

impl Position for Nullable<i64> {
    /// A cursor that is no number is another operation's: it leads behind the end.
    fn go_to(&mut self, cursor: Cursor) {
        *self = Self::Value(cursor.0.parse().unwrap_or(i64::from(i32::MAX)));
    }
}

/// A variable that says how many entries a page holds.
pub(crate) trait Size {
    fn size(&self) -> Option<i64>;
    fn set(&mut self, size: i64);
}

impl Size for i64 {
    fn size(&self) -> Option<i64> {
        Some(*self)
    }

    fn set(&mut self, size: i64) {
        *self = size;
    }
}

impl Size for Option<i64> {
    fn size(&self) -> Option<i64> {
        *self
    }

    fn set(&mut self, size: i64) {
        *self = Some(size);
    }
}

impl Size for Nullable<i64> {
    fn size(&self) -> Option<i64> {
        self.value().copied()
    }

    fn set(&mut self, size: i64) {
        *self = Self::Value(size);
    }
}

/// What is asked for, else what is there, else the default; between 1 and the largest that is documented.
pub(crate) fn resize(variable: &mut impl Size, size: Option<i64>, default: Option<i64>, max: Option<i64>) {
    if let Some(size) = size.or(variable.size()).or(default) {
        variable.set(size.clamp(1, max.unwrap_or(i64::from(i32::MAX))));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_callers_size_comes_first_then_the_operations_then_the_default_and_never_more_than_the_largest() {
        let resized = |there: Option<i64>, size| {
            let mut variable = there;
            resize(&mut variable, size, Some(100), Some(500));
            variable.unwrap()
        };
        assert_eq!(resized(None, None), 100);
        assert_eq!(resized(Some(7), None), 7);
        assert_eq!(resized(Some(7), Some(9)), 9);
        assert_eq!(resized(Some(7_000), None), 500);
        assert_eq!(resized(None, Some(0)), 1, "a page without entries would never end");
    }
}
