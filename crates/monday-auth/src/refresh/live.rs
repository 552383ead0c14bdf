//! A token in use, and when it is due.
//!
//! Due times are on the clock that nobody sets, so that a jump of the time of day changes nothing. Must not know: how
//! tokens are refreshed.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use crate::{Audience, AuthError, Credential, Generation, TokenRecord};

/// Left of an hour's token when it is refreshed in the background, and when callers wait for that.
const SOON: Duration = Duration::from_mins(5);
const NOW: Duration = Duration::from_mins(1);

/// Shorter lives have the same shares: a twelfth and a sixtieth.
const SOON_SHARE: u32 = 12;
const NOW_SHARE: u32 = 60;

/// How urgent a refresh is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// Not at all.
    Nothing,
    /// In the background.
    Soon,
    /// Before the next request.
    Now,
}

/// A record with its header, and its times on the steady clock.
#[derive(Debug)]
pub(super) struct Live {
    pub(super) record: Arc<TokenRecord>,
    pub(super) credential: Credential,
    times: Option<Times>,
}

#[derive(Debug, Clone, Copy)]
struct Times {
    soon: Duration,
    now: Duration,
    end: Duration,
}

impl Live {
    /// `elapsed` is the steady clock, `jitter` a random byte that spreads the refreshes of many processes.
    pub(super) fn new(
        record: Arc<TokenRecord>,
        audience: &Audience,
        now: SystemTime,
        elapsed: Duration,
        jitter: u8,
    ) -> Result<Self, AuthError> {
        let mut credential = Credential::new(record.kind, &record.access)?
            .for_audience(audience.clone())
            .with_generation(Generation(record.generation));
        if let Some(end) = record.expires_at {
            credential = credential.with_expiry(end);
        }
        let times = record.remaining(now).map(|left| {
            let life = record.life().unwrap_or_default().max(left);
            let soon = SOON.min(life / SOON_SHARE);
            // Up to a fifth earlier.
            let soon = soon + soon / 5 * u32::from(jitter) / u32::from(u8::MAX);
            let end = elapsed + left;
            Times { soon: end.saturating_sub(soon), now: end.saturating_sub(NOW.min(life / NOW_SHARE)), end }
        });
        Ok(Self { record, credential, times })
    }

    pub(super) fn need(&self, elapsed: Duration) -> Need {
        match self.times {
            Some(times) if elapsed >= times.now => Need::Now,
            Some(times) if elapsed >= times.soon => Need::Soon,
            _ => Need::Nothing,
        }
    }

    /// Whether the token has not ended.
    pub(super) fn is_valid(&self, elapsed: Duration) -> bool {
        self.times.is_none_or(|times| elapsed < times.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{CredentialKind, ScopeSet, Secret};

    fn live(life: u64, left: u64, jitter: u8) -> Live {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
        let end = now + Duration::from_secs(left);
        let record = TokenRecord {
            access: Secret::new("access-1234"),
            refresh: None,
            kind: CredentialKind::OAuth,
            scope: ScopeSet::default(),
            obtained_at: end - Duration::from_secs(life),
            expires_at: Some(end),
            authorized_at: now,
            generation: 1,
            issuer: String::new(),
            needs_consent: false,
        };
        Live::new(Arc::new(record), &Audience::monday(), now, Duration::ZERO, jitter).unwrap()
    }

    #[test]
    fn an_hours_token_is_refreshed_from_five_minutes_on_and_waited_for_in_the_last() {
        let token = live(3600, 3600, 0);
        for (second, need) in [
            (0, Need::Nothing),
            (3299, Need::Nothing),
            (3300, Need::Soon),
            (3539, Need::Soon),
            (3540, Need::Now),
        ] {
            assert_eq!(token.need(Duration::from_secs(second)), need, "{second}");
        }
        assert!(token.is_valid(Duration::from_secs(3599)) && !token.is_valid(Duration::from_hours(1)));
        let jittered = live(3600, 3600, 255);
        assert_eq!(jittered.need(Duration::from_mins(54)), Need::Soon);
        assert_eq!(jittered.need(Duration::from_secs(3239)), Need::Nothing);
    }

    #[test]
    fn a_short_token_has_the_same_shares() {
        let token = live(12, 12, 0);
        assert_eq!(token.need(Duration::from_millis(10_999)), Need::Nothing);
        assert_eq!(token.need(Duration::from_secs(11)), Need::Soon);
        assert_eq!(token.need(Duration::from_millis(11_800)), Need::Now);
    }
}
