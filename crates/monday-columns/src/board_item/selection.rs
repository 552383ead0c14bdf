//! What is selected of a kind of column: cut out of the document that selects all kinds, while it compiles.
//!
//! So that there is one place that says which fields a type has: `queries/fragments`. Must not know: which kinds there
//! are.

use monday_core::Operation as _;
use monday_queries::ItemsPageTyped;

/// The document that selects every kind.
const ALL: &str = ItemsPageTyped::DOCUMENT;

/// The fragments that selections are spread from.
const FRAGMENTS: [&str; 4] = ["ItemNameFields", "MirroredCellFields", "TagFields", "UserNameFields"];

/// The inline fragment for a type; empty for a type that has no field of its own.
pub(super) const fn of(type_name: &str) -> &'static str {
    let text = ALL.as_bytes();
    let start = find(text, b"fragment TypedColumnValueFields on ColumnValue {", 0);
    assert!(start < text.len(), "the document has the fragment");
    let mut depth = 0;
    let mut at = start;
    while at < text.len() {
        match text[at] {
            b'{' => depth += 1,
            b'}' if depth == 1 => return "",
            b'}' => depth -= 1,
            b'.' if depth == 1 && is_on(text, at, type_name.as_bytes()) => return slice(at, end(text, at)),
            _ => {}
        }
        at += 1;
    }
    ""
}

/// How many fragments there are to spread.
pub(super) const COUNT: usize = FRAGMENTS.len();

/// The definition of a fragment.
pub(super) const fn fragment(index: usize) -> &'static str {
    let text = ALL.as_bytes();
    let mut at = 0;
    loop {
        at = find(text, b"fragment ", at);
        assert!(at < text.len(), "the document has the fragment");
        if is_at(text, at + 9, FRAGMENTS[index].as_bytes()) {
            return slice(at, end(text, at));
        }
        at += 9;
    }
}

/// Whether a selection spreads a fragment.
pub(super) const fn spreads(selection: &str, index: usize) -> bool {
    let (text, name) = (selection.as_bytes(), FRAGMENTS[index].as_bytes());
    let mut at = 0;
    loop {
        at = find(text, b"...", at);
        if at >= text.len() {
            return false;
        }
        if is_at(text, at + 3, name) {
            return true;
        }
        at += 3;
    }
}

/// Whether the text is the same.
pub(super) const fn is_same(one: &str, other: &str) -> bool {
    one.len() == other.len() && is_at(one.as_bytes(), 0, other.as_bytes())
}

/// `... on NAME {`
const fn is_on(text: &[u8], at: usize, name: &[u8]) -> bool {
    is_at(text, at, b"... on ") && is_at(text, at + 7, name) && is_at(text, at + 7 + name.len(), b" {")
}

/// Behind the brace that closes the first one from here.
const fn end(text: &[u8], from: usize) -> usize {
    let (mut at, mut depth) = (from, 0);
    while at < text.len() {
        match text[at] {
            b'{' => depth += 1,
            b'}' if depth == 1 => return at + 1,
            b'}' => depth -= 1,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

const fn slice(from: usize, to: usize) -> &'static str {
    ALL.split_at(to).0.split_at(from).1
}

/// Where it is from here, or the text's length.
const fn find(text: &[u8], part: &[u8], from: usize) -> usize {
    let mut at = from;
    while at < text.len() && !is_at(text, at, part) {
        at += 1;
    }
    at
}

const fn is_at(text: &[u8], at: usize, part: &[u8]) -> bool {
    let mut index = 0;
    while index < part.len() {
        if at + index >= text.len() || text[at + index] != part[index] {
            return false;
        }
        index += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_is_cut_out_where_it_stands_for_itself() {
        assert_eq!(of("CheckboxValue"), "... on CheckboxValue { checked updated_at }");
        // The mirror's selection names this type before.
        assert!(of("StatusValue").starts_with("... on StatusValue { index is_done label"));
        assert_eq!(of("DateValue"), "... on DateValue { date icon time updated_at }");
        assert_eq!(of("TextValue"), "");
        assert!(of("MirrorValue").ends_with("... on Group { id title } } } }"));
    }

    #[test]
    fn fragments_are_known_by_their_spreads() {
        assert_eq!(fragment(0), "fragment ItemNameFields on Item { id name }");
        for index in 0..COUNT {
            assert!(fragment(index).starts_with("fragment "), "{index}");
        }
        let spread =
            |type_name| (0..COUNT).filter(|index| spreads(of(type_name), *index)).collect::<Vec<_>>();
        assert_eq!(spread("MirrorValue"), [0, 1]);
        assert_eq!(spread("TagsValue"), [2]);
        assert_eq!(spread("VoteValue"), [3]);
        assert_eq!(spread("StatusValue"), [] as [usize; 0]);
    }

    #[test]
    fn no_selection_spreads_another_fragment() {
        for type_name in crate::ColumnValue::TYPE_NAMES {
            let spreads = of(type_name).split("...").skip(1).filter(|part| !part.starts_with(" on "));
            for part in spreads {
                let name = part.split([' ', '}']).next().unwrap();
                assert!(FRAGMENTS.contains(&name), "{type_name}: {name}");
            }
        }
        for index in 0..COUNT {
            assert!(!fragment(index).contains("..."), "{index}");
        }
    }
}
