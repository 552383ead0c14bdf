//! What an app may do: monday's scopes, and which operation needs which.
//!
//! Source: <https://developer.monday.com/apps/docs/oauth>. Must not know: tokens.

mod need;
mod scope_set;

use std::fmt;

pub use need::{ScopeNeed, ScopeReview};
pub use scope_set::ScopeSet;

macro_rules! scopes {
    ($($(#[$doc:meta])* $scope:ident: $text:literal;)+) => {
        /// A scope. The order is that of monday's documentation.
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum Scope {
            $($(#[$doc])* $scope,)+
            /// A scope this SDK does not know.
            Other(String),
        }

        impl Scope {
            /// Every scope this SDK knows.
            pub const KNOWN: &[Self] = &[$(Self::$scope,)+];

            /// As monday writes it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$scope => $text,)+
                    Self::Other(text) => text,
                }
            }
        }

        impl From<&str> for Scope {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$scope,)+
                    other => Self::Other(other.to_owned()),
                }
            }
        }
    };
}

scopes! {
    /// Read general information about the account.
    AccountRead: "account:read";
    /// Read the data of files the user can see.
    AssetsRead: "assets:read";
    /// Read boards, their items, columns and values.
    BoardsRead: "boards:read";
    /// Change boards, their items, columns and values.
    BoardsWrite: "boards:write";
    /// Read the account's departments.
    DepartmentsRead: "departments:read";
    /// Change the account's departments.
    DepartmentsWrite: "departments:write";
    /// Read docs.
    DocsRead: "docs:read";
    /// Change docs.
    DocsWrite: "docs:write";
    /// Read the user's own profile.
    MeRead: "me:read";
    /// Send notifications in the user's name.
    NotificationsWrite: "notifications:write";
    /// Read the account's tags.
    TagsRead: "tags:read";
    /// Read the account's teams.
    TeamsRead: "teams:read";
    /// Change the account's teams.
    TeamsWrite: "teams:write";
    /// Read updates and replies.
    UpdatesRead: "updates:read";
    /// Write updates in the user's name.
    UpdatesWrite: "updates:write";
    /// Read the profiles of the account's users.
    UsersRead: "users:read";
    /// Change the profiles of the account's users.
    UsersWrite: "users:write";
    /// Read webhooks.
    WebhooksRead: "webhooks:read";
    /// Make and change webhooks.
    WebhooksWrite: "webhooks:write";
    /// Read workspaces and folders.
    WorkspacesRead: "workspaces:read";
    /// Change workspaces and folders.
    WorkspacesWrite: "workspaces:write";
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_21_and_each_is_read_as_it_is_written() {
        assert_eq!(Scope::KNOWN.len(), 21);
        for scope in Scope::KNOWN {
            assert_eq!(Scope::from(scope.as_str()), *scope);
        }
        assert_eq!(Scope::from("ai:consume"), Scope::Other("ai:consume".to_owned()));
    }
}
