//! Reads one page after the other: what is next, what is under way, when to start again.
//!
//! Must not know: streams.

use monday_core::{Cursor, IntoRequest as _, Operation, PagedOperation};

use super::CursorPolicy;
use super::given::Given;
use super::task::Task;
use crate::{Client, Error, ErrorKind};

/// How a stream reads.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Plan {
    pub(super) page_size: Option<i64>,
    pub(super) read_ahead: bool,
    pub(super) policy: CursorPolicy,
}

/// A page that was read, and what comes after it.
struct Read<T, N> {
    items: Vec<T>,
    next: Option<(N, Cursor)>,
}

type Outcome<P> = Result<Read<<P as PagedOperation>::Item, <P as PagedOperation>::Next>, Error>;

/// What is to be read next.
enum Step<P: PagedOperation> {
    First,
    Next(P::Next, Cursor),
    /// It is being read. Dropped, it stops.
    Ahead(Task<Outcome<P::Next>>),
    Done,
}

/// Reads a list.
pub(super) struct Reader<P: PagedOperation> {
    client: Client,
    first: P,
    read_ahead: bool,
    given: Given,
    step: Step<P>,
}

impl<P> Reader<P>
where
    P: PagedOperation + Send + Sync + 'static,
    P::Next: Send + Sync + 'static,
{
    pub(super) fn new(client: Client, mut first: P, plan: Plan) -> Self {
        first.resize(plan.page_size);
        let Plan { read_ahead, policy, .. } = plan;
        Self { client, first, read_ahead, given: Given::new(policy), step: Step::First }
    }

    /// The next page's items that were not given yet; `None` after the last page.
    pub(super) async fn chunk(&mut self) -> Result<Option<Vec<P::Item>>, Error> {
        loop {
            let is_first = matches!(self.step, Step::First);
            let outcome = match std::mem::replace(&mut self.step, Step::Done) {
                Step::Done => return Ok(None),
                Step::First => read(&self.client, &self.first, None).await,
                Step::Next(operation, here) => read(&self.client, &operation, Some(&here)).await,
                Step::Ahead(task) => task.outcome().await.unwrap_or_else(|| {
                    Err(Error::new(ErrorKind::Disconnected).of_operation(<P::Next as Operation>::NAME))
                }),
            };
            let Read { mut items, next } = match outcome {
                Ok(page) => page,
                // A first page has no cursor of this stream's that could expire.
                Err(error) if error.kind() == ErrorKind::CursorExpired && !is_first => {
                    if !self.given.start_again() {
                        return Err(error);
                    }
                    self.step = Step::First;
                    continue;
                }
                Err(error) => return Err(error),
            };
            items.retain(|item| self.given.take(P::id(item)));
            if next.is_none() && self.given.is_lost() {
                return Err(Error::new(ErrorKind::CursorExpired).of_operation(P::NAME));
            }
            self.step = match next {
                None => Step::Done,
                Some((operation, here)) if self.read_ahead => self.ahead(operation, here),
                Some((operation, here)) => Step::Next(operation, here),
            };
            return Ok(Some(items));
        }
    }

    fn ahead(&self, operation: P::Next, here: Cursor) -> Step<P> {
        let client = self.client.clone();
        Step::Ahead(Task::start(async move { read(&client, &operation, Some(&here)).await }))
    }
}

/// Reads the page at a cursor.
async fn read<P: PagedOperation>(client: &Client, operation: &P, here: Option<&Cursor>) -> Outcome<P> {
    let request = operation.into_request()?.with_page_size(operation.page_size());
    let data = client.execute(request).await?;
    let page = operation.page(data).map_err(|fault| Error::of_page(fault).of_operation(P::NAME))?;
    let page = page.ok_or_else(|| Error::new(ErrorKind::NotFound).of_operation(P::NAME))?;
    let Some(cursor) = page.next else { return Ok(Read { items: page.items, next: None }) };
    // The same page for ever is worse than an error, and so is an end where more should follow.
    if here == Some(&cursor) || cursor.0.is_empty() {
        return Err(Error::new(ErrorKind::Decode).of_operation(P::NAME));
    }
    Ok(Read { items: page.items, next: Some((operation.next(cursor.clone()), cursor)) })
}
