//! Changes of text, and of text with an address.
//!
//! Must not know: what an address may look like: monday's rules for that are not documented.

use serde_json::{Value, json};

use super::{change, filled};

change! {
    /// A line of text. Empty text clears the column.
    ///
    /// ```
    /// use monday_columns::{Change, TextChange};
    /// assert_eq!(TextChange::text("Sample text").value()?, serde_json::json!("Sample text"));
    /// # Ok::<(), monday_columns::InvalidValue>(())
    /// ```
    TextChange, "text", Value::Null
}

impl TextChange {
    /// This text.
    pub fn text(text: impl Into<String>) -> Self {
        Self(Ok(Value::String(text.into())))
    }
}

change! {
    /// Text of several lines. Empty text clears the column.
    ///
    /// ```
    /// use monday_columns::{Change, LongTextChange};
    /// assert_eq!(LongTextChange::text("a\nb").value()?, serde_json::json!({"text": "a\nb"}));
    /// # Ok::<(), monday_columns::InvalidValue>(())
    /// ```
    LongTextChange, "long_text", Value::Null
}

impl LongTextChange {
    /// This text.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() { Self::clear() } else { Self(Ok(json!({ "text": text }))) }
    }
}

change! {
    /// An email address, and the text that is shown for it.
    ///
    /// ```
    /// use monday_columns::{Change, EmailChange};
    /// let change = EmailChange::labelled("ada@example.com", "Ada").value()?;
    /// assert_eq!(change, serde_json::json!({"email": "ada@example.com", "text": "Ada"}));
    /// # Ok::<(), monday_columns::InvalidValue>(())
    /// ```
    EmailChange, "email", Value::Null
}

impl EmailChange {
    /// An address that is shown as it is.
    pub fn new(email: impl Into<String>) -> Self {
        let email = email.into();
        Self::labelled(email.clone(), email)
    }

    /// An address, and what is shown for it.
    pub fn labelled(email: impl Into<String>, label: impl Into<String>) -> Self {
        let label = label.into();
        Self(filled(email.into()).map(|email| json!({ "email": email, "text": label })))
    }
}

change! {
    /// A link, and the text that is shown for it.
    ///
    /// ```
    /// use monday_columns::{Change, LinkChange};
    /// let change = LinkChange::labelled("https://monday.com", "go").value()?;
    /// assert_eq!(change, serde_json::json!({"url": "https://monday.com", "text": "go"}));
    /// # Ok::<(), monday_columns::InvalidValue>(())
    /// ```
    LinkChange, "link", Value::Null
}

impl LinkChange {
    /// A URL that is shown as it is.
    pub fn new(url: impl Into<String>) -> Self {
        let url = url.into();
        Self::labelled(url.clone(), url)
    }

    /// A URL, and what is shown for it.
    pub fn labelled(url: impl Into<String>, label: impl Into<String>) -> Self {
        let label = label.into();
        Self(filled(url.into()).map(|url| json!({ "url": url, "text": label })))
    }
}
