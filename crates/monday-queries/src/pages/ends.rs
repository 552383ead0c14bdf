//! Where a list ends, for each of the shapes that monday pages in.
//!
//! Lengths are counted before nulls are left out: a null is an entry of a full page. Must not know: operations.

use monday_core::{Cursor, Nullable, Page};

/// An entry of a list, which may be null.
pub(crate) trait Entry<T> {
    fn entry(self) -> Option<T>;
}

impl<T> Entry<T> for T {
    fn entry(self) -> Option<T> {
        Some(self)
    }
}

impl<T> Entry<T> for Option<T> {
    fn entry(self) -> Option<T> {
        self
    }
}

fn entries<T, E: Entry<T>>(list: Vec<E>) -> Vec<T> {
    list.into_iter().filter_map(Entry::entry).collect()
}

fn number(number: i64) -> Cursor {
    Cursor(number.to_string())
}

fn len<E>(list: &[E]) -> i64 {
    i64::try_from(list.len()).unwrap_or(i64::MAX)
}

/// `limit` and `page`: a list shorter than `limit` is the last. Of several lists that move together, all must end.
pub(crate) fn by_number<T, E: Entry<T>>(
    lists: impl IntoIterator<Item = Vec<E>>,
    page: &Nullable<i64>,
    limit: Option<i64>,
) -> Page<T> {
    let (mut items, mut is_full) = (Vec::new(), false);
    for list in lists {
        is_full |= limit.is_some_and(|limit| len(&list) >= limit);
        items.extend(list.into_iter().filter_map(Entry::entry));
    }
    let next = is_full.then(|| number(page.value().unwrap_or(&1) + 1));
    Page { items, next }
}

/// `limit` and `page` with a total: the page that reaches it is the last. Without a total, a short one is.
pub(crate) fn by_count<T, E: Entry<T>>(
    list: Vec<E>,
    total: Option<i64>,
    page: &Nullable<i64>,
    limit: Option<i64>,
) -> Page<T> {
    let (page, limit) = (*page.value().unwrap_or(&1), limit.unwrap_or(i64::MAX));
    let is_last = total.map_or(len(&list) < limit, |total| page.saturating_mul(limit) >= total);
    Page { items: entries(list), next: (!is_last).then(|| number(page + 1)) }
}

/// `limit` and `offset` with a total.
pub(crate) fn by_offset<T, E: Entry<T>>(
    list: Vec<E>,
    total: Option<i64>,
    offset: &Nullable<i64>,
    limit: Option<i64>,
) -> Page<T> {
    let end = offset.value().unwrap_or(&0).saturating_add(len(&list));
    let is_last = total.map_or(limit.is_none_or(|limit| len(&list) < limit), |total| end >= total);
    Page { items: entries(list), next: (!is_last).then(|| number(end)) }
}

/// An offset in entries, with pages as large as the server likes: an empty one is the last.
pub(crate) fn by_next_offset<T, E: Entry<T>>(list: Vec<E>, offset: &Nullable<i64>) -> Page<T> {
    let end = offset.value().unwrap_or(&0).saturating_add(len(&list));
    let next = (!list.is_empty()).then(|| number(end));
    Page { items: entries(list), next }
}

/// A cursor that is null, or empty, after the last page.
pub(crate) fn by_cursor<T, E: Entry<T>>(list: Vec<E>, cursor: Option<String>) -> Page<T> {
    Page { items: entries(list), next: cursor.filter(|cursor| !cursor.is_empty()).map(Cursor) }
}

/// A cursor, and a flag that says whether it is worth anything.
pub(crate) fn by_page_info<T, E: Entry<T>>(
    list: Vec<E>,
    has_next_page: Option<bool>,
    cursor: Option<String>,
) -> Page<T> {
    let has_next_page = has_next_page == Some(true);
    Page { items: entries(list), next: has_next_page.then(|| Cursor(cursor.unwrap_or_default())) }
}

/// A flag, and the number of the next page.
pub(crate) fn by_pagination<T, E: Entry<T>>(
    list: Vec<E>,
    has_more_pages: Option<bool>,
    next_page_number: Option<i64>,
    page: &Nullable<i64>,
) -> Page<T> {
    let next = || number(next_page_number.unwrap_or(page.value().unwrap_or(&1) + 1));
    Page { items: entries(list), next: (has_more_pages == Some(true)).then(next) }
}

/// The cursor is the id of the last entry; a short page is the last.
pub(crate) fn by_last_id<T, E: Entry<T>>(
    list: Vec<E>,
    limit: Option<i64>,
    id: impl Fn(&T) -> Option<&str>,
) -> Page<T> {
    let is_full = limit.is_some_and(|limit| len(&list) >= limit);
    let items = entries(list);
    let end = || Cursor(items.last().and_then(|item: &T| id(item)).unwrap_or_default().to_owned());
    let next = is_full.then(end);
    Page { items, next }
}

/// All there is.
pub(crate) fn one_page<T, E: Entry<T>>(list: Vec<E>) -> Page<T> {
    Page { items: entries(list), next: None }
}
