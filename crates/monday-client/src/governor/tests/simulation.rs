//! Many workers against a server with a small budget, on a paused clock.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use super::*;

/// A server that takes so many calls in each window of a fixed grid.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) start: Instant,
    window: Duration,
    budget: u64,
    state: Mutex<(u128, u64)>,
    pub(super) refused: AtomicU64,
    round: fn(f64) -> f64,
}

impl Server {
    /// One that takes so many calls in 5 s.
    pub(super) fn of(budget: u64, round: fn(f64) -> f64) -> Arc<Self> {
        Arc::new(Self {
            start: Instant::now(),
            window: Duration::from_secs(5),
            budget,
            state: Mutex::new((0, budget)),
            refused: AtomicU64::new(0),
            round,
        })
    }

    /// Whether it takes the call, and its headers.
    fn take(&self) -> (bool, Quota) {
        (self.enter(), self.headers())
    }

    /// Whether it takes a call that comes in now.
    pub(super) fn enter(&self) -> bool {
        let mut state = self.window();
        let taken = state.1 > 0;
        state.1 = state.1.saturating_sub(1);
        taken
    }

    /// The headers of an answer that is written now.
    pub(super) fn headers(&self) -> Quota {
        let (number, left) = *self.window();
        let ends = self.window * u32::try_from(number + 1).unwrap();
        let seconds = (self.round)(ends.saturating_sub(self.start.elapsed()).as_secs_f64());
        let mut quota = quota("minuteRate", self.budget, left, 0);
        quota.budget_mut("minuteRate").resets_in = Some(Duration::from_secs_f64(seconds));
        quota.budget_mut("minuteRate").window = Some(self.window);
        quota
    }

    fn window(&self) -> MutexGuard<'_, (u128, u64)> {
        let number = self.start.elapsed().as_millis() / self.window.as_millis();
        let mut state = self.state.lock().unwrap();
        if state.0 != number {
            *state = (number, self.budget);
        }
        state
    }
}

#[tokio::test(start_paused = true)]
async fn five_thousand_calls_of_sixteen_workers_use_a_budget_whole_and_are_hardly_ever_refused() {
    five_thousand_calls(f64::ceil, &[Arc::default()], 1.03).await;
}

#[tokio::test(start_paused = true)]
async fn they_are_not_refused_more_often_where_the_server_rounds_down() {
    five_thousand_calls(f64::floor, &[Arc::default()], 1.03).await;
}

#[tokio::test(start_paused = true)]
async fn four_processes_that_share_a_ledger_use_it_whole_and_are_hardly_ever_refused_either() {
    let ledger = MemoryLedger::new();
    let processes = [(); 4].map(|()| Arc::new(Governor::sharing(Arc::new(ledger.clone()))));
    five_thousand_calls(f64::ceil, &processes, 1.03).await;
}

#[tokio::test(start_paused = true)]
async fn four_processes_hold_the_same_limits_when_their_ledger_is_far_away() {
    let ledger = distant::Distant::by(Duration::from_millis(3));
    let processes = [(); 4].map(|()| Arc::new(ledger.governor()));
    five_thousand_calls(f64::ceil, &processes, 1.1).await;
}

async fn five_thousand_calls(round: fn(f64) -> f64, governors: &[Arc<Governor>], longer: f64) {
    const CALLS: u64 = 5000;
    let server = Server::of(1000, round);
    let left = Arc::new(AtomicU64::new(CALLS));
    let workers: Vec<_> = (0..16_u64)
        .map(|worker| {
            let governor = Arc::clone(&governors[usize::try_from(worker).unwrap() % governors.len()]);
            let (server, left) = (Arc::clone(&server), Arc::clone(&left));
            tokio::spawn(async move {
                while left.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(1)).is_ok() {
                    for attempt in 0_u64.. {
                        let deadline = Deadline::after(Duration::from_mins(1));
                        let reservation = governor.admit(&ME, deadline).await.unwrap();
                        // Between 15 and 30 ms, so that answers overtake each other.
                        let way = Duration::from_millis(15 + (worker * 7 + attempt) % 16);
                        tokio::time::sleep(way / 2).await;
                        let (taken, quota) = server.take();
                        tokio::time::sleep(way / 2).await;
                        if !taken {
                            server.refused.fetch_add(1, Relaxed);
                            governor.pause(quota.budgets[0].resets_in.unwrap());
                        }
                        reservation.answers(&quota);
                        if taken {
                            break;
                        }
                    }
                }
            })
        })
        .collect();
    for worker in workers {
        worker.await.unwrap();
    }
    let refused = server.refused.load(Relaxed);
    assert!(refused * 1000 <= CALLS * 5, "{refused} of {CALLS} calls were refused");
    // Four whole windows, then a thousand calls of 22.5 ms by 16 workers.
    let least = Duration::from_secs(20) + Duration::from_micros(22_500) * 1000 / 16;
    let took = server.start.elapsed();
    assert!(took <= least.mul_f64(longer), "{took:?}, {least:?} at the least");
}

#[tokio::test(start_paused = true)]
async fn a_process_of_two_workers_has_its_share_beside_one_of_twenty() {
    let ledger = MemoryLedger::new();
    let [of_twenty, of_two] = [(); 2].map(|()| Arc::new(Governor::sharing(Arc::new(ledger.clone()))));
    let server = Server::of(200, f64::ceil);
    let (twenty, two) = (Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
    for worker in 0..22_u64 {
        let (governor, done) = if worker < 20 { (&of_twenty, &twenty) } else { (&of_two, &two) };
        let (governor, done, server) = (Arc::clone(governor), Arc::clone(done), Arc::clone(&server));
        tokio::spawn(async move {
            for attempt in 0_u64.. {
                let reservation = governor.admit(&ME, minute()).await.unwrap();
                let way = Duration::from_millis(2 + (worker * 7 + attempt) % 6);
                tokio::time::sleep(way / 2).await;
                let (taken, quota) = server.take();
                tokio::time::sleep(way / 2).await;
                if taken {
                    done.fetch_add(1, Relaxed);
                    reservation.settles(&in_points(quota), Charge::Untold);
                } else {
                    server.refused.fetch_add(1, Relaxed);
                    reservation.settles(&in_points(quota), Charge::Nothing);
                }
            }
        });
    }
    for window in 1..=4 {
        tokio::time::sleep_until(server.start + server.window * window - Duration::from_millis(1)).await;
        let (twenty, two) = (twenty.load(Relaxed), two.load(Relaxed));
        assert_eq!(twenty + two, u64::from(window) * 200, "in window {window}");
        assert!(two * 100 >= (twenty + two) * 44, "{two} of {} in window {window}", twenty + two);
    }
    assert_eq!(server.refused.load(Relaxed), 0);
}

/// A call costs 10,000 points.
pub(super) fn in_points(mut quota: Quota) -> Quota {
    let budget = &mut quota.budgets[0];
    budget.name = "complexityMinute".into();
    budget.limit = budget.limit.map(|calls| calls * 10_000);
    budget.remaining = budget.remaining.map(|calls| calls * 10_000);
    quota
}
