//! The limits of monday's plans, and limits that a test makes up.
//!
//! Must not know: how calls are counted.

use std::str::FromStr;
use std::time::Duration;

const MINUTE: Duration = Duration::from_mins(1);

/// A plan of monday's, for the limits it brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Plan {
    /// Trial, free and non-profit accounts.
    Trial,
    /// Basic and Standard.
    Standard,
    /// Pro.
    Pro,
    /// Enterprise.
    Enterprise,
}

/// Limits of one sandbox. It is one account with one set of them: all its tokens draw on the same, except
/// that apps may have points of their own.
///
/// `None` is no limit. The numbers of the plans are those of monday's page "Rate limits".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotas {
    /// Calls in any 60 seconds; beyond it 429 `MINUTE_RATE_LIMIT_EXCEEDED`.
    pub calls_per_minute: Option<u64>,
    /// Calls of one IP address in a window (monday: 5,000 in 10 s); beyond it 429 `IP_RATE_LIMIT_EXCEEDED`.
    pub calls_per_window: Option<(u64, Duration)>,
    /// Points in a window (monday: 60 s); beyond it 429 `COMPLEXITY_BUDGET_EXHAUSTED`.
    pub complexity: Option<(u64, Duration)>,
    /// The same for the access tokens of apps: so many for reading, and as many again for writing. `None`:
    /// they draw on `complexity`.
    pub app_complexity: Option<(u64, Duration)>,
    /// Points of one operation; beyond it `maxComplexityExceeded`, which no waiting helps.
    pub complexity_per_query: Option<u64>,
    /// Calls that are being worked on at once; beyond it 429 `maxConcurrencyExceeded`.
    pub concurrency: Option<u64>,
    /// Calls from midnight to midnight UTC; beyond it 429 `DAILY_LIMIT_EXCEEDED`. A refused call costs 0.1.
    pub calls_per_day: Option<u64>,
    /// How the windows move.
    pub windows: Windows,
}

/// How the windows of calls and points move.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Windows {
    /// What was spent comes back one window after it was spent, bit by bit.
    #[default]
    Sliding,
    /// Everything comes back at once, at whole windows since the sandbox was started.
    Fixed,
}

impl Quotas {
    /// No limit at all.
    #[must_use]
    pub const fn unlimited() -> Self {
        Self {
            calls_per_minute: None,
            calls_per_window: None,
            complexity: None,
            app_complexity: None,
            complexity_per_query: None,
            concurrency: None,
            calls_per_day: None,
            windows: Windows::Sliding,
        }
    }
}

impl Plan {
    /// The limits of this plan.
    #[must_use]
    pub const fn quotas(self) -> Quotas {
        let (minute, points, concurrency, day) = match self {
            Self::Trial => (1_000, 1_000_000, 40, 1_000),
            Self::Standard => (1_000, 10_000_000, 40, 1_000),
            Self::Pro => (2_500, 10_000_000, 100, 10_000),
            Self::Enterprise => (5_000, 10_000_000, 250, 25_000),
        };
        Quotas {
            calls_per_minute: Some(minute),
            calls_per_window: Some((5_000, Duration::from_secs(10))),
            complexity: Some((points, MINUTE)),
            app_complexity: Some((5_000_000, MINUTE)),
            complexity_per_query: Some(5_000_000),
            concurrency: Some(concurrency),
            calls_per_day: Some(day),
            windows: Windows::Sliding,
        }
    }
}

impl FromStr for Plan {
    type Err = &'static str;

    /// `trial`, `standard`, `pro` or `enterprise`.
    fn from_str(name: &str) -> Result<Self, Self::Err> {
        match name {
            "trial" => Ok(Self::Trial),
            "standard" => Ok(Self::Standard),
            "pro" => Ok(Self::Pro),
            "enterprise" => Ok(Self::Enterprise),
            _ => Err("a plan is trial, standard, pro or enterprise"),
        }
    }
}
