//! The body with which monday asks a new webhook's endpoint whether it is there.
//!
//! Must not know: who asks.

use serde::de::{Deserializer as _, Error as _, MapAccess, Visitor};
use std::fmt;

/// The longest challenge that is answered.
const LONGEST: usize = 1024;

/// A challenge: `{"challenge":"…"}` and nothing else. It comes unsigned, once, when the webhook is created, and is
/// answered with status 200 and [`answer`](Self::answer) as `application/json`.
///
/// ```
/// use monday_auth::WebhookChallenge;
/// let challenge = WebhookChallenge::parse(br#"{"challenge": "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}"#);
/// assert_eq!(
///     challenge.unwrap().answer(),
///     r#"{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}"#,
/// );
/// assert!(WebhookChallenge::parse(br#"{"event": {"type": "create_pulse"}}"#).is_none());
/// ```
///
/// Source: <https://developer.monday.com/api-reference/reference/webhooks>.
///
/// Its `Debug` does not show the text, which came from outside.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookChallenge(String);

impl fmt::Debug for WebhookChallenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebhookChallenge(..)")
    }
}

impl WebhookChallenge {
    /// Reads a body; `None` is any other than a challenge: not exactly one key, `challenge`, whose value is a text of 1
    /// to 1024 bytes. What an endpoint sends back is then text of the caller's in a JSON string, and no markup.
    #[must_use]
    pub fn parse(body: &[u8]) -> Option<Self> {
        // Each byte may be escaped as six.
        if body.len() > 8 * LONGEST {
            return None;
        }
        let mut json = serde_json::Deserializer::from_slice(body);
        let text = json.deserialize_map(OneKey).ok()?;
        json.end().ok()?;
        (1..=LONGEST).contains(&text.len()).then_some(Self(text))
    }

    /// The body to answer with.
    #[must_use]
    pub fn answer(&self) -> String {
        serde_json::json!({"challenge": self.0}).to_string()
    }
}

/// A map would not tell that a key came twice.
struct OneKey;

impl<'de> Visitor<'de> for OneKey {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a challenge")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<String, A::Error> {
        let text = match map.next_entry::<String, String>()? {
            Some((key, text)) if key == "challenge" => text,
            _ => return Err(A::Error::custom("another key")),
        };
        match map.next_key::<String>()? {
            None => Ok(text),
            Some(_) => Err(A::Error::custom("a second key")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(body: &str) -> Option<String> {
        WebhookChallenge::parse(body.as_bytes()).map(|challenge| challenge.answer())
    }

    #[test]
    fn a_challenge_is_answered_with_itself() {
        for text in ["c", "3eZbrw1aBm2rZgRNFdxV", "</script>", "\"\\\u{0}\u{1f980}", &"x".repeat(1024)] {
            let body = serde_json::json!({"challenge": text}).to_string();
            assert_eq!(answer(&body).as_deref(), Some(&*body));
        }
        assert_eq!(answer(" {\n\"challenge\" : \"c\"\t}\r\n").as_deref(), Some("{\"challenge\":\"c\"}"));
        assert!(answer(&format!("{{\"challenge\":\"{}\"}}", "\\u0061".repeat(1024))).is_some());
    }

    #[test]
    fn its_text_is_not_shown() {
        let challenge = WebhookChallenge::parse(br#"{"challenge":"words"}"#).unwrap();
        assert_eq!(format!("{challenge:?}"), "WebhookChallenge(..)");
    }

    #[test]
    fn everything_else_is_none() {
        let long = serde_json::json!({"challenge": "x".repeat(1025)}).to_string();
        let padded = format!("{{\"challenge\":\"c\"{}}}", " ".repeat(10_000));
        for body in [
            "",
            "{}",
            "[]",
            "null",
            "\"challenge\"",
            "[\"challenge\",\"c\"]",
            "{\"challenge\":\"\"}",
            "{\"challenge\":7}",
            "{\"challenge\":null}",
            "{\"challenge\":{\"a\":1}}",
            "{\"challenge\":[\"c\"]}",
            "{\"Challenge\":\"c\"}",
            "{\"challenge\":\"c\",\"event\":{}}",
            "{\"event\":{},\"challenge\":\"c\"}",
            "{\"challenge\":\"c\",\"challenge\":\"d\"}",
            "{\"challenge\":\"c\"} trailing",
            "{\"challenge\":\"c\"}{\"challenge\":\"c\"}",
            "{\"challenge\":\"c\"",
            "{'challenge':'c'}",
            "challenge=c",
            "{\"challenge\":\"\\ud800\"}",
            &long,
            &padded,
        ] {
            assert_eq!(answer(body), None, "{body:.80}");
        }
        assert!(WebhookChallenge::parse(b"{\"challenge\":\"\xff\"}").is_none());
    }

    proptest::proptest! {
        #[test]
        fn any_body_is_one_challenge_or_none(body in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
            let _ = WebhookChallenge::parse(&body);
        }
    }
}
