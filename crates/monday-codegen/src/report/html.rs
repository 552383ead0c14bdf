//! A report as a page on its own: no scripts, nothing loaded, readable on a phone and in the dark.
//!
//! Must not know: other formats.

use std::fmt::Write as _;

use crate::diff::Grade;
use crate::impact::{Impact, Place, Refusal};

use super::Report;
use super::wording::{advice, by_kind, clean, counts, felt, few, remark, segments};

/// The page's style sheet.
const STYLE: &str = include_str!("html/page.css");

pub(super) fn render(report: &Report) -> String {
    let title = escaped(&format!("Schema {} to {}", report.from, report.to));
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n"
    );
    let _ = writeln!(page, "<p class=\"lead\">{}.</p>", escaped(&counts(&report.diff)));
    if let Some(impact) = &report.impact {
        let _ = writeln!(page, "<p class=\"lead\">{}.</p>", escaped(&felt(impact)));
    }
    let _ = writeln!(page, "<p><strong>Version</strong>: {}.</p>", escaped(&advice(report)));
    if let Some(impact) = &report.impact {
        uses(&mut page, impact);
    }
    changes(&mut page, report);
    page.push_str("</main>\n</body>\n</html>\n");
    page
}

/// The schema's changes. Who came for operations opens them when needed; the safe ones are always many.
fn changes(page: &mut String, report: &Report) {
    for grade in Grade::ALL {
        let count = report.diff.count(grade);
        if count == 0 {
            continue;
        }
        let open = if grade == Grade::Safe || report.impact.is_some() { "" } else { " open" };
        let name = grade.name();
        let _ = writeln!(
            page,
            "<details class=\"{name}\"{open}>\n<summary><h2>{name} in the schema</h2> <span class=\"count\">{count}\
             </span></summary>"
        );
        for (kind, changes) in by_kind(&report.diff, grade) {
            let (short, reason) = (escaped(kind.short()), escaped(kind.reason()));
            let _ = writeln!(page, "<h3>{short}</h3>\n<p class=\"reason\">{reason}</p>\n<ul>");
            for change in changes {
                let place = escaped(&change.coordinate.to_string());
                let remark =
                    remark(change).map_or_else(String::new, |remark| format!(": {}", marked(&remark)));
                let _ = writeln!(page, "<li><code>{place}</code>{remark}</li>");
            }
            page.push_str("</ul>\n");
        }
        page.push_str("</details>\n");
    }
}

fn uses(page: &mut String, impact: &Impact) {
    let of_grade = |grade| -> Vec<Row<'_>> {
        impact
            .of_grade(grade)
            .map(|used| Row {
                place: &used.place,
                what: used.change.coordinate.to_string(),
                words: used.effect.clone(),
                operations: &used.operations,
            })
            .collect()
    };
    rows(page, "breaking", "breaking for operations", &of_grade(Grade::Breaking));
    rows(page, "breaking", "refused by the new schema", &refusals(&impact.refused));
    rows(page, "dangerous", "dangerous for operations", &of_grade(Grade::Dangerous));
    let deprecated = impact.deprecated.iter().map(|used| Row {
        place: &used.place,
        what: used.coordinate.to_string(),
        words: format!("{}{}", used.reason, if used.is_new { " (since this change)" } else { "" }),
        operations: &used.operations,
    });
    rows(page, "deprecated", "deprecated, and in use", &deprecated.collect::<Vec<_>>());
    rows(page, "before", "refused by the old schema already", &refusals(&impact.refused_before));
}

struct Row<'a> {
    place: &'a Place,
    what: String,
    words: String,
    operations: &'a [String],
}

fn refusals(refusals: &[Refusal]) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    for Refusal { place, message, operations } in refusals {
        rows.push(Row { place, what: String::new(), words: message.clone(), operations });
    }
    rows
}

/// File by file, for whoever goes and changes them.
fn rows(page: &mut String, class: &str, title: &str, rows: &[Row<'_>]) {
    if rows.is_empty() {
        return;
    }
    let count = rows.len();
    // What was wrong before is not what the reader came for.
    let open = if class == "before" { "" } else { " open" };
    let _ = writeln!(
        page,
        "<details class=\"{class}\"{open}>\n<summary><h2>{title}</h2> <span class=\"count\">{count}</span></summary>"
    );
    let mut file = None;
    for Row { place, what, words, operations } in rows {
        if file.replace(&place.path) != Some(&place.path) {
            let close = if page.ends_with("</li>\n") { "</ul>\n" } else { "" };
            let _ = writeln!(page, "{close}<h3 class=\"file\">{}</h3>\n<ul>", escaped(&place.path));
        }
        let what = if what.is_empty() { String::new() } else { format!("<code>{}</code>: ", escaped(what)) };
        let _ = writeln!(
            page,
            "<li class=\"at\"><span class=\"line\">{}:{}</span><span>{what}{} <span class=\"in\">in {}</span></span></li>",
            place.line,
            place.column,
            marked(words),
            escaped(&few(operations))
        );
    }
    page.push_str("</ul>\n</details>\n");
}

/// Text with its code as code.
fn marked(text: &str) -> String {
    let part = |(is_code, part): (bool, &str)| {
        if is_code { format!("<code>{}</code>", escaped(part)) } else { escaped(part) }
    };
    segments(text).map(part).collect()
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in clean(text).chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}
