//! One operation without its type: what is sent for it, how its answer is read, how it is called.
//!
//! `generated/samples.rs` has one for every operation of the SDK. Must not know: what is tested.

use std::future::Future;
use std::pin::Pin;

use futures_util::TryStreamExt as _;
use monday_sdk::core::{Bytes, DecodeError, Envelope};
use monday_sdk::{Client, Error, Operation, PagedOperation};
use serde_json::Value;

type Called = Pin<Box<dyn Future<Output = Result<(), Error>> + Send>>;

/// An operation, made with as little as it allows and with everything.
pub(crate) struct Sample {
    pub(crate) name: &'static str,
    pub(crate) document: &'static str,
    pub(crate) least: Bytes,
    pub(crate) most: Bytes,
    pub(crate) echo: fn(&[u8]) -> Result<Envelope<Value>, DecodeError>,
    pub(crate) call: Box<dyn Fn(Client) -> Called + Send + Sync>,
}

impl Sample {
    pub(crate) fn of<O>(least: O, most: O) -> Self
    where
        O: Operation + Clone + Send + Sync + 'static,
        O::Data: serde::Serialize,
    {
        Self {
            name: O::NAME,
            document: O::DOCUMENT,
            least: least.encode().unwrap(),
            most: most.encode().unwrap(),
            echo: echo::<O>,
            call: Box::new(move |client| {
                let operation = least.clone();
                Box::pin(async move { client.execute(operation).await.map(drop) })
            }),
        }
    }
}

type Listed = Pin<Box<dyn Future<Output = Result<Vec<Value>, Error>> + Send>>;

/// An operation that reads a list page by page, without its type.
pub(crate) struct PagedSample {
    pub(crate) name: &'static str,
    pub(crate) document: &'static str,
    /// All of the list, as JSON, in pages of a size.
    pub(crate) list: Box<dyn Fn(Client, i64) -> Listed + Send + Sync>,
}

impl PagedSample {
    pub(crate) fn of<P>(operation: P) -> Self
    where
        P: PagedOperation + Clone + Send + Sync + 'static,
        P::Next: Send + Sync + 'static,
        P::Item: serde::Serialize,
    {
        let list = move |client: Client, size| -> Listed {
            let items = client.pages(operation.clone()).page_size(size);
            Box::pin(items.map_ok(|item| serde_json::to_value(item).unwrap()).try_collect())
        };
        Self { name: P::NAME, document: P::DOCUMENT, list: Box::new(list) }
    }
}

/// Reads an answer, and writes its data back.
fn echo<O>(body: &[u8]) -> Result<Envelope<Value>, DecodeError>
where
    O: Operation,
    O::Data: serde::Serialize,
{
    let (data, rest) = O::decode(body)?.take_data();
    Ok(rest.with_data(data.map(|data| serde_json::to_value(data).unwrap())))
}
