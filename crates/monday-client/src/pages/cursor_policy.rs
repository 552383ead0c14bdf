//! What to do when a cursor has expired.
//!
//! Must not know: how a page is read.

/// What a stream does when the cursor expires on the way. An items cursor lives 60 minutes from the first page; paging
/// does not extend it.
///
/// Source: <https://developer.monday.com/api-reference/docs/querying-board-items>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum CursorPolicy {
    /// The stream ends with [`ErrorKind::CursorExpired`](crate::ErrorKind::CursorExpired).
    #[default]
    FailFast,
    /// Reads again from the first page, and leaves out what was given, by id. Items that came in meanwhile are given
    /// wherever they stand. Keeps the ids of all items, 16 bytes for each that is a number.
    Restart,
    /// Reads again from the first page up to the last item that was given, and goes on behind it. Keeps one id. Items
    /// that came in before that place are not given; where the item is gone, the stream ends with
    /// [`ErrorKind::CursorExpired`](crate::ErrorKind::CursorExpired). For lists whose order does not change.
    Resume,
}
