//! A report for programs.
//!
//! Must not know: other formats.

use serde_json::{Value, json};

use crate::diff::{Change, Grade};
use crate::impact::{Impact, Place, Refusal};

use super::Report;

/// Grows when a program that reads the format has to change.
const FORMAT: u32 = 1;

pub(super) fn render(report: &Report) -> String {
    let advice = report.advice();
    let diff = &report.diff;
    let [breaking, dangerous, safe] = Grade::ALL.map(|grade| diff.count(grade));
    let value = json!({
        "format": FORMAT,
        "from": report.from,
        "to": report.to,
        "counts": { "breaking": breaking, "dangerous": dangerous, "safe": safe },
        "version": { "step": advice.step.name(), "reason": advice.reason },
        "changes": diff.changes.iter().map(change).collect::<Vec<_>>(),
        "impact": report.impact.as_ref().map(impact),
    });
    format!("{value:#}\n")
}

fn change(change: &Change) -> Value {
    json!({
        "kind": change.kind.name(),
        "grade": change.grade().name(),
        "coordinate": change.coordinate.to_string(),
        "before": change.before,
        "after": change.after,
        "description": change.description(),
        "reason": change.kind.reason(),
    })
}

fn impact(impact: &Impact) -> Value {
    let refusals = |refusals: &[Refusal]| -> Vec<Value> {
        let one = |found: &Refusal| at(&found.place, &found.operations, json!({ "message": found.message }));
        refusals.iter().map(one).collect()
    };
    let uses = impact.uses.iter().map(|used| {
        let rest = json!({
            "kind": used.change.kind.name(),
            "grade": used.change.grade().name(),
            "coordinate": used.change.coordinate.to_string(),
            "effect": used.effect,
        });
        at(&used.place, &used.operations, rest)
    });
    let deprecated = impact.deprecated.iter().map(|used| {
        let rest = json!({
            "coordinate": used.coordinate.to_string(),
            "reason": used.reason,
            "is_new": used.is_new,
        });
        at(&used.place, &used.operations, rest)
    });
    json!({
        "operations": impact.operations,
        "broken": impact.broken(),
        "uses": uses.collect::<Vec<_>>(),
        "refused": refusals(&impact.refused),
        "refused_before": refusals(&impact.refused_before),
        "deprecated": deprecated.collect::<Vec<_>>(),
    })
}

fn at(place: &Place, operations: &[String], mut rest: Value) -> Value {
    rest["path"] = json!(place.path);
    rest["line"] = json!(place.line);
    rest["column"] = json!(place.column);
    rest["operations"] = json!(operations);
    rest
}
