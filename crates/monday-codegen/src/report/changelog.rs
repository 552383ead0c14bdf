//! An entry of a changelog: what users of a crate of operations read.
//!
//! Where operations were looked at, only what they use is told, with their names. Must not know: other
//! formats.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::diff::{Change, ChangeKind, Grade};
use crate::impact::Impact;

use super::Report;
use super::markdown::{code, escaped, marked};
use super::wording::few;

/// A title, and which changes stand under it.
type Section = (&'static str, fn(&Change) -> bool);

pub(super) fn render(report: &Report) -> String {
    let mut text = format!("### Schema {} to {}\n", escaped(&report.from), escaped(&report.to));
    let told: Vec<&Change> = match &report.impact {
        None => report.diff.changes.iter().collect(),
        Some(impact) => report.diff.changes.iter().filter(|change| is_used(impact, change)).collect(),
    };
    let sections: [Section; 4] = [
        ("Breaking", |change| change.grade() == Grade::Breaking),
        ("Answers or defaults may differ", |change| change.grade() == Grade::Dangerous),
        ("Deprecated", |change| change.kind == ChangeKind::Deprecated),
        ("Changed without harm", |change| {
            change.grade() == Grade::Safe && change.kind != ChangeKind::Deprecated && !is_added(change)
        }),
    ];
    for (title, keeps) in sections {
        let mut is_first = true;
        for change in told.iter().filter(|change| keeps(change)) {
            if std::mem::take(&mut is_first) {
                let _ = writeln!(text, "\n**{title}**\n");
            }
            let by = report.impact.as_ref().map_or_else(String::new, |impact| users(impact, change));
            let _ = writeln!(text, "- {}{by}", marked(&change.description()));
        }
    }
    added(&mut text, &told);
    if let Some(refused) = report.impact.as_ref().map(refused).filter(|refused| !refused.is_empty()) {
        let _ = writeln!(text, "\n**Refused by the new schema**\n\n- {}", escaped(&few(&refused)));
    }
    if text.lines().count() == 1 {
        text.push_str("\nNothing that is used has changed.\n");
    }
    text
}

fn is_used(impact: &Impact, change: &Change) -> bool {
    impact.uses.iter().any(|used| used.change == *change)
}

fn users(impact: &Impact, change: &Change) -> String {
    let uses = impact.uses.iter().filter(|used| used.change == *change);
    let names: BTreeSet<&String> = uses.flat_map(|used| &used.operations).collect();
    let names: Vec<String> = names.into_iter().cloned().collect();
    format!(" (in {})", escaped(&few(&names)))
}

fn refused(impact: &Impact) -> Vec<String> {
    let names: BTreeSet<&String> = impact.refused.iter().flat_map(|refusal| &refusal.operations).collect();
    names.into_iter().cloned().collect()
}

fn is_added(change: &Change) -> bool {
    matches!(change.kind, ChangeKind::TypeAdded | ChangeKind::FieldAdded)
}

/// What was added, in one line for each type: there is much of it.
fn added(text: &mut String, told: &[&Change]) {
    let mut owners: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for change in told.iter().filter(|change| is_added(change)) {
        let names = owners.entry(change.coordinate.owner()).or_default();
        if change.kind == ChangeKind::FieldAdded {
            names.push(code(change.coordinate.name()));
        }
    }
    if !owners.is_empty() {
        let _ = writeln!(text, "\n**Added**\n");
    }
    for (owner, names) in owners {
        let colon = if names.is_empty() { "" } else { ": " };
        let _ = writeln!(text, "- {}{colon}{}", code(&owner), names.join(", "));
    }
}
