//! What one sandbox serves from: the account, and the books that are kept on its requests.
//!
//! Must not know: HTTP.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::asset_server::DownloadCounts;
use crate::authorization::Authorization;
use crate::cost::Cost;
use crate::dice::Dice;
use crate::faults::Faults;
use crate::idempotency::{self, Answers};
use crate::meter::Meter;
use crate::plan::{Plan, Quotas};
use crate::scripted;
use crate::seen::{self, Journal, OperationCounts, Seen};
use crate::tasks::Tasks;
use crate::upload;
use crate::variety::Variety;
use crate::webhooks::{self, Couriers};
use crate::world::{World, cursors, seed};

/// How data is made, and made another one.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Made {
    /// What generated data is drawn from; the first of everything without.
    pub(crate) seed: Option<u64>,
    pub(crate) variety: Variety,
    /// Whether every root field answers with generated data.
    pub(crate) is_without_state: bool,
}

/// How a sandbox behaves.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    /// `None` announces those of the largest plan and refuses nobody.
    pub(crate) quotas: Option<Quotas>,
    pub(crate) cost: Cost,
    pub(crate) latency: (Duration, Duration),
    /// How long a request, and its answer, are on their way.
    pub(crate) distance: (Duration, Duration),
    pub(crate) cursor_life: Duration,
    pub(crate) idempotency_life: Duration,
    /// Whether `/v2/file` heeds idempotency keys.
    pub(crate) idempotent_uploads: bool,
    /// How large a body of `/v2/file` may be, in bytes.
    pub(crate) largest_upload: usize,
    /// How many groups the large board has.
    pub(crate) groups: usize,
    /// How long after a webhook was not taken it is sent again.
    pub(crate) webhook_interval: Duration,
    pub(crate) made: Made,
    /// How many requests are kept to be looked at.
    pub(crate) kept_requests: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            quotas: None,
            cost: Cost::default(),
            latency: (Duration::ZERO, Duration::ZERO),
            distance: (Duration::ZERO, Duration::ZERO),
            cursor_life: cursors::LIFE,
            idempotency_life: idempotency::LIFE,
            idempotent_uploads: true,
            largest_upload: upload::LARGEST,
            groups: seed::GROUPS,
            webhook_interval: webhooks::INTERVAL,
            made: Made::default(),
            kept_requests: seen::KEPT,
        }
    }
}

#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) authorization: Authorization,
    pub(crate) answers: Answers,
    pub(crate) cost: Cost,
    pub(crate) faults: Faults,
    pub(crate) scripted: scripted::Answers,
    pub(crate) couriers: Couriers,
    /// The requests that are being worked on.
    pub(crate) tasks: Tasks,
    pub(crate) idempotent_uploads: bool,
    pub(crate) largest_upload: usize,
    pub(crate) made: Made,
    latency: (Duration, Duration),
    distance: (Duration, Duration),
    dice: Mutex<Dice>,
    downloads: Mutex<DownloadCounts>,
    meter: Mutex<Meter>,
    requests: AtomicU64,
    seen: Mutex<Seen>,
    journal: Mutex<Journal>,
    world: Mutex<World>,
}

impl Site {
    pub(crate) fn new(
        mut world: World,
        authorization: Authorization,
        settings: &Settings,
        assets_origin: String,
    ) -> Self {
        world.assets.set_origin(assets_origin);
        world.cursors.set_life(settings.cursor_life);
        let quotas = settings.quotas.unwrap_or(Plan::Enterprise.quotas());
        Self {
            authorization,
            answers: Answers::new(settings.idempotency_life),
            cost: settings.cost,
            faults: Faults::default(),
            scripted: scripted::Answers::default(),
            couriers: Couriers::new(settings.webhook_interval),
            tasks: Tasks::default(),
            idempotent_uploads: settings.idempotent_uploads,
            largest_upload: settings.largest_upload,
            made: settings.made,
            latency: settings.latency,
            distance: settings.distance,
            dice: Mutex::new(Dice::new(1)),
            downloads: Mutex::default(),
            meter: Mutex::new(Meter::new(quotas, settings.quotas.is_some(), Instant::now())),
            requests: AtomicU64::new(0),
            seen: Mutex::default(),
            journal: Mutex::new(Journal::new(settings.kept_requests)),
            world: Mutex::new(world),
        }
    }

    pub(crate) fn came_in(&self) {
        self.requests.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        locked(&self.world)
    }

    pub(crate) fn meter(&self) -> MutexGuard<'_, Meter> {
        locked(&self.meter)
    }

    pub(crate) fn dice(&self) -> MutexGuard<'_, Dice> {
        locked(&self.dice)
    }

    pub(crate) fn downloads(&self) -> MutexGuard<'_, DownloadCounts> {
        locked(&self.downloads)
    }

    pub(crate) fn journal(&self) -> MutexGuard<'_, Journal> {
        locked(&self.journal)
    }

    /// The time that any request takes.
    pub(crate) fn latency(&self) -> Duration {
        self.dice().between(self.latency.0, self.latency.1)
    }

    /// How long something is on its way.
    pub(crate) fn distance(&self) -> Duration {
        self.dice().between(self.distance.0, self.distance.1)
    }

    pub(crate) fn count(&self, operation: &str, count: impl FnOnce(&mut OperationCounts)) {
        count(locked(&self.seen).of(operation));
    }

    pub(crate) fn seen(&self) -> Seen {
        let writes = self.world().writes.clone();
        locked(&self.seen).clone().with_writes(writes)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
