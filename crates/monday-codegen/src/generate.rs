//! The whole of it: schema and documents in, files out.

use crate::{Diagnostics, EmitError, Emitter, GeneratedFile, Schema, SourceFile, lint, plan, validate};

/// Nothing was generated.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GenerateError {
    /// Mistakes in the schema or the documents.
    #[error("{0}")]
    Mistakes(#[from] Diagnostics),
    /// The emitter failed on valid input.
    #[error(transparent)]
    Emit(#[from] EmitError),
}

/// Generates Rust from a normalised schema and documents.
pub fn generate(
    schema: &SourceFile,
    documents: &[SourceFile],
    emitter: &dyn Emitter,
) -> Result<Vec<GeneratedFile>, GenerateError> {
    let schema = Schema::parse(schema)?;
    let documents = validate(&schema, documents)?;
    lint(&schema, &documents)?;
    let plan = plan(&schema, &documents);
    let mut files = emitter.emit(&plan)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}
