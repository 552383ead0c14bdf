//! Introspection JSON becomes SDL.
//!
//! Must not know: what of it is wanted.

use std::fmt::Write as _;

use serde::Deserialize;
use serde_json::Value;

use super::{SchemaRefused, basic_plane};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Schema {
    query_type: Option<Named>,
    mutation_type: Option<Named>,
    subscription_type: Option<Named>,
    types: Vec<Type>,
    #[serde(default)]
    directives: Vec<Directive>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Type {
    kind: String,
    name: String,
    description: Option<String>,
    fields: Option<Vec<Field>>,
    input_fields: Option<Vec<InputValue>>,
    interfaces: Option<Vec<Named>>,
    enum_values: Option<Vec<EnumValue>>,
    possible_types: Option<Vec<Named>>,
    #[serde(rename = "specifiedByURL")]
    specified_by: Option<String>,
    is_one_of: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Field {
    name: String,
    description: Option<String>,
    #[serde(default)]
    args: Vec<InputValue>,
    #[serde(rename = "type")]
    ty: TypeRef,
    #[serde(default)]
    is_deprecated: bool,
    deprecation_reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct InputValue {
    name: String,
    description: Option<String>,
    #[serde(rename = "type")]
    ty: TypeRef,
    default_value: Option<String>,
    #[serde(default)]
    is_deprecated: bool,
    deprecation_reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct EnumValue {
    name: String,
    description: Option<String>,
    #[serde(default)]
    is_deprecated: bool,
    deprecation_reason: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct TypeRef {
    kind: String,
    name: Option<String>,
    of_type: Option<Box<TypeRef>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Directive {
    name: String,
    description: Option<String>,
    #[serde(default)]
    args: Vec<InputValue>,
    locations: Vec<String>,
    #[serde(default)]
    is_repeatable: bool,
}

/// The SDL of an introspection answer, with or without the `data` around it.
pub(super) fn to_sdl(json: &str) -> Result<String, SchemaRefused> {
    let mut answer: Value = serde_json::from_str(json).map_err(|error| {
        if error.is_eof() {
            SchemaRefused::Truncated(json.len())
        } else {
            SchemaRefused::NotASchema(format!(
                "the JSON breaks at line {} column {}",
                error.line(),
                error.column()
            ))
        }
    })?;
    let schema =
        ["/data/__schema", "/__schema"].iter().find_map(|place| answer.pointer_mut(place).map(Value::take));
    let Some(schema) = schema.filter(Value::is_object) else {
        return Err(error_body(&answer));
    };
    let schema: Schema = serde_json::from_value(schema).map_err(|_| {
        SchemaRefused::NotASchema("`__schema` lacks a part that introspection always has".to_owned())
    })?;
    Ok(print(&schema))
}

fn error_body(answer: &Value) -> SchemaRefused {
    let places = ["/errors/0/extensions/code", "/error_code", "/errors/0/message", "/error", "/errors/0"];
    let named = places.iter().find_map(|place| answer.pointer(place)?.as_str());
    match named {
        Some(what) => SchemaRefused::ErrorBody(what.chars().filter(|c| !c.is_control()).take(120).collect()),
        None => SchemaRefused::NotASchema("the JSON has no `__schema`".to_owned()),
    }
}

fn print(schema: &Schema) -> String {
    let mut sdl = String::from("schema {\n");
    let roots = [
        ("query", &schema.query_type),
        ("mutation", &schema.mutation_type),
        ("subscription", &schema.subscription_type),
    ];
    for (kind, root) in roots {
        if let Some(root) = root {
            let _ = writeln!(sdl, "{kind}: {}", root.name);
        }
    }
    sdl.push_str("}\n");
    for directive in &schema.directives {
        describe(&mut sdl, directive.description.as_ref());
        let _ = write!(sdl, "directive @{}", directive.name);
        arguments(&mut sdl, &directive.args);
        let repeatable = if directive.is_repeatable { " repeatable" } else { "" };
        let _ = writeln!(sdl, "{repeatable} on {}", directive.locations.join(" | "));
    }
    schema.types.iter().for_each(|ty| print_type(&mut sdl, ty));
    sdl
}

fn print_type(sdl: &mut String, ty: &Type) {
    describe(sdl, ty.description.as_ref());
    let names = |list: &Option<Vec<Named>>, separator| {
        let names: Vec<&str> = list.iter().flatten().map(|named| named.name.as_str()).collect();
        names.join(separator)
    };
    let name = &ty.name;
    let _ = match ty.kind.as_str() {
        "SCALAR" => match &ty.specified_by {
            Some(url) => write!(sdl, "scalar {name} @specifiedBy(url: {})", quoted(url)),
            None => write!(sdl, "scalar {name}"),
        },
        "UNION" => write!(sdl, "union {name} = {}", names(&ty.possible_types, " | ")),
        "ENUM" => write!(sdl, "enum {name} {{"),
        "INPUT_OBJECT" => {
            write!(sdl, "input {name}{} {{", if ty.is_one_of == Some(true) { " @oneOf" } else { "" })
        }
        kind => {
            let keyword = if kind == "INTERFACE" { "interface" } else { "type" };
            let interfaces = names(&ty.interfaces, " & ");
            let implements = if interfaces.is_empty() { "" } else { " implements " };
            write!(sdl, "{keyword} {name}{implements}{interfaces} {{")
        }
    };
    sdl.push('\n');
    for field in ty.fields.iter().flatten() {
        describe(sdl, field.description.as_ref());
        sdl.push_str(&field.name);
        arguments(sdl, &field.args);
        let _ = write!(sdl, ": {}", type_text(&field.ty));
        deprecate(sdl, field.is_deprecated, field.deprecation_reason.as_ref());
    }
    for field in ty.input_fields.iter().flatten() {
        input_value(sdl, field);
    }
    for value in ty.enum_values.iter().flatten() {
        describe(sdl, value.description.as_ref());
        sdl.push_str(&value.name);
        deprecate(sdl, value.is_deprecated, value.deprecation_reason.as_ref());
    }
    if !matches!(ty.kind.as_str(), "SCALAR" | "UNION") {
        // `{}` is no GraphQL: a type without parts is printed without braces.
        if sdl.ends_with("{\n") {
            sdl.truncate(sdl.len() - 2);
            sdl.push('\n');
        } else {
            sdl.push_str("}\n");
        }
    }
}

fn arguments(sdl: &mut String, arguments: &[InputValue]) {
    if !arguments.is_empty() {
        sdl.push_str("(\n");
        for argument in arguments {
            input_value(sdl, argument);
        }
        sdl.push(')');
    }
}

fn input_value(sdl: &mut String, value: &InputValue) {
    describe(sdl, value.description.as_ref());
    let _ = write!(sdl, "{}: {}", value.name, type_text(&value.ty));
    if let Some(default) = &value.default_value {
        let _ = write!(sdl, " = {default}");
    }
    deprecate(sdl, value.is_deprecated, value.deprecation_reason.as_ref());
}

fn deprecate(sdl: &mut String, is_deprecated: bool, reason: Option<&String>) {
    if is_deprecated {
        sdl.push_str(" @deprecated");
        if let Some(reason) = reason {
            let _ = write!(sdl, "(reason: {})", quoted(reason));
        }
    }
    sdl.push('\n');
}

fn describe(sdl: &mut String, description: Option<&String>) {
    if let Some(text) = description {
        let _ = writeln!(sdl, "{}", quoted(text));
    }
}

/// JSON's string syntax is GraphQL's, once no character outside the basic plane is left.
fn quoted(text: &str) -> String {
    Value::String(basic_plane(text)).to_string()
}

fn type_text(ty: &TypeRef) -> String {
    let inner = || ty.of_type.as_deref().map(type_text).unwrap_or_default();
    match ty.kind.as_str() {
        "NON_NULL" => format!("{}!", inner()),
        "LIST" => format!("[{}]", inner()),
        _ => ty.name.clone().unwrap_or_default(),
    }
}
