//! Budgets that several processes share: each call is decided on the shared page, and counts when the page was swapped.
//!
//! A ledger that fails is done without. Must not know: how a turn is decided.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout, timeout_at};

use super::ledger::{LedgerFault, LedgerPage, LedgerSwap, QuotaLedger};
use super::need::Need;
use super::others::Others;
use super::page::{Clock, Page};
use super::state::Turn;
use super::{Books, Reservation};
use crate::Error;
use crate::deadline::Deadline;

/// How long a ledger may take, and a call may wait for it.
const PATIENCE: Duration = Duration::from_millis(500);

/// A ledger that failed is not asked again for so long.
const DOWN_FOR: Duration = Duration::from_secs(1);

/// So often a call that waits looks what the others did.
pub(super) const LOOK_EVERY: Duration = Duration::from_millis(100);

/// News wait so long for more.
const GATHER: Duration = Duration::from_millis(20);

/// Who has something under way says so as often, or is taken for dead.
const HEARTBEAT: Duration = Duration::from_secs(1);

/// So many swaps that others were faster with are enough for one look.
const TRIES: u32 = 16;

#[derive(Debug)]
pub(super) struct Sharing {
    ledger: Arc<dyn QuotaLedger>,
    /// What this process is called on the page.
    me: String,
    /// One swap at a time.
    desk: tokio::sync::Mutex<Desk>,
    /// The ledger failed: until it is back only the keeper asks it, and not before then.
    down_until: Mutex<Option<Instant>>,
    news: Arc<Notify>,
    keeper: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Debug, Default)]
struct Desk {
    seen: Option<Seen>,
    /// The number of the last page that was offered, and whether it took the place of the one before. All calls that
    /// had their turn before it was written are on it.
    offered: (u64, bool),
    written: Option<Instant>,
}

/// The page that was last seen.
#[derive(Debug, Clone, Copy)]
struct Seen {
    version: u64,
    clock: Clock,
    at: Instant,
}

/// What became of a look at the page.
pub(super) enum Look<'a> {
    Go(Reservation<'a>),
    Wait { at_most: Instant, certain: bool },
}

impl Sharing {
    pub(super) fn new(ledger: Arc<dyn QuotaLedger>) -> Self {
        Self {
            ledger,
            me: uuid::Uuid::new_v4().simple().to_string(),
            desk: tokio::sync::Mutex::default(),
            down_until: Mutex::default(),
            news: Arc::default(),
            keeper: Mutex::default(),
        }
    }

    pub(super) fn tell_news(&self) {
        self.news.notify_one();
    }

    fn down_until(&self) -> MutexGuard<'_, Option<Instant>> {
        self.down_until.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fails(&self, books: &Books) {
        if self.down_until().replace(Instant::now() + DOWN_FOR).is_none() {
            tracing::warn!("the quota ledger is not available: this process goes on by itself");
        }
        // What others hold is not known any more.
        books.lock().others = Others::default();
    }

    fn is_back(&self) {
        if self.down_until().take().is_some() {
            tracing::info!("the quota ledger is available again");
        }
    }
}

impl Books {
    /// Decides for a call on the shared page; without one that answers in time, by what this process knows.
    pub(super) async fn look<'a>(
        self: &'a Arc<Self>,
        sharing: &Sharing,
        need: &Need<'_>,
        deadline: Deadline,
    ) -> Result<Look<'a>, Error> {
        self.keep(sharing);
        if sharing.down_until().is_none() {
            let until = Instant::now() + PATIENCE;
            match timeout_at(until.min(deadline.instant()), self.look_together(sharing, need)).await {
                Ok(Ok(look)) => return look,
                Ok(Err(LedgerFault)) => sharing.fails(self),
                Err(_) if until <= Instant::now() => sharing.fails(self),
                // It is the call that has no time.
                Err(_) => {}
            }
        }
        Ok(self.look_alone(need)?.0)
    }

    /// Decides by what this process knows. Gives the number of the last page, too: the call is on the next.
    pub(super) fn look_alone<'a>(&'a self, need: &Need<'_>) -> Result<(Look<'a>, u64), Error> {
        let (turn, round) = self.turn(need)?;
        let look = match turn {
            Turn::Go(share) => Look::Go(Reservation::new(self, share)),
            Turn::Wait { at_most, certain } => Look::Wait { at_most, certain },
        };
        Ok((look, round))
    }

    async fn look_together<'a>(
        &'a self,
        sharing: &Sharing,
        need: &Need<'_>,
    ) -> Result<Result<Look<'a>, Error>, LedgerFault> {
        for _ in 0..TRIES {
            let (look, round) = match self.look_alone(need) {
                Ok(looked) => looked,
                Err(error) => return Ok(Err(error)),
            };
            // Until the page is swapped, dropping gives it back. Calls that wait here go together.
            let mut desk = sharing.desk.lock().await;
            let is_known = match &look {
                Look::Go(_) => desk.seen.is_some(),
                Look::Wait { .. } => desk.seen.is_some_and(|seen| seen.at.elapsed() < LOOK_EVERY),
            };
            if !is_known {
                drop(look);
                self.read(sharing, &mut desk).await?;
                continue;
            }
            if let Look::Wait { .. } = look {
                return Ok(Ok(look));
            }
            let (last, is_there) = desk.offered;
            let is_told = match last.checked_sub(round) {
                None | Some(0) => self.swap(sharing, &mut desk).await?,
                Some(1) => is_there,
                // Which of them had this call first is not known any more.
                Some(_) => false,
            };
            if is_told {
                return Ok(Ok(look));
            }
        }
        Ok(Ok(Look::Wait { at_most: Instant::now() + LOOK_EVERY, certain: false }))
    }

    async fn read(&self, sharing: &Sharing, desk: &mut Desk) -> Result<(), LedgerFault> {
        let begun = Instant::now();
        let page = timeout(PATIENCE, sharing.ledger.read()).await.map_err(|_| LedgerFault)??;
        self.take_in(sharing, desk, &page, begun)
    }

    fn take_in(
        &self,
        sharing: &Sharing,
        desk: &mut Desk,
        page: &LedgerPage,
        begun: Instant,
    ) -> Result<(), LedgerFault> {
        let clock = Clock::set(desk.seen.map(|seen| seen.clock), begun, page.now);
        let read = Page::read(&page.text).ok_or(LedgerFault)?;
        self.lock().join(read, &clock, &sharing.me);
        desk.seen = Some(Seen { version: page.version, clock, at: Instant::now() });
        sharing.is_back();
        Ok(())
    }

    /// Writes down what this process holds and knows. `false`: others were faster, and their page is taken in.
    async fn swap(&self, sharing: &Sharing, desk: &mut Desk) -> Result<bool, LedgerFault> {
        let Seen { version, clock, .. } = desk.seen.ok_or(LedgerFault)?;
        let (page, told) = self.lock().page(&clock, &sharing.me);
        let text = serde_json::to_vec(&page).map_err(|_| LedgerFault)?;
        let begun = Instant::now();
        let swapped = timeout(PATIENCE, sharing.ledger.swap(version, &text)).await;
        match swapped.map_err(|_| LedgerFault).flatten()? {
            LedgerSwap::Done { version, now } => {
                let (clock, at) = (Clock::set(Some(clock), begun, now), Instant::now());
                *desk = Desk {
                    seen: Some(Seen { version, clock, at }),
                    offered: (told.round, true),
                    written: Some(at),
                };
                self.lock().was_told(&told);
                Ok(true)
            }
            LedgerSwap::Changed(page) => {
                self.lock().was_not_told(&told);
                desk.offered = (told.round, false);
                self.take_in(sharing, desk, &page, begun)?;
                Ok(false)
            }
        }
    }

    /// Keeps the page up to date beside the calls, as long as there are books.
    fn keep(self: &Arc<Self>, sharing: &Sharing) {
        let mut keeper = sharing.keeper.lock().unwrap_or_else(PoisonError::into_inner);
        // Its runtime may have ended before this one.
        if keeper.as_ref().is_none_or(JoinHandle::is_finished) {
            *keeper = Some(tokio::spawn(keep(Arc::downgrade(self), Arc::clone(&sharing.news))));
        }
    }

    async fn tell_the_others(&self, sharing: &Sharing) -> Result<(), LedgerFault> {
        let mut desk = sharing.desk.lock().await;
        let down_until = *sharing.down_until();
        match down_until {
            Some(until) if Instant::now() < until => return Ok(()),
            Some(_) => return self.read(sharing, &mut desk).await,
            None => {}
        }
        let is_due = desk.written.is_none_or(|at| at.elapsed() >= HEARTBEAT / 2);
        let has_something = {
            let state = self.lock();
            state.has_news() || is_due && (state.unanswered.is_some() || state.waiting > 0)
        };
        if !has_something {
            return Ok(());
        }
        if desk.seen.is_none() {
            self.read(sharing, &mut desk).await?;
        }
        for _ in 0..TRIES {
            if self.swap(sharing, &mut desk).await? {
                break;
            }
        }
        Ok(())
    }
}

async fn keep(books: Weak<Books>, news: Arc<Notify>) {
    loop {
        let has_news = timeout(HEARTBEAT, news.notified()).await.is_ok();
        if has_news {
            sleep(GATHER).await;
        }
        let Some(books) = books.upgrade() else { return };
        let Some(sharing) = &books.sharing else { return };
        if let Err(LedgerFault) = books.tell_the_others(sharing).await {
            sharing.fails(&books);
        }
    }
}

impl Drop for Sharing {
    fn drop(&mut self) {
        let keeper = self.keeper.get_mut().unwrap_or_else(PoisonError::into_inner);
        if let Some(keeper) = keeper {
            keeper.abort();
        }
    }
}
