//! A schema that has what the one in use lacks: the SDK's, beside an older one of the user's own.

use crate::SchemaIndex;

/// The SDK's schema and its version, and the path of the user's.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Newer<'a> {
    pub(crate) index: &'a SchemaIndex,
    pub(crate) version: &'a str,
    pub(crate) path: &'a str,
}

impl Newer<'_> {
    pub(super) fn field(&self, ty: &str, field: &str) -> Option<String> {
        self.index.field(ty, field).map(|_| self.refresh())
    }

    pub(super) fn argument(&self, ty: &str, field: &str, argument: &str) -> Option<String> {
        let field = self.index.field(ty, field)?;
        self.index.arguments(&field).iter().any(|known| known.name == argument).then(|| self.refresh())
    }

    pub(super) fn ty(&self, name: &str) -> Option<String> {
        self.index.keyword(name).map(|_| self.refresh())
    }

    pub(super) fn value(&self, of: &str, value: &str) -> Option<String> {
        self.index.values(of).contains(&value).then(|| self.refresh())
    }

    fn refresh(&self) -> String {
        let Self { version, path, .. } = self;
        format!(
            " in {path}, but API version {version}, which this SDK was made with, has it: save \
             https://api.monday.com/v2/get_schema?format=sdl&version={version} as that file, or leave `schema` out"
        )
    }
}
