//! GraphQL text cut into names, marks and literals: enough to find things by name, fast in an unoptimised build.
//!
//! Must not know: grammar. Text that is no GraphQL gives tokens too, and whoever validates it finds the mistake.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Name,
    /// One mark, `...` being three.
    Mark(u8),
    /// A string, a number.
    Literal,
}

/// A token and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// All tokens of a text; comments, commas and blanks are none.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut found = Vec::with_capacity(bytes.len() / 5);
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let kind = match bytes[at] {
            b' ' | b'\t' | b'\r' | b'\n' | b',' | 0xef | 0xbb | 0xbf => {
                at += 1;
                continue;
            }
            b'#' => {
                while at < bytes.len() && bytes[at] != b'\n' {
                    at += 1;
                }
                continue;
            }
            b'_' | b'a'..=b'z' | b'A'..=b'Z' => {
                while at < bytes.len() && matches!(bytes[at], b'_' | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9')
                {
                    at += 1;
                }
                Kind::Name
            }
            b'"' => {
                at = end_of_string(bytes, at);
                Kind::Literal
            }
            b'-' | b'0'..=b'9' => {
                at += 1;
                while at < bytes.len() && matches!(bytes[at], b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-')
                {
                    at += 1;
                }
                Kind::Literal
            }
            mark => {
                at += 1;
                Kind::Mark(mark)
            }
        };
        found.push(Token { kind, start, end: at });
    }
    found
}

/// The end of the string or block string that starts here.
fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let block = bytes[start..].starts_with(b"\"\"\"");
    let mut at = start + if block { 3 } else { 1 };
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if block && bytes[at..].starts_with(b"\\\"\"\"") => at += 4,
            b'\\' if !block => at += 2,
            b'"' if !block => return at + 1,
            b'"' if bytes[at..].starts_with(b"\"\"\"") => return at + 3,
            b'\n' if !block => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<&str> {
        tokens(text).iter().map(|token| &text[token.start..token.end]).collect()
    }

    #[test]
    fn names_in_strings_and_comments_are_no_tokens() {
        let text = "a # b\n\"c \\\" d\" \"\"\"e \" \\\"\"\" f\"\"\" g(h: -1.5)";
        assert_eq!(
            texts(text),
            ["a", "\"c \\\" d\"", "\"\"\"e \" \\\"\"\" f\"\"\"", "g", "(", "h", ":", "-1.5", ")"]
        );
    }

    #[test]
    fn an_unfinished_string_ends_with_its_line_or_the_text() {
        assert_eq!(texts("\"a\nb"), ["\"a", "b"]);
        assert_eq!(texts("\"\"\"a\nb"), ["\"\"\"a\nb"]);
        assert_eq!(texts("\"a\\"), ["\"a\\"]);
    }
}
