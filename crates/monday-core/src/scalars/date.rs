//! The scalars `Date` and `ISO8601DateTime`.
//!
//! monday sends three forms under both names (`2026-03-21`, `2023-08-29T15:38:11Z`, `2026-03-21T12:00:00+00:00`),
//! so the text is kept as it came.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! textual_date {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The text as it stands on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

textual_date! {
    /// The scalar `Date`: a day, or a point in time with a zone.
    Date
}

textual_date! {
    /// The scalar `ISO8601DateTime`: a point in time with a zone, sometimes a day alone.
    Iso8601DateTime
}
