//! Which scopes operations need, from a checked-in table.
//!
//! The table is `needs.tsv`, with its rule at the head. Must not know: what operations select; the table says it.

use super::{Scope, ScopeSet};
use crate::AuthError;

const TABLE: &str = include_str!("needs.tsv");

/// What operations need, as far as monday's documentation tells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScopeNeed {
    /// The scopes.
    pub scopes: ScopeSet,
    /// Operations and root fields of which nobody has said what they need, in the order given. A missing scope shows at
    /// monday as `missingRequiredPermissions` or `UNAUTHORIZED_FIELD_OR_TYPE`.
    pub unsettled: Vec<String>,
}

/// What a need comes to beside the scopes that are there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScopeReview {
    /// Needed and not there.
    pub missing: ScopeSet,
    /// There and not needed: a warning, unless something is unsettled.
    pub unused: ScopeSet,
}

impl ScopeSet {
    /// The fewest scopes that these operations need. Each is the name of an operation of this SDK
    /// (`Operation::NAME`) or of a root field; of a field that both queries and mutations have, either.
    ///
    /// ```
    /// use monday_auth::{Scope, ScopeSet};
    /// let need = ScopeSet::minimal_for(["Me", "ItemsPage", "create_item"]);
    /// assert_eq!(need.scopes, ScopeSet::from([Scope::MeRead, Scope::BoardsRead, Scope::BoardsWrite]));
    /// assert!(need.unsettled.is_empty());
    /// ```
    #[must_use]
    pub fn minimal_for<'a>(operations: impl IntoIterator<Item = &'a str>) -> ScopeNeed {
        let mut need = ScopeNeed::default();
        for operation in operations {
            let mut rows =
                rows().filter(|row| row.operation == operation || row.root_field == operation).peekable();
            let mut settled = rows.peek().is_some();
            for row in rows {
                // A root field alone says nothing of what is selected below it.
                let nested = if row.operation == operation { row.nested } else { "-" };
                for scope in row.scope.split(' ').chain(nested.split(' ')) {
                    match scope {
                        "-" => {}
                        "?" => settled = false,
                        scope => need.scopes.insert(Scope::from(scope)),
                    }
                }
            }
            if !settled {
                need.unsettled.push(operation.to_owned());
            }
        }
        need
    }
}

impl ScopeNeed {
    /// Compares the need with scopes that an app asks for or a user gave.
    #[must_use]
    pub fn review(&self, there: &ScopeSet) -> ScopeReview {
        ScopeReview { missing: self.scopes.without(there), unused: there.without(&self.scopes) }
    }

    /// [`AuthError::ScopeMissing`] if something needed is not there. What is there and not needed is told as a warning
    /// through `tracing`.
    pub fn check(&self, there: &ScopeSet) -> Result<ScopeReview, AuthError> {
        let review = self.review(there);
        if !review.missing.is_empty() {
            return Err(AuthError::ScopeMissing { missing: review.missing });
        }
        if !review.unused.is_empty() {
            tracing::warn!(
                target: "monday_auth", unused = %review.unused, unsettled = self.unsettled.len(),
                "the app asks for scopes that its operations do not need"
            );
        }
        Ok(review)
    }
}

struct Row {
    operation: &'static str,
    root_field: &'static str,
    scope: &'static str,
    nested: &'static str,
}

fn rows() -> impl Iterator<Item = Row> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let mut cells = line.split('\t');
        let (operation, root_field) = (cells.next()?, cells.next()?);
        Some(Row { operation, root_field, scope: cells.next()?, nested: cells.next()? })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(operation: &str) -> String {
        let need = ScopeSet::minimal_for([operation]);
        if need.unsettled.is_empty() { need.scopes.to_string() } else { "?".to_owned() }
    }

    #[test]
    fn each_operation_of_the_table_needs_what_it_says() {
        let table = [
            ("Me", "me:read"),
            ("GetBoard", "boards:read"),
            ("ItemsPage", "boards:read"),
            ("ItemUpdates", "assets:read boards:read updates:read users:read"),
            ("CreateItem", "boards:write"),
            ("CreateUpdate", "updates:write users:read"),
            ("create_update", "updates:write"),
            ("CreateNotification", "notifications:write"),
            ("create_webhook", "webhooks:write"),
            ("webhooks", "webhooks:read"),
            ("folders", "workspaces:read"),
            ("invite_users", "users:write"),
            ("run_prompt", "AI:Consume"),
            ("version", ""),
            ("complexity", ""),
            ("audit_logs", "?"),
            ("NoSuchOperation", "?"),
        ];
        for (operation, scopes) in table {
            assert_eq!(of(operation), scopes, "{operation}");
        }
    }

    #[test]
    fn every_row_is_whole_and_every_scope_known() {
        let mut count = 0;
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let cells: Vec<_> = line.split('\t').collect();
            assert_eq!(cells.len(), 5, "{line}");
            assert!(["documented", "by name", "unsettled"].contains(&cells[4]), "{line}");
            assert_eq!(cells[2] == "?", cells[4] == "unsettled", "{line}");
            for scope in cells[2].split(' ').chain(cells[3].split(' ')) {
                let known = Scope::KNOWN.iter().any(|known| known.as_str() == scope);
                assert!(known || ["-", "?", "AI:Consume"].contains(&scope), "{line}");
            }
            count += 1;
        }
        assert_eq!(rows().count(), count);
        assert!(count >= 309);
    }

    #[test]
    fn every_known_scope_is_needed_by_something() {
        let all: Vec<_> = rows().map(|row| row.operation).collect();
        let need = ScopeSet::minimal_for(all);
        for scope in Scope::KNOWN {
            assert!(need.scopes.contains(scope), "{scope}");
        }
    }

    #[test]
    fn what_is_missing_is_an_error_and_what_is_unused_a_warning() {
        let need = ScopeSet::minimal_for(["Me", "CreateItem"]);
        let there = ScopeSet::from([Scope::MeRead, Scope::DocsWrite]);
        let missing = ScopeSet::from([Scope::BoardsWrite]);
        assert_eq!(need.check(&there).unwrap_err(), AuthError::ScopeMissing { missing });
        let there = ScopeSet::from([Scope::MeRead, Scope::BoardsWrite, Scope::DocsWrite]);
        assert_eq!(need.check(&there).unwrap().unused, ScopeSet::from([Scope::DocsWrite]));
    }
}
