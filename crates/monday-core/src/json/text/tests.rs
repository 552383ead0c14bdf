//! What is passed and what is refused, beside serde_json, which says the same of every text.
//!
//! Must not know: how a string is found.

use proptest::prelude::*;
use serde_json::Value;

use super::*;

/// Where a value ends, or what is wrong with it.
fn skipped(text: &[u8]) -> Result<usize, DecodeErrorKind> {
    let mut place = Text::new(text, 0);
    place.skip().map(|()| place.at())
}

/// What serde_json takes for a value at the start of a text: where it ends.
fn serdes(text: &[u8]) -> Option<usize> {
    let mut values = serde_json::Deserializer::from_slice(text).into_iter::<&serde_json::value::RawValue>();
    let is_value = matches!(values.next(), Some(Ok(_)));
    is_value.then(|| values.byte_offset())
}

#[track_caller]
fn assert_same(text: &[u8]) {
    // What is left of strings that are no UTF-8 is refused by who reads them.
    if std::str::from_utf8(text).is_err() {
        return;
    }
    // A number at the start may run on into what is no value: serde_json looks at the byte behind it.
    let ours = skipped(text)
        .ok()
        .filter(|end| !matches!(text.get(*end), Some(byte) if !b" \n\r\t,:]}\"[{".contains(byte)));
    let theirs = serdes(text)
        .filter(|end| !matches!(text.get(*end), Some(byte) if !b" \n\r\t,:]}\"[{".contains(byte)));
    assert_eq!(ours, theirs, "{}", String::from_utf8_lossy(text));
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
        "[\\x00-\\x1f\"\\\\/é😀]{0,20}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::hash_map("[a-z\"\\\\]{0,9}", inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_value_is_passed_to_its_end(value in json(), is_pretty: bool) {
        let text = if is_pretty { serde_json::to_string_pretty(&value) } else { serde_json::to_string(&value) }.unwrap();
        prop_assert_eq!(skipped(text.as_bytes()), Ok(text.len()));
        prop_assert_eq!(skipped(format!(" {text} ,").as_bytes()), Ok(text.len() + 1));
    }

    #[test]
    fn a_value_that_was_cut_is_truncated_wherever_that_was(value in json(), cut: prop::sample::Index) {
        let text = serde_json::to_string(&vec![value]).unwrap();
        let cut = cut.index(text.len());
        if text.is_char_boundary(cut) {
            prop_assert_eq!(skipped(&text.as_bytes()[..cut]), Err(DecodeErrorKind::Truncated), "{}", &text[..cut]);
        }
    }

    #[test]
    fn a_text_that_was_changed_is_taken_or_refused_as_serde_json_does(
        value in json(),
        at: prop::sample::Index,
        byte in prop::sample::select(b"{}[],:\"\\0123456789-+.eEtfnul \n\x00\x1f\x7fu".to_vec()),
        is_more: bool,
    ) {
        let mut text = serde_json::to_vec(&value).unwrap();
        let at = at.index(text.len());
        if is_more { text.insert(at, byte) } else { text[at] = byte }
        assert_same(&text);
    }

    #[test]
    fn strings_are_what_serde_json_says(text in "([a-zé😀]|\\\\[\"\\\\/bfnrtu]|[0-9a-fA-F]{4}|\\\\ud83d\\\\ude00){0,12}") {
        let quoted = format!("\"{text}\"");
        let serdes: Option<String> = serde_json::from_str(&quoted).ok();
        let mut place = Text::new(quoted.as_bytes(), 0);
        let ours = place.string().ok().filter(|_| place.at() == quoted.len()).map(|_| unescape(&text));
        prop_assert_eq!(ours, serdes);
    }
}

#[test]
fn what_is_no_json_is_refused() {
    for text in [
        "",
        " ",
        "01",
        "-",
        "1.",
        "1.e1",
        "1e",
        "+1",
        ".5",
        "tru",
        "nul",
        "True",
        "[1,]",
        "[,1]",
        "[1 2]",
        "{\"a\":1,}",
        "{,}",
        "{a:1}",
        "{\"a\"}",
        "{\"a\":}",
        "{1:2}",
        "[}",
        "[1}",
        "{\"a\":1]",
        "{]",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"a\nb\"",
        "\"12345678\u{1}\"",
        "'a'",
        "[1",
        "{\"a\":[{}",
        "\"abc",
    ] {
        assert!(skipped(text.as_bytes()).is_err(), "{text}");
        assert_eq!(serdes(text.as_bytes()), None, "{text}");
    }
    for text in
        ["0", "-0", "-0.0e-0", "1E+9", "\"\u{7f}\"", "[]", "{}", "[[],{}]", "{\"\":{\"\\u0022\":[null]}}"]
    {
        assert_eq!(skipped(text.as_bytes()), Ok(text.len()), "{text}");
    }
}

#[test]
fn a_value_may_be_two_hundred_levels_deep() {
    let nested = |depth: usize| ["[{\"a\":".repeat(depth / 2), "[".repeat(depth % 2)].concat();
    let closed =
        |depth: usize| [nested(depth), "1".into(), "]".repeat(depth % 2), "}]".repeat(depth / 2)].concat();
    for depth in [1, 2, 63, 64, 65, 128, 199, 200] {
        let text = closed(depth);
        assert_eq!(skipped(text.as_bytes()), Ok(text.len()), "{depth}");
    }
    assert_eq!(skipped(closed(201).as_bytes()), Err(DecodeErrorKind::TooDeep));
    assert_eq!(skipped("[".repeat(90_000).as_bytes()), Err(DecodeErrorKind::TooDeep));
}
