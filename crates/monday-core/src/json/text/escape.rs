//! Escapes in strings (RFC 8259, section 7).
//!
//! Must not know: where a string starts and ends.

use memchr::memchr;

/// How long the escape at the start of a text is; none if it is no escape.
#[inline]
pub(super) fn escape(text: &[u8]) -> Option<usize> {
    match text.get(1)? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(2),
        b'u' => match unit(text)? {
            0xdc00..=0xdfff => None,
            0xd800..=0xdbff => {
                let low = text.get(6..).filter(|rest| rest.starts_with(b"\\u")).and_then(unit)?;
                (0xdc00..=0xdfff).contains(&low).then_some(12)
            }
            _ => Some(6),
        },
        _ => None,
    }
}

/// The code unit of an escape `\uXXXX`.
fn unit(text: &[u8]) -> Option<u32> {
    let digits = text.get(2..6)?;
    digits.iter().try_fold(0, |unit, digit| Some(unit << 4 | char::from(*digit).to_digit(16)?))
}

/// Undoes escapes, which have been found to be valid.
pub(in crate::json) fn unescape(raw: &str) -> String {
    let mut text = String::new();
    unescape_into(&mut text, raw);
    text
}

/// The same in the place of what is there.
pub(in crate::json) fn unescape_into(text: &mut String, raw: &str) {
    text.clear();
    text.reserve(raw.len());
    let mut rest = raw;
    while let Some(at) = memchr(b'\\', rest.as_bytes()) {
        text.push_str(&rest[..at]);
        let (letter, length) = letter(&rest.as_bytes()[at..]);
        text.push(letter);
        rest = rest.get(at + length..).unwrap_or_default();
    }
    text.push_str(rest);
}

/// The letter that an escape stands for, and the length of the escape.
fn letter(escape: &[u8]) -> (char, usize) {
    let plain = match escape.get(1) {
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => {
            let high = unit(escape).unwrap_or_default();
            let low = escape.get(6..).and_then(unit).unwrap_or_default();
            if let Some(letter) = char::from_u32(high) {
                return (letter, 6);
            }
            // Two halves: the second one follows, or it were no escape.
            let both = 0x10000 + ((high & 0x3ff) << 10 | low & 0x3ff);
            return (char::from_u32(both).unwrap_or(char::REPLACEMENT_CHARACTER), 12);
        }
        other => other.copied().map_or(char::REPLACEMENT_CHARACTER, char::from),
    };
    (plain, 2)
}
