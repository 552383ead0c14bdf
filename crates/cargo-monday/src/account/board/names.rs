//! Names of fields, types and variants, from titles that people have written.
//!
//! Must not know: columns, what is named.

use std::collections::BTreeSet;

use deunicode::deunicode_with_tofu;
use heck::{ToSnakeCase as _, ToUpperCamelCase as _};

/// The names that are taken, without `r#`.
#[derive(Debug, Default)]
pub(super) struct Taken(BTreeSet<String>);

impl<S: Into<String>> FromIterator<S> for Taken {
    fn from_iter<I: IntoIterator<Item = S>>(names: I) -> Self {
        Self(names.into_iter().map(Into::into).collect())
    }
}

impl Taken {
    /// These.
    pub(super) fn of<const N: usize>(names: [&str; N]) -> Self {
        names.into_iter().collect()
    }

    /// This one too.
    pub(super) fn take(&mut self, name: &str) {
        self.0.insert(name.to_owned());
    }

    /// A name for a field: of the title, else of the column's id.
    pub(super) fn field(&mut self, title: &str, id: &str) -> String {
        let name = [title, id].into_iter().map(snake).find(|name| !name.is_empty());
        raw(&self.free(&name.unwrap_or_else(|| "column".to_owned()), "_"))
    }

    /// A name for a type: of the text, else of the other one.
    pub(super) fn type_name(&mut self, text: &str, other: &str, suffix: &str) -> String {
        let name = [text, other].into_iter().map(camel).find(|name| !name.is_empty());
        let mut name = name.unwrap_or_else(|| suffix.to_owned());
        if self.0.contains(&name) || name == "Self" {
            name.push_str(suffix);
        }
        self.free(&name, "")
    }

    /// A name for a variant.
    pub(super) fn variant(&mut self, label: &str) -> String {
        let name = camel(label);
        let name = match name.as_str() {
            "" => "Label".to_owned(),
            "Self" | "Other" => format!("{name}Label"),
            _ => name,
        };
        self.free(&name, "")
    }

    /// The name, with a number if it is taken.
    fn free(&mut self, name: &str, between: &str) -> String {
        let between = if name.ends_with(|c: char| c.is_ascii_digit()) { "_" } else { between };
        let numbered = (2..).map(|number| format!("{name}{between}{number}"));
        let free = std::iter::once(name.to_owned()).chain(numbered).find(|name| !self.0.contains(name));
        let free = free.unwrap_or_default();
        self.0.insert(free.clone());
        free
    }
}

/// A file's name, without its ending.
pub(super) fn file_name(name: &str, id: &str) -> String {
    match snake(name) {
        // A file of this name would be the folder's own.
        name if name.is_empty() || matches!(name.as_str(), "mod" | "main" | "lib") || is_keyword(&name) => {
            format!("board_{id}")
        }
        name => name,
    }
}

/// In words of ASCII letters and digits.
fn words(text: &str) -> String {
    deunicode_with_tofu(text, "").replace('\'', "")
}

fn snake(text: &str) -> String {
    let name = words(text).to_snake_case();
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("column_{name}") } else { name }
}

fn camel(text: &str) -> String {
    let name = words(text).to_upper_camel_case();
    if name.starts_with(|c: char| c.is_ascii_digit()) { format!("N{name}") } else { name }
}

fn is_keyword(name: &str) -> bool {
    // Since the edition of 2024.
    name == "gen" || syn::parse_str::<syn::Ident>(name).is_err()
}

/// A name as Rust takes it.
fn raw(name: &str) -> String {
    match name {
        "self" | "super" | "crate" => format!("{name}_"),
        name if is_keyword(name) => format!("r#{name}"),
        name => name.to_owned(),
    }
}

/// Text from outside in one line of a comment: no character that ends it, or shows it in another order.
pub(super) fn line(text: &str) -> String {
    let is_harmless = |c: char| {
        !c.is_control()
            && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let harmless: String = text.chars().map(|c| if is_harmless(c) { c } else { ' ' }).collect();
    harmless.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same between backticks.
pub(super) fn quoted(text: &str) -> String {
    format!("`{}`", line(text).replace('`', "'"))
}
