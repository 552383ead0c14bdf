//! A string literal of Rust, read character by character, each with its place in the file.
//!
//! Must not know: what is in it.

use std::iter::Peekable;
use std::vec::IntoIter;

use monday_codegen::impact::TextPlaces;
use proc_macro2::Literal;

/// The text of a plain, escaped or raw string with the places of its characters; nothing for other literals. The place of
/// an escaped character is its backslash.
pub(super) fn text(literal: &Literal) -> Option<TextPlaces> {
    let written = literal.to_string();
    let start = literal.span().start();
    let (line, column) = (start.line, start.column + 1);
    let raw = written.strip_prefix('r');
    let hashes = raw.map_or(0, |rest| rest.chars().take_while(|c| *c == '#').count());
    let prefix = if raw.is_some() { 1 + hashes + 1 } else { 1 };
    let inside = written.get(prefix..written.len().checked_sub(1 + hashes)?)?;
    if written.as_bytes().get(prefix - 1) != Some(&b'"') {
        return None;
    }
    let characters = placed(inside, (line, column + prefix));
    let end = characters.last().map_or((line, column + prefix), |(c, (line, column))| match c {
        '\n' => (line + 1, 1),
        _ => (*line, column + 1),
    });
    let characters = if raw.is_some() { characters } else { unescaped(characters)? };
    Some(TextPlaces::new(characters, end))
}

type Placed = (char, (usize, usize));

/// Every character with its line and column. A line end of Windows is one character to the compiler.
fn placed(text: &str, (mut line, mut column): (usize, usize)) -> Vec<Placed> {
    let mut found = Vec::new();
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if character == '\r' && characters.peek() == Some(&'\n') {
            continue;
        }
        found.push((character, (line, column)));
        (line, column) = if character == '\n' { (line + 1, 1) } else { (line, column + 1) };
    }
    found
}

fn unescaped(written: Vec<Placed>) -> Option<Vec<Placed>> {
    let mut found = Vec::with_capacity(written.len());
    let mut rest = written.into_iter().peekable();
    while let Some((character, spot)) = rest.next() {
        if character != '\\' {
            found.push((character, spot));
            continue;
        }
        let meant = match rest.next()?.0 {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            '0' => '\0',
            'x' => of_digits(&[rest.next()?.0, rest.next()?.0])?,
            'u' => of_digits(&braced(&mut rest)?)?,
            // The line goes on in the next, behind its spaces.
            '\n' => {
                while rest.next_if(|(c, _)| matches!(c, ' ' | '\t' | '\n' | '\r')).is_some() {}
                continue;
            }
            itself @ ('\\' | '\'' | '"') => itself,
            _ => return None,
        };
        found.push((meant, spot));
    }
    Some(found)
}

fn braced(rest: &mut Peekable<IntoIter<Placed>>) -> Option<Vec<char>> {
    rest.next_if(|(c, _)| *c == '{')?;
    let mut digits = Vec::new();
    loop {
        match rest.next()?.0 {
            '}' => return Some(digits),
            '_' => {}
            digit => digits.push(digit),
        }
    }
}

fn of_digits(digits: &[char]) -> Option<char> {
    let text: String = digits.iter().collect();
    char::from_u32(u32::from_str_radix(&text, 16).ok()?)
}
