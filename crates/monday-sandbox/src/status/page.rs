//! The HTML of the status page.
//!
//! Must not know: where what it tells comes from.

use std::fmt::Write as _;
use std::time::Duration;

use super::state::State;
use super::table::Table;
use crate::markup::Escaped;
use crate::meter::Standing;
use crate::seen::{Outcome, SeenRequest};

pub(super) fn page(state: &State, refresh: Option<u16>) -> String {
    let mut html = String::from(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
    );
    let (link, label) = match refresh {
        Some(_) => ("/status", "Stop refreshing"),
        None => ("/status?refresh=5", "Refresh every 5 s"),
    };
    if let Some(seconds) = refresh {
        let _ = write!(html, "<meta http-equiv=\"refresh\" content=\"{seconds}\">");
    }
    let _ = write!(
        html,
        "<title>monday sandbox</title><link rel=\"stylesheet\" href=\"/status.css\"></head><body><header>\
         <h1>monday sandbox</h1><p>{}</p><a href=\"{link}\">{label}</a></header><ul class=\"counts\">",
        Escaped(&state.account)
    );
    for (name, count) in &state.counts {
        let _ = write!(html, "<li><b>{count}</b> {}</li>", Escaped(name));
    }
    let _ = write!(html, "</ul><main><div>{}{}", requests(state), operations(state));
    let _ = write!(html, "{}{}</div>", boards(state), webhooks(state));
    let _ = write!(html, "<div>{}{}{}", quotas(state), faults(state), answers(state));
    let _ = write!(html, "{}</div></main></body></html>", users(state));
    html
}

fn requests(state: &State) -> String {
    let row = |request: &SeenRequest| {
        let status = request.status().map_or_else(|| "–".to_owned(), |status| status.to_string());
        let took = request.duration().map_or_else(|| "–".to_owned(), time);
        let outcome = request.outcome().map_or("at work", label).to_owned();
        let credential = request.credential().label();
        [name(request.operation()), status, outcome, grouped(request.cost()), took, credential]
    };
    let table = Table {
        id: "requests",
        title: "Last requests",
        heads: ["Operation", "#Status", "Outcome", "#Cost", "#Duration", "Credential"],
        rows: state.requests.iter().map(row).collect(),
        empty: "None yet: POST to /v2.",
    };
    table.to_string()
}

fn operations(state: &State) -> String {
    let rows = state.operations.iter().map(|(operation, counts)| {
        let numbers = [counts.requests, counts.done, counts.refused, counts.throttled, counts.lost];
        let [requests, done, refused, throttled, lost] = numbers.map(grouped);
        [name(operation), requests, done, refused, throttled, lost]
    });
    let table = Table {
        id: "operations",
        title: "Operations",
        heads: ["Operation", "#Requests", "#Done", "#Refused", "#By a quota", "#Lost"],
        rows: rows.collect(),
        empty: "None yet.",
    };
    table.to_string()
}

fn boards(state: &State) -> String {
    let table = Table {
        id: "boards",
        title: "Boards",
        heads: ["Name", "#Id", "State", "#Groups", "#Columns", "#Items"],
        rows: state.boards.clone(),
        empty: "None.",
    };
    table.to_string()
}

fn quotas(state: &State) -> String {
    let row = |standing: &Standing| {
        let resets = if standing.resets.is_zero() { String::new() } else { time(standing.resets) };
        [standing.name.to_owned(), grouped(standing.left), grouped(standing.most), resets]
    };
    let title = if state.is_enforced { "Quotas" } else { "Quotas, announced only" };
    let table = Table {
        id: "quotas",
        title,
        heads: ["Window", "#Left", "#Of", "#Resets in"],
        rows: state.quotas.iter().map(row).collect(),
        empty: "No limits.",
    };
    table.to_string()
}

fn faults(state: &State) -> String {
    let rows = state.faults.iter().map(|fault| {
        let operation = fault.operation.as_deref().unwrap_or("any");
        [fault.what.clone(), operation.to_owned(), fault.when.clone(), left(fault.left)]
    });
    let table = Table {
        id: "faults",
        title: "Faults",
        heads: ["Fault", "Operation", "When", "#Left"],
        rows: rows.collect(),
        empty: "None pending.",
    };
    table.to_string()
}

fn answers(state: &State) -> String {
    let rows =
        state.answers.iter().map(|answer| [answer.operation.clone(), answer.what.clone(), left(answer.left)]);
    let table = Table {
        id: "answers",
        title: "Scripted answers",
        heads: ["Operation", "With", "#Left"],
        rows: rows.collect(),
        empty: "None pending.",
    };
    let mut html = table.to_string();
    if !state.mistakes.is_empty() {
        html.push_str("<section id=\"mistakes\"><h2>Refused answers</h2>");
        for mistake in &state.mistakes {
            let _ = write!(html, "<p class=\"mistake\">{}</p>", Escaped(mistake));
        }
        html.push_str("</section>");
    }
    html
}

fn webhooks(state: &State) -> String {
    let title = match state.letters {
        0 => "Webhooks".to_owned(),
        letters => format!("Webhooks, {letters} on their way"),
    };
    let table = Table {
        id: "webhooks",
        title: &title,
        heads: ["Event", "#Id", "#Board", "To"],
        rows: state.webhooks.clone(),
        empty: "None.",
    };
    table.to_string()
}

fn users(state: &State) -> String {
    let rows = state.users.iter().map(|[id, name, title]| [name.clone(), id.clone(), title.clone()]);
    let table = Table {
        id: "users",
        title: "Users",
        heads: ["Name", "#Id", "Title"],
        rows: rows.collect(),
        empty: "None.",
    };
    table.to_string()
}

fn name(operation: &str) -> String {
    if operation.is_empty() { "(not to be read)".to_owned() } else { operation.to_owned() }
}

fn label(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "done",
        Outcome::Scripted => "scripted",
        Outcome::Replayed => "replayed",
        Outcome::Refused => "refused",
        Outcome::Throttled => "throttled",
        Outcome::Lost => "lost",
    }
}

fn left(left: Option<u64>) -> String {
    left.map_or_else(|| "always".to_owned(), grouped)
}

fn time(time: Duration) -> String {
    match time {
        instant if instant < Duration::from_millis(10) => {
            format!("{:.1} ms", instant.as_secs_f64() * 1_000.0)
        }
        short if short < Duration::from_secs(1) => format!("{} ms", short.as_millis()),
        long if long < Duration::from_mins(2) => format!("{:.1} s", long.as_secs_f64()),
        longer => format!("{} min", longer.as_secs() / 60),
    }
}

/// With thin spaces between thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1 000"), (10_000_000, "10 000 000")] {
            assert_eq!(grouped(number).replace('\u{202f}', " "), text);
        }
    }

    #[test]
    fn times_have_the_unit_that_reads_best() {
        let times = [
            (0, "0.0 ms"),
            (9, "9.0 ms"),
            (10, "10 ms"),
            (999, "999 ms"),
            (1_000, "1.0 s"),
            (61_500, "61.5 s"),
            (3_600_000, "60 min"),
        ];
        for (milliseconds, text) in times {
            assert_eq!(time(Duration::from_millis(milliseconds)), text);
        }
    }
}
