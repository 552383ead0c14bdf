//! Stores that are broken in one way each: the suite names the promise that is not kept, and leaves nothing.
//!
//! Must not know: how the suite finds it.

use futures_util::future::join_all;

use super::careless::{Careless, Fault};
use super::*;

const ONE_RECORD_EACH: &str = "every key has a record of its own, and deleting one leaves the others";
const ONE_LEASE_EACH: &str = "every key has a lease of its own";
const WHOLE: &str = "a saved record is read back whole through the other handle";
const MEGABYTE: &str = "a record of 1 MB is refused as too long, and the one before stays as it was";
const NOT_ABSENT: &str =
    "a save that expects no record is a conflict where there is one, and changes nothing";

/// A fault, the promise it breaks, and words of what is found.
const BROKEN: [(Fault, &str, &str); 33] = [
    (Fault::NeverAnswers, "a key that was never saved has no record", "within 20 seconds"),
    (Fault::ForgetsTheRefreshToken, WHOLE, "the refresh token is another one"),
    (Fault::ForgetsTheNeedOfConsent, WHOLE, "the need of a new consent is another one"),
    (Fault::KeepsSeconds, WHOLE, "the time of the consent is another one"),
    (Fault::IgnoresExpect, NOT_ABSENT, "the record is saved"),
    (
        Fault::ComparesGenerationsOnly,
        "a save that expects another version is a conflict and changes nothing",
        "the record is saved",
    ),
    (
        Fault::TakesAnyVersionForNone,
        "a save that expects a version is a conflict where there is no record, and saves nothing",
        "the record is saved",
    ),
    (
        Fault::ComparesAndSwapsInTwoSteps,
        "of two saves at once that expect the same exactly one happens",
        "both happen",
    ),
    (
        Fault::LosesDeletes,
        "a delete removes the record for every process, and a second one does no harm",
        "there is a record",
    ),
    (
        Fault::FailsOnASecondDelete,
        "a delete removes the record for every process, and a second one does no harm",
        "not available",
    ),
    (
        Fault::BringsDeletedBack,
        "a save that expects a deleted version is a conflict, and the record stays deleted",
        "the record is saved",
    ),
    (
        Fault::SetsNothingAside,
        "a record that is set aside leaves its key free for the next",
        "there is a record",
    ),
    (
        Fault::WritesWhenChecked,
        "the check that comes before a save succeeds under a lease and changes no record",
        "is another one",
    ),
    (Fault::AlwaysLends, "while a lease is held nobody else has one on the key", "the other process has one"),
    (Fault::NeverTakesBack, NOT_ABSENT, "it cannot be had within 2 seconds"),
    (Fault::TakesAnyLease, "under the lease on another key nothing is saved", "the record is saved"),
    (
        Fault::LendsOneLeaseForAllKeys,
        "leases on different keys do not hinder each other",
        "while the lease on another key is held",
    ),
    (
        Fault::EndsLeasesAtOnce,
        "a lease lasts as long as was asked for, and can be used to its end",
        "is over after half a second",
    ),
    (Fault::TakesEndedLeases, "under a lease whose time has ended nothing is saved", "the record is saved"),
    (
        Fault::GivesBackAnothersLease,
        "dropping a lease that has ended takes nobody's lease away",
        "its successor's lease was given away",
    ),
    (Fault::LowersCase, ONE_RECORD_EACH, "look alike"),
    (Fault::Trims, ONE_RECORD_EACH, "look alike"),
    (Fault::JoinsParts, ONE_RECORD_EACH, "look alike"),
    (Fault::DeletesByPrefix, ONE_RECORD_EACH, "another one was deleted"),
    (Fault::RefusesNul, ONE_RECORD_EACH, "a NUL"),
    (Fault::LeasesInLowerCase, ONE_LEASE_EACH, "the lease of another one"),
    (Fault::RefusesEscapes, "a key of any text can be leased, saved, loaded and deleted", "an escape"),
    (
        Fault::KeepsLongKeys,
        "a key that makes the record longer than 64 KiB is refused as too long",
        "it is saved",
    ),
    (
        Fault::LosesOneSave,
        "of many processes that lease, load and save one key no save is lost",
        "and the generation is",
    ),
    (Fault::KeepsWhatHasALongPart, "whatever was saved can be deleted", "a long part"),
    (Fault::Truncates, "a record of 48 KiB is kept whole", "the access token is another one"),
    (Fault::KeepsAMegabyte, MEGABYTE, "it is saved"),
    (
        Fault::KeepsALittleTooMuch,
        "a record of a little more than 64 KiB is refused as too long",
        "it is saved",
    ),
];

async fn run(fault: Fault) -> (Careless, Result<(), BrokenPromise>) {
    let store = Careless::with(fault);
    let suite = StoreConformance::new(store.clone(), store.clone(), Arc::new(TokioNow));
    let run = tokio::time::timeout(Duration::from_mins(2), suite.run()).await;
    (store, run.expect("within two minutes"))
}

#[tokio::test]
async fn the_same_store_without_a_fault_keeps_all_promises() {
    let (store, result) = run(Fault::Nothing).await;
    assert_eq!((result, store.records()), (Ok(()), 0));
}

#[tokio::test]
async fn a_store_that_is_broken_in_one_way_is_told_which_promise_it_breaks() {
    // The one that never answers has a test on a clock of its own.
    let runs = BROKEN.iter().skip(1).map(|(fault, promise, words)| async move {
        let (store, result) = run(*fault).await;
        let broken = result.expect_err(&format!("{fault:?} is not noticed"));
        assert_eq!(broken.promise(), *promise, "{fault:?}: {broken}");
        assert!(broken.found().contains(words), "{fault:?}: {broken}");
        assert!(!broken.to_string().contains("conformance-"), "no token is told: {broken}");
        if *fault != Fault::LosesDeletes {
            assert_eq!(store.records(), 0, "{fault:?} leaves records");
        }
    });
    join_all(runs).await;
}

#[tokio::test(start_paused = true)]
async fn a_store_that_never_answers_does_not_hang_the_suite() {
    let [(fault, promise, words), ..] = BROKEN;
    let (_, result) = tokio::time::timeout(Duration::from_hours(1), run_paused(fault)).await.unwrap();
    let broken = result.unwrap_err();
    assert_eq!(broken.promise(), promise);
    assert!(broken.found().contains(words), "{broken}");
}

async fn run_paused(fault: Fault) -> (Careless, Result<(), BrokenPromise>) {
    let store = Careless::with(fault);
    let suite = StoreConformance::new(store.clone(), store.clone(), Arc::new(TokioNow));
    let result = suite.run().await;
    (store, result)
}

#[test]
fn every_promise_has_a_store_that_breaks_it_or_says_why_not() {
    // The first needs two places, the second is broken before: other checks need leases one after the other.
    let unproven = [
        "a save that expects what the other process has replaced is a conflict and changes nothing",
        "a lease that is dropped can be had again within 2 seconds",
    ];
    for promise in StoreConformance::promises() {
        let is_broken = BROKEN.iter().any(|(_, broken, _)| *broken == promise);
        assert_ne!(is_broken, unproven.contains(&promise), "{promise}");
    }
}
