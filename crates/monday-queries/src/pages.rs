//! How lists page: what is sent for the next page, and where each shape ends. Which operation has which shape
//! is generated.
//!
//! Must not know: which operations there are, how pages are fetched.

mod ends;
mod variables;

pub(crate) use ends::{
    by_count, by_cursor, by_last_id, by_next_offset, by_number, by_offset, by_page_info, by_pagination,
    one_page,
};
pub(crate) use variables::{Position, Size, resize};

/// Makes an operation one that reads a list page by page: its items; the variable that moves, or the
/// operation that goes on; the variable for the size with its default and its largest value; what is left out
/// beside a position; where an item's id is; the page in the answer.
macro_rules! paged {
    (
        $name:ident -> $item:ident
        { $($next:tt)* } [$($limit:ident, $default:expr, $max:expr $(, $never:ident)*)?] [$($excluded:ident)*] ($($id:ident).*)
        |$operation:ident, $data:ident| $page:expr
    ) => {
        impl monday_core::PagedOperation for $name {
            type Item = $item;
            type Next = crate::pages::paged!(@type $($next)*);

            fn page(&self, $data: Self::Data) -> Result<Option<monday_core::Page<$item>>, monday_core::PageError> {
                let $operation = self;
                let _ = $operation;
                // A list that does not exist leaves by `?`.
                let page = move || Some($page);
                Ok(page())
            }

            fn next(&self, cursor: monday_core::Cursor) -> Self::Next {
                crate::pages::paged!(@next self cursor [$($limit)?] [$($excluded)*] $($next)*)
            }

            $(fn resize(&mut self, size: Option<i64>) {
                crate::pages::resize(&mut self.$limit, size, $default, $max);
                $(self.$never = monday_core::Nullable::Absent;)*
            }

            fn page_size(&self) -> Option<i64> {
                crate::pages::Size::size(&self.$limit)
            })?

            crate::pages::paged!(@id $item $($id).*);
        }
    };
    (@type => $next:ident) => { crate::$next };
    (@type $($position:ident)?) => { Self };
    (@next $self:ident $cursor:ident [$($limit:ident)?] [$($excluded:ident)*] => $next:ident) => {{
        let mut next = crate::$next::new($cursor.0);
        $(monday_core::PagedOperation::resize(&mut next, crate::pages::Size::size(&$self.$limit));)?
        next
    }};
    (@next $self:ident $cursor:ident [$($limit:ident)?] [$($excluded:ident)*] $position:ident) => {{
        let mut next = $self.clone();
        crate::pages::Position::go_to(&mut next.$position, $cursor);
        $(next.$excluded = monday_core::Nullable::Absent;)*
        next
    }};
    (@next $self:ident $cursor:ident [$($limit:ident)?] []) => {{
        let _ = $cursor;
        $self.clone()
    }};
    (@id $item:ident) => {};
    (@id $item:ident $($id:ident).+) => {
        fn id(item: &$item) -> Option<&str> {
            Some(item.$($id).+.as_str())
        }
    };
}
pub(crate) use paged;
