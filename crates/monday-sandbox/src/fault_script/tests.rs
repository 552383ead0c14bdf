//! What scripts say, told by which requests something happens to.
//!
//! Must not know: how a script is read.

use std::time::Duration;

use super::*;
use crate::dice::Dice;

fn played(script: &str, names: &[&str], requests: usize) -> Vec<(usize, Fault)> {
    let faults = Faults::default();
    faults.play(script.parse().unwrap());
    let mut dice = Dice::new(1);
    (1..=requests).filter_map(|at| Some((at, faults.for_request(names, &mut dice).fault?))).collect()
}

fn at(script: &str, names: &[&str], requests: usize) -> Vec<usize> {
    played(script, names, requests).into_iter().map(|(at, _)| at).collect()
}

#[test]
fn a_rule_is_for_an_operation_and_stays_for_it_on_its_line() {
    let script = "create_item: 3rd lost; every 10th rate-limited\n2nd closed";
    let item = [(2, Fault::Close), (3, Fault::LoseAnswer), (10, Fault::refuse("MINUTE_RATE_LIMIT_EXCEEDED"))];
    assert_eq!(played(script, &["create_item"], 12), item);
    assert_eq!(played(script, &["me"], 12), [(2, Fault::Close)]);
    assert_eq!(at("create_item: lost; *: 2nd closed", &["me"], 3), [2]);
    assert_eq!(at("create_item: lost; me: 2nd closed", &["me"], 3), [2]);
}

#[test]
fn whens_are_counts_firsts_and_shares() {
    assert_eq!(at("first 2 busy", &[], 5), [1, 2]);
    assert_eq!(at("broken", &[], 3), [1, 2, 3]);
    assert_eq!(at("always locked", &[], 2), [1, 2]);
    assert_eq!(at("100% exhausted", &[], 2), [1, 2]);
    let share = at("2.5% closed", &[], 4_000).len();
    assert!((60..140).contains(&share), "{share}");
    assert!(at("# nothing\n\n  ; ;", &[], 9).is_empty());
}

#[test]
fn every_fault_has_its_words() {
    let of = |script: &str| played(script, &[], 1).remove(0).1;
    assert_eq!(of("gateway 502"), Fault::Gateway(502));
    assert_eq!(of("unauthorized"), Fault::Unauthorized);
    let refused = Refused::new("X").status(503).retry_in(Some(3));
    assert_eq!(of("refuse X status 503 retry 3"), Fault::Refuse(refused));
    assert_eq!(of("busy retry none"), Fault::Refuse(Refused::new("maxConcurrencyExceeded").retry_in(None)));
    let faults = Faults::default();
    faults.play("delay 20..30ms; late 5ms".parse().unwrap());
    let happens = faults.for_request(&[], &mut Dice::new(1));
    assert!((Duration::from_millis(20)..=Duration::from_millis(30)).contains(&happens.delay));
    assert_eq!(happens.delay_answer, Duration::from_millis(5));
}

#[test]
fn what_is_no_rule_is_told_with_its_line_and_what_to_write() {
    let told = |script: &str| script.parse::<FaultScript>().unwrap_err().to_string();
    let text = told("closed\ncreate_item: 3rd lots");
    assert!(text.starts_with("line 2, `create_item: 3rd lots`: `lots` is no fault: write lost, "), "{text}");
    for (script, says) in [
        ("every 3 lost", "`every` wants 3rd"),
        ("first lost", "`first` wants a number"),
        ("0th lost", "none of 1st"),
        ("101% lost", "no share"),
        ("3rd", "what goes wrong?"),
        ("late 1..2s", "one time"),
        ("delay soon", "is no time"),
        ("gateway 200", "such as 502"),
        ("busy retry", "stands alone"),
        ("busy in 3", "is neither"),
        ("create item: lost", "before `:`"),
        ("lost twice", "is no fault"),
    ] {
        let text = told(script);
        assert!(text.contains(says), "{script}: {text}");
    }
}
