//! JSON text and a place in it: what comes next, and where it ends (RFC 8259).
//!
//! Every step says what is wrong and stays there. Strings are found eight bytes at a time. That they are UTF-8 is
//! checked by who reads them. Must not know: what is read, or why.

mod escape;

use crate::DecodeErrorKind;

use escape::escape;
pub(super) use escape::{unescape, unescape_into};

/// So deep may a value be of which nothing is asked.
const DEPTH: usize = 200;

/// A text, and the place to which it has been read.
#[derive(Clone)]
pub(super) struct Text<'j> {
    all: &'j [u8],
    at: usize,
}

impl<'j> Text<'j> {
    /// A text at a place.
    pub(super) fn new(all: &'j [u8], at: usize) -> Self {
        Self { all, at: at.min(all.len()) }
    }

    pub(super) fn all(&self) -> &'j [u8] {
        self.all
    }

    /// The place, in bytes.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    /// The text from a place to where it stands.
    pub(super) fn since(&self, start: usize) -> &'j [u8] {
        self.all.get(start..self.at).unwrap_or_default()
    }

    /// The text from where it stands.
    #[inline]
    pub(super) fn rest(&self) -> &'j [u8] {
        &self.all[self.at..]
    }

    /// Goes on by so many bytes, which are there.
    #[inline]
    pub(super) fn pass(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// The next byte that is no white space, which is left where it is.
    #[inline]
    pub(super) fn next(&mut self) -> Result<u8, DecodeErrorKind> {
        while let Some(&byte) = self.all.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Ok(byte);
            }
            self.at += 1;
        }
        Err(DecodeErrorKind::Truncated)
    }

    /// Passes what separates values, or ends them: whether another one must follow.
    #[inline]
    pub(super) fn another(&mut self, end: u8) -> Result<bool, DecodeErrorKind> {
        let next = self.next()?;
        if next != b',' && next != end {
            return Err(DecodeErrorKind::Syntax);
        }
        self.at += 1;
        Ok(next == b',')
    }

    /// Passes the bracket or brace that stands here: whether a value follows, or the end, which is passed too.
    #[inline]
    pub(super) fn first(&mut self, end: u8) -> Result<bool, DecodeErrorKind> {
        self.at += 1;
        let is_empty = self.next()? == end;
        self.at += usize::from(is_empty);
        Ok(!is_empty)
    }

    /// Passes a key and its colon: the key as it is written, quotes included, and whether it has escapes.
    pub(super) fn key(&mut self) -> Result<(&'j [u8], bool), DecodeErrorKind> {
        if self.next()? != b'"' {
            return Err(DecodeErrorKind::Syntax);
        }
        let start = self.at;
        let has_escapes = self.string()?;
        let key = self.since(start);
        if self.next()? != b':' {
            return Err(DecodeErrorKind::Syntax);
        }
        self.at += 1;
        Ok((key, has_escapes))
    }

    /// Passes the string that starts here: whether it has escapes. A word at a time, since strings, and what lies
    /// between two escapes, are short.
    pub(super) fn string(&mut self) -> Result<bool, DecodeErrorKind> {
        let (text, mut at, mut has_escapes) = (self.all, self.at + 1, false);
        loop {
            while let Some(word) = text.get(at..).and_then(<[u8]>::first_chunk) {
                let marks = marks(u64::from_le_bytes(*word));
                if marks != 0 {
                    at += (marks.trailing_zeros() / 8) as usize;
                    break;
                }
                at += 8;
            }
            match text.get(at) {
                Some(b'"') => {
                    self.at = at + 1;
                    return Ok(has_escapes);
                }
                Some(b'\\') => {
                    let Some(length) = escape(&text[at..]) else { return self.stop(at) };
                    has_escapes = true;
                    at += length;
                }
                Some(..0x20) => return self.stop(at),
                // The last bytes of the text, one by one.
                Some(_) => at += 1,
                None => {
                    self.at = text.len();
                    return Err(DecodeErrorKind::Truncated);
                }
            }
        }
    }

    #[cold]
    fn stop<T>(&mut self, at: usize) -> Result<T, DecodeErrorKind> {
        self.at = at;
        // An escape that the end cuts off is no fault of who wrote it.
        let is_cut =
            self.rest().len() < 12 && self.rest().first() == Some(&b'\\') && !self.rest().contains(&b'"');
        Err(if is_cut { DecodeErrorKind::Truncated } else { DecodeErrorKind::Syntax })
    }

    /// Passes the number that starts here: whether it is an integer.
    pub(super) fn number(&mut self) -> Result<bool, DecodeErrorKind> {
        self.at += usize::from(self.all.get(self.at) == Some(&b'-'));
        let has_zero = self.all.get(self.at) == Some(&b'0');
        if self.digits()? > 1 && has_zero {
            return Err(DecodeErrorKind::Syntax);
        }
        let mut is_integer = true;
        if self.all.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
            is_integer = false;
        }
        if let Some(b'e' | b'E') = self.all.get(self.at) {
            self.at += 1;
            self.at += usize::from(matches!(self.all.get(self.at), Some(b'+' | b'-')));
            self.digits()?;
            is_integer = false;
        }
        Ok(is_integer)
    }

    /// Passes digits: how many, at least one.
    fn digits(&mut self) -> Result<usize, DecodeErrorKind> {
        let count = self.rest().iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += count;
        match count {
            0 if self.at == self.all.len() => Err(DecodeErrorKind::Truncated),
            0 => Err(DecodeErrorKind::Syntax),
            count => Ok(count),
        }
    }

    /// Passes `true`, `false` or `null`.
    pub(super) fn literal(&mut self, literal: &str) -> Result<(), DecodeErrorKind> {
        let found = self.rest();
        if found.starts_with(literal.as_bytes()) {
            self.at += literal.len();
            return Ok(());
        }
        let is_cut = literal.as_bytes().starts_with(found);
        Err(if is_cut { DecodeErrorKind::Truncated } else { DecodeErrorKind::Syntax })
    }

    /// Passes the value that comes next, whatever it is.
    pub(super) fn skip(&mut self) -> Result<(), DecodeErrorKind> {
        // A bit for each level: whether it is an object.
        let (mut levels, mut depth) = ([0_u64; DEPTH.div_ceil(64)], 0);
        loop {
            let mut is_open = false;
            match self.next()? {
                b'"' => self.string().map(drop)?,
                b'-' | b'0'..=b'9' => self.number().map(drop)?,
                b't' => self.literal("true")?,
                b'f' => self.literal("false")?,
                b'n' => self.literal("null")?,
                open @ (b'{' | b'[') => {
                    if depth == DEPTH {
                        return Err(DecodeErrorKind::TooDeep);
                    }
                    let (word, bit) = (depth / 64, 1 << (depth % 64));
                    levels[word] = if open == b'{' { levels[word] | bit } else { levels[word] & !bit };
                    depth += 1;
                    is_open = true;
                }
                _ => return Err(DecodeErrorKind::Syntax),
            }
            // Up from where values end, to where another one follows.
            loop {
                let Some(level) = usize::checked_sub(depth, 1) else { return Ok(()) };
                let is_object = levels[level / 64] >> (level % 64) & 1 == 1;
                let end = if is_object { b'}' } else { b']' };
                let follows =
                    if std::mem::take(&mut is_open) { self.first(end)? } else { self.another(end)? };
                if follows {
                    if is_object {
                        self.key()?;
                    }
                    break;
                }
                depth = level;
            }
        }
    }
}

/// The high bits of the bytes in a word that are quotes, backslashes or control characters: right up to the first of
/// them, which is all that is asked. The tricks are from "Bit Twiddling Hacks", "Determine if a word has a byte equal
/// to n" and "less than n".
fn marks(word: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    let below = |word: u64, least: u8| word.wrapping_sub(ONES * u64::from(least)) & !word & (ONES << 7);
    let equal = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    equal(b'"') | equal(b'\\') | below(word, 0x20)
}

#[cfg(test)]
mod tests;
