//! Where in a schema something stands, written like the schema coordinates of GraphQL's specification.
//!
//! Must not know: what changed there.

use std::fmt;

/// A place in a schema.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Coordinate {
    /// `Item`
    Type(String),
    /// A field, input field or enum value: `Item.name`.
    Member {
        /// The type.
        owner: String,
        /// The member's name.
        name: String,
    },
    /// An argument of a field: `Query.items(ids:)`.
    Argument {
        /// The type.
        owner: String,
        /// The field.
        field: String,
        /// The argument's name.
        name: String,
    },
    /// `@cost`
    Directive(String),
    /// An argument of a directive: `@cost(weight:)`.
    DirectiveArgument {
        /// The directive, without `@`.
        directive: String,
        /// The argument's name.
        name: String,
    },
}

impl Coordinate {
    pub(crate) fn of_type(name: &str) -> Self {
        Self::Type(name.to_owned())
    }

    pub(crate) fn member(owner: &str, name: &str) -> Self {
        Self::Member { owner: owner.to_owned(), name: name.to_owned() }
    }

    pub(crate) fn argument(owner: &str, field: &str, name: &str) -> Self {
        Self::Argument { owner: owner.to_owned(), field: field.to_owned(), name: name.to_owned() }
    }

    pub(crate) fn directive_argument(directive: &str, name: &str) -> Self {
        Self::DirectiveArgument { directive: directive.to_owned(), name: name.to_owned() }
    }

    /// The type or directive that it belongs to. Directives are named with `@`, so that no type is taken for
    /// one.
    #[must_use]
    pub fn owner(&self) -> String {
        match self {
            Self::Type(owner) | Self::Member { owner, .. } | Self::Argument { owner, .. } => owner.clone(),
            Self::Directive(directive) | Self::DirectiveArgument { directive, .. } => format!("@{directive}"),
        }
    }

    /// The name of the thing itself: the last one.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Type(name)
            | Self::Directive(name)
            | Self::Member { name, .. }
            | Self::Argument { name, .. }
            | Self::DirectiveArgument { name, .. } => name,
        }
    }
}

impl fmt::Display for Coordinate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Type(name) => write!(f, "{name}"),
            Self::Member { owner, name } => write!(f, "{owner}.{name}"),
            Self::Argument { owner, field, name } => write!(f, "{owner}.{field}({name}:)"),
            Self::Directive(name) => write!(f, "@{name}"),
            Self::DirectiveArgument { directive, name } => write!(f, "@{directive}({name}:)"),
        }
    }
}
