//! Docs as Markdown: a line is a block.
//!
//! Must not know: where blocks are kept.

use serde_json::{Map, Value, json};

use super::seed;

/// The mark a line opens with, and the type of its block.
const MARKS: [(&str, &str); 8] = [
    ("### ", "small_title"),
    ("## ", "medium_title"),
    ("# ", "large_title"),
    ("- [ ] ", "check_list"),
    ("- ", "bulleted_list"),
    ("1. ", "numbered_list"),
    ("> ", "quote"),
    ("---", "divider"),
];

/// The fields of the blocks of a text; empty lines are none.
pub(crate) fn blocks(markdown: &str) -> Vec<Map<String, Value>> {
    let lines = markdown.lines().map(str::trim).filter(|line| !line.is_empty());
    let block = |line: &str| {
        let marked = MARKS.iter().find_map(|(mark, kind)| Some((*kind, line.strip_prefix(mark)?)));
        let (kind, text) = marked.unwrap_or(("normal_text", line));
        let content = json!({"deltaFormat": [{"insert": text}]}).to_string();
        seed::map(json!({"type": kind, "content": content, "parts": null}))
    };
    lines.map(block).collect()
}

/// A block's line.
pub(crate) fn line(block: &Map<String, Value>) -> String {
    let mark = MARKS.iter().find(|(_, kind)| block["type"] == *kind).map_or("", |(mark, _)| *mark);
    let content: Value =
        block["content"].as_str().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
    let parts = content["deltaFormat"].as_array().into_iter().flatten();
    let text = parts.filter_map(|part| part["insert"].as_str().or_else(|| part["insert"]["text"].as_str()));
    format!("{mark}{}", text.collect::<String>())
}
