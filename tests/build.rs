//! Writes the oracle: graphql_client's code for operations of the SDK, as the library makes it.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use graphql_client_codegen::normalization::Normalization;
use graphql_client_codegen::{
    CodegenMode, GraphQLClientCodegenOptions, generate_module_token_stream_from_string,
};
use monday_codegen::{Schema, SourceFile, plan, validate};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo:rerun-if-changed=../queries");
    println!("cargo:rerun-if-changed=../schema/monday.graphql");
    println!("cargo:rerun-if-changed=build.rs");
    let schema_path = Path::new("../schema/monday.graphql");
    let schema = Schema::parse(&SourceFile::new("schema/monday.graphql", fs::read_to_string(schema_path)?))?;
    let documents = validate(&schema, &documents(Path::new("../queries"))?)?;
    let plan = plan(&schema, &documents);
    let (mut modules, mut list) = (String::new(), String::new());
    for operation in &plan.operations {
        let mut options = GraphQLClientCodegenOptions::new(CodegenMode::Cli);
        options.set_normalization(Normalization::Rust);
        options.set_extern_enums(plan.enums.iter().cloned().collect());
        options.set_fragments_other_variant(true);
        options.set_response_derives("Serialize".to_owned());
        let module = generate_module_token_stream_from_string(&operation.document, schema_path, options)
            .map_err(|error| format!("{}: {error}", operation.name))?;
        writeln!(modules, "{module}")?;
        writeln!(list, "({:?}, oracle::<{}::ResponseData>),", operation.name, operation.module)?;
    }
    let text = format!("{modules}\npub(crate) const ORACLES: &[(&str, Oracle)] = &[\n{list}];\n");
    #[expect(clippy::disallowed_methods, reason = "cargo tells a build script where to write")]
    let folder = PathBuf::from(std::env::var("OUT_DIR")?);
    fs::write(folder.join("oracle.rs"), text)?;
    Ok(())
}

fn documents(folder: &Path) -> Result<Vec<SourceFile>, Box<dyn Error>> {
    let mut found = Vec::new();
    for noun in fs::read_dir(folder)? {
        for file in fs::read_dir(noun?.path())? {
            let path = file?.path();
            found.push(SourceFile::new(
                path.to_string_lossy().trim_start_matches("../"),
                fs::read_to_string(&path)?,
            ));
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}
