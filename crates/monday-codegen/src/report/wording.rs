//! Words and groups that all formats share.
//!
//! Must not know: any format's syntax.

use crate::diff::{Change, ChangeKind, Grade, SchemaDiff, Step, plural};
use crate::impact::Impact;

use super::Report;

/// The changes of a grade, kind by kind.
pub(super) fn by_kind(diff: &SchemaDiff, grade: Grade) -> Vec<(ChangeKind, Vec<&Change>)> {
    let mut groups: Vec<(ChangeKind, Vec<&Change>)> = Vec::new();
    for change in diff.of_grade(grade) {
        match groups.last_mut().filter(|(kind, _)| *kind == change.kind) {
            Some((_, group)) => group.push(change),
            None => groups.push((change.kind, vec![change])),
        }
    }
    groups
}

/// `26 breaking, 8 dangerous and 214 safe changes`.
pub(super) fn counts(diff: &SchemaDiff) -> String {
    let [breaking, dangerous, safe] = Grade::ALL.map(|grade| diff.count(grade));
    if diff.is_empty() {
        return "no changes".to_owned();
    }
    format!("{breaking} breaking, {dangerous} dangerous and {}", plural(safe, "safe change"))
}

/// `320 operations: 5 break, 7 more may be answered differently`.
pub(super) fn felt(impact: &Impact) -> String {
    let (broken, dangerous) = (impact.broken(), impact.operations_of(Grade::Dangerous));
    let differently = dangerous.difference(&broken).count();
    let verb = if broken.len() == 1 { "breaks" } else { "break" };
    format!(
        "{}: {} {verb}, {differently} more may be answered differently",
        plural(impact.operations, "operation"),
        broken.len()
    )
}

/// Text with what stands between backticks apart, as code; without pairs all of it is text.
pub(super) fn segments(text: &str) -> impl Iterator<Item = (bool, &str)> {
    let is_paired = text.matches('`').count().is_multiple_of(2);
    let (parts, whole) = if is_paired { (Some(text.split('`')), None) } else { (None, Some(text)) };
    let parts = parts.into_iter().flatten().enumerate().map(|(position, part)| (position % 2 == 1, part));
    parts.chain(whole.map(|text| (false, text))).filter(|(_, part)| !part.is_empty())
}

/// What stands beside the place of a change: both types, the member of a union, the reason of a deprecation.
pub(super) fn remark(change: &Change) -> Option<String> {
    match (&change.before, &change.after) {
        (Some(_), Some(_)) => Some(change.detail()),
        (Some(before), None) => Some(format!("was {before}")),
        (None, after) => after.clone(),
    }
}

/// The first few of a list of names.
pub(super) fn few(names: &[String]) -> String {
    const FEW: usize = 3;
    match names {
        [] => "no operation".to_owned(),
        names if names.len() <= FEW + 1 => names.join(", "),
        names => format!("{} and {} more", names[..FEW].join(", "), names.len() - FEW),
    }
}

/// `major: 5 operations break with the new schema`.
pub(super) fn advice(report: &Report) -> String {
    let advice = report.advice();
    let below = if advice.step >= Step::Minor { "; below 1.0.0, one number further down" } else { "" };
    format!("{}: {}{below}", advice.step.name(), advice.reason)
}

/// Text of a schema, a path or a document on one line, without characters that steer a terminal or turn the
/// order of what is read.
pub(super) fn clean(text: &str) -> String {
    let steers = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        let is_blank = c.is_whitespace() || steers(c);
        match is_blank {
            true if clean.ends_with(' ') => {}
            true => clean.push(' '),
            false => clean.push(c),
        }
    }
    clean
}
