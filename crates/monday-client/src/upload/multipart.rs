//! The body of an upload as monday takes it: `query`, `variables`, `map`, then the file (RFC 7578).
//!
//! It is not the `operations` form of the GraphQL multipart specification. Must not know: when it is sent.

use std::fmt::Write as _;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::stream::{self, StreamExt as _};
use http::HeaderValue;
use uuid::Uuid;

use super::{Flow, Upload, UploadFault, flow};
use crate::attempt::request::SizedStream;

/// The part's name, which `map` connects with the variable.
const PART: &str = "image";

/// A body and its media type, which names what stands between its parts.
pub(crate) struct Form {
    pub(crate) content_type: HeaderValue,
    pub(crate) body: SizedStream,
}

/// Opens the file and forms the body. `variables` is a JSON object.
pub(crate) async fn form(
    upload: &Upload,
    document: String,
    variables: Option<String>,
    flow: Arc<Flow>,
) -> Result<Form, UploadFault> {
    let opened = upload.open().await?;
    // A line end would begin another header.
    if upload.name.is_empty() || upload.name.contains(char::is_control) {
        return Err(UploadFault::Name);
    }
    let media_type = upload.content_type.as_deref();
    if !media_type.is_none_or(is_media_type) {
        return Err(UploadFault::ContentType);
    }
    // Random, so that no file can hold it.
    let boundary = format!("monday-{}", Uuid::new_v4().simple());
    let map = serde_json::json!({ PART: format!("variables.{}", upload.variable) }).to_string();
    let mut head = String::new();
    let texts = [("query", Some(document)), ("variables", variables), ("map", Some(map))];
    for (name, text) in texts {
        let Some(text) = text else { continue };
        let _ =
            write!(head, "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n");
    }
    let name = quoted(&upload.name);
    let _ = write!(
        head,
        "--{boundary}\r\nContent-Disposition: form-data; name=\"{PART}\"; filename=\"{name}\"\r\n"
    );
    if let Some(media_type) = media_type {
        let _ = write!(head, "Content-Type: {media_type}\r\n");
    }
    head.push_str("\r\n");
    let tail = format!("\r\n--{boundary}--\r\n");
    let length = head.len() as u64 + opened.length + tail.len() as u64;
    let file = flow::pieces(opened, flow, upload.on_progress.clone());
    let pieces = once(head).chain(file).chain(once(tail));
    let content_type = HeaderValue::try_from(format!("multipart/form-data; boundary={boundary}"));
    let content_type = content_type.map_err(|_| UploadFault::ContentType)?;
    Ok(Form { content_type, body: SizedStream { length, pieces: Box::pin(pieces) } })
}

fn once(text: String) -> stream::Once<std::future::Ready<std::io::Result<Bytes>>> {
    stream::once(std::future::ready(Ok(text.into())))
}

/// A name within quotes (RFC 9110, section 5.6.4).
fn quoted(name: &str) -> String {
    name.replace('\\', "\\\\").replace('"', "\\\"")
}

/// `type/subtype`, parameters or none behind it (RFC 9110, section 8.3.1).
fn is_media_type(text: &str) -> bool {
    let is_token = |part: &str| {
        let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        !part.is_empty() && part.bytes().all(is_sign)
    };
    let (name, parameters) = text.split_once(';').unwrap_or((text, ""));
    let is_name = name
        .trim_end_matches([' ', '\t'])
        .split_once('/')
        .is_some_and(|(kind, sub)| is_token(kind) && is_token(sub));
    is_name && HeaderValue::from_str(parameters).is_ok_and(|parameters| parameters.to_str().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_media_type_is_two_tokens_and_cannot_break_out_of_its_header() {
        for good in ["image/png", "application/vnd.api+json", "text/plain; charset=utf-8", "text/plain ;a=b"]
        {
            assert!(is_media_type(good), "{good}");
        }
        for bad in [
            "",
            "png",
            "/png",
            "image/",
            "image/p ng",
            "a/b/c",
            "a/b\r\nX: 1",
            "a/b; c\r\nX: 1",
            "a/b\r\n",
            "a/b\r\n;c",
            "ä/b",
        ] {
            assert!(!is_media_type(bad), "{bad}");
        }
    }
}
