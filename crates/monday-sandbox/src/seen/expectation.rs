//! What a test expects to have come in, and the text it reads when something else has.
//!
//! Must not know: how requests are kept.

use std::fmt::{self, Write as _};

use serde_json::Value;

use super::{SeenRequest, UsedCredential};
use crate::site::Site;

/// What is expected of the requests of one operation so far; nothing is checked before one of
/// [`once`](Self::once), [`times`](Self::times), [`never`](Self::never), [`at_least`](Self::at_least) and
/// [`at_most`](Self::at_most), which panic where it is otherwise.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> std::io::Result<()> {
/// use serde_json::json;
///
/// let sandbox = monday_sandbox::Sandbox::builder().items(10).start().await?;
/// // … the code under test calls the sandbox …
/// sandbox.expect("DeleteItem").never();
/// sandbox.expect("CreateItem").with_variables(json!({"item_name": "Order paper"})).at_most(1);
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is checked until `once`, `times`, `never`, `at_least` or `at_most`"]
pub struct Expectation<'s> {
    site: &'s Site,
    operation: String,
    conditions: Vec<Condition<'s>>,
}

struct Condition<'s> {
    /// Without any value: it is shown.
    label: String,
    holds: Box<dyn Fn(&SeenRequest) -> bool + 's>,
}

impl<'s> Expectation<'s> {
    pub(crate) fn new(site: &'s Site, operation: &str) -> Self {
        Self { site, operation: operation.to_owned(), conditions: Vec::new() }
    }

    /// Only requests whose variables have these values; they may have more. Within lists and objects too,
    /// except that lists are of the same length.
    pub fn with_variables(self, variables: Value) -> Self {
        let names =
            variables.as_object().into_iter().flat_map(|map| map.keys().map(|name| format!("`{name}`")));
        let label = format!("the variables {}", names.collect::<Vec<_>>().join(", "));
        self.that(label, move |request| {
            variables.as_object().is_some_and(|wanted| {
                wanted
                    .iter()
                    .all(|(name, value)| request.variable(name).is_some_and(|found| holds(found, value)))
            })
        })
    }

    /// Only requests with this header, its name in any case.
    pub fn with_header(self, name: &str, value: &str) -> Self {
        let (name, value) = (name.to_owned(), value.to_owned());
        self.that(format!("the header `{name}`"), move |request| {
            request.headers().any(|(known, found)| known.eq_ignore_ascii_case(&name) && found == value)
        })
    }

    /// Only requests with this credential.
    pub fn with_credential(self, credential: UsedCredential) -> Self {
        let label = format!("the credential: {}", credential.label());
        self.that(label, move |request| *request.credential() == credential)
    }

    /// Only requests of which this is true; `label` says what it is, in the text of a failure.
    pub fn that(mut self, label: impl Into<String>, holds: impl Fn(&SeenRequest) -> bool + 's) -> Self {
        self.conditions.push(Condition { label: label.into(), holds: Box::new(holds) });
        self
    }

    /// One request, which is given back.
    ///
    /// # Panics
    ///
    /// If there was none, or more than one.
    #[track_caller]
    #[expect(clippy::must_use_candidate, reason = "that it is there is what most tests want to know")]
    pub fn once(self) -> SeenRequest {
        let mut requests = self.times(1);
        requests.remove(0)
    }

    /// So many requests, which are given back, oldest first.
    ///
    /// # Panics
    ///
    /// If there were fewer or more, or if so many came in that it cannot be told.
    #[track_caller]
    #[expect(clippy::must_use_candidate, reason = "the number is what most tests want to know")]
    pub fn times(self, times: usize) -> Vec<SeenRequest> {
        self.check(&format!("{}", Times(times)), false, |seen| seen == times)
    }

    /// No request.
    ///
    /// # Panics
    ///
    /// If there was one.
    #[track_caller]
    pub fn never(self) {
        self.check("never", false, |seen| seen == 0);
    }

    /// So many requests or more, which are given back, oldest first.
    ///
    /// # Panics
    ///
    /// If there were fewer.
    #[track_caller]
    #[expect(clippy::must_use_candidate, reason = "the number is what most tests want to know")]
    pub fn at_least(self, times: usize) -> Vec<SeenRequest> {
        self.check(&format!("at least {}", Times(times)), true, |seen| seen >= times)
    }

    /// So many requests or fewer, which are given back, oldest first.
    ///
    /// # Panics
    ///
    /// If there were more.
    #[track_caller]
    #[expect(clippy::must_use_candidate, reason = "the number is what most tests want to know")]
    pub fn at_most(self, times: usize) -> Vec<SeenRequest> {
        self.check(&format!("at most {}", Times(times)), false, |seen| seen <= times)
    }

    /// `more_are_right`: what is no longer kept cannot make it wrong.
    #[track_caller]
    fn check(
        &self,
        expected: &str,
        more_are_right: bool,
        is_right: impl Fn(usize) -> bool,
    ) -> Vec<SeenRequest> {
        let (of_operation, forgotten): (Vec<_>, _) = {
            let journal = self.site.journal();
            let kept = journal.kept().filter(|request| request.is_of(&self.operation)).cloned();
            (kept.collect(), journal.forgotten(&self.operation))
        };
        let all = of_operation.len();
        let found: Vec<_> = of_operation
            .into_iter()
            .filter(|request| self.conditions.iter().all(|condition| (condition.holds)(request)))
            .collect();
        if (forgotten == 0 || more_are_right) && is_right(found.len()) {
            return found;
        }
        let mut text = format!("`{}` was expected {expected}, and seen {}", self.operation, Times(all));
        if !self.conditions.is_empty() {
            let labels: Vec<_> = self.conditions.iter().map(|condition| condition.label.as_str()).collect();
            let _ = write!(text, ", {} with {}", Times(found.len()), labels.join(" and "));
        }
        if forgotten > 0 {
            let _ = write!(
                text,
                ".\n{forgotten} more came before these and are no longer kept, so it cannot be told: \
                 `SandboxBuilder::keep_requests` keeps more"
            );
        }
        panic!("{text}.\n{}", Instead(self.site));
    }
}

/// Whether a value has all that is wanted.
fn holds(found: &Value, wanted: &Value) -> bool {
    match (found, wanted) {
        (Value::Object(found), Value::Object(wanted)) => {
            wanted.iter().all(|(name, value)| found.get(name).is_some_and(|found| holds(found, value)))
        }
        (Value::Array(found), Value::Array(wanted)) => {
            found.len() == wanted.len()
                && found.iter().zip(wanted).all(|(found, wanted)| holds(found, wanted))
        }
        _ => found == wanted,
    }
}

impl fmt::Debug for Expectation<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let labels: Vec<_> = self.conditions.iter().map(|condition| &condition.label).collect();
        formatter
            .debug_struct("Expectation")
            .field("operation", &self.operation)
            .field("conditions", &labels)
            .finish_non_exhaustive()
    }
}

struct Times(usize);

impl fmt::Display for Times {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => formatter.write_str("never"),
            1 => formatter.write_str("once"),
            times => write!(formatter, "{times} times"),
        }
    }
}

/// What was seen: operations and counts, and what was wrong with scripted answers.
struct Instead<'s>(&'s Site);

impl fmt::Display for Instead<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seen = self.0.seen();
        if seen.operations().next().is_none() {
            return formatter.write_str("Nothing has been seen.");
        }
        formatter.write_str("Seen:")?;
        for (name, counts) in seen.operations() {
            let name = if name.is_empty() { "(not to be read)" } else { name };
            write!(formatter, "\n  {name}: {}", counts.requests)?;
            let parts = [
                ("refused", counts.refused),
                ("by a quota", counts.throttled),
                ("replayed", counts.replayed),
                ("scripted", counts.scripted),
                ("lost", counts.lost),
            ];
            let mut separator = " (";
            for (label, count) in parts.into_iter().filter(|(_, count)| *count > 0) {
                write!(formatter, "{separator}{label} {count}")?;
                separator = ", ";
            }
            if separator == ", " {
                formatter.write_str(")")?;
            }
        }
        for mistake in self.0.scripted.mistakes() {
            write!(formatter, "\n{mistake}")?;
        }
        Ok(())
    }
}
