//! The items of the board, as the server has them and as sums expect them: what is in the `n`th, and its group.
//!
//! Must not know: JSON around them, pages, who reads.

use std::ops::Range;

/// How many groups the board has.
pub const GROUPS: usize = 10;

/// One column of an item, before JSON's escapes.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its id.
    pub id: &'static str,
    /// Its type.
    pub kind: &'static str,
    /// What is shown.
    pub text: String,
    /// The JSON of its value.
    pub value: String,
}

/// The item's id.
#[must_use]
pub fn id(number: usize) -> String {
    (3_000_000_000 + number).to_string()
}

/// The item's name.
#[must_use]
pub fn name(number: usize) -> String {
    format!("Review the price list of quarter {} for number {number}", number % 4 + 1)
}

/// The id of a group, the first of which is 0.
#[must_use]
pub fn group_id(group: usize) -> String {
    format!("group_{}", group + 1)
}

/// The items of a group, one of equals.
#[must_use]
pub fn group(group: usize, items: usize) -> Range<usize> {
    items * group / GROUPS..items * (group + 1) / GROUPS
}

/// The items of a group that grows: the second has twice as many as the first, the tenth ten times as many.
#[must_use]
pub fn growing_group(group: usize, items: usize) -> Range<usize> {
    let start = |group: usize| items * group * (group + 1) / (GROUPS * (GROUPS + 1));
    start(group)..start(group + 1)
}

/// The group that an item is in, of a board with so many items.
#[must_use]
pub fn group_of(number: usize, items: usize) -> usize {
    (0..GROUPS).find(|at| group(*at, items).contains(&number)).unwrap_or_default()
}

/// Its ten columns.
#[must_use]
pub fn columns(number: usize) -> [Column; 10] {
    let column = |id, kind, text: String, value: String| Column { id, kind, text, value };
    let (index, label) = if number.is_multiple_of(3) { (1, "Done") } else { (0, "Working on it") };
    let hours = format!("{}.5", number % 8);
    let day = format!("2026-{:02}-{:02}", number % 12 + 1, number % 28 + 1);
    let changed = r#""changed_at":"2026-10-02T08:12:31.000Z""#;
    [
        column(
            "status",
            "status",
            label.to_owned(),
            format!(
                r#"{{"index":{index},"post_id":null,"changed_at":"2026-10-0{}T08:12:31.000Z"}}"#,
                number % 9 + 1
            ),
        ),
        column("hours", "numbers", hours.clone(), format!("\"{hours}\"")),
        column("due", "date", day.clone(), format!(r#"{{"date":"{day}","icon":null,{changed}}}"#)),
        column(
            "owner",
            "people",
            "Ada Example, Ben Example".to_owned(),
            format!(
                r#"{{"personsAndTeams":[{{"id":{},"kind":"person"}},{{"id":502,"kind":"person"}}],{changed}}}"#,
                501 + number % 6
            ),
        ),
        column(
            "notes",
            "long_text",
            format!(
                "Called them about item {number}: they want it \"before\" the end of the month, and will write."
            ),
            format!(
                r#"{{"text":"Called them about item {number}: they want it soon, and will write.",{changed}}}"#
            ),
        ),
        column("code", "text", format!("MON-{number:06}"), format!("\"MON-{number:06}\"")),
        column(
            "area",
            "dropdown",
            "Mobile, Print".to_owned(),
            r#"{"ids":[1,3],"override_all_ids":"true"}"#.to_owned(),
        ),
        column("ready", "checkbox", "v".to_owned(), format!(r#"{{"checked":"true",{changed}}}"#)),
        column(
            "page",
            "link",
            format!("Page {number} - https://example.com/{number}"),
            format!(r#"{{"url":"https://example.com/{number}","text":"Page {number}"}}"#),
        ),
        column(
            "span",
            "timeline",
            format!("{day} - {day}"),
            format!(r#"{{"from":"{day}","to":"{day}",{changed}}}"#),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_equal_or_grow_and_hold_each_item_once() {
        for items in [5_000, 100_000] {
            for (group, growth) in [(group as fn(_, _) -> _, 1), (growing_group, 9)] {
                let all: Vec<usize> = (0..GROUPS).flat_map(|at| group(at, items)).collect();
                assert_eq!(all, (0..items).collect::<Vec<_>>());
                let (first, last) = (group(0, items), group(GROUPS - 1, items));
                assert!(last.len() >= growth * first.len(), "{first:?}, {last:?}");
            }
            assert_eq!((group_of(0, items), group_of(items - 1, items)), (0, GROUPS - 1));
        }
    }
}
