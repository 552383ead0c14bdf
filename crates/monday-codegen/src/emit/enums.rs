//! Enums, each once, with a variant for values that are not in the schema yet.

use std::fmt::Write as _;

use super::rust_names::{type_name, variants};
use super::{EmitError, header};
use crate::{GeneratedFile, Plan};

/// `enums.rs`: calls of the macro `open_enum!`, which is written by hand in `monday-core`.
pub(super) fn emit(plan: &Plan) -> Result<GeneratedFile, EmitError> {
    let mut text = header("schema/monday.graphql");
    text.push_str("//! Enums, each once.\n\nuse monday_core::open_enum;\n");
    for name in plan.schema.enum_names() {
        let values = plan.schema.enum_values(name);
        let _ = write!(text, "\nopen_enum! {{\n    /// The enum `{name}`.\n    {} {{\n", type_name(name));
        for (variant, value) in variants(name, &values)? {
            let _ = writeln!(text, "        {variant} = {value:?},");
        }
        text.push_str("    }\n}\n");
    }
    Ok(GeneratedFile { path: "enums.rs".to_owned(), text })
}
