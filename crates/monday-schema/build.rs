//! Registers the schema with cynic, so that its module expands in this crate alone.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    cynic_codegen::register_schema("monday").from_sdl_file("src/generated/monday.graphql")?.as_default()?;
    Ok(())
}
