//! Refusals and headers, at times made up.
//!
//! Must not know: requests.

use super::*;
use crate::plan::Plan;

const SECOND: Duration = Duration::from_secs(1);

struct Clock {
    meter: Meter,
    start: Instant,
}

impl Clock {
    fn new(quotas: Quotas) -> Self {
        let start = Instant::now();
        Self { meter: Meter::new(quotas, true, start), start }
    }

    /// The code and the wait of a refusal, for a call that ends at once.
    fn call(&mut self, cost: u64, after: Duration) -> Result<Bill, (String, u64)> {
        let today = UNIX_EPOCH + Duration::from_hours(24 * 20_000) + after;
        let entered = self.meter.enter(Purse::Person, cost, CALL, self.start + after, today);
        entered.inspect(|_| self.meter.leave()).map_err(|refusal| {
            let code = refusal.errors[0]["extensions"]["code"].as_str().unwrap().to_owned();
            (code, refusal.retry_after.unwrap_or_default())
        })
    }

    fn code(&mut self, cost: u64, after: Duration) -> String {
        self.call(cost, after).unwrap_err().0
    }
}

#[test]
fn a_refused_call_costs_a_tenth_of_one_of_the_day_and_midnight_gives_all_back() {
    let quotas = Quotas { calls_per_day: Some(3), calls_per_minute: Some(1), ..Quotas::unlimited() };
    let mut clock = Clock::new(quotas);
    assert!(clock.call(0, Duration::ZERO).is_ok());
    // Ten refusals are the second call of the day.
    for _ in 0..10 {
        assert_eq!(clock.code(0, SECOND), "MINUTE_RATE_LIMIT_EXCEEDED");
    }
    assert!(clock.call(0, 60 * SECOND).is_ok());
    let (code, wait) = clock.call(0, 120 * SECOND).unwrap_err();
    assert_eq!((code.as_str(), wait), ("DAILY_LIMIT_EXCEEDED", 24 * 60 * 60 - 120));
    assert!(clock.call(0, Duration::from_hours(24)).is_ok());
}

#[test]
fn a_call_fits_as_soon_as_the_refusal_said() {
    let quotas = Quotas { complexity: Some((100, 5 * SECOND)), ..Quotas::unlimited() };
    let mut clock = Clock::new(quotas);
    let bill = clock.call(60, Duration::ZERO).unwrap();
    assert_eq!((bill.before, bill.query, bill.after, bill.resets), (100, 60, 40, 5 * SECOND));
    let (code, wait) = clock.call(50, SECOND / 2).unwrap_err();
    assert_eq!((code.as_str(), wait), ("COMPLEXITY_BUDGET_EXHAUSTED", 5));
    assert!(clock.call(40, SECOND / 2).is_ok());
    assert!(clock.call(50, SECOND / 2 + 5 * SECOND).is_ok());
}

#[test]
fn an_operation_over_the_limit_of_one_is_refused_for_good() {
    let mut clock = Clock::new(Quotas { complexity_per_query: Some(10), ..Quotas::unlimited() });
    assert_eq!(clock.call(11, Duration::ZERO).unwrap_err(), ("maxComplexityExceeded".to_owned(), 0));
    assert!(clock.call(10, Duration::ZERO).is_ok());
}

#[test]
fn calls_of_one_address_have_a_window_of_their_own() {
    let quotas = Quotas { calls_per_window: Some((2, 10 * SECOND)), ..Quotas::unlimited() };
    let mut clock = Clock::new(quotas);
    assert!(clock.call(0, Duration::ZERO).is_ok() && clock.call(0, SECOND).is_ok());
    assert_eq!(clock.call(0, 3 * SECOND).unwrap_err(), ("IP_RATE_LIMIT_EXCEEDED".to_owned(), 7));
    assert!(clock.call(0, 10 * SECOND).is_ok());
}

#[test]
fn who_is_at_work_holds_a_place_until_done() {
    let mut clock = Clock::new(Quotas { concurrency: Some(1), ..Quotas::unlimited() });
    clock.meter.enter(Purse::Person, 0, CALL, clock.start, UNIX_EPOCH).unwrap();
    assert_eq!(clock.code(0, Duration::ZERO), "maxConcurrencyExceeded");
    clock.meter.leave();
    assert!(clock.call(0, Duration::ZERO).is_ok());
}

#[test]
fn the_headers_tell_what_is_left() {
    let mut clock = Clock::new(Plan::Standard.quotas());
    clock.meter.enter(Purse::Person, 50_000, CALL, clock.start, UNIX_EPOCH).unwrap();
    let (policy, state) = clock.meter.headers(Purse::Person, clock.start + 22 * SECOND);
    assert_eq!(
        policy,
        "\"minuteRate\";q=1000;w=60, \"concurrency\";q=40;qu=\"concurrent-requests\", \
         \"complexityMinute\";q=10000000;w=60;qu=\"content-bytes\""
    );
    assert_eq!(state, "\"minuteRate\";r=999;t=38, \"concurrency\";r=39, \"complexityMinute\";r=9950000;t=38");
}

#[test]
fn limits_that_are_only_announced_refuse_nobody_and_always_leave_one() {
    let start = Instant::now();
    let quotas = Quotas { calls_per_minute: Some(1), calls_per_day: Some(1), ..Quotas::unlimited() };
    let mut meter = Meter::new(quotas, false, start);
    for _ in 0..5 {
        meter.enter(Purse::Person, 0, CALL, start, UNIX_EPOCH).unwrap();
    }
    assert_eq!(meter.headers(Purse::Person, start).1, "\"minuteRate\";r=1;t=60");
}

#[test]
fn an_app_reads_and_writes_from_budgets_of_their_own_and_a_person_from_one() {
    let start = Instant::now();
    let mut meter = Meter::new(Plan::Pro.quotas(), true, start);
    let mut call = |purse, cost| {
        let entered = meter.enter(purse, cost, CALL, start, UNIX_EPOCH);
        entered.map(|_| meter.leave()).map_err(|refusal| refusal.retry_after)
    };
    assert!(call(Purse::AppWrite, 5_000_000).is_ok());
    assert_eq!(call(Purse::AppWrite, 10), Err(Some(60)));
    assert!(call(Purse::AppRead, 10).is_ok());
    assert!(call(Purse::Person, 10).is_ok());
    let of_app = meter.headers(Purse::AppRead, start).1;
    let points = r#""complexityMinuteRead";r=4999990;t=60, "complexityMinuteWrite";r=0;t=60"#;
    assert!(of_app.ends_with(points), "{of_app}");
    let of_person = meter.headers(Purse::Person, start).1;
    assert!(of_person.ends_with(r#""complexityMinute";r=9999990;t=60"#), "{of_person}");
}
