//! What has been spent of the quotas: who may come in, and what the headers say.
//!
//! Time is an argument. Must not know: HTTP beyond the two headers' text, what a call is about.

mod window;

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::plan::Quotas;
use crate::refusal::Refusal;
use window::Window;

const DAY: u64 = 24 * 60 * 60;

/// A whole call, in the tenths that the day is counted in.
pub(crate) const CALL: u64 = 10;
/// A refused call, or one that asks for its complexity only.
pub(crate) const TENTH: u64 = 1;

/// Whose points a call draws on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purse {
    /// A personal token's, for everything.
    Person,
    /// An app's for reading.
    AppRead,
    /// An app's for writing.
    AppWrite,
}

/// What a call was charged, as the field `complexity` tells it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Bill {
    pub(crate) query: u64,
    pub(crate) before: u64,
    pub(crate) after: u64,
    pub(crate) resets: Duration,
}

/// How one limit stands, for people.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    pub(crate) name: &'static str,
    pub(crate) left: u64,
    pub(crate) most: u64,
    /// Until something comes back; zero where nothing is spent.
    pub(crate) resets: Duration,
}

#[derive(Debug)]
pub(crate) struct Meter {
    quotas: Quotas,
    /// Otherwise everything is counted and announced, and nobody is refused.
    enforced: bool,
    minute: Option<Window>,
    address: Option<Window>,
    complexity: Option<Window>,
    /// An app's for reading and for writing.
    app_complexity: Option<[Window; 2]>,
    at_work: u64,
    day: u64,
    tenths: u64,
}

impl Meter {
    pub(crate) fn new(quotas: Quotas, enforced: bool, now: Instant) -> Self {
        let window = |limit: Option<_>| limit.map(|limit| Window::new(limit, quotas.windows, now));
        Self {
            quotas,
            enforced,
            minute: window(quotas.calls_per_minute.map(|most| (most, Duration::from_mins(1)))),
            address: window(quotas.calls_per_window),
            complexity: window(quotas.complexity),
            app_complexity: quotas
                .app_complexity
                .map(|limit| [(); 2].map(|()| Window::new(limit, quotas.windows, now))),
            at_work: 0,
            day: 0,
            tenths: 0,
        }
    }

    /// Lets a call in, or says why not. One that was let in has to [`leave`](Self::leave).
    pub(crate) fn enter(
        &mut self,
        purse: Purse,
        cost: u64,
        tenths: u64,
        now: Instant,
        today: SystemTime,
    ) -> Result<Bill, Refusal> {
        let seconds = today.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        if self.day != seconds / DAY {
            (self.day, self.tenths) = (seconds / DAY, 0);
        }
        if self.enforced
            && let Some(refusal) = self.refusal(purse, cost, tenths, now, DAY - seconds % DAY)
        {
            self.tenths += TENTH;
            return Err(refusal);
        }
        self.tenths += tenths;
        self.at_work += 1;
        for calls in [&mut self.address, &mut self.minute].into_iter().flatten() {
            calls.left(now);
            calls.spend(1, now);
        }
        let Some(points) = self.points(purse) else {
            let left = i32::MAX.unsigned_abs().into();
            return Ok(Bill { query: cost, before: left, after: left, resets: Duration::ZERO });
        };
        let before = points.left(now);
        points.spend(cost, now);
        Ok(Bill { query: cost, before, after: points.left(now), resets: points.resets(now) })
    }

    pub(crate) fn is_enforced(&self) -> bool {
        self.enforced
    }

    /// How all limits stand.
    pub(crate) fn standings(&mut self, now: Instant) -> Vec<Standing> {
        let [read, write] =
            self.app_complexity.as_mut().map_or([None, None], |[read, write]| [Some(read), Some(write)]);
        let windows = [
            ("calls in a minute", self.minute.as_mut()),
            ("calls of one address", self.address.as_mut()),
            ("points", self.complexity.as_mut()),
            ("points of apps, reading", read),
            ("points of apps, writing", write),
        ];
        let windows = windows.into_iter().filter_map(|(name, window)| {
            let window = window?;
            let left = window.left(now);
            let resets = if left < window.most { window.resets(now) } else { Duration::ZERO };
            Some(Standing { name, left, most: window.most, resets })
        });
        let counted = [
            ("calls at once", self.quotas.concurrency, self.at_work),
            ("calls of the day", self.quotas.calls_per_day, self.tenths.div_ceil(CALL)),
        ];
        let counted = counted.into_iter().filter_map(|(name, most, spent)| {
            let most = most?;
            Some(Standing { name, left: most.saturating_sub(spent), most, resets: Duration::ZERO })
        });
        windows.chain(counted).collect()
    }

    pub(crate) fn leave(&mut self) {
        self.at_work -= 1;
    }

    /// The window that a call's points are of.
    fn points(&mut self, purse: Purse) -> Option<&mut Window> {
        match (&mut self.app_complexity, purse) {
            (Some([read, _]), Purse::AppRead) => Some(read),
            (Some([_, write]), Purse::AppWrite) => Some(write),
            _ => self.complexity.as_mut(),
        }
    }

    fn refusal(
        &mut self,
        purse: Purse,
        cost: u64,
        tenths: u64,
        now: Instant,
        midnight: u64,
    ) -> Option<Refusal> {
        let full = |window: Option<&mut Window>, amount| -> Option<u64> {
            let window = window?;
            (window.left(now) < amount).then(|| seconds(window.wait(amount, now)))
        };
        if let Some(wait) = full(self.address.as_mut(), 1) {
            return Some(Refusal::rate("IP_RATE_LIMIT_EXCEEDED", "IP rate limit exceeded", wait));
        }
        if self.quotas.calls_per_day.is_some_and(|most| self.tenths + tenths > most * CALL) {
            return Some(Refusal::rate("DAILY_LIMIT_EXCEEDED", "Daily limit exceeded", midnight));
        }
        if let Some(wait) = full(self.minute.as_mut(), 1) {
            return Some(Refusal::rate("MINUTE_RATE_LIMIT_EXCEEDED", "Minute rate limit exceeded", wait));
        }
        if self.quotas.concurrency.is_some_and(|most| self.at_work >= most) {
            return Some(Refusal::rate("maxConcurrencyExceeded", "Concurrency limit exceeded", 1));
        }
        if let Some(most) = self.quotas.complexity_per_query.filter(|most| cost > *most) {
            return Some(Refusal::too_complex(cost, most));
        }
        let wait = full(self.points(purse), cost)?;
        Some(Refusal::complexity(wait))
    }

    /// `RateLimit-Policy` and `RateLimit` (structured fields), of the quotas there are. monday does not say
    /// how it names an app's two budgets: here they are `complexityMinuteRead` and `complexityMinuteWrite`,
    /// both in every answer.
    pub(crate) fn headers(&mut self, purse: Purse, now: Instant) -> (String, String) {
        // What is not enforced must not make a client wait.
        let least = u64::from(!self.enforced);
        let (mut policy, mut state) = (Vec::new(), Vec::new());
        let mut announce = |window: Option<&mut Window>, name: &str, unit: &str| {
            if let Some(window) = window {
                let (left, resets) = (window.left(now).max(least), seconds(window.resets(now)));
                policy.push(format!("\"{name}\";q={};w={}{unit}", window.most, seconds(window.length)));
                state.push(format!("\"{name}\";r={left};t={resets}"));
            }
        };
        announce(self.minute.as_mut(), "minuteRate", "");
        let unit = ";qu=\"content-bytes\"";
        match &mut self.app_complexity {
            Some([read, write]) if purse != Purse::Person => {
                announce(Some(read), "complexityMinuteRead", unit);
                announce(Some(write), "complexityMinuteWrite", unit);
            }
            _ => announce(self.complexity.as_mut(), "complexityMinute", unit),
        }
        if let Some(most) = self.quotas.concurrency {
            policy
                .insert(policy.len().min(1), format!("\"concurrency\";q={most};qu=\"concurrent-requests\""));
            let left = most.saturating_sub(self.at_work).max(least);
            state.insert(state.len().min(1), format!("\"concurrency\";r={left}"));
        }
        (policy.join(", "), state.join(", "))
    }
}

/// Rounded up: who waits so long finds room.
pub(crate) fn seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests;
