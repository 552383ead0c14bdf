//! A set of scopes, written with spaces and read with spaces or commas.
//!
//! Must not know: which operation needs what.

use std::collections::{BTreeSet, btree_set};
use std::fmt;

use super::Scope;

/// More is no list of scopes.
const MOST: usize = 64;

/// A set of scopes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct ScopeSet(BTreeSet<Scope>);

impl ScopeSet {
    /// Reads a list separated by spaces, commas or both: monday's token responses use either. Anything that is no scope
    /// (over 64 characters, or others than letters, digits and `:_-.`) is left out.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let words = text.split([' ', ',', '\t', '\n', '\r', '+']).filter(|word| is_scope(word));
        Self(words.take(MOST).map(Scope::from).collect())
    }

    /// The scopes, in a fixed order.
    pub fn iter(&self) -> btree_set::Iter<'_, Scope> {
        self.0.iter()
    }

    /// Whether it holds a scope.
    #[must_use]
    pub fn contains(&self, scope: &Scope) -> bool {
        self.0.contains(scope)
    }

    /// Adds a scope.
    pub fn insert(&mut self, scope: Scope) {
        self.0.insert(scope);
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// What is here and not there.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        Self(self.0.difference(&other.0).cloned().collect())
    }
}

fn is_scope(word: &str) -> bool {
    (1..=64).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":_-.".contains(&byte))
}

impl fmt::Display for ScopeSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, scope) in self.0.iter().enumerate() {
            if place > 0 {
                f.write_str(" ")?;
            }
            f.write_str(scope.as_str())?;
        }
        Ok(())
    }
}

impl<const N: usize> From<[Scope; N]> for ScopeSet {
    fn from(scopes: [Scope; N]) -> Self {
        Self(scopes.into_iter().collect())
    }
}

impl FromIterator<Scope> for ScopeSet {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().collect())
    }
}

impl<'a> IntoIterator for &'a ScopeSet {
    type Item = &'a Scope;
    type IntoIter = btree_set::Iter<'a, Scope>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_commas_separate_alike() {
        let expected = ScopeSet::from([Scope::MeRead, Scope::BoardsRead]);
        for text in
            ["me:read boards:read", "boards:read,me:read", "me:read, boards:read ,,", "me:read\tboards:read"]
        {
            assert_eq!(ScopeSet::parse(text), expected, "{text:?}");
        }
        assert_eq!(expected.to_string(), "boards:read me:read");
        assert!(ScopeSet::parse("<script> a\u{0} \u{e9}").is_empty());
    }
}
