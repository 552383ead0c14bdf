//! A document with one operation, taken apart so that the operation can be written many times.
//!
//! Must not know: variables' values.

use std::fmt::Write as _;

use super::NAME;
use super::token::{Token, tokens};
use crate::complexity;

/// What is repeated, and what is not.
#[derive(Debug)]
pub(super) struct Parts {
    kind: String,
    /// Between the parentheses of the operation's head.
    definitions: Vec<Written>,
    root: Vec<Written>,
    fragments: String,
}

/// A piece of text, and what stands behind it for an entry.
#[derive(Debug)]
enum Written {
    Text(String),
    Variable(String),
    /// The response key of a root field that has an alias.
    Alias(String),
    /// A root field without one.
    Field(String),
}

impl Parts {
    pub(super) fn read(document: &str) -> Option<Self> {
        let tokens = tokens(document)?;
        let mut rest = tokens.as_slice();
        let kind = match take(&mut rest)? {
            Token::Name(kind @ ("mutation" | "query")) => kind.to_owned(),
            _ => return None,
        };
        let mut next = take(&mut rest)?;
        if let Token::Name(_) = next {
            next = take(&mut rest)?;
        }
        let mut definitions = Vec::new();
        if next == Token::Punctuation('(') {
            definitions = written(until_closed(&mut rest, '(', ')')?, false)?;
            next = take(&mut rest)?;
        }
        if next != Token::Punctuation('{') {
            return None;
        }
        let root = written(until_closed(&mut rest, '{', '}')?, true)?;
        let fragments_only = rest.first().is_none_or(|token| *token == Token::Name("fragment"));
        if !fragments_only || rest.iter().any(|token| matches!(token, Token::Variable(_))) {
            return None;
        }
        let fragments = written(rest, false)?.iter().map(Written::plain).collect();
        Some(Self { kind, definitions, root, fragments })
    }

    /// The document with so many entries.
    pub(super) fn repeated(&self, count: usize) -> String {
        let mut text = format!("{} {NAME}", self.kind);
        if !self.definitions.is_empty() && count > 0 {
            text.push('(');
            Self::each(count, &self.definitions, ',', &mut text);
            text.push(')');
        }
        text.push('{');
        Self::each(count, &self.root, ' ', &mut text);
        text.push(' ');
        text.push_str(complexity::SELECTION);
        text.push('}');
        if !self.fragments.is_empty() {
            text.push(' ');
            text.push_str(&self.fragments);
        }
        text
    }

    fn each(count: usize, pieces: &[Written], between: char, text: &mut String) {
        for entry in 0..count {
            if entry > 0 {
                text.push(between);
            }
            for piece in pieces {
                // Writing into a String cannot fail.
                let _ = match piece {
                    Written::Text(piece) => write!(text, "{piece}"),
                    Written::Variable(name) => write!(text, "${name}_{entry}"),
                    Written::Alias(key) => write!(text, "bulk_{entry}_{key}"),
                    Written::Field(name) => write!(text, "bulk_{entry}_{name}:{name}"),
                };
            }
        }
    }
}

impl Written {
    fn plain(&self) -> &str {
        match self {
            Self::Text(text) | Self::Alias(text) | Self::Field(text) | Self::Variable(text) => text,
        }
    }
}

fn take<'a>(rest: &mut &[Token<'a>]) -> Option<Token<'a>> {
    let (first, after) = rest.split_first()?;
    *rest = after;
    Some(*first)
}

/// The tokens before the one that closes what is open; `rest` goes on behind it.
fn until_closed<'t, 'a>(rest: &mut &'t [Token<'a>], open: char, close: char) -> Option<&'t [Token<'a>]> {
    let mut depth = 1;
    for (at, token) in rest.iter().enumerate() {
        match token {
            Token::Punctuation(c) if *c == open => depth += 1,
            Token::Punctuation(c) if *c == close => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let (inside, after) = rest.split_at_checked(at)?;
            *rest = after.get(1..)?;
            return Some(inside);
        }
    }
    None
}

/// The tokens as text again; with `is_root`, fields outside of any brackets get their alias.
fn written(tokens: &[Token<'_>], is_root: bool) -> Option<Vec<Written>> {
    let mut pieces: Vec<Written> = Vec::new();
    let mut depth = 0_usize;
    let mut before = None;
    let mut text = String::new();
    for (at, token) in tokens.iter().enumerate() {
        if let Token::Punctuation(c) = token {
            match c {
                '(' | '{' | '[' => depth += 1,
                ')' | '}' | ']' => depth = depth.checked_sub(1)?,
                _ => {}
            }
        }
        let next = tokens.get(at + 1);
        let is_outside = is_root && depth == 0;
        let follows = |c| before == Some(Token::Punctuation(c));
        // Names and values would run into one another.
        let is_word = |token: Option<Token<'_>>| {
            matches!(token, Some(Token::Name(_) | Token::Value(_) | Token::Variable(_)))
        };
        if is_word(before) && (is_word(Some(*token)) || *token == Token::Spread) {
            text.push(' ');
        }
        let special = match *token {
            Token::Spread if is_outside => return None,
            Token::Variable(name) => Some(Written::Variable(name.to_owned())),
            Token::Name(name) if is_outside && !follows('@') && !follows(':') => {
                let has_alias = next == Some(&Token::Punctuation(':'));
                Some(if has_alias {
                    Written::Alias(name.to_owned())
                } else {
                    Written::Field(name.to_owned())
                })
            }
            Token::Name(name) | Token::Value(name) => {
                text.push_str(name);
                None
            }
            Token::Spread => {
                text.push_str("...");
                None
            }
            Token::Punctuation(c) => {
                text.push(c);
                None
            }
        };
        if let Some(special) = special {
            if !text.is_empty() {
                pieces.push(Written::Text(std::mem::take(&mut text)));
            }
            pieces.push(special);
        }
        before = Some(*token);
    }
    if !text.is_empty() {
        pieces.push(Written::Text(text));
    }
    (depth == 0).then_some(pieces)
}
