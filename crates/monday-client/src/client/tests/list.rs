//! A list of so many pages, for whoever reads pages.
//!
//! Must not know: who reads them.

use monday_core::{Cursor, DecodeError, Envelope, Operation, OperationKind, Page, PageError, PagedOperation};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize)]
pub(super) struct List {
    #[serde(skip)]
    left: usize,
}

#[derive(Debug, Deserialize)]
pub(super) struct Data {
    list: Vec<u32>,
}

impl List {
    pub(super) fn new(pages: usize) -> Self {
        Self { left: pages }
    }
}

impl Operation for List {
    type Data = Data;
    const NAME: &'static str = "List";
    const KIND: OperationKind = OperationKind::Query;
    const DOCUMENT: &'static str = "query List { list }";
    const HAS_VARIABLES: bool = false;

    fn decode(body: &[u8]) -> Result<Envelope<Data>, DecodeError> {
        Envelope::deserialize(body)
    }
}

impl PagedOperation for List {
    type Item = u32;
    type Next = Self;

    fn page(&self, data: Data) -> Result<Option<Page<u32>>, PageError> {
        let next = (self.left > 1).then(|| Cursor(self.left.to_string()));
        Ok(Some(Page { items: data.list, next }))
    }

    fn next(&self, _: Cursor) -> Self {
        Self { left: self.left - 1 }
    }
}
