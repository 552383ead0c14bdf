//! The consent page, and the page for requests that cannot be sent back.
//!
//! Everything that came from outside is escaped. Must not know: what a click leads to.

use std::fmt::Write as _;

use crate::markup::Escaped;

const HEAD: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>monday sandbox</title>\
    <style>body{font:16px/1.5 system-ui,sans-serif;max-width:32rem;margin:4rem auto;padding:0 1rem}\
    button{font:inherit;padding:.5rem 1.5rem;margin-right:.5rem}</style>";

/// The page that asks; its form posts the request's parameters again, with `decision`.
pub(crate) fn page(client_id: &str, scope: &str, parameters: &[(String, String)]) -> String {
    let mut html = format!("{HEAD}<h1>Authorize {}?</h1><p>The app asks for:</p><ul>", Escaped(client_id));
    for scope in scope.split(' ') {
        let _ = write!(html, "<li><code>{}</code></li>", Escaped(scope));
    }
    html.push_str("</ul><form method=\"post\" action=\"/oauth2/authorize\">");
    for (name, value) in parameters {
        let _ =
            write!(html, "<input type=\"hidden\" name=\"{}\" value=\"{}\">", Escaped(name), Escaped(value));
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
