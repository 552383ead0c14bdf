//! The SDK's schema and the users' own, each indexed once for all calls in a crate.
//!
//! Must not know: documents.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use monday_codegen::{Descriptions, SchemaIndex, normalize};

static SDK: LazyLock<Arc<SchemaIndex>> =
    LazyLock::new(|| Arc::new(SchemaIndex::new(include_str!("generated/monday.graphql"))));

/// By path, with the text they were made of: an editor's macro process outlives changes of the file.
static OWN: Mutex<BTreeMap<PathBuf, (String, Arc<SchemaIndex>)>> = Mutex::new(BTreeMap::new());

/// The SDK's.
pub(crate) fn sdk() -> &'static Arc<SchemaIndex> {
    &SDK
}

/// The user's, of this text. Introspection JSON is taken too; a text that is neither says so when it is used.
pub(crate) fn own(path: &Path, text: &str) -> Arc<SchemaIndex> {
    let mut known = OWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, index)) = known.get(path).filter(|(old, _)| old == text) {
        return Arc::clone(index);
    }
    let sdl = if text.trim_start().starts_with(['{', '[']) {
        normalize(text, Descriptions::Drop).map_or_else(|_| text.to_owned(), |schema| schema.sdl)
    } else {
        text.to_owned()
    };
    let index = Arc::new(SchemaIndex::new(sdl));
    known.insert(path.to_owned(), (text.to_owned(), Arc::clone(&index)));
    index
}
