//! Which type of column takes which operators: monday's column reference and the guidelines of its tools.
//!
//! Must not know: what operators mean.

const WHOLE: &[&str] = &["any_of", "not_any_of"];
const EMPTY: &[&str] = &["is_empty", "is_not_empty"];
const PARTS: &[&str] = &["contains_text", "not_contains_text"];
const ORDER: &[&str] = &["greater_than", "greater_than_or_equals", "lower_than", "lower_than_or_equal"];
const RANGE: &[&str] = &["between"];
const LAST: &[&str] = &["within_the_last"];
const WINDOWS: &[&str] = &["within_the_last", "within_the_next"];
const TERMS: &[&str] = &["contains_terms"];
const ENDS: &[&str] = &["starts_with", "ends_with"];

/// Empty for the types that cannot be filtered.
fn of(kind: &str) -> &'static [&'static [&'static str]] {
    match kind {
        "text" | "long_text" | "email" | "link" | "dropdown" | "country" | "phone" | "board_relation" => {
            &[WHOLE, EMPTY, PARTS]
        }
        "people" => &[WHOLE, EMPTY, PARTS, TERMS, ENDS],
        "status" => &[WHOLE, EMPTY, TERMS],
        "numbers" => &[WHOLE, EMPTY, ORDER],
        "date" => &[WHOLE, EMPTY, ORDER, RANGE, WINDOWS],
        "timeline" => &[WHOLE, EMPTY, ORDER, RANGE],
        "dependency" | "tags" | "hour" | "week" | "vote" => &[WHOLE, EMPTY],
        "name" => &[WHOLE, PARTS],
        "group" | "item_id" | "rating" | "time_tracking" | "world_clock" => &[WHOLE],
        "creation_log" | "last_updated" => &[WHOLE, ORDER, RANGE, LAST],
        "checkbox" | "location" | "subtasks" => &[EMPTY],
        _ => &[],
    }
}

pub(super) fn takes(kind: &str, operator: &str) -> bool {
    of(kind).iter().any(|operators| operators.contains(&operator))
}
