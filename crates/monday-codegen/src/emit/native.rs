//! The emitter of the SDK's own operations: everything once, no derive of serde's.
//!
//! It writes plain structs with builders, and calls of hand-written macros (`monday-queries/src/macros.rs`) for what they
//! all do alike: reading, writing, being an operation. Must not know: GraphQL syntax.

mod input;
mod model;
mod operation;
mod rust_file;
mod rust_type;
mod samples;

use super::{EmitError, Emitter, cynic_traits, enums, index};
use crate::{GeneratedFile, Plan};

use rust_file::RustFile;
pub use samples::SamplesEmitter;

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
            files.push(operation::emit(operation)?);
        }
        files.push(cynic_traits::emit(plan));
        files.extend(index::emit(plan));
        Ok(files)
    }
}
