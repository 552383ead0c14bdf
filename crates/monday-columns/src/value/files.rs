//! Values that are files and documents.
//!
//! Must not know: how files are read and written.

use monday_core::{AssetId, ColumnId, Id, Json, UserId};
use monday_queries::enums::FileLinkValueKind;
use monday_queries::fragments::TypedColumnValueFieldsOnFileValue as WireValue;
use monday_queries::fragments::TypedColumnValueFieldsOnFileValueFiles as Wire;

use crate::parsed::{Moment, Parsed};
use crate::typed::{Typed, value};

/// Files.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct FileValue {
    /// The files, in monday's order.
    pub files: Vec<FileEntry>,
}

impl Typed<FileValue> for WireValue {
    fn typed(self) -> FileValue {
        FileValue { files: self.files.into_iter().map(Typed::typed).collect() }
    }
}

/// One file of a column.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum FileEntry {
    /// A file that monday keeps. `Assets` gives its size and address.
    Asset(AssetFile),
    /// A file that monday has lost, or does not give out.
    InvalidAsset(InvalidAssetFile),
    /// A document of monday's.
    Doc(DocFile),
    /// A file elsewhere.
    Link(LinkFile),
    /// A kind that this SDK does not know.
    Unknown {
        /// Its name in monday's schema.
        type_name: String,
    },
}

impl Typed<FileEntry> for Wire {
    fn typed(self) -> FileEntry {
        match self {
            Self::FileAssetValue(file) => FileEntry::Asset(file.typed()),
            Self::FileAssetInvalidValue(file) => FileEntry::InvalidAsset(file.typed()),
            Self::FileDocValue(file) => FileEntry::Doc(file.typed()),
            Self::FileLinkValue(file) => FileEntry::Link(file.typed()),
            Self::Other(type_name) => FileEntry::Unknown { type_name },
            // A kind in the fragment without a variant here, which a test does not let be.
            _ => FileEntry::Unknown { type_name: String::new() },
        }
    }
}

value! {
    /// A file that monday keeps.
    AssetFile from TypedColumnValueFieldsOnFileValueFilesOnFileAssetValue {
        /// Its id.
        asset_id: AssetId,
        /// When it was added.
        created_at: Parsed<Moment>,
        /// Who added it.
        creator_id: Option<UserId>,
        /// Whether it is an image.
        is_image: bool,
        /// Its name.
        name: String,
    }
}

value! {
    /// A file that monday has lost, or does not give out.
    InvalidAssetFile from TypedColumnValueFieldsOnFileValueFilesOnFileAssetInvalidValue {
        /// Its id.
        asset_id: AssetId,
        /// When it was added.
        created_at: Parsed<Moment>,
        /// Who added it.
        creator_id: Option<UserId>,
        /// What is wrong, in monday's words.
        error: String,
        /// Its name, where monday knows it.
        known_name: Option<String>,
    }
}

value! {
    /// A document of monday's.
    DocFile from TypedColumnValueFieldsOnFileValueFilesOnFileDocValue {
        /// When it was added.
        created_at: Parsed<Moment>,
        /// Who added it.
        creator_id: Option<UserId>,
        /// The id of the file.
        file_id: Id,
        /// The id in the document's address; `Docs` finds it by `object_ids`.
        object_id: Id,
        /// The document's address.
        url: Option<String>,
    }
}

value! {
    /// A file elsewhere.
    LinkFile from TypedColumnValueFieldsOnFileValueFilesOnFileLinkValue {
        /// When it was added.
        created_at: Parsed<Moment>,
        /// Who added it.
        creator_id: Option<UserId>,
        /// The id of the file.
        file_id: Id,
        /// Where it is.
        kind: FileLinkValueKind,
        /// Its name.
        name: String,
        /// Its address.
        url: Option<String>,
    }
}

/// A document. `CreateDoc` makes one.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct DocValue {
    /// The document.
    pub file: Option<DocFile>,
}

impl Typed<DocValue> for monday_queries::fragments::TypedColumnValueFieldsOnDocValue {
    fn typed(self) -> DocValue {
        let file = self.file.map(|file| DocFile {
            created_at: file.created_at.typed(),
            creator_id: file.creator_id,
            file_id: file.file_id,
            object_id: file.object_id,
            url: file.url,
        });
        DocValue { file }
    }
}

/// A document that is the column's value. monday's schema says that such a value lies in itself, so that it has only what
/// every value has.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct DirectDocValue {
    /// The column's id, as the inner value has it.
    pub id: Option<ColumnId>,
    /// The inner value as text.
    pub text: Option<String>,
    /// The inner value as JSON.
    pub raw: Option<Json>,
}

impl Typed<DirectDocValue> for monday_queries::fragments::TypedColumnValueFieldsOnDirectDocValue {
    fn typed(self) -> DirectDocValue {
        match self.direct_doc {
            Some(doc) => DirectDocValue { id: Some(doc.id), text: doc.text, raw: doc.value },
            None => DirectDocValue { id: None, text: None, raw: None },
        }
    }
}
