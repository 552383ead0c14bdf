//! A report for a terminal: places first, so that editors and terminals can open them.
//!
//! Must not know: whether the terminal has colours.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use crate::diff::{Grade, plural};
use crate::impact::{Impact, Place, Refusal};

use super::Report;
use super::wording::{advice, by_kind, clean, counts, felt, few};

const BOLD: Style = Style::new().bold();
/// Of what was wrong before, no more are shown.
const FEW: usize = 10;

const DIM: Style = Style::new().dimmed();

fn style(grade: Grade) -> Style {
    let colour = match grade {
        Grade::Breaking => AnsiColor::Red,
        Grade::Dangerous => AnsiColor::Yellow,
        Grade::Safe => AnsiColor::Green,
    };
    colour.on_default().bold()
}

pub(super) fn render(report: &Report) -> String {
    let mut text =
        format!("{BOLD}{} -> {}{BOLD:#}: {}\n", clean(&report.from), clean(&report.to), counts(&report.diff));
    match &report.impact {
        None => changes(&mut text, report),
        Some(impact) => uses(&mut text, impact),
    }
    let _ = writeln!(text, "\n{BOLD}version{BOLD:#}: {}", advice(report));
    text
}

fn heading(text: &mut String, style: Style, words: &str) {
    let _ = writeln!(text, "\n{style}{words}{style:#}");
}

fn changes(text: &mut String, report: &Report) {
    for grade in [Grade::Breaking, Grade::Dangerous] {
        let groups = by_kind(&report.diff, grade);
        if groups.is_empty() {
            continue;
        }
        heading(text, style(grade), grade.name());
        for (kind, changes) in groups {
            let _ = writeln!(text, "  {BOLD}{}{BOLD:#}: {DIM}{}{DIM:#}", kind.short(), kind.reason());
            for change in changes {
                let _ = writeln!(text, "    {}", clean(&change.description()));
            }
        }
    }
    let groups = by_kind(&report.diff, Grade::Safe);
    if !groups.is_empty() {
        heading(text, style(Grade::Safe), "safe");
        for (kind, changes) in groups {
            let _ = writeln!(text, "  {} {DIM}x {}{DIM:#}", kind.short(), changes.len());
        }
        let _ = writeln!(text, "  {DIM}(the other formats list them){DIM:#}");
    }
}

fn uses(text: &mut String, impact: &Impact) {
    let _ = writeln!(text, "{}", felt(impact));
    for grade in [Grade::Breaking, Grade::Dangerous] {
        let mut is_first = true;
        for used in impact.of_grade(grade) {
            if std::mem::take(&mut is_first) {
                heading(text, style(grade), grade.name());
            }
            let (change, effect) = (&used.change, clean(&used.effect));
            line(text, &used.place, &format!("{}: {effect}", change.coordinate), &used.operations);
        }
        if grade == Grade::Breaking {
            refusals(text, style(grade), "refused by the new schema", &impact.refused);
        }
    }
    if !impact.deprecated.is_empty() {
        heading(text, BOLD, "deprecated, and in use");
        for used in &impact.deprecated {
            let new = if used.is_new { " (since this change)" } else { "" };
            let words = format!("{}: {}{new}", used.coordinate, clean(&used.reason));
            line(text, &used.place, &words, &used.operations);
        }
    }
    let before = plural(impact.refused_before.len(), "mistake");
    let words = format!("refused by the old schema already: {before}");
    let shown = impact.refused_before.len().min(FEW);
    refusals(text, BOLD, &words, &impact.refused_before[..shown]);
    if shown < impact.refused_before.len() {
        let _ = writeln!(text, "{DIM}and more, which the other formats list{DIM:#}");
    }
}

fn refusals(text: &mut String, style: Style, words: &str, refusals: &[Refusal]) {
    if !refusals.is_empty() {
        heading(text, style, words);
        for refusal in refusals {
            line(text, &refusal.place, &clean(&refusal.message), &refusal.operations);
        }
    }
}

fn line(text: &mut String, place: &Place, words: &str, operations: &[String]) {
    let Place { path, line, column, .. } = place;
    let _ = writeln!(text, "{}:{line}:{column}: {words} {DIM}({}){DIM:#}", clean(path), few(operations));
}
