//! The hot paths, each as often as it is told: what all calls share, without a network.
//!
//! `monday-core` alone is used, which builds in seconds. Must not know: how instructions are counted.

use std::fmt::Write as _;
use std::hint::black_box;
use std::sync::OnceLock;

use monday_core::json::{Kept, RowField, RowFields, RowKind, RowShape, Rows, Shaped};
use monday_core::{
    Bytes, DecodeError, EncodeError, Envelope, Id, IntoRequest as _, Operation, OperationKind, decode_object,
    encode_kept,
};
use serde::Serialize;

/// Items on the page that is read.
const ITEMS: usize = 100;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap_or_default();
    let times: usize = arguments.next().and_then(|times| times.parse().ok()).unwrap_or_default();
    let page = page();
    for _ in 0..times {
        match path.as_str() {
            "request" => request(),
            "decode" => decode(&page),
            "views" => views(&page),
            other => panic!("there is no path `{other}`: request, decode, views"),
        }
    }
}

/// A page of items with three columns each.
fn page() -> Bytes {
    let mut items = String::new();
    for number in 0..ITEMS {
        let comma = if number > 0 { "," } else { "" };
        let _ = write!(
            items,
            r#"{comma}{{"id":"{}","name":"Review the price list {number}","column_values":[{{"id":"status","type":"status","text":"Done","value":"{{\"index\":1,\"post_id\":null,\"changed_at\":\"2026-10-02T08:12:31.000Z\"}}"}},{{"id":"hours","type":"numbers","text":"{number}.5","value":"\"{number}.5\""}},{{"id":"notes","type":"text","text":null,"value":null}}]}}"#,
            3_000_000_000_u64 + number as u64
        );
    }
    Bytes::from(format!(
        r#"{{"data":{{"items":[{items}]}},"extensions":{{"request_id":"6f7c9a0e"}},"account_id":1}}"#
    ))
}

/// What a mutation sends.
#[derive(Serialize)]
struct CreateItem<'a> {
    board_id: &'a str,
    item_name: &'a str,
    column_values: &'a str,
}

impl Operation for CreateItem<'_> {
    type Data = ();
    const NAME: &'static str = "CreateItem";
    const KIND: OperationKind = OperationKind::Mutation;
    const DOCUMENT: &'static str = "mutation CreateItem($board_id: ID!, $item_name: String!, $column_values: JSON) { create_item(board_id: $board_id, item_name: $item_name, column_values: $column_values) { id } }";

    /// As generated operations do it.
    fn encode(&self) -> Result<Bytes, EncodeError> {
        static KEPT: OnceLock<Bytes> = OnceLock::new();
        encode_kept(&KEPT, self)
    }

    fn decode(body: &[u8]) -> Result<Envelope<()>, DecodeError> {
        Envelope::deserialize(body)
    }
}

/// Making the request of an operation.
fn request() {
    let operation = CreateItem {
        board_id: "1234567890",
        item_name: "Review the price list",
        column_values: r#"{"status":{"label":"Done"},"hours":"4.5"}"#,
    };
    let body = black_box(&operation).into_request().map(|request| request.body().clone());
    assert!(black_box(body).is_ok_and(|body| body.len() > 200));
}

struct Data {
    items: Vec<Item>,
}
decode_object!(Data ["items"] { 0 items } {});

struct Item {
    id: Id,
    name: String,
    column_values: Vec<ColumnValue>,
}
decode_object!(Item ["id" "name" "column_values"] { 0 id 1 name 2 column_values } {});

struct ColumnValue {
    id: String,
    kind: String,
    text: Option<String>,
    value: Option<String>,
}
decode_object!(ColumnValue ["id" "type" "text" "value"] { 0 id 1 kind } { 2 text 3 value });

/// Reading a page into types.
fn decode(page: &Bytes) {
    let data = Envelope::<Data>::decode(black_box(page)).ok().and_then(|envelope| envelope.data);
    let items = data.map(|data| data.items).unwrap_or_default();
    let is_whole = |item: &Item| !item.id.as_str().is_empty() && !item.name.is_empty();
    let columns = items.iter().filter(|item| is_whole(item)).flat_map(|item| &item.column_values);
    let typed = columns.filter(|column| !column.id.is_empty() && !column.kind.is_empty());
    let filled = typed.filter(|column| column.text.is_some() && column.value.is_some()).count();
    assert_eq!(black_box(filled), 2 * ITEMS);
}

struct Views {
    items: Rows<Views>,
}
decode_object!(Views ["items"] { 0 items } {});

macro_rules! text {
    ($key:literal, $place:expr, $is_nullable:expr) => {
        RowField {
            key: concat!("\"", $key, "\":"),
            place: $place,
            is_nullable: $is_nullable,
            kind: RowKind::Text,
        }
    };
}

static COLUMN: RowShape = RowShape {
    fields: RowFields::new(&[
        text!("id", 0, false),
        text!("type", 1, false),
        text!("text", 2, true),
        text!("value", 3, true),
    ]),
    places: 4,
};

static ITEM: RowShape = RowShape {
    fields: RowFields::new(&[
        text!("id", 0, false),
        text!("name", 1, false),
        RowField { key: "\"column_values\":", place: 2, is_nullable: false, kind: RowKind::Rows(1, &COLUMN) },
    ]),
    places: 4,
};

impl Shaped for Views {
    const SHAPE: &'static RowShape = &ITEM;
    const TABLES: usize = 2;
}

/// Looking through a page, and reading a column of each item.
fn views(page: &Bytes) {
    let data = Envelope::<Views>::decode(black_box(page)).ok().and_then(|envelope| envelope.data);
    let kept = data.and_then(|data| Kept::new(data.items, page).ok());
    let rows = kept.iter().flat_map(|kept| (0..kept.len()).filter_map(|number| kept.row(number)));
    let status = rows.filter_map(|row| row.rows(2, 1, 4).find(|column| column.is(0, "status")));
    let done = status.filter(|column| column.text(2).is_some_and(|text| text == "Done")).count();
    assert_eq!(black_box(done), ITEMS);
}
