//! Text in, text out: a schema and GraphQL documents become Rust modules.
//!
//! `normalize → validate → lint → plan → emit`, each step a module; [`generate`] is the whole of it at a
//! glance. With the feature `changes`, `diff → impact → report` tell what a new schema does to operations.
//! Writes nothing but the temporary file that graphql_client insists on. Must not know: where files
//! lie in a workspace, how schemas are fetched.

mod diagnostic;
#[cfg(feature = "changes")]
pub mod diff;
mod emit;
mod engine_form;
mod generate;
#[cfg(feature = "changes")]
pub mod impact;
mod lint;
mod normalize;
mod own_operation;
mod paging;
mod plan;
#[cfg(feature = "changes")]
pub mod report;
mod scaffold;
mod schema;
mod schema_lock;
mod sharing;
mod source_file;
mod subset;
mod suggest;
mod validate;

pub use diagnostic::{Diagnostic, Diagnostics};
pub use emit::{EmitError, Emitter, NativeEmitter, SamplesEmitter};
pub use generate::{GenerateError, generate};
pub use lint::lint;
pub use normalize::{Descriptions, NormalizedSchema, SchemaRefused, normalize};
pub use own_operation::{OwnOperation, own_operation};
pub use paging::{PAGING_EXCEPTIONS, PageShape, PagedField, paged_fields};
pub use plan::{Paging, Plan, PlannedOperation, plan};
pub use scaffold::{RootField, ScaffoldError, root_fields, scaffold};
pub use schema::Schema;
pub use schema_lock::{SchemaCounts, SchemaLock, sha256};
pub use source_file::{GeneratedFile, SourceFile};
pub use subset::{SchemaIndex, operations_with_fragments};
pub use validate::{ValidDocuments, validate};
