//! A table of a page, all of whose cells are text.
//!
//! Must not know: what it is about.

use std::fmt;

use crate::markup::Escaped;

/// So many rows are shown.
const SHOWN: usize = 50;

/// A heading, the heads of the columns, and rows.
pub(super) struct Table<'t, const COLUMNS: usize> {
    pub(super) id: &'t str,
    pub(super) title: &'t str,
    /// A head that begins with `#` is of numbers.
    pub(super) heads: [&'t str; COLUMNS],
    pub(super) rows: Vec<[String; COLUMNS]>,
    /// What stands there without a row.
    pub(super) empty: &'t str,
}

impl<const COLUMNS: usize> fmt::Display for Table<'_, COLUMNS> {
    fn fmt(&self, html: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, title, heads, rows, empty } = self;
        write!(html, "<section id=\"{}\"><h2>{}</h2>", Escaped(id), Escaped(title))?;
        if rows.is_empty() {
            return write!(html, "<p class=\"empty\">{}</p></section>", Escaped(empty));
        }
        html.write_str("<table><thead><tr>")?;
        for head in heads {
            let (class, head) = column(head);
            write!(html, "<th scope=\"col\"{class}>{}</th>", Escaped(head))?;
        }
        html.write_str("</tr></thead><tbody>")?;
        for row in rows.iter().take(SHOWN) {
            html.write_str("<tr>")?;
            for (head, cell) in heads.iter().zip(row) {
                let (class, head) = column(head);
                // Names of several words break between them.
                let cell = Escaped(&short(cell)).to_string().replace('_', "_<wbr>");
                write!(html, "<td{class} data-head=\"{}\">{cell}</td>", Escaped(head))?;
            }
            html.write_str("</tr>")?;
        }
        html.write_str("</tbody></table>")?;
        if let Some(more) = rows.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            write!(html, "<p class=\"more\">and {more} more</p>")?;
        }
        html.write_str("</section>")
    }
}

fn column(head: &str) -> (&'static str, &str) {
    head.strip_prefix('#').map_or(("", head), |head| (" class=\"number\"", head))
}

fn short(text: &str) -> String {
    const LONGEST: usize = 80;

    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_never_markup_and_long_tables_are_cut() {
        let rows = (0..53).map(|_| ["<b>\"&'".to_owned(), "x".repeat(200)]).collect();
        let table = Table { id: "t", title: "<i>", heads: ["<u>", "#n"], rows, empty: "" };
        let html = table.to_string();
        assert!(!html.contains("<b>") && !html.contains("<i>") && !html.contains("<u>"), "{html}");
        assert!(html.contains("&lt;b&gt;&quot;&amp;&#39;") && html.contains("and 3 more"), "{html}");
        assert_eq!((html.matches("<tr>").count(), html.contains(&"x".repeat(81))), (51, false));
    }
}
