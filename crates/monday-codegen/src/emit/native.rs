//! The emitter of the SDK's own operations: everything once, no derive of serde's.
//!
//! It writes plain structs with builders, and calls of hand-written macros (`monday-queries/src/macros.rs`) for what they
//! all do alike: reading, writing, being an operation. Must not know: GraphQL syntax.

mod input;
mod model;
mod operation;
mod paging;
mod rust_file;
mod rust_type;
mod samples;

use std::collections::BTreeMap;

use super::{EmitError, Emitter, cynic_traits, enums, index};
use crate::{GeneratedFile, Plan};

use rust_file::RustFile;
pub use samples::SamplesEmitter;

/// A noun's module shows the types of all its files, so each name stands once in it.
fn refuse_doubles(files: &[GeneratedFile]) -> Result<(), EmitError> {
    let mut seen = BTreeMap::new();
    for file in files {
        let noun = file.path.split('/').next().unwrap_or_default();
        let types = file.text.lines().filter_map(|line| {
            let line = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))?;
            line.split(|c: char| !c.is_alphanumeric()).next()
        });
        for name in types {
            if let Some(other) = seen.insert((noun, name), &file.path) {
                let message = format!(
                    "`{other}` and `{}` both make a type of this name: give a field an alias",
                    file.path
                );
                return Err(EmitError::new(name, message));
            }
        }
    }
    Ok(())
}

/// Emits the SDK's own operations.
#[derive(Debug, Clone, Copy, Default)]
pub struct NativeEmitter;

impl Emitter for NativeEmitter {
    fn emit(&self, plan: &Plan) -> Result<Vec<GeneratedFile>, EmitError> {
        if let Some(first) = plan.unsupported.first() {
            return Err(EmitError::new(&first.place, &first.message));
        }
        let mut files = vec![enums::emit(plan)?, input::emit(plan)?];
        for fragment in &plan.fragments {
            files.push(model::emit_fragment(fragment)?);
        }
        for operation in &plan.operations {
            files.push(operation::emit(plan, operation)?);
        }
        refuse_doubles(&files)?;
        files.push(cynic_traits::emit(plan));
        files.extend(index::emit(plan));
        Ok(files)
    }
}

#[cfg(test)]
mod tests;
