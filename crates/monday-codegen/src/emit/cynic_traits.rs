//! `cynic.rs`: which enums and input objects take part in struct queries.
//!
//! Must not know: how (`monday-queries/src/cynic_traits.rs` has the macros).

use std::fmt::Write as _;

use super::header;
use super::rust_names::type_name;
use crate::{GeneratedFile, Plan};

pub(super) fn emit(plan: &Plan) -> GeneratedFile {
    let mut text = header("schema/monday.graphql");
    text.push_str("use crate::cynic_traits::{cynic_enum, cynic_input};\nuse crate::{enums, inputs};\n\n");
    for name in plan.schema.enum_names() {
        let _ = writeln!(text, "cynic_enum!({}, {name});", type_name(name));
    }
    for object in &plan.input_objects {
        let _ = writeln!(text, "cynic_input!({}, {});", type_name(&object.name), object.name);
    }
    GeneratedFile { path: "cynic.rs".to_owned(), text }
}
