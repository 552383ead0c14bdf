//! A report in the Static Analysis Results Interchange Format, version 2.1.0 of OASIS.
//!
//! With operations: a result at each place that uses what changed. Without: a result for each change, at its
//! name in the schema. Must not know: other formats.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::diff::{Change, ChangeKind, Coordinate, Grade};
use crate::impact::{Impact, Place};

use super::Report;
use super::wording::{clean, few};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What stays as it is in a path of a URI.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

const REFUSED: &str = "DOCUMENT_REFUSED";
const REFUSED_BEFORE: &str = "DOCUMENT_REFUSED_BEFORE";
const DEPRECATED: &str = "DEPRECATED_IN_USE";

pub(super) fn render(report: &Report) -> String {
    let results = match &report.impact {
        None => report.diff.changes.iter().map(change).collect(),
        Some(impact) => uses(impact),
    };
    let value = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "monday-codegen", "rules": rules() } },
            "columnKind": "unicodeCodePoints",
            "properties": { "from": report.from, "to": report.to },
            "results": results,
        }],
    });
    format!("{value:#}\n")
}

fn level(grade: Grade) -> &'static str {
    match grade {
        Grade::Breaking => "error",
        Grade::Dangerous => "warning",
        Grade::Safe => "note",
    }
}

fn rules() -> Vec<Value> {
    let rule = |id: &str, short: &str, full: &str, level: &str| {
        json!({
            "id": id,
            "shortDescription": { "text": short },
            "fullDescription": { "text": full },
            "defaultConfiguration": { "level": level },
        })
    };
    let kinds = ChangeKind::ALL.iter().map(|kind| {
        rule(kind.name(), kind.short(), &format!("{}: {}.", kind.short(), kind.reason()), level(kind.grade()))
    });
    let ours = [
        (REFUSED, "document refused", "The new schema refuses what the old one takes.", "error"),
        (REFUSED_BEFORE, "document refused before", "The old schema refuses this already.", "warning"),
        (DEPRECATED, "deprecated, and in use", "It still works, and will be removed.", "note"),
    ];
    kinds.chain(ours.map(|(id, short, full, level)| rule(id, short, full, level))).collect()
}

fn result(rule: &str, level: &str, message: &str, location: &Value) -> Value {
    let message = clean(message);
    json!({ "ruleId": rule, "level": level, "message": { "text": message }, "locations": [location] })
}

/// A change of the schema stands in no file.
fn change(change: &Change) -> Value {
    let kind = match change.coordinate {
        Coordinate::Type(_) => "type",
        Coordinate::Argument { .. } | Coordinate::DirectiveArgument { .. } => "parameter",
        Coordinate::Member { .. } | Coordinate::Directive(_) => "member",
    };
    let name = change.coordinate.to_string();
    let location = json!({ "logicalLocations": [{ "fullyQualifiedName": name, "kind": kind }] });
    let message = format!("{}: {}", change.description(), change.kind.reason());
    result(change.kind.name(), level(change.grade()), &message, &location)
}

fn uses(impact: &Impact) -> Vec<Value> {
    // What is safe touches nobody; what is deprecated is told below.
    let felt = impact.uses.iter().filter(|used| used.change.grade() != Grade::Safe);
    let uses = felt.map(|used| {
        let (change, by) = (&used.change, few(&used.operations));
        let message = format!("{}: {} (in {by})", change.coordinate, used.effect);
        result(change.kind.name(), level(change.grade()), &message, &location(&used.place))
    });
    let refused = |rule: &'static str, level: &'static str| {
        let refusals = if rule == REFUSED { &impact.refused } else { &impact.refused_before };
        refusals.iter().map(move |found| result(rule, level, &found.message, &location(&found.place)))
    };
    let deprecated = impact.deprecated.iter().map(|used| {
        let message = format!("{} is deprecated: {}", used.coordinate, used.reason);
        result(DEPRECATED, "note", &message, &location(&used.place))
    });
    uses.chain(refused(REFUSED, "error"))
        .chain(refused(REFUSED_BEFORE, "warning"))
        .chain(deprecated)
        .collect()
}

fn location(place: &Place) -> Value {
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": utf8_percent_encode(&place.path, PATH).to_string() },
            "region": {
                "startLine": place.line,
                "startColumn": place.column,
                "endColumn": place.column + place.width,
            },
        },
    })
}
