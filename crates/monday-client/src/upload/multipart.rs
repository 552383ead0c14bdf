//! The body of an upload as monday takes it: `query`, `variables`, `map`, then the file.
//!
//! It is not the `operations` form of the GraphQL multipart specification. Must not know: when it is sent.

use std::sync::Arc;

use reqwest::Body;
use reqwest::multipart::{Form, Part};

use super::{Flow, Upload, UploadFault, flow};

/// The part's name, which `map` connects with the variable.
const PART: &str = "image";

/// Opens the file and forms the body. `variables` is a JSON object.
pub(crate) async fn form(
    upload: &Upload,
    document: String,
    variables: Option<String>,
    flow: Arc<Flow>,
) -> Result<Form, UploadFault> {
    let opened = upload.open().await?;
    // reqwest puts line ends into the header as they are.
    if upload.name.is_empty() || upload.name.contains(char::is_control) {
        return Err(UploadFault::Name);
    }
    let length = opened.length;
    let pieces = flow::pieces(opened, flow, upload.on_progress.clone());
    let part = Part::stream_with_length(Body::wrap_stream(pieces), length).file_name(upload.name.clone());
    let part = match &upload.content_type {
        Some(content_type) => part.mime_str(content_type).map_err(|_| UploadFault::ContentType)?,
        None => part,
    };
    let map = serde_json::json!({ PART: format!("variables.{}", upload.variable) }).to_string();
    let form = Form::new().text("query", document);
    let form = match variables {
        Some(variables) => form.text("variables", variables),
        None => form,
    };
    Ok(form.text("map", map).part(PART, part))
}
