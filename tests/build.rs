//! What a user of the code-first door writes: the SDK's schema, registered with cynic.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    cynic_codegen::register_schema("monday").from_sdl(monday_schema::SDL)?.as_default()?;
    println!("cargo:rerun-if-changed=build.rs");
    Ok(())
}
