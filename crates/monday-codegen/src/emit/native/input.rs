//! What is sent: structs whose fields may be absent, null or a value, with builders.
//!
//! Must not know: answers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::RustFile;
use super::rust_file::docs;
use super::rust_type::{Imports, of_input};
use crate::emit::EmitError;
use crate::emit::rust_names::{field_name, type_name};
use crate::plan::{Input, InputObject, Presence, Shape};
use crate::{GeneratedFile, Plan};

/// `inputs.rs`: every input object of the schema.
pub(super) fn emit(plan: &Plan) -> Result<GeneratedFile, EmitError> {
    let mut file = RustFile::of("crate::inputs");
    let circles = Circles::new(&plan.input_objects);
    for object in &plan.input_objects {
        let name = type_name(&object.name);
        let mut text = if object.description.is_empty() {
            format!("The input object `{}`.", object.name)
        } else {
            object.description.clone()
        };
        if object.is_one_of {
            text += "\n\nExactly one of its fields is to be given.";
        }
        write(
            &name,
            &docs("", &text),
            &object.fields,
            |field| circles.closes(&object.name, field),
            &mut file,
        )?;
    }
    file.finish("inputs.rs".to_owned(), "schema/monday.graphql", "Input objects, each once.")
}

/// A struct of inputs with its builder. `boxed` tells which field would make the struct hold itself.
pub(super) fn write(
    name: &str,
    about: &str,
    inputs: &[Input],
    boxed: impl Fn(&Input) -> bool,
    file: &mut RustFile,
) -> Result<(), EmitError> {
    file.define(name)?;
    file.imports.need("crate::macros", "variables");
    let fields =
        inputs.iter().map(|input| Field::new(input, boxed(input), &mut file.imports)).collect::<Vec<_>>();
    let is_optional = inputs.iter().all(|input| input.presence != Presence::Required);
    let default = if is_optional { ", Default" } else { "" };
    let derives = format!("#[derive(Debug, Clone, PartialEq{default})]\n");
    if fields.is_empty() {
        let _ = write!(file.items, "\n{about}{derives}pub struct {name};\nvariables!({name} {{}});\n");
        return Ok(());
    }
    let mut seen = BTreeSet::new();
    let (mut definition, mut keys, mut setters) = (String::new(), String::new(), String::new());
    for field in &fields {
        if !seen.insert(&field.rust) {
            return Err(EmitError::new(name, format!("two inputs become `{}`", field.rust)));
        }
        definition += &field.definition();
        let _ = write!(keys, " {} {} {:?},", field.presence(), field.rust, field.input.name);
        setters += &field.setter();
    }
    let _ = write!(
        file.items,
        "\n{about}{derives}pub struct {name} {{\n{definition}}}\n\nimpl {name} {{\n{}{setters}}}\n\
         variables!({name} {{{keys} }});\n",
        constructor(&fields)
    );
    Ok(())
}

/// `new` with what must be given.
fn constructor(fields: &[Field<'_>]) -> String {
    let required: Vec<_> = fields.iter().filter(|field| field.input.presence == Presence::Required).collect();
    let parameters: Vec<String> =
        required.iter().map(|field| format!("{}: {}", field.rust, field.parameter())).collect();
    let values: Vec<String> = fields.iter().map(Field::initial).collect();
    let about = if required.is_empty() { "With nothing given." } else { "With what must be given." };
    let expect = if required.len() > 7 {
        "    #[expect(clippy::too_many_arguments, reason = \"monday asks for all of them\")]\n"
    } else {
        ""
    };
    format!(
        "    /// {about}\n    #[must_use]\n{expect}    pub fn new({}) -> Self {{\n        Self {{ {} }}\n    }}\n",
        parameters.join(", "),
        values.join(", ")
    )
}

/// One field of a struct of inputs.
struct Field<'a> {
    input: &'a Input,
    rust: String,
    /// The type of a value.
    value: String,
    is_boxed: bool,
}

impl<'a> Field<'a> {
    fn new(input: &'a Input, is_boxed: bool, imports: &mut Imports) -> Self {
        let value = of_input(&input.slot, imports);
        if input.presence == Presence::Nullable {
            imports.need("monday_core", "Nullable");
        }
        Self { input, rust: field_name(&input.name), value, is_boxed }
    }

    /// The word by which the macro `variables!` knows what to send.
    fn presence(&self) -> &'static str {
        match self.input.presence {
            Presence::Required => "required",
            Presence::Defaulted => "defaulted",
            Presence::Nullable => "nullable",
        }
    }

    fn definition(&self) -> String {
        let Input { description, signature, is_deprecated, presence, .. } = self.input;
        let text = if description.is_empty() { format!("`{signature}`") } else { description.clone() };
        let deprecated = if *is_deprecated { "    #[deprecated]\n" } else { "" };
        let value = if self.is_boxed { format!("Box<{}>", self.value) } else { self.value.clone() };
        let ty = match presence {
            Presence::Required => value,
            Presence::Defaulted => format!("Option<{value}>"),
            Presence::Nullable => format!("Nullable<{value}>"),
        };
        format!("{}{deprecated}    pub {}: {ty},\n", docs("    ", &text), self.rust)
    }

    /// The type of the parameter by which a value comes in.
    fn parameter(&self) -> String {
        match &self.input.slot.shape {
            Shape::List(inner) => {
                // Lists of lists come as they are.
                let item = of_input(inner, &mut Imports::default());
                format!("impl IntoIterator<Item = impl Into<{item}>>")
            }
            _ => format!("impl Into<{}>", self.value),
        }
    }

    fn is_list(&self) -> bool {
        matches!(self.input.slot.shape, Shape::List(_))
    }

    /// The value in the type of the field, from the parameter.
    fn given(&self) -> String {
        let name = &self.rust;
        let value = if self.is_list() {
            format!("{name}.into_iter().map(Into::into).collect()")
        } else {
            format!("{name}.into()")
        };
        if self.is_boxed { format!("Box::new({value})") } else { value }
    }

    fn initial(&self) -> String {
        match self.input.presence {
            Presence::Required => format!("{}: {}", self.rust, self.given()),
            Presence::Defaulted => format!("{}: None", self.rust),
            Presence::Nullable => format!("{}: Nullable::Absent", self.rust),
        }
    }

    /// A method that sets what need not be given.
    fn setter(&self) -> String {
        let (parameter, value) = match (self.input.presence, self.is_list() || self.is_boxed) {
            (Presence::Required, _) => return String::new(),
            (Presence::Defaulted, _) => (self.parameter(), format!("Some({})", self.given())),
            (Presence::Nullable, true) => (self.parameter(), format!("Nullable::Value({})", self.given())),
            (Presence::Nullable, false) => {
                (format!("impl Into<Nullable<{}>>", self.value), format!("{}.into()", self.rust))
            }
        };
        let (rust, name) = (&self.rust, &self.input.name);
        format!(
            "    /// Sets `{name}`.\n    #[must_use]\n    pub fn {rust}(mut self, {rust}: {parameter}) -> Self {{\n        \
             self.{rust} = {value};\n        self\n    }}\n"
        )
    }
}

/// Which input objects hold each other without a list between them.
struct Circles<'a>(BTreeMap<&'a str, BTreeSet<&'a str>>);

impl<'a> Circles<'a> {
    fn new(objects: &'a [InputObject]) -> Self {
        let held = |object: &'a InputObject| {
            let fields = object.fields.iter().filter_map(|field| match &field.slot.shape {
                Shape::Input(name) => Some(name.as_str()),
                _ => None,
            });
            (object.name.as_str(), fields.collect())
        };
        Self(objects.iter().map(held).collect())
    }

    /// Whether the field leads back to the object that holds it.
    fn closes(&self, object: &str, field: &Input) -> bool {
        let Shape::Input(start) = &field.slot.shape else { return false };
        let (mut seen, mut left) = (BTreeSet::new(), vec![start.as_str()]);
        while let Some(name) = left.pop() {
            if name == object {
                return true;
            }
            if seen.insert(name) {
                left.extend(self.0.get(name).into_iter().flatten());
            }
        }
        false
    }
}
