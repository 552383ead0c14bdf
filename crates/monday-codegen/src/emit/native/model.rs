//! Answers: one struct for each selection, an enum where the object's type decides.
//!
//! Must not know: variables.

use std::fmt::Write as _;

use heck::ToSnakeCase;

use super::RustFile;
use super::rust_file::docs;
use super::rust_type::of_answer;
use crate::GeneratedFile;
use crate::emit::EmitError;
use crate::emit::rust_names::{field_name, type_name};
use crate::plan::{Model, ModelField};

/// The variant for every type that is not selected.
const OTHER: &str = "Other";

const DERIVES: &str = "#[derive(Debug, Clone, PartialEq)]\n";

/// A fragment and the models below it, in a file of their own.
pub(super) fn emit_fragment(fragment: &Model) -> Result<GeneratedFile, EmitError> {
    let mut file = RustFile::of("crate::fragments");
    write(fragment, &mut file)?;
    let module = fragment.name.to_snake_case();
    let from = format!("queries/fragments/{module}.graphql");
    let about = format!("The fragment `{}`.", fragment.name);
    file.finish(format!("fragments/{module}.rs"), &from, &about)
}

/// A model and the models below it.
pub(super) fn write(model: &Model, file: &mut RustFile) -> Result<(), EmitError> {
    let name = type_name(&model.name);
    if model.choice.is_empty() {
        write_struct(model, &name, None, file)?;
    } else if model.fields.is_empty() && model.spreads.is_empty() {
        write_choice(model, &name, file)?;
    } else {
        let on = format!("{name}On");
        write_struct(model, &name, Some(&on), file)?;
        write_choice(model, &on, file)?;
    }
    model.nested.iter().try_for_each(|nested| write(nested, file))
}

fn about(model: &Model) -> String {
    if model.comment.is_empty() {
        format!("Selected on `{}`.", model.graphql_type)
    } else {
        model.comment.clone()
    }
}

fn write_struct(model: &Model, name: &str, on: Option<&str>, file: &mut RustFile) -> Result<(), EmitError> {
    file.define(name)?;
    file.imports.need("crate::macros", "object");
    let mut fields = String::new();
    let (mut keys, mut required, mut nullable) = (Vec::new(), String::new(), String::new());
    let mut members = String::new();
    let mut names: Vec<String> = Vec::new();
    let mut take = |field: String| {
        if names.contains(&field) {
            return Err(EmitError::new(name, format!("two fields become `{field}`: give one an alias")));
        }
        names.push(field);
        Ok(())
    };
    for (index, field) in model.fields.iter().enumerate() {
        let rust = field_name(&field.key);
        take(rust.clone())?;
        let ty = of_answer(&field.slot, &mut file.imports);
        fields += &field_docs(field);
        let _ = writeln!(fields, "    pub {rust}: {ty},");
        keys.push(format!("{:?}", field.key));
        let numbers = if field.slot.is_nullable { &mut nullable } else { &mut required };
        let _ = write!(numbers, " {index} {rust}");
    }
    for spread in &model.spreads {
        let rust = spread.to_snake_case();
        take(rust.clone())?;
        let ty = type_name(spread);
        file.imports.need("crate::fragments", &ty);
        let _ = writeln!(fields, "    /// The fragment `{spread}`.\n    pub {rust}: {ty},");
        let _ = write!(members, " + {rust}");
    }
    if let Some(on) = on {
        take("on".to_owned())?;
        let _ = writeln!(fields, "    /// What depends on the object's type.\n    pub on: {on},");
        members += " + on";
    }
    let docs = docs("", &about(model));
    let _ = write!(
        file.items,
        "\n{docs}{DERIVES}pub struct {name} {{\n{fields}}}\nobject!({name} [{}] {{{required} }} {{{nullable} }}{members});\n",
        keys.join(" ")
    );
    // With one fragment, its fields are at hand like the others.
    if let [spread] = model.spreads.as_slice() {
        file.imports.need("crate::macros", "deref");
        let _ = writeln!(file.items, "deref!({name}, {}: {});", spread.to_snake_case(), type_name(spread));
    }
    Ok(())
}

fn field_docs(field: &ModelField) -> String {
    let text = if field.description.is_empty() {
        format!("`{}`", field.coordinate)
    } else {
        field.description.clone()
    };
    let deprecated = if field.is_deprecated { "    #[deprecated]\n" } else { "" };
    docs("    ", &text) + deprecated
}

fn write_choice(model: &Model, name: &str, file: &mut RustFile) -> Result<(), EmitError> {
    file.define(name)?;
    file.imports.need("crate::macros", "choice");
    let mut variants = String::new();
    let mut cases = String::new();
    for (index, case) in model.choice.iter().enumerate() {
        let variant = type_name(&case.graphql_type);
        if variant == OTHER {
            return Err(EmitError::new(
                name,
                format!("`{variant}` is the variant for types without a selection: leave this one out"),
            ));
        }
        let ty = type_name(&case.model);
        if ty.ends_with("Fields") {
            file.imports.need("crate::fragments", &ty);
        }
        let _ =
            writeln!(variants, "    /// An object of type `{}`.\n    {variant}({ty}),", case.graphql_type);
        let _ = write!(cases, " {index} {variant} {:?},", case.graphql_type);
    }
    let _ = write!(
        file.items,
        "\n/// What depends on the type of a `{}`.\n{DERIVES}#[non_exhaustive]\npub enum {name} {{\n{variants}    \
         /// Any other type, by its name: nothing more was selected on it.\n    Other(String),\n}}\n\
         choice!({name} {{{cases} }});\n",
        model.graphql_type
    );
    Ok(())
}
