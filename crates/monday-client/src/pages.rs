//! A list read page by page as one stream.
//!
//! Must not know: which operations page, or how a page looks.

use futures_core::Stream;
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use monday_core::{Cursor, Operation as _, Page, PagedOperation};

use crate::{Client, Error, ErrorKind};

/// What is to be read next.
enum Step<P: PagedOperation> {
    First(P),
    Next(P::Next, Cursor),
    Done,
}

/// The items of all pages. One page is held at a time.
pub(crate) fn items<P>(
    client: Client,
    first: P,
) -> impl Stream<Item = Result<P::Item, Error>> + Send + 'static
where
    P: PagedOperation + Send + Sync + 'static,
    P::Next: Send + Sync + 'static,
{
    let pages = stream::try_unfold((client, Step::First(first)), |(client, step)| async move {
        let (page, next) = match step {
            Step::Done => return Ok(None),
            Step::First(operation) => {
                let page = read(&client, &operation).await?;
                let next = page.next.clone().map(|cursor| (operation.next(cursor.clone()), cursor));
                (page, next)
            }
            Step::Next(operation, here) => {
                let page = read(&client, &operation).await?;
                if page.next.as_ref() == Some(&here) {
                    // The same page for ever is worse than an error.
                    return Err(Error::new(ErrorKind::Decode).of_operation(P::Next::NAME));
                }
                let next = page.next.clone().map(|cursor| (operation.next(cursor.clone()), cursor));
                (page, next)
            }
        };
        let step = next.map_or(Step::Done, |(operation, cursor)| Step::Next(operation, cursor));
        Ok(Some((page.items, (client, step))))
    });
    pages.map_ok(|items| stream::iter(items).map(Ok)).try_flatten()
}

async fn read<P: PagedOperation>(client: &Client, operation: &P) -> Result<Page<P::Item>, Error> {
    let data = client.execute(operation).await?;
    P::page(data).ok_or_else(|| Error::new(ErrorKind::NotFound).of_operation(P::NAME))
}
