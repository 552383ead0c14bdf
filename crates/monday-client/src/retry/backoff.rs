//! How long to wait before another attempt.
//!
//! The server's hint is a floor with a tenth of jitter on top. Without one: full jitter, 200 ms doubled each time, at
//! most 20 s; where the server blocks as a whole, 2 s doubled each time. Must not know: whether to try again.

use std::time::Duration;

const FIRST: Duration = Duration::from_millis(200);
const FIRST_OF_A_BLOCK: Duration = Duration::from_secs(2);
const LONGEST: Duration = Duration::from_secs(20);

/// The wait after so many attempts (from 1).
pub(super) fn wait(attempts: u32, hint: Option<Duration>, blocked: bool) -> Duration {
    let doubled = |first: Duration| first.saturating_mul(1 << (attempts - 1).min(16)).min(LONGEST);
    match hint {
        Some(hint) if !hint.is_zero() => hint.saturating_add(part_of(hint / 10)),
        None if blocked => {
            let wait = doubled(FIRST_OF_A_BLOCK);
            wait + part_of(wait / 10)
        }
        // A hint of no time at all is no reason to hammer.
        _ => part_of(doubled(FIRST)),
    }
}

/// A random part of it, all equally likely.
fn part_of(whole: Duration) -> Duration {
    let random = uuid::Uuid::new_v4().as_fields().0;
    whole.mul_f64(f64::from(random) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLES: usize = 2000;

    fn samples(attempts: u32, hint: Option<Duration>, blocked: bool) -> Vec<Duration> {
        (0..SAMPLES).map(|_| wait(attempts, hint, blocked)).collect()
    }

    #[test]
    fn without_a_hint_the_jitter_is_full_and_its_ceiling_doubles_up_to_twenty_seconds() {
        for (attempts, ceiling) in [(1, 200), (2, 400), (3, 800), (8, 20_000), (40, 20_000)] {
            let ceiling = Duration::from_millis(ceiling);
            let waits = samples(attempts, None, false);
            assert!(waits.iter().all(|wait| *wait <= ceiling));
            assert!(waits.iter().any(|wait| *wait < ceiling / 10), "not full below");
            assert!(waits.iter().any(|wait| *wait > ceiling * 9 / 10), "not full above");
        }
    }

    #[test]
    fn a_hint_is_a_floor_with_a_tenth_on_top() {
        for seconds in [1, 7, 60] {
            let hint = Duration::from_secs(seconds);
            let waits = samples(3, Some(hint), false);
            assert!(waits.iter().all(|wait| *wait >= hint && *wait <= hint.mul_f64(1.1)));
            assert!(waits.iter().any(|wait| *wait > hint.mul_f64(1.05)), "no jitter");
        }
        assert!(samples(1, Some(Duration::ZERO), false).iter().any(|wait| !wait.is_zero()));
        assert_eq!(wait(1, Some(Duration::MAX), false), Duration::MAX);
    }

    #[test]
    fn a_block_without_a_hint_doubles_from_two_seconds() {
        for (attempts, floor) in [(1, 2), (2, 4), (3, 8), (9, 20)] {
            let floor = Duration::from_secs(floor);
            assert!(samples(attempts, None, true).iter().all(|w| *w >= floor && *w <= floor.mul_f64(1.1)));
        }
    }
}
