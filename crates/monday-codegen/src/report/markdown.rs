//! A report for code review.
//!
//! Must not know: other formats.

use std::fmt::Write as _;

use crate::diff::Grade;
use crate::impact::{Impact, Place, Refusal};

use super::Report;
use super::wording::{advice, by_kind, clean, counts, felt, few, segments};

pub(super) fn render(report: &Report) -> String {
    let mut text = format!(
        "## Schema {} to {}\n\n{}.\n",
        escaped(&report.from),
        escaped(&report.to),
        counts(&report.diff)
    );
    if let Some(impact) = &report.impact {
        uses(&mut text, impact);
        let _ = writeln!(text, "\n<details><summary>All changes of the schema</summary>");
    }
    for grade in Grade::ALL {
        let groups = by_kind(&report.diff, grade);
        if !groups.is_empty() {
            let _ = writeln!(text, "\n### {}\n\n| change | kind |\n|---|---|", title(grade));
        }
        for (kind, changes) in groups {
            for change in changes {
                let description = marked(&change.description());
                let _ = writeln!(text, "| {description} | {}: {} |", kind.short(), kind.reason());
            }
        }
    }
    if report.impact.is_some() {
        let _ = writeln!(text, "\n</details>");
    }
    let _ = writeln!(text, "\n**Version**: {}.", escaped(&advice(report)));
    text
}

fn uses(text: &mut String, impact: &Impact) {
    let _ = writeln!(text, "\n{}.", felt(impact));
    for grade in [Grade::Breaking, Grade::Dangerous] {
        let mut is_first = true;
        for used in impact.of_grade(grade) {
            if std::mem::take(&mut is_first) {
                table(text, &format!("{} for operations", title(grade)), "effect");
            }
            let words = format!("{}: {}", code(&used.change.coordinate.to_string()), marked(&used.effect));
            row(text, &used.place, &words, &used.operations);
        }
        if grade == Grade::Breaking {
            refusals(text, "Refused by the new schema", &impact.refused);
        }
    }
    if !impact.deprecated.is_empty() {
        table(text, "Deprecated, and in use", "reason");
        for used in &impact.deprecated {
            let new = if used.is_new { " (since this change)" } else { "" };
            let words = format!("{}: {}{new}", code(&used.coordinate.to_string()), marked(&used.reason));
            row(text, &used.place, &words, &used.operations);
        }
    }
    refusals(text, "Refused by the old schema already", &impact.refused_before);
}

fn refusals(text: &mut String, title: &str, refusals: &[Refusal]) {
    if !refusals.is_empty() {
        table(text, title, "mistake");
        for refusal in refusals {
            row(text, &refusal.place, &marked(&refusal.message), &refusal.operations);
        }
    }
}

fn table(text: &mut String, title: &str, column: &str) {
    let _ = writeln!(text, "\n### {title}\n\n| place | {column} | operations |\n|---|---|---|");
}

fn row(text: &mut String, place: &Place, words: &str, operations: &[String]) {
    let at = code(&format!("{}:{}:{}", place.path, place.line, place.column));
    let _ = writeln!(text, "| {at} | {words} | {} |", escaped(&few(operations)));
}

fn title(grade: Grade) -> &'static str {
    match grade {
        Grade::Breaking => "Breaking",
        Grade::Dangerous => "Dangerous",
        Grade::Safe => "Safe",
    }
}

/// Text with its code as code.
pub(super) fn marked(text: &str) -> String {
    segments(text).map(|(is_code, part)| if is_code { code(part) } else { escaped(part) }).collect()
}

/// Text that is shown as it is, in a table too.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in clean(text).chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            // A mention would send mail to whoever has the name.
            '@' => escaped.push_str("&#64;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// A name or place; no name holds a backtick, and a path that does is shown without it.
pub(super) fn code(text: &str) -> String {
    format!("`{}`", clean(text).replace('`', "'").replace('|', "\\|"))
}
