//! The files that hold the others together: `index.rs`, and one for each noun.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use heck::ToSnakeCase;

use super::header;
use crate::{GeneratedFile, Plan};

pub(super) fn emit(plan: &Plan) -> Vec<GeneratedFile> {
    let mut nouns: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
    for operation in &plan.operations {
        nouns.entry(&operation.noun).or_default().push((&operation.module, &operation.name));
    }
    let mut index = header("queries/");
    let _ = writeln!(index, "#[cfg(feature = \"cynic\")]\nmod cynic;");
    for shared in ["enums", "fragments", "inputs"] {
        let _ = writeln!(index, "pub mod {shared};");
    }
    let mut files = vec![fragments(plan)];
    for (noun, operations) in nouns {
        let mut text = header(&format!("queries/{noun}/"));
        let _ = writeln!(text, "//! The operations of `queries/{noun}/`.\n");
        for (module, _) in &operations {
            let _ = writeln!(text, "mod {module};");
        }
        text.push('\n');
        for (module, _) in &operations {
            let _ = writeln!(text, "pub use self::{module}::*;");
        }
        files.push(GeneratedFile { path: format!("{noun}.rs"), text });
        let _ = writeln!(index, "pub mod {noun};");
        let _ = writeln!(index, "pub use self::{noun}::{{{}}};", join(&operations));
    }
    files.push(GeneratedFile { path: "index.rs".to_owned(), text: index });
    files
}

/// `fragments.rs`: each fragment has a file of its own below it.
fn fragments(plan: &Plan) -> GeneratedFile {
    let mut text = header("queries/fragments/");
    text.push_str("//! Fragments, each once.\n\n");
    for fragment in &plan.fragments {
        let _ = writeln!(text, "mod {};", fragment.name.to_snake_case());
    }
    text.push('\n');
    for fragment in &plan.fragments {
        let _ = writeln!(text, "pub use self::{}::*;", fragment.name.to_snake_case());
    }
    GeneratedFile { path: "fragments.rs".to_owned(), text }
}

fn join(operations: &[(&str, &str)]) -> String {
    let names: Vec<&str> = operations.iter().map(|(_, name)| *name).collect();
    names.join(", ")
}
