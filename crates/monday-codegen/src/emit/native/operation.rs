//! One operation: its variables, what makes it an operation, its answer.
//!
//! Must not know: other operations.

use std::fmt::Write as _;

use super::rust_file::docs;
use super::{RustFile, input, model, paging};
use crate::emit::EmitError;
use crate::{GeneratedFile, Plan, PlannedOperation};

pub(super) fn emit(plan: &Plan, operation: &PlannedOperation) -> Result<GeneratedFile, EmitError> {
    let PlannedOperation { name, module, noun, document, path, .. } = operation;
    let kind = if operation.is_mutation { "Mutation" } else { "Query" };
    let mut file = RustFile::default();
    file.imports.need("crate::macros", "operation");
    let about = if operation.comment.is_empty() {
        format!("The {} `{name}`.", kind.to_lowercase())
    } else {
        operation.comment.clone()
    };
    input::write(name, &docs("", &about), &operation.variables, |_| false, &mut file)?;
    let _ = writeln!(
        file.items,
        "operation!({name}: {kind} -> {name}Data, {}, {document:?});",
        operation.has_variables
    );
    if let Some(paging) = &operation.paging {
        paging::write(plan, operation, paging, &mut file)?;
    }
    model::write(&operation.data, &mut file)?;
    file.finish(format!("{noun}/{module}.rs"), path, &format!("The operation `{name}` and what it answers."))
}
