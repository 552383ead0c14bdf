//! The operations that take `query_params`, each split like them.
//!
//! Must not know: how rules are combined.

use monday_core::{ColumnId, CompareValue, GroupId, Nullable};

use super::SplitError;
use crate::{GetDirectoryResources, GroupItemsPage, ItemsPage};

/// The parts of an operation: its `query_params` split, the rest kept.
macro_rules! split {
    ($name:ident $(, $cursor:ident)?) => {
        impl $name {
            /// Splits the operation into one part for each set of a column's values, and a last one for all
            /// other items: see [`ItemsQuery::split_by`](crate::inputs::ItemsQuery::split_by). The client's
            /// `parts` reads them at once.
            pub fn split_by<S, V>(
                self,
                column_id: impl Into<ColumnId>,
                sets: impl IntoIterator<Item = S>,
            ) -> Result<Vec<Self>, SplitError>
            where
                S: IntoIterator<Item = V>,
                V: Into<CompareValue>,
            {
                $(if self.$cursor.value().is_some() {
                    return Err(SplitError::HasCursor);
                })?
                let parts = self.query_params.value().cloned().unwrap_or_default().split_by(column_id, sets)?;
                let part = |query_params| Self { query_params: Nullable::Value(query_params), ..self.clone() };
                Ok(parts.into_iter().map(part).collect())
            }
        }
    };
}

split!(ItemsPage);
split!(GroupItemsPage);
split!(GetDirectoryResources, cursor);

impl ItemsPage {
    /// Splits the operation into one part for each group, and a last one for the items of all others: of
    /// groups that come into being meanwhile, too. The client's `parts` reads them at once.
    ///
    /// ```
    /// use monday_queries::ItemsPage;
    ///
    /// let parts = ItemsPage::new(1_234_567_890).split_by_groups(["topics", "group_title"])?;
    /// assert_eq!(parts.len(), 3);
    /// # Ok::<(), monday_queries::SplitError>(())
    /// ```
    pub fn split_by_groups(
        self,
        group_ids: impl IntoIterator<Item = impl Into<GroupId>>,
    ) -> Result<Vec<Self>, SplitError> {
        let parts = self.query_params.value().cloned().unwrap_or_default().split_by_groups(group_ids)?;
        let part = |query_params| Self { query_params: Nullable::Value(query_params), ..self.clone() };
        Ok(parts.into_iter().map(part).collect())
    }
}
