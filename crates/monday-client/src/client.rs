//! The client: what a caller holds, clones and calls.
//!
//! Must not know: the order of the rooms.

mod builder;

use std::sync::Arc;

use monday_core::{IntoRequest, PagedOperation, Quota, Response};

use crate::outgoing::Typed;
use crate::pages::{Pages, Parts};
use crate::pipeline::Pipeline;
use crate::{Error, judge};

pub use builder::ClientBuilder;

/// A client for one credential and one endpoint. Cloning it shares connections, quota and credential.
#[derive(Debug, Clone)]
pub struct Client {
    pub(crate) pipeline: Arc<Pipeline>,
}

impl Client {
    /// Starts to build a client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder::new()
    }

    /// Sends an operation and gives its data. Strict: any error in the answer is an error here. To see
    /// partial data, [`send`](Self::send) it.
    pub async fn execute<R: IntoRequest>(&self, request: R) -> Result<R::Data, Error> {
        let request = request.into_request()?;
        self.strictly(Typed::new(&request)).await
    }

    /// Sends a request; any error in the answer is an error.
    pub(crate) async fn strictly<D: Send>(&self, mut typed: Typed<'_, D>) -> Result<D, Error> {
        let response = self.pipeline.send(&mut typed).await?;
        let request = typed.request();
        match typed.into_data() {
            Some(data) if response.errors.is_empty() => Ok(data),
            _ => Err(judge::strict(response.errors, response.meta).of_operation(request.operation())),
        }
    }

    /// Sends an operation and gives the whole answer: data with the errors beside it, request id, quota,
    /// version. An answer without any data is an error.
    pub async fn send<R: IntoRequest>(&self, request: R) -> Result<Response<R::Data>, Error> {
        let request = request.into_request()?;
        let mut typed = Typed::new(&request);
        let response = self.pipeline.send(&mut typed).await?;
        Ok(response.with_data(typed.into_data()))
    }

    /// The items of a list, read page by page as the stream is polled. [`Pages`] has the settings: page size,
    /// reading ahead, what to do when the cursor expires.
    pub fn pages<P>(&self, first: P) -> Pages<P>
    where
        P: PagedOperation + Send + Sync + 'static,
        P::Next: Send + Sync + 'static,
    {
        Pages::new(self.clone(), first)
    }

    /// The items of several lists that are read at once: of a large board, say, that was split into its
    /// groups. [`Parts`] has the settings: how many at once, whether in order, page size.
    ///
    /// An item that was there the whole time comes exactly once. One that moves from one part to another
    /// meanwhile never comes twice, but is missed when it leaves a part that was not begun for one whose list
    /// stands already.
    ///
    /// ```no_run
    /// use futures_util::TryStreamExt as _;
    /// # use monday_client::{Client, Error};
    /// # use monday_core::PagedOperation;
    ///
    /// # async fn example<P>(client: Client, groups: Vec<P>) -> Result<(), Error>
    /// # where
    /// #     P: PagedOperation + Send + Sync + 'static,
    /// #     P::Next: Send + Sync + 'static,
    /// # {
    /// // `groups` is what `ItemsPage::new(board).split_by_groups(ids)?` gives, or any list of operations that
    /// // page.
    /// let mut items = client.parts(groups).at_once(8).in_order(true);
    /// while let Some(item) = items.try_next().await? {
    ///     println!("{:?}", P::id(&item));
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn parts<P>(&self, parts: impl IntoIterator<Item = P>) -> Parts<P>
    where
        P: PagedOperation + Send + Sync + 'static,
        P::Next: Send + Sync + 'static,
    {
        Parts::new(self.clone(), parts.into_iter().collect())
    }

    /// What is left of the account's rate limits, as the last answer said.
    #[must_use]
    pub fn quota(&self) -> Quota {
        self.pipeline.governor.quota()
    }
}

#[cfg(test)]
mod tests;
