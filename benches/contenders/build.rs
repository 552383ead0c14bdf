//! Registers monday's schema with cynic's own macros, for the contender that uses them.

fn main() {
    let schema = cynic_codegen::register_schema("monday").from_sdl_file("../../schema/monday.graphql");
    if let Err(error) = schema.and_then(cynic_codegen::registration::SchemaRegistration::as_default) {
        println!("cargo::error={error}");
    }
}
