//! An event of the app itself: installed, uninstalled, its subscription changed.
//!
//! Must not know: who sent it.

mod event_type;
mod reading;

use std::fmt;
use std::time::SystemTime;

use monday_core::{AccountId, AppId, Json, UserId};

pub use event_type::LifecycleEventType;

use crate::refusal::Refusal;

/// An event of the app itself.
///
/// Whatever is `None` was absent, null, or of a form this SDK cannot read; [`unread`](Self::unread) names the
/// last kind, and [`raw`](Self::raw) has everything as it came. It tells names and an address of people:
/// `Debug` shows numbers only, and monday calls what is said about subscriptions confidential.
///
/// It has no id of its own, so that a repeated one cannot be recognised: act so that twice is as good as
/// once.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct LifecycleEvent {
    /// What happened.
    pub event_type: LifecycleEventType,
    /// The app.
    pub app_id: AppId,
    /// The account that has it.
    pub account_id: AccountId,
    /// Who did it; of subscriptions, the account's first admin.
    pub user_id: Option<UserId>,
    /// That user's e-mail address.
    pub user_email: Option<String>,
    /// That user's name.
    pub user_name: Option<String>,
    /// That user's line of work.
    pub user_cluster: Option<String>,
    /// That user's country, as two letters.
    pub user_country: Option<String>,
    /// The app's name.
    pub app_name: Option<String>,
    /// The account's name.
    pub account_name: Option<String>,
    /// The account's part of its address.
    pub account_slug: Option<String>,
    /// The account's plan of monday's own. `None` in a trial.
    pub account_tier: Option<String>,
    /// How many users the account may have. `None` or 0 in a trial.
    pub account_max_users: Option<u64>,
    /// The app's version.
    pub version: Option<AppVersion>,
    /// The subscription to the app.
    pub subscription: Option<AppSubscription>,
    /// Why a subscription ended, where monday says so.
    pub reason: Option<String>,
    /// When it happened.
    pub happened_at: Option<SystemTime>,
    pub(crate) unread: Vec<&'static str>,
    pub(crate) raw: Json,
}

/// A version of an app.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AppVersion {
    /// The first number.
    pub major: Option<u64>,
    /// The second number.
    pub minor: Option<u64>,
    /// The third number.
    pub patch: Option<u64>,
    /// The running number of all versions.
    pub number: Option<u64>,
    /// What kind of version it is: `major`, `minor`, `patch`.
    pub kind: Option<String>,
}

/// An account's subscription to an app.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AppSubscription {
    /// The plan.
    pub plan_id: Option<String>,
    /// When it is paid for again.
    pub renews_at: Option<SystemTime>,
    /// Whether nothing is paid yet.
    pub is_trial: Option<bool>,
    /// `monthly` or `yearly`.
    pub billing_period: Option<String>,
    /// Days until it is paid for again.
    pub days_left: Option<i64>,
    /// The version of the app's prices.
    pub pricing_version: Option<u64>,
    /// The most seats; `None` where the plan is not by seats.
    pub max_units: Option<u64>,
}

impl LifecycleEvent {
    /// Reads a body, of a queue for example. Nothing is verified here: that is
    /// [`LifecycleReceiver`](crate::LifecycleReceiver)'s.
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        reading::event(crate::door::object(body)?)
    }

    /// The whole body as it came.
    #[must_use]
    pub fn raw(&self) -> &Json {
        &self.raw
    }

    /// The fields that are there and could not be read.
    #[must_use]
    pub fn unread(&self) -> &[&'static str] {
        &self.unread
    }
}

impl fmt::Debug for LifecycleEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = match &self.event_type {
            LifecycleEventType::Unrecognized(_) => "unrecognized",
            known => known.as_str(),
        };
        f.debug_struct("LifecycleEvent")
            .field("event_type", &known)
            .field("app_id", &self.app_id)
            .field("account_id", &self.account_id)
            .field("happened_at", &self.happened_at)
            .field("unread", &self.unread)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for AppVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppVersion").field("number", &self.number).finish_non_exhaustive()
    }
}

impl fmt::Debug for AppSubscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppSubscription").field("is_trial", &self.is_trial).finish_non_exhaustive()
    }
}
