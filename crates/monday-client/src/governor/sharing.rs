//! Budgets that several processes share: each call is decided on the shared page, and counts when the page was swapped.
//!
//! A ledger that fails is done without. Must not know: how a turn is decided.

use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::{Instant, sleep, timeout};

use super::ledger::{LedgerFault, LedgerPage, LedgerSwap, QuotaLedger};
use super::need::Need;
use super::others::Others;
use super::page::{Clock, Page};
use super::state::Turn;
use super::{Books, Reservation};
use crate::Error;

/// How long a ledger may take.
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
    news: Arc<Notify>,
    keeper: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Debug, Default)]
struct Desk {
    /// The page that was last seen: its version, the clock, and when.
    seen: Option<(u64, Clock, Instant)>,
    down_until: Option<Instant>,
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
            news: Arc::default(),
            keeper: Mutex::default(),
        }
    }

    pub(super) fn tell_news(&self) {
        self.news.notify_one();
    }
}

impl Books {
    /// Decides for a call on the shared page.
    pub(super) async fn look<'a>(
        self: &'a Arc<Self>,
        sharing: &Sharing,
        need: &Need<'_>,
    ) -> Result<Look<'a>, Error> {
        self.keep(sharing);
        let mut desk = sharing.desk.lock().await;
        for _ in 0..TRIES {
            let is_new = desk.seen.is_some_and(|(.., at)| at.elapsed() < LOOK_EVERY);
            if !is_new && !desk.is_down() && self.read(sharing, &mut desk).await.is_err() {
                desk.fail(self);
            }
            let share = match self.turn(need)? {
                Turn::Go(share) => share,
                Turn::Wait { at_most, certain } => return Ok(Look::Wait { at_most, certain }),
            };
            // From here on dropping gives it back.
            let reservation = Reservation::new(self, share);
            if desk.is_down() || self.swap(sharing, &mut desk).await {
                return Ok(Look::Go(reservation));
            }
        }
        Ok(Look::Wait { at_most: Instant::now() + LOOK_EVERY, certain: false })
    }

    async fn read(&self, sharing: &Sharing, desk: &mut Desk) -> Result<(), LedgerFault> {
        let page = timeout(PATIENCE, sharing.ledger.read()).await.map_err(|_| LedgerFault)??;
        self.take_in(sharing, desk, &page)
    }

    fn take_in(&self, sharing: &Sharing, desk: &mut Desk, page: &LedgerPage) -> Result<(), LedgerFault> {
        let clock = Clock::set(desk.seen.map(|(_, clock, _)| clock), page.now);
        let read = Page::read(&page.text).ok_or(LedgerFault)?;
        self.lock().join(read, &clock, &sharing.me);
        desk.seen = Some((page.version, clock, Instant::now()));
        desk.is_back();
        Ok(())
    }

    /// Writes down what this process holds and knows. `false`: others were faster, and their page is taken in.
    async fn swap(&self, sharing: &Sharing, desk: &mut Desk) -> bool {
        let Some((version, clock, _)) = desk.seen else {
            return false;
        };
        let (text, told) = {
            let mut state = self.lock();
            state.has_news = false;
            let (page, told) = state.page(&clock, &sharing.me);
            (serde_json::to_vec(&page).unwrap_or_default(), told)
        };
        let swapped = timeout(PATIENCE, sharing.ledger.swap(version, &text)).await;
        match swapped.map_err(|_| LedgerFault).flatten() {
            Ok(LedgerSwap::Done { version, now }) => {
                desk.seen = Some((version, Clock::set(Some(clock), now), Instant::now()));
                self.lock().was_told(&told);
                true
            }
            Ok(LedgerSwap::Changed(page)) => {
                self.lock().has_news = true;
                if self.take_in(sharing, desk, &page).is_err() {
                    desk.fail(self);
                }
                false
            }
            Err(LedgerFault) => {
                self.lock().has_news = true;
                desk.fail(self);
                // Whoever cannot share goes on alone.
                true
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
}

async fn keep(books: Weak<Books>, news: Arc<Notify>) {
    loop {
        let has_news = timeout(HEARTBEAT, news.notified()).await.is_ok();
        if has_news {
            sleep(GATHER).await;
        }
        let Some(books) = books.upgrade() else { return };
        let Some(sharing) = &books.sharing else { return };
        let mut desk = sharing.desk.lock().await;
        let has_something = {
            let state = books.lock();
            state.has_news || state.unanswered.is_some() || state.waiting > 0
        };
        if !has_something || desk.is_down() {
            continue;
        }
        if desk.seen.is_none() && books.read(sharing, &mut desk).await.is_err() {
            desk.fail(&books);
            continue;
        }
        for _ in 0..TRIES {
            if books.swap(sharing, &mut desk).await {
                break;
            }
        }
    }
}

impl Desk {
    fn is_down(&self) -> bool {
        self.down_until.is_some_and(|until| Instant::now() < until)
    }

    fn fail(&mut self, books: &Books) {
        if self.down_until.is_none() {
            tracing::warn!("the quota ledger is not available: this process goes on by itself");
        }
        self.down_until = Some(Instant::now() + DOWN_FOR);
        // What others hold is not known any more; the page is read before it is written again.
        books.lock().others = Others::default();
        self.seen = None;
    }

    fn is_back(&mut self) {
        if self.down_until.take().is_some() {
            tracing::info!("the quota ledger is available again");
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
