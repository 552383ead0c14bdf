//! One operation of a user's own, for the user's crate: subset → validate → lint → plan → engine → tokens.
//!
//! Runs inside a macro, so it reads no more of a schema than the documents can reach. Must not know: macros, files
//! other than the one the engine insists on.

use std::collections::BTreeSet;
use std::sync::Arc;

use proc_macro2::TokenStream;

use crate::emit::own_crate::{self, OwnCrate};
use crate::engine_form::engine_form;
use crate::lint::lint_own;
use crate::sharing::strangers;
use crate::suggest::Newer;
use crate::validate::validate_own;
use crate::{EmitError, GenerateError, Schema, SchemaIndex, SourceFile, plan};

/// What a user wrote, and the schemas it is read against.
#[derive(Debug, Clone, Copy)]
pub struct OwnOperation<'a> {
    /// The file that holds the operation.
    pub document: &'a SourceFile,
    /// Files that hold fragments.
    pub fragments: &'a [SourceFile],
    /// The SDK's schema.
    pub sdk: &'a Arc<SchemaIndex>,
    /// The API version of the SDK's schema.
    pub sdk_version: &'a str,
    /// A schema of the user's own, with the path it stands at.
    pub own: Option<(&'a Arc<SchemaIndex>, &'a str)>,
}

/// The operation's struct, its `Operation` implementation and the module of its answer.
pub fn own_operation(given: &OwnOperation<'_>) -> Result<TokenStream, GenerateError> {
    let mut documents = vec![given.document.clone()];
    documents.extend_from_slice(given.fragments);
    let (index, path) = given.own.unwrap_or((given.sdk, "monday.graphql"));
    let small = index.subset(&documents);
    let schema = match Schema::of_subset(&SourceFile::new(path, small.as_str()), index) {
        Ok(schema) => schema,
        // No valid schema: the whole of it tells why.
        Err(_) => Schema::parse(&SourceFile::new(path, index.text()))?,
    };
    let newer = given.own.map(|(_, path)| Newer { index: given.sdk, version: given.sdk_version, path });
    let documents = validate_own(&schema, &documents, newer)?;
    lint_own(&schema, &documents, given.document)?;
    let plan = plan(&schema, &documents);
    let broken = |message: &str| EmitError::new(&given.document.path, message);
    let planned = plan.operations.first().ok_or_else(|| broken("it holds no operation"))?;
    let operation = documents.document.operations.named.get(planned.name.as_str());
    let operation = operation.ok_or_else(|| broken("it holds no operation"))?;
    let form = engine_form(&schema, &documents, operation);
    if let Some(message) = form.refused.first() {
        return Err(broken(message).into());
    }
    let in_use: Vec<&String> = plan.enums.union(&plan.inputs).collect();
    let local = match given.own {
        Some((own, _)) => strangers(own, given.sdk, &in_use),
        None => BTreeSet::new(),
    };
    Ok(own_crate::emit(&OwnCrate {
        plan: &plan,
        planned,
        operation,
        form: &form,
        local: &local,
        sdl: &small,
    })?)
}
