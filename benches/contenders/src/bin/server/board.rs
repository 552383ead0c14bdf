//! One board in ten groups of equal sizes, or ten that grow: its pages as bodies that are ready before they are asked for.
//!
//! Must not know: who asks, how bodies travel.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Write as _;

use axum::body::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use monday_contenders::board_item::{self, Column, GROUPS};

/// Before the name of a group that is one of those that grow.
pub(crate) const GROWING: &str = "growing_";

/// Items of a page.
pub(crate) const PAGE: usize = 500;

/// Bodies by cursor, and where they are packed once more in gzip.
pub(crate) type Pages = HashMap<String, [Bytes; 2]>;

/// What there is to be read.
#[derive(Clone, Copy)]
pub(crate) struct Board {
    pub(crate) items: usize,
    /// Whether its groups can be read on their own.
    pub(crate) has_groups: bool,
}

impl Board {
    /// The pages of the whole board, and of each group.
    pub(crate) fn pages(self, is_packed: bool, type_name: &str) -> Pages {
        let mut pages = HashMap::new();
        let groups = (0..GROUPS).filter(|_| self.has_groups).flat_map(|group| {
            let id = board_item::group_id(group);
            [
                (format!("{GROWING}{id}"), board_item::growing_group(group, self.items)),
                (id, board_item::group(group, self.items)),
            ]
        });
        for (list, numbers) in std::iter::once(("all".to_owned(), 0..self.items)).chain(groups) {
            let numbers: Vec<usize> = numbers.collect();
            let count = numbers.chunks(PAGE).count();
            for (page, numbers) in numbers.chunks(PAGE).enumerate() {
                let next = (page + 1 < count).then(|| format!("\"{list}:{}\"", page + 1));
                let body = self.body(page == 0, next.as_deref().unwrap_or("null"), numbers, type_name);
                let packed = if is_packed { gzip(body.as_bytes()) } else { Bytes::new() };
                pages.insert(format!("{list}:{page}"), [Bytes::from(body), packed]);
            }
        }
        pages
    }

    /// The ids of its groups.
    pub(crate) fn groups() -> String {
        let ids: Vec<String> =
            (0..GROUPS).map(|group| format!(r#"{{"id":"{}"}}"#, board_item::group_id(group))).collect();
        format!(r#"{{"data":{{"boards":[{{"groups":[{}]}}]}},"account_id":1}}"#, ids.join(","))
    }

    fn body(self, is_first: bool, next: &str, numbers: &[usize], type_name: &str) -> String {
        let (head, tail) = if is_first {
            (r#"{"data":{"boards":[{"items_page":"#, "}]}")
        } else {
            (r#"{"data":{"next_items_page":"#, "}")
        };
        let items: Vec<String> = numbers
            .iter()
            .map(|number| item(*number, board_item::group_of(*number, self.items), type_name))
            .collect();
        format!(
            r#"{head}{{"cursor":{next},"items":[{}]}}{tail},"extensions":{{"request_id":"6f7c9a0e-2f4b-9d43-8d2b-3f6f1c5f7a11"}},"account_id":1}}"#,
            items.join(",")
        )
    }
}

fn gzip(body: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let packed = encoder.write_all(body).and_then(|()| encoder.finish());
    packed.unwrap_or_default().into()
}

/// An item of ten columns: about 1,700 bytes.
fn item(number: usize, group: usize, type_name: &str) -> String {
    let mut text = format!(
        r#"{{"id":"{}","name":"{}","group":{{"id":"{}"}},"column_values":["#,
        board_item::id(number),
        board_item::name(number),
        board_item::group_id(group)
    );
    for (position, column) in board_item::columns(number).iter().enumerate() {
        let comma = if position > 0 { "," } else { "" };
        let Column { id, kind, .. } = column;
        let [shown, value] =
            [&column.text, &column.value].map(|text| text.replace('\\', r"\\").replace('"', "\\\""));
        let _ = write!(
            text,
            r#"{comma}{{{type_name}"id":"{id}","type":"{kind}","text":"{shown}","value":"{value}"}}"#
        );
    }
    text + "]}"
}
