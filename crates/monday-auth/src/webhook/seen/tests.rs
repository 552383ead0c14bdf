//! Claims: one at a time, none for ever, and what is done stays done.

use std::sync::Barrier;

use super::*;

const LEASE: Duration = Duration::from_secs(50);

fn count(seen: &SeenWebhooks) -> (usize, usize) {
    let memory = seen.memory();
    (memory.keys.len(), memory.order.len())
}

fn is_new(seen: &SeenWebhooks, id: &str) -> bool {
    seen.claim(id, LEASE) == WebhookClaim::New
}

#[test]
fn a_million_ids_take_no_more_room_than_allowed() {
    let seen = SeenWebhooks::with_capacity(1_000);
    for id in 0..1_000_000_u32 {
        assert!(is_new(&seen, &id.to_string()));
    }
    assert_eq!(count(&seen), (1_000, 1_000));
    let memory = seen.memory();
    assert!(memory.keys.capacity() <= 4_000 && memory.order.capacity() <= 4_000);
    drop(memory);
    assert!(!is_new(&seen, "999999") && !is_new(&seen, "999000") && is_new(&seen, "998999"));
    for id in 0..2_000_u32 {
        seen.done(&id.to_string());
    }
    assert_eq!(count(&seen), (1_000, 1_000), "nor does what is done without a claim");
}

#[test]
fn an_id_is_forgotten_after_35_minutes_and_not_before() {
    let start = Instant::now();
    let at = |minutes| start + Duration::from_mins(minutes);
    let mut memory = Memory::default();
    let mut claim = |now| memory.claim(key("a"), now, Duration::MAX, 10);
    assert_eq!(claim(at(0)), WebhookClaim::New);
    // monday's last retry.
    assert_eq!(claim(at(30)), WebhookClaim::InFlight);
    assert_eq!(claim(at(34) + Duration::from_millis(59_999)), WebhookClaim::InFlight);
    assert_eq!(claim(at(35)), WebhookClaim::New);
    memory.put(key("a"), State::Done, at(36), 10);
    let mut claim = |now| memory.claim(key("a"), now, Duration::MAX, 10);
    assert_eq!(claim(at(69)), WebhookClaim::Done);
    assert_eq!(claim(at(70)), WebhookClaim::New);
}

#[test]
fn a_claim_that_nobody_ends_runs_out_and_what_is_done_does_not() {
    let start = Instant::now();
    let mut memory = Memory::default();
    let mut claim = |id, seconds| memory.claim(key(id), start + Duration::from_secs(seconds), LEASE, 10);
    assert_eq!((claim("a", 0), claim("b", 0)), (WebhookClaim::New, WebhookClaim::New));
    assert_eq!(claim("a", 49), WebhookClaim::InFlight);
    assert_eq!(claim("a", 50), WebhookClaim::New, "whoever had it is gone");
    assert_eq!(claim("a", 99), WebhookClaim::InFlight, "and the next one has it for as long");
    memory.put(key("b"), State::Done, start, 10);
    assert_eq!(memory.claim(key("b"), start + Duration::from_mins(30), LEASE, 10), WebhookClaim::Done);
    assert_eq!((memory.keys.len(), memory.order.len()), (2, 2));
}

#[test]
fn what_is_over_leaves_the_memory_when_the_next_one_comes() {
    let start = Instant::now();
    let mut memory = Memory::default();
    for id in 0..1_000_u32 {
        memory.put(key(&id.to_string()), State::Done, start, 10_000);
    }
    memory.claim(key("next"), start + SeenWebhooks::LIFE, LEASE, 10_000);
    assert_eq!((memory.keys.len(), memory.order.len()), (1, 1));
}

#[test]
fn of_many_threads_with_one_id_exactly_one_is_told_that_it_is_new() {
    for round in 0..200 {
        let (seen, start) = (SeenWebhooks::new(), Barrier::new(4));
        let id = format!("trigger-{round}");
        let ask = || {
            start.wait();
            is_new(&seen, &id)
        };
        let told = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(ask)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        });
        assert_eq!(told.iter().filter(|new| **new).count(), 1);
    }
}

#[test]
fn a_claim_given_back_is_new_again_and_neither_another_nor_what_is_done() {
    let seen = SeenWebhooks::new();
    assert!(is_new(&seen, "a") && is_new(&seen, "b") && is_new(&seen, "c"));
    seen.done("c");
    for id in ["a", "c", "unknown"] {
        seen.release(id);
    }
    assert!(is_new(&seen, "a") && !is_new(&seen, "a"));
    assert_eq!(
        (seen.claim("b", LEASE), seen.claim("c", LEASE)),
        (WebhookClaim::InFlight, WebhookClaim::Done)
    );
    assert_eq!(count(&seen), (3, 3));
}

#[test]
fn what_was_done_after_its_claim_ran_out_is_done() {
    let seen = SeenWebhooks::new();
    assert_eq!(seen.claim("a", Duration::ZERO), WebhookClaim::New);
    seen.done("a");
    seen.done("never claimed");
    assert_eq!(seen.claim("a", LEASE), WebhookClaim::Done);
    assert_eq!(seen.claim("never claimed", LEASE), WebhookClaim::Done);
}

#[test]
fn ids_of_any_length_are_told_apart() {
    let seen = SeenWebhooks::new();
    let long = "x".repeat(100_000);
    assert!(is_new(&seen, "") && is_new(&seen, &long) && is_new(&seen, &long[1..]) && !is_new(&seen, &long));
    assert!(!format!("{seen:?}").contains('x'));
}
