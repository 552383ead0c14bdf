//! One board in ten groups: its pages as bodies that are ready before they are asked for.
//!
//! Must not know: who asks, how bodies travel.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Write as _;

use axum::body::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Items of a page.
pub(crate) const PAGE: usize = 500;
const GROUPS: usize = 10;

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
        let groups = (0..GROUPS).filter(|_| self.has_groups).map(|group| {
            let size = self.items / GROUPS;
            (format!("group_{}", group + 1), group * size..(group + 1) * size)
        });
        for (list, numbers) in std::iter::once(("all".to_owned(), 0..self.items)).chain(groups) {
            let numbers: Vec<usize> = numbers.collect();
            let count = numbers.chunks(PAGE).count();
            for (page, numbers) in numbers.chunks(PAGE).enumerate() {
                let next = (page + 1 < count).then(|| format!("\"{list}:{}\"", page + 1));
                let body = body(page == 0, next.as_deref().unwrap_or("null"), numbers, type_name);
                let packed = if is_packed { gzip(body.as_bytes()) } else { Bytes::new() };
                pages.insert(format!("{list}:{page}"), [Bytes::from(body), packed]);
            }
        }
        pages
    }
}

fn body(is_first: bool, next: &str, numbers: &[usize], type_name: &str) -> String {
    let (head, tail) = if is_first {
        (r#"{"data":{"boards":[{"items_page":"#, "}]}")
    } else {
        (r#"{"data":{"next_items_page":"#, "}")
    };
    let items: Vec<String> = numbers.iter().map(|number| item(*number, type_name)).collect();
    format!(
        r#"{head}{{"cursor":{next},"items":[{}]}}{tail},"extensions":{{"request_id":"6f7c9a0e-2f4b-9d43-8d2b-3f6f1c5f7a11"}},"account_id":1}}"#,
        items.join(",")
    )
}

fn gzip(body: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let packed = encoder.write_all(body).and_then(|()| encoder.finish());
    packed.unwrap_or_default().into()
}

/// An item of ten columns: about 1,700 bytes.
fn item(number: usize, type_name: &str) -> String {
    let is_done = number.is_multiple_of(3);
    let (index, label) = if is_done { (1, "Done") } else { (0, "Working on it") };
    let hours = format!("{}.5", number % 8);
    let day = format!("2026-{:02}-{:02}", number % 12 + 1, number % 28 + 1);
    let columns = [
        (
            "status",
            "status",
            label.to_owned(),
            format!(
                r#"{{"index":{index},"post_id":null,"changed_at":"2026-10-0{}T08:12:31.000Z"}}"#,
                number % 9 + 1
            ),
        ),
        ("hours", "numbers", hours.clone(), format!("\"{hours}\"")),
        (
            "due",
            "date",
            day.clone(),
            format!(r#"{{"date":"{day}","icon":null,"changed_at":"2026-10-02T08:12:31.000Z"}}"#),
        ),
        (
            "owner",
            "people",
            "Ada Example, Ben Example".to_owned(),
            format!(
                r#"{{"personsAndTeams":[{{"id":{},"kind":"person"}},{{"id":502,"kind":"person"}}],"changed_at":"2026-10-02T08:12:31.000Z"}}"#,
                501 + number % 6
            ),
        ),
        (
            "notes",
            "long_text",
            format!(
                "Called them about item {number}: they want it \\\"before\\\" the end of the month, and will write."
            ),
            format!(
                r#"{{"text":"Called them about item {number}: they want it soon, and will write.","changed_at":"2026-10-02T08:12:31.000Z"}}"#
            ),
        ),
        ("code", "text", format!("MON-{number:06}"), format!("\"MON-{number:06}\"")),
        (
            "area",
            "dropdown",
            "Mobile, Print".to_owned(),
            r#"{"ids":[1,3],"override_all_ids":"true"}"#.to_owned(),
        ),
        (
            "ready",
            "checkbox",
            "v".to_owned(),
            r#"{"checked":"true","changed_at":"2026-10-02T08:12:31.000Z"}"#.to_owned(),
        ),
        (
            "page",
            "link",
            format!("Page {number} - https://example.com/{number}"),
            format!(r#"{{"url":"https://example.com/{number}","text":"Page {number}"}}"#),
        ),
        (
            "span",
            "timeline",
            format!("{day} - {day}"),
            format!(r#"{{"from":"{day}","to":"{day}","changed_at":"2026-10-02T08:12:31.000Z"}}"#),
        ),
    ];
    let mut text = format!(
        r#"{{"id":"{}","name":"Review the price list of quarter {} for number {number}","group":{{"id":"group_{}"}},"column_values":["#,
        3_000_000_000 + number,
        number % 4 + 1,
        number % GROUPS + 1
    );
    for (position, (id, kind, shown, value)) in columns.iter().enumerate() {
        let comma = if position > 0 { "," } else { "" };
        let value = value.replace('\\', r"\\").replace('"', "\\\"");
        let _ = write!(
            text,
            r#"{comma}{{{type_name}"id":"{id}","type":"{kind}","text":"{shown}","value":"{value}"}}"#
        );
    }
    text + "]}"
}
