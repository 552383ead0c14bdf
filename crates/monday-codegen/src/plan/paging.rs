//! Which field an operation reads page by page, where in its answer that field is, and which variables move it.
//!
//! Must not know: how a field pages (`crate::paging`), Rust.

use std::collections::BTreeMap;

use apollo_compiler::ast::Value;
use apollo_compiler::executable::{Field, Operation, Selection, SelectionSet};

use super::PlannedOperation;
use crate::Schema;
use crate::paging::{PageShape, PagedField, next_field, paged_field};

/// How an operation reads a list page by page.
#[derive(Debug, Clone)]
pub struct Paging {
    /// The field that pages.
    pub field: PagedField,
    /// The variable for its position.
    pub position: Option<String>,
    /// The variable for its size.
    pub size: Option<String>,
    /// The variables that are left out once there is a position.
    pub(crate) excluded: Vec<String>,
    /// The way to the field, itself included.
    pub(crate) path: Vec<Step>,
    /// The root field that goes on.
    next_field: Option<String>,
    /// What is selected of the field: of several operations that go on, the one that gives the same is the one.
    selected: String,
    /// The operation that goes on, if it is another one.
    pub next: Option<String>,
}

/// A field on the way.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    /// Its key in the answer.
    pub(crate) key: String,
    /// A list that holds one entry at most: one id was asked for.
    pub(crate) is_single: bool,
}

/// The one field that pages by the operation's variables. The outermost counts; two side by side have no one order.
pub(super) fn of_operation(schema: &Schema, operation: &Operation) -> Option<Paging> {
    let mut found = Vec::new();
    look(schema, &operation.selection_set, &mut Vec::new(), &mut found);
    if found.len() == 1 { found.pop() } else { None }
}

fn look(schema: &Schema, set: &SelectionSet, path: &mut Vec<Step>, found: &mut Vec<Paging>) {
    for selection in &set.selections {
        let Selection::Field(field) = selection else { continue };
        path.push(Step { key: field.response_key().to_string(), is_single: asks_for_one(field) });
        match paging(schema, set, field, path) {
            Some(paging) => found.push(paging),
            None => look(schema, &field.selection_set, path, found),
        }
        path.pop();
    }
}

fn paging(schema: &Schema, set: &SelectionSet, field: &Field, path: &[Step]) -> Option<Paging> {
    let rule = paged_field(schema, &set.ty, &field.definition)?;
    let variable = |name: &String| match field.argument_by_name(name).ok()?.as_ref() {
        Value::Variable(variable) => Some(variable.to_string()),
        _ => None,
    };
    let position = rule.position.as_ref().and_then(variable);
    let size = rule.size.as_ref().and_then(variable);
    let goes_on = rule.shape == PageShape::NextField;
    let moves = position.is_some() || goes_on || (rule.shape == PageShape::LimitOnly && size.is_some());
    // Where many parents have a cursor each, no one variable can move them.
    let is_one = path[..path.len() - 1].iter().all(|step| step.is_single);
    let is_counted = matches!(rule.shape, PageShape::Number | PageShape::Size);
    (moves && (is_one || is_counted)).then(|| Paging {
        position: if goes_on { None } else { position },
        size,
        excluded: rule.excluded.iter().filter_map(variable).collect(),
        path: path.to_vec(),
        next_field: if goes_on {
            next_field(schema, field.ty().inner_named_type()).map(ToString::to_string)
        } else {
            None
        },
        selected: field.selection_set.to_string(),
        next: None,
        field: rule,
    })
}

/// No list, or a list of which one entry was asked for.
fn asks_for_one(field: &Field) -> bool {
    !field.ty().is_list()
        || field.arguments.iter().any(|argument| match &*argument.value {
            Value::List(values) => argument.name == "ids" && values.len() == 1,
            _ => false,
        })
}

/// Finds the operations that go on. Without one, a first page is all there is, and that is no stream.
pub(super) fn link(operations: &mut [PlannedOperation]) {
    let mut by_root: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for operation in operations.iter() {
        let Some(paging) = &operation.paging else { continue };
        if paging.path.len() == 1 && paging.position.is_some() {
            let goes_on = (paging.selected.clone(), operation.name.clone());
            by_root.entry(paging.path[0].key.clone()).or_default().push(goes_on);
        }
    }
    for operation in operations {
        if let Some(paging) = &mut operation.paging
            && let Some(field) = &paging.next_field
        {
            let found = by_root.get(field).map(Vec::as_slice).unwrap_or_default();
            let same = found.iter().find(|(selected, _)| *selected == paging.selected);
            paging.next = same.or(found.last()).map(|(_, name)| name.clone());
            if paging.next.is_none() {
                operation.paging = None;
            }
        }
    }
}
