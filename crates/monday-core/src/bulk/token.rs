//! The tokens of a GraphQL document (specification, section 2.1), as far as it takes to rename and to alias.
//!
//! Must not know: what the tokens mean.

/// A token. Strings are kept as they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Name(&'a str),
    Variable(&'a str),
    Spread,
    Punctuation(char),
    /// A string or number.
    Value(&'a str),
}

/// The tokens of a document; `None` where it has none of them.
pub(super) fn tokens(document: &str) -> Option<Vec<Token<'_>>> {
    let mut tokens = Vec::new();
    let mut rest = document;
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\r', '\n', ',', '\u{feff}']);
        let Some(first) = rest.chars().next() else {
            return Some(tokens);
        };
        let length = match first {
            '#' => {
                rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
                continue;
            }
            '"' => string(rest)?,
            '.' if rest.starts_with("...") => 3,
            '$' => 1 + name(rest.get(1..)?)?,
            '_' | 'a'..='z' | 'A'..='Z' => name(rest)?,
            '-' | '0'..='9' => {
                let is_number = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.');
                rest.find(|c| !is_number(c)).unwrap_or(rest.len())
            }
            '!' | '&' | '(' | ')' | ':' | '=' | '@' | '[' | ']' | '{' | '|' | '}' => 1,
            _ => return None,
        };
        let (text, after) = rest.split_at_checked(length)?;
        tokens.push(match first {
            '$' => Token::Variable(text.get(1..)?),
            '.' => Token::Spread,
            '"' | '-' | '0'..='9' => Token::Value(text),
            '_' | 'a'..='z' | 'A'..='Z' => Token::Name(text),
            other => Token::Punctuation(other),
        });
        rest = after;
    }
}

fn name(text: &str) -> Option<usize> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    (end > 0).then_some(end)
}

fn string(text: &str) -> Option<usize> {
    if let Some(block) = text.strip_prefix("\"\"\"") {
        let mut from = 0;
        loop {
            let end = from + block.get(from..)?.find("\"\"\"")?;
            if !block.get(..end)?.ends_with('\\') {
                return Some(3 + end + 3);
            }
            from = end + 3;
        }
    }
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' | '\r' => return None,
            '"' if !escaped => return Some(at + 1),
            _ => escaped = c == '\\' && !escaped,
        }
    }
    None
}
