//! The script of faults as text.
//!
//! ```text
//! # a line each, or rules after `;`
//! create_item: 3rd lost; every 10th rate-limited
//! 5% delay 50..200ms
//! first 2 refuse COMPLEXITY_BUDGET_EXHAUSTED retry 3
//! ```
//!
//! A rule is *for what* (the name of an operation or of a root field, then `:`, and it stays for the rules behind it on the
//! line; `*:` is for all), *when*, and *what*. Must not know: what a fault does.

use std::fmt;
use std::str::FromStr;

use crate::duration_text::Durations;
use crate::fault::{Fault, Refused};
use crate::faults::{Faults, Rule};

/// Rules for what goes wrong, read from text.
///
/// **When**: `always` (or nothing), `3rd` (once), `every 3rd`, `first 3`, `5%` (the same ones in every run).
///
/// **What**:
///
/// | words | fault |
/// |---|---|
/// | `lost` | the work is done, and the connection closed instead of the answer |
/// | `closed` | the connection is closed before any work |
/// | `unauthorized` | 401, as for a token that has expired |
/// | `gateway 502` | a gateway's page with this status |
/// | `delay 50ms`, `delay 50..200ms` | so long before the work |
/// | `late 50ms` | so long between the work and the answer |
/// | `rate-limited` | 429 `MINUTE_RATE_LIMIT_EXCEEDED` |
/// | `exhausted` | 429 `COMPLEXITY_BUDGET_EXHAUSTED` |
/// | `busy` | 429 `maxConcurrencyExceeded` |
/// | `locked` | 423, the board is locked |
/// | `broken` | 500 `INTERNAL_SERVER_ERROR` |
/// | `refuse CODE` | any code of monday's, such as `API_TEMPORARILY_BLOCKED` |
///
/// Behind the last six: `status 503`, `retry 3` (seconds) or `retry none`.
///
/// ```
/// use monday_sandbox::FaultScript;
///
/// let script: FaultScript = "create_item: 3rd lost; every 10th rate-limited retry 1".parse().unwrap();
/// let sandbox = monday_sandbox::Sandbox::builder().faults(script);
/// # drop(sandbox);
/// ```
#[derive(Debug, Clone, Default)]
pub struct FaultScript {
    rules: Vec<Rule>,
}

/// A rule that is none: its line, its text, and what is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultScriptError {
    line: usize,
    rule: String,
    message: String,
}

impl fmt::Display for FaultScriptError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}, `{}`: {}", self.line, self.rule, self.message)
    }
}

impl std::error::Error for FaultScriptError {}

impl Faults {
    /// The rules of a script from now on, beside those that there are.
    pub fn play(&self, script: FaultScript) {
        script.rules.into_iter().for_each(|rule| self.rule(rule));
    }
}

impl FromStr for FaultScript {
    type Err = FaultScriptError;

    fn from_str(text: &str) -> Result<Self, FaultScriptError> {
        let mut rules: Vec<Rule> = Vec::new();
        for (line, number) in text.lines().zip(1..) {
            let line = line.split('#').next().unwrap_or_default();
            let mut operation: Option<&str> = None;
            for rule in line.split(';').map(str::trim).filter(|rule| !rule.is_empty()) {
                let refuse =
                    |message: String| FaultScriptError { line: number, rule: rule.to_owned(), message };
                let words = match rule.split_once(':') {
                    None => rule,
                    Some((name, words)) => {
                        operation = Some(name.trim()).filter(|name| *name != "*");
                        if operation.is_some_and(|name| !is_name(name)) {
                            return Err(refuse(
                                "before `:` stands the name of an operation or root field".to_owned(),
                            ));
                        }
                        words
                    }
                };
                let mut words: Vec<&str> = words.split_whitespace().collect();
                let when = when(&mut words).map_err(refuse)?;
                let fault = fault(&words).map_err(refuse)?;
                // Each its own dice, and the same ones in every run.
                let rule = when.rule(rules.len() as u64 + 1, fault);
                rules.push(match operation {
                    Some(operation) => rule.matching(operation),
                    None => rule,
                });
            }
        }
        Ok(Self { rules })
    }
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

enum When {
    Always,
    Once(u64),
    Every(u64),
    First(u64),
    PerMille(u64),
}

impl When {
    fn rule(&self, seed: u64, fault: Fault) -> Rule {
        match *self {
            Self::Always => Rule::always(fault),
            Self::Once(n) => Rule::every(n, fault).times(1),
            Self::Every(n) => Rule::every(n, fault),
            Self::First(n) => Rule::always(fault).times(n),
            Self::PerMille(share) => Rule::rate(share, seed, fault),
        }
    }
}

/// Takes the words that say when.
fn when(words: &mut Vec<&str>) -> Result<When, String> {
    let (when, taken) = match words.as_slice() {
        ["always", ..] => (When::Always, 1),
        ["every", count, ..] => {
            (When::Every(nth(count).ok_or_else(|| format!("`every` wants 3rd, not `{count}`"))?), 2)
        }
        ["first", count, ..] => {
            let number = count.parse().ok().filter(|number| *number > 0);
            (When::First(number.ok_or_else(|| format!("`first` wants a number, not `{count}`"))?), 2)
        }
        [share, ..] if share.ends_with('%') => (
            When::PerMille(
                per_mille(share).ok_or_else(|| format!("`{share}` is no share from 0.1% to 100%"))?,
            ),
            1,
        ),
        [count, ..] if count.starts_with(|c: char| c.is_ascii_digit()) => {
            (When::Once(nth(count).ok_or_else(|| format!("`{count}` is none of 1st, 2nd, 3rd, 4th, …"))?), 1)
        }
        _ => (When::Always, 0),
    };
    words.drain(..taken);
    Ok(when)
}

/// The number of `3rd`.
fn nth(text: &str) -> Option<u64> {
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|ending| text.strip_suffix(ending))?;
    digits.parse().ok().filter(|number| *number > 0)
}

fn per_mille(text: &str) -> Option<u64> {
    let text = text.strip_suffix('%')?;
    let (whole, tenths) = text.split_once('.').unwrap_or((text, "0"));
    let tenths: u64 = Some(tenths).filter(|tenths| tenths.len() == 1)?.parse().ok()?;
    let share = whole.parse::<u64>().ok()?.checked_mul(10)?.checked_add(tenths)?;
    (1..=1_000).contains(&share).then_some(share)
}

fn fault(words: &[&str]) -> Result<Fault, String> {
    let delay = |text: &str| text.parse::<Durations>().map_err(|error| error.to_string());
    match words {
        ["lost"] => Ok(Fault::LoseAnswer),
        ["closed"] => Ok(Fault::Close),
        ["unauthorized"] => Ok(Fault::Unauthorized),
        ["gateway", status] => match status.parse() {
            Ok(status) if (500..600).contains(&status) => Ok(Fault::Gateway(status)),
            _ => Err("`gateway` wants a status such as 502".to_owned()),
        },
        ["delay", time] => delay(time).map(|time| Fault::DelayBetween(time.least, time.most)),
        ["late", time] => match delay(time)? {
            time if time.least == time.most => Ok(Fault::DelayAnswer(time.least)),
            _ => Err("`late` wants one time".to_owned()),
        },
        ["refuse", code, rest @ ..] => refused(code, rest),
        [word, rest @ ..] => match SHORT.iter().find(|(short, _)| short == word) {
            Some((_, code)) => refused(code, rest),
            None => Err(format!("`{word}` is no fault: {WORDS}")),
        },
        [] => Err(format!("what goes wrong? {WORDS}")),
    }
}

const WORDS: &str = "write lost, closed, unauthorized, gateway 502, delay 50ms, late 50ms, rate-limited, exhausted, busy, \
                     locked, broken, or refuse CODE";

const SHORT: [(&str, &str); 5] = [
    ("broken", "INTERNAL_SERVER_ERROR"),
    ("busy", "maxConcurrencyExceeded"),
    ("exhausted", "COMPLEXITY_BUDGET_EXHAUSTED"),
    ("locked", "RESOURCE_LOCKED"),
    ("rate-limited", "MINUTE_RATE_LIMIT_EXCEEDED"),
];

fn refused(code: &str, mut rest: &[&str]) -> Result<Fault, String> {
    let mut refused = Refused::new(code);
    while let [word, value, behind @ ..] = rest {
        refused = match (*word, value.parse::<u64>()) {
            ("status", Ok(status)) if (200..600).contains(&status) => {
                refused.status(u16::try_from(status).unwrap_or(200))
            }
            ("retry", Ok(seconds)) => refused.retry_in(Some(seconds)),
            ("retry", Err(_)) if *value == "none" => refused.retry_in(None),
            _ => {
                return Err(format!(
                    "`{word} {value}` is neither `status 503` nor `retry 3` nor `retry none`"
                ));
            }
        };
        rest = behind;
    }
    match rest {
        [] => Ok(Fault::Refuse(refused)),
        [word, ..] => Err(format!("`{word}` stands alone: write `status 503` or `retry 3`")),
    }
}

#[cfg(test)]
mod tests;
