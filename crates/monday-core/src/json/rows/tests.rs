//! Must not know: which operations have rows.

#![expect(clippy::allow_attributes, reason = "`decode_object!` allows what only some of its callers do")]

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::{Bytes, DecodeErrorKind, Envelope};

struct Row;

const COLUMN: RowShape = RowShape { fields: RowFields::new(&COLUMN_FIELDS), places: 2 };
const COLUMN_FIELDS: [RowField; 2] = [text("\"id\":", 0, false), text("\"text\":", 1, true)];
const GROUP_FIELDS: RowFields = RowFields::new(&[text("\"title\":", 3, false)]);
const FIELDS: [RowField; 5] = [
    RowField { key: "\"id\":", place: 0, is_nullable: false, kind: RowKind::Id },
    text("\"name\":", 1, false),
    RowField { key: "\"group\":", place: 2, is_nullable: true, kind: RowKind::Object(&GROUP_FIELDS) },
    RowField { key: "\"count\":", place: 4, is_nullable: true, kind: RowKind::Value },
    RowField { key: "\"columns\":", place: 5, is_nullable: true, kind: RowKind::Rows(1, &COLUMN) },
];

const fn text(key: &'static str, place: usize, is_nullable: bool) -> RowField {
    RowField { key, place, is_nullable, kind: RowKind::Text }
}

impl Shaped for Row {
    const SHAPE: &'static RowShape = &RowShape { fields: RowFields::new(&FIELDS), places: 7 };
    const TABLES: usize = 2;
}

struct Data {
    items: Rows<Row>,
}

crate::decode_object!(Data ["items"] { 0 items } {});

fn kept(body: &str) -> Result<Kept, DecodeError> {
    let body = Bytes::from(body.to_owned());
    let data =
        Envelope::<Data>::decode(&body)?.data.ok_or_else(|| DecodeError::new(DecodeErrorKind::Empty))?;
    Kept::new(data.items, &body)
}

fn kind(body: &str) -> DecodeErrorKind {
    kept(body).unwrap_err().kind()
}

/// What `kept` shows of a row, as the JSON it was made of.
fn shown(row: KeptRow<'_>) -> Value {
    let group = row.text(3).map(|title| json!({"title": title}));
    let columns: Vec<Value> =
        row.rows(5, 1, 2).map(|column| json!({"id": column.text(0), "text": column.text(1)})).collect();
    let count: Option<f64> = row.value(4).unwrap();
    json!({"id": row.text(0), "name": row.text(1), "group": group, "count": count, "columns": columns})
}

fn body(items: &Value) -> String {
    json!({"data": {"items": items}}).to_string()
}

fn rows(kept: &Kept) -> Value {
    (0..kept.len()).map(|number| shown(kept.row(number).unwrap())).collect()
}

fn item() -> impl Strategy<Value = Value> {
    let column = (any::<String>(), proptest::option::of(any::<String>()))
        .prop_map(|(id, text)| json!({"id": id, "text": text}));
    let columns = proptest::collection::vec(column, 0..5);
    let group = proptest::option::of(any::<String>().prop_map(|title| json!({"title": title})));
    let count = proptest::option::of(any::<i32>().prop_map(f64::from));
    (any::<u64>(), any::<String>(), group, count, columns).prop_map(|(id, name, group, count, columns)| {
        json!({"id": id.to_string(), "name": name, "group": group, "count": count, "columns": columns})
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Keys come sorted here, in another order than the shape's, and in it; with white space, and without.
    #[test]
    fn what_is_read_is_what_was_written(items in proptest::collection::vec(item(), 0..6), is_pretty: bool) {
        let answer = json!({"data": {"items": items}});
        let text = if is_pretty { serde_json::to_string_pretty(&answer) } else { serde_json::to_string(&answer) };
        let kept = kept(&text.unwrap()).unwrap();
        prop_assert_eq!(rows(&kept), Value::from(items));
        prop_assert_eq!(kept.row(kept.len()).map(|_| ()), None);
    }

    /// Whatever is cut or changed: an error or rows, never a panic, and never a body that serde takes for broken.
    #[test]
    fn a_damaged_body_is_refused_or_read(items in proptest::collection::vec(item(), 1..4), at: prop::sample::Index, byte: u8) {
        let mut text = body(&items.into()).into_bytes();
        let cut = at.index(text.len());
        let whole = text.clone();
        prop_assert!(kept(&String::from_utf8_lossy(&whole[..cut])).is_err());
        text[cut] = byte;
        let text = Bytes::from(text);
        let Ok(Some(data)) = Envelope::<Data>::decode(&text).map(|envelope| envelope.data) else { return Ok(()) };
        let Ok(kept) = Kept::new(data.items, &text) else { return Ok(()) };
        drop(rows(&kept));
        // Raw control characters in strings are the one thing that is let through.
        let clean: Vec<u8> = text.iter().map(|byte| if *byte < 0x20 { b' ' } else { *byte }).collect();
        prop_assert!(serde_json::from_slice::<serde::de::IgnoredAny>(&clean).is_ok());
    }
}

#[test]
fn every_escape_is_undone() {
    let kept =
        kept(r#"{"data":{"items":[{"id":7,"name":"\"\\\/\b\f\n\r\tä\u00e4\ud83d\ude00\u0041!"}]}}"#).unwrap();
    let row = kept.row(0).unwrap();
    assert_eq!(row.text(1).unwrap(), "\"\\/\u{8}\u{c}\n\r\tää😀A!");
    assert_eq!(row.text(0).unwrap(), "7");
    assert!(row.is(1, "\"\\/\u{8}\u{c}\n\r\tää😀A!") && !row.is(1, "\"") && !row.is(2, ""));
}

#[test]
fn a_text_is_compared_as_it_reads() {
    let kept = kept(
        r#"{"data":{"items":[{"id":"1","name":"a\"b"},{"id":"2","name":"a"},{"id":"3","name":"\u0061"}]}}"#,
    );
    let kept = kept.unwrap();
    let is_a: Vec<bool> = (0..3).map(|number| kept.row(number).unwrap().is(1, "a")).collect();
    assert_eq!(is_a, [false, true, true]);
    assert!(kept.row(0).unwrap().is(1, "a\"b") && !kept.row(0).unwrap().is(1, "a\\"));
}

#[test]
fn what_does_not_fit_is_refused_as_a_decode_refuses_it() {
    let item = |fields: &str| format!(r#"{{"data":{{"items":[{{"id":"1",{fields}}}]}}}}"#);
    for (body, expected) in [
        (item(r#""name":null"#), DecodeErrorKind::Data),
        (item(r#""other":1"#), DecodeErrorKind::Data),
        (item(r#""name":5"#), DecodeErrorKind::Data),
        (item(r#""name":"x","columns":[{"id":"a"},{"text":"b"}]"#), DecodeErrorKind::Data),
        (item(r#""name":"x","columns":{}"#), DecodeErrorKind::Data),
        (item(r#""name":"x","group":[]"#), DecodeErrorKind::Data),
        (item(r#""name":"\x""#), DecodeErrorKind::Syntax),
        (item(r#""name":"\ud83d""#), DecodeErrorKind::Syntax),
        (item(r#""name":"\ude00""#), DecodeErrorKind::Syntax),
        (item(r#""name":"\ud83d\u0041""#), DecodeErrorKind::Syntax),
        (item(r#""name":"x" "group":null"#), DecodeErrorKind::Syntax),
        (r#"{"data":{"items":[{"id":1.5,"name":"x"}]}}"#.to_owned(), DecodeErrorKind::Data),
        (r#"{"data":{"items":[{"id":"1","name":"x"}"#.to_owned(), DecodeErrorKind::Truncated),
        (r#"{"data":{"items":[{"id":"1","na"#.to_owned(), DecodeErrorKind::Truncated),
        (format!(r#"{{"data":{{"items":[{{"x":{}"#, "[".repeat(1000)), DecodeErrorKind::TooDeep),
    ] {
        assert_eq!(kind(&body), expected, "{body:.80}");
    }
}

#[test]
fn a_byte_order_mark_moves_no_place_and_what_is_no_utf_8_is_refused() {
    let text = format!("\u{feff}{}", body(&json!([{"id": "1", "name": "x"}])));
    assert_eq!(kept(&text).unwrap().row(0).unwrap().text(1).unwrap(), "x");
    let mut broken = text.into_bytes();
    let at = broken.iter().position(|byte| *byte == b'x').unwrap();
    broken[at] = 0xff;
    let body = Bytes::from(broken);
    let data = Envelope::<Data>::decode(&body).unwrap().data.unwrap();
    assert_eq!(Kept::new(data.items, &body).unwrap_err().kind(), DecodeErrorKind::Syntax);
}

#[test]
fn what_is_wrong_behind_a_list_is_told_at_its_place() {
    let found = kept(r#"{"data":{"items":[]} x}"#).unwrap_err();
    assert!(found.to_string().contains("column 22"), "{found}");
}

#[test]
fn places_lie_one_behind_the_other() {
    fn walk(fields: &RowFields, next: &mut usize) {
        for field in fields.all {
            assert_eq!(field.place, *next, "{}", field.key);
            *next += 1;
            match &field.kind {
                RowKind::Object(fields) => walk(fields, next),
                RowKind::Rows(..) => *next += 1,
                _ => {}
            }
        }
    }
    for shape in [Row::SHAPE, &COLUMN] {
        let mut places = 0;
        walk(&shape.fields, &mut places);
        assert_eq!(places, shape.places);
    }
}

#[test]
fn an_id_that_is_a_number_is_no_text_that_follows_it() {
    let kept = kept(r#"{"data":{"items":[{"id":5,"name":"a"},{"id":"5","name":"a"}]}}"#).unwrap();
    for row in [kept.row(0).unwrap(), kept.row(1).unwrap()] {
        assert!(row.is(0, "5") && !row.is(0, ",") && !row.is(0, "") && row.is(1, "a"));
    }
    assert!(!format!("{kept:?}").contains("name"));
}
