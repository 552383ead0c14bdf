//! Times that others write as numbers since 1970.
//!
//! Must not know: what happens then.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

pub(crate) fn from_millis(millis: u64) -> SystemTime {
    // Beyond every date a token can have, and within what every platform's clock can hold.
    UNIX_EPOCH + Duration::from_millis(millis.min(253_402_300_799_000))
}

pub(crate) fn from_unix(seconds: i64) -> SystemTime {
    from_millis(u64::try_from(seconds).unwrap_or_default().saturating_mul(1000))
}
