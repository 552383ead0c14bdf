//! One operation without its type: what is sent for it, how its answer is read, how it is called.
//!
//! `generated/samples.rs` has one for every operation of the SDK.

use std::future::Future;
use std::pin::Pin;

use monday_sdk::core::{Bytes, DecodeError, Envelope};
use monday_sdk::{Client, Error, Operation};
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

/// Reads an answer, and writes its data back.
fn echo<O>(body: &[u8]) -> Result<Envelope<Value>, DecodeError>
where
    O: Operation,
    O::Data: serde::Serialize,
{
    let (data, rest) = O::decode(body)?.take_data();
    Ok(rest.with_data(data.map(|data| serde_json::to_value(data).unwrap())))
}
