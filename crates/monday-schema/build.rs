//! Expands cynic's schema module into the build folder, with two changes that make it monday's.
//!
//! Where cynic says `i32` and `cynic::Id` for `Int` and `ID` stand markers of this crate's own, so that other types
//! may be one; and an argument with a default is nullable, so that a variable that may be absent fits it. The module
//! is cynic's work and is never committed.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

const SDL: &str = "src/generated/monday.graphql";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed={SDL}");
    println!("cargo:rerun-if-changed=build.rs");
    let sdl = nullable_defaults(&fs::read_to_string(SDL)?);
    cynic_codegen::register_schema("monday").from_sdl(&sdl)?;

    #[expect(clippy::disallowed_methods, reason = "cargo tells a build script its folder this way")]
    let out = env::var_os("OUT_DIR").ok_or("cargo sets OUT_DIR")?;
    let mut module = fs::read_to_string(Path::new(&out).join("cynic-schemas/monday.rs"))?;
    for name in ["Int", "ID"] {
        let marker = format!(
            "pub struct {name} {{}} \
             impl cynic::schema::NamedType for {name} {{ const NAME: &'static ::core::primitive::str = {name:?}; }}"
        );
        module = with_marker(&module, name, &marker)?;
    }
    fs::write(Path::new(&out).join("schema.rs"), module)?;
    Ok(())
}

/// `limit: Int! = 25` among the arguments of a field becomes `limit: Int = 25`.
fn nullable_defaults(sdl: &str) -> String {
    let lines = sdl.lines().map(|line| {
        let has_arguments = line.contains('(');
        if has_arguments { line.replace("! = ", " = ") } else { line.to_owned() }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Puts a marker in the place of an alias.
fn with_marker(module: &str, name: &str, marker: &str) -> Result<String, String> {
    let changed = || format!("cynic no longer writes an alias `{name}`: see monday-schema's build.rs");
    let alias = format!("pub type {name} ");
    let (before, rest) = module.split_once(&alias).ok_or_else(changed)?;
    let (_, after) = rest.split_once(';').ok_or_else(changed)?;
    if after.contains(&alias) {
        return Err(changed());
    }
    Ok([before, marker, after].concat())
}
