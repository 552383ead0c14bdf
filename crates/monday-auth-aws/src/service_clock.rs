//! What time it is at AWS, by the `Date` of its answers.
//!
//! Leases are compared between machines, whose own clocks may differ by any amount. Must not know: leases.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use aws_sdk_secretsmanager::config::interceptors::BeforeDeserializationInterceptorContextRef;
use aws_sdk_secretsmanager::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_secretsmanager::error::BoxError;
use aws_sdk_secretsmanager::primitives::{DateTime, DateTimeFormat};

/// The `Date` of the last answer, and when it came.
#[derive(Debug, Clone, Default)]
pub(crate) struct ServiceClock(Arc<Mutex<Option<(u64, Instant)>>>);

impl ServiceClock {
    /// Milliseconds from 1970, never ahead of the service, and behind it by the time an answer takes and up
    /// to one second, as `Date` is cut to whole seconds. The local clock, as long as no answer has come.
    pub(crate) fn now(&self) -> u64 {
        let seen = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let local = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        seen.map_or_else(|| millis(local()), |(date, at)| date.saturating_add(millis(at.elapsed())))
    }
}

pub(crate) fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

impl Intercept for ServiceClock {
    fn name(&self) -> &'static str {
        "ServiceClock"
    }

    fn read_after_transmit(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let date = context.response().headers().get("date");
        let read = date.and_then(|date| DateTime::from_str(date, DateTimeFormat::HttpDate).ok());
        if let Some(date) = read.and_then(|date| u64::try_from(date.secs()).ok()) {
            let seen = (date.saturating_mul(1000), Instant::now());
            *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(seen);
        }
        Ok(())
    }
}
