//! The consent page, and the page for requests that cannot be sent back.
//!
//! Everything that came from outside is escaped. Must not know: what a click leads to.

use std::fmt::Write as _;

const HEAD: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>monday sandbox</title>\
    <style>body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem}\
    button{font:inherit;padding:.5rem 1.5rem;margin-right:.5rem}</style>";

/// The page that asks; its form posts the request's parameters again, with `decision`.
pub(crate) fn page(client_id: &str, scope: &str, parameters: &[(String, String)]) -> String {
    let mut html = format!("{HEAD}<h1>Authorize {}?</h1><p>The app asks for:</p><ul>", escaped(client_id));
    for scope in scope.split(' ') {
        let _ = write!(html, "<li><code>{}</code></li>", escaped(scope));
    }
    html.push_str("</ul><form method=\"post\" action=\"/oauth2/authorize\">");
    for (name, value) in parameters {
        let _ =
            write!(html, "<input type=\"hidden\" name=\"{}\" value=\"{}\">", escaped(name), escaped(value));
    }
    html.push_str(
        "<button id=\"allow\" name=\"decision\" value=\"allow\">Authorize</button>\
         <button id=\"deny\" name=\"decision\" value=\"deny\">Deny</button></form></html>",
    );
    html
}

/// The page for a request whose redirect URI cannot be trusted.
pub(crate) fn refused() -> String {
    format!(
        "{HEAD}<h1>This request cannot be answered</h1><p>The app or its redirect URI is not registered.</p></html>"
    )
}

fn escaped(text: &str) -> String {
    text.chars().fold(String::new(), |mut html, character| {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
        html
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_from_outside_is_never_markup() {
        let state = ("state".to_owned(), "\"><script>alert(1)</script>".to_owned());
        let html = page("<b>", "a <i>", &[state]);
        assert!(!html.contains("<script>") && !html.contains("<b>") && !html.contains("<i>"));
    }
}
