//! The script of answers: which operation is answered with what, in place of the work.
//!
//! Its rooms: `answer` (one answer, as a test writes it), `fit` (whether the schema allows it for a document). It is
//! alike to [`Faults`](crate::Faults), which says what goes wrong.
//! Must not know: HTTP, when a request takes its answer.

mod answer;
mod fit;

use std::sync::{Mutex, MutexGuard, PoisonError};

pub(crate) use answer::Scripted;
pub use answer::{ScriptedAnswer, Unscripted};

use crate::execution::Operation;
use crate::refusal::Refusal;

/// So many mistakes are kept.
const MISTAKES: usize = 20;

/// The script of a running sandbox. A request of an operation takes the first answer for it that is left.
///
/// Only requests that would be executed take one: those that a fault, a quota or an idempotency key answers do
/// not, nor those whose credential or document is refused.
#[derive(Debug, Default)]
pub struct Answers {
    script: Mutex<Script>,
}

#[derive(Debug, Default)]
struct Script {
    answers: Vec<Entry>,
    mistakes: Vec<String>,
}

#[derive(Debug)]
struct Entry {
    operation: String,
    answer: Scripted,
    /// `None` is without end.
    left: Option<u64>,
}

/// An answer that is still to be given.
#[derive(Debug, Clone)]
pub(crate) struct Pending {
    pub(crate) operation: String,
    pub(crate) what: String,
    pub(crate) left: Option<u64>,
}

impl Answers {
    /// Everything is executed again.
    pub fn clear(&self) {
        *self.script() = Script::default();
    }

    /// How many answers are left for an operation, by the name they were scripted with; `None` for one without
    /// end.
    #[must_use]
    pub fn left(&self, operation: &str) -> Option<u64> {
        let script = self.script();
        let left = script.answers.iter().filter(|entry| entry.operation == operation);
        left.map(|entry| entry.left).sum()
    }

    /// The scripted answers that were refused so far, because the schema does not allow them for the document
    /// that they were to answer: the last twenty, as a text each.
    #[must_use]
    pub fn mistakes(&self) -> Vec<String> {
        self.script().mistakes.clone()
    }

    pub(crate) fn pending(&self) -> Vec<Pending> {
        let script = self.script();
        let pending = script.answers.iter().map(|entry| Pending {
            operation: entry.operation.clone(),
            what: entry.answer.label(),
            left: entry.left,
        });
        pending.collect()
    }

    /// The answer that this operation takes, if one is left for it.
    pub(crate) fn take(&self, operation: &Operation) -> Option<Result<(u16, serde_json::Value), Refusal>> {
        let names = operation.names();
        let (name, answer) = {
            let mut script = self.script();
            let answers = &mut script.answers;
            let at = answers.iter().position(|entry| names.contains(&entry.operation.as_str()))?;
            let entry = &mut answers[at];
            let taken = (entry.operation.clone(), entry.answer.clone());
            if let Some(left) = &mut entry.left {
                *left -= 1;
                if *left == 0 {
                    answers.remove(at);
                }
            }
            taken
        };
        let mistakes = answer.mistakes(operation);
        if mistakes.is_empty() {
            return Some(Ok(answer.body()));
        }
        let text = format!("The scripted answer of `{name}` was refused: {}", mistakes.join("; "));
        let mut script = self.script();
        if script.mistakes.len() == MISTAKES {
            script.mistakes.remove(0);
        }
        script.mistakes.push(text.clone());
        Some(Err(Refusal::scripted(&text)))
    }

    fn put(&self, operation: String, answer: Scripted, left: Option<u64>) {
        if left != Some(0) {
            self.script().answers.push(Entry { operation, answer, left });
        }
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
