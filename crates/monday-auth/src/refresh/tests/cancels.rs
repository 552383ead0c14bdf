//! Callers who go away at any point (F63): no token is lost, no lease stays taken, no refresh token is played twice.

use std::collections::BTreeSet;
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use futures_util::future::join_all;

use super::scripted::{Act, World, after, key};
use crate::{BoxFuture, CredentialProvider as _, Rejection, TokenStore as _};

const ROUNDS: usize = 500;
const CALLERS: usize = 20;

/// The same numbers in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// Polls a call so often, then drops it wherever it is.
async fn polled<T>(mut call: BoxFuture<'_, T>, times: u64) {
    for _ in 0..times {
        let done = std::future::poll_fn(|context| Poll::Ready(Pin::new(&mut call).poll(context).is_ready()));
        if done.await {
            return;
        }
        tokio::task::yield_now().await;
    }
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_callers_who_go_away_anywhere_lose_nothing() {
    let world = World::new().await;
    let mut dice = Dice(7);
    let mut dropped_waiting = 0;
    for round in 0..ROUNDS {
        let processes = [world.provider(), world.provider(), world.provider()];
        for provider in &processes {
            provider.current().await.unwrap();
        }
        let held = processes[0].current().await.unwrap();
        let before = world.server.requests();
        world.server.will([Act::Pair(dice.roll(4))]);
        if dice.roll(2) == 0 {
            after(3_541 + dice.roll(58)).await;
        }
        let callers = (0..CALLERS).map(|_| {
            let provider = &processes[usize::try_from(dice.roll(3)).unwrap()];
            let (is_refused, patience, in_time) = (dice.roll(2) == 0, dice.roll(16), dice.roll(3) == 0);
            let held = &held;
            async move {
                let call: BoxFuture<'_, _> = if is_refused {
                    provider.rejected(held, Rejection::Unauthorized)
                } else {
                    Box::pin(provider.current())
                };
                if in_time {
                    tokio::time::timeout(Duration::from_millis(patience * 150), call).await.is_err()
                } else {
                    polled(call, patience).await;
                    false
                }
            }
        });
        let gave_up: Vec<bool> = join_all(callers).await;
        dropped_waiting += gave_up.iter().filter(|gave_up| **gave_up).count();
        // Whatever they started goes on to its end without them.
        after(30).await;
        assert!(
            world.store.lease(&key(), Duration::from_secs(1)).await.unwrap().is_some(),
            "{round}: the lease"
        );
        let refreshes = world.server.requests() - before;
        assert!(refreshes <= 1, "{round}: {refreshes} refreshes");
        let stored = world.stored().await.unwrap();
        assert_eq!(stored.generation, u64::try_from(world.server.requests()).unwrap() + 1, "{round}");
        assert!(stored.can_refresh(), "{round}");
    }
    let spent = world.server.spent();
    let different: BTreeSet<_> = spent.iter().collect();
    assert_eq!(spent.len(), different.len(), "a refresh token was played twice");
    assert!(spent.len() > ROUNDS / 2, "{} refreshes", spent.len());
    assert!(dropped_waiting > ROUNDS, "{dropped_waiting}");
}
