//! What an answer says that it has cost: the root field `complexity`.
//!
//! Must not know: who asked, what follows from it.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use serde::Deserialize;

use crate::json::Reader;

/// The field as every operation may select it.
pub(crate) const FIELD: &str = "complexity";

/// The part of it that is read.
pub(crate) const SELECTION: &str = "complexity{query}";

/// Asked of every document that is sent, and documents are long.
static FINDER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(FIELD));

/// Whether a document may ask for it: cheap, and wrong on the side of yes.
pub(crate) fn is_asked(document: &str) -> bool {
    FINDER.find(document.as_bytes()).is_some()
}

/// `data.complexity.query` of an answer. Reads no further than there.
pub(crate) fn points(body: &[u8]) -> Option<u64> {
    let mut reader = Reader::new(body);
    for key in ["data", FIELD, "query"] {
        let mut fields = reader.object().ok()?;
        reader.field(&mut fields, &[key]).ok()??;
    }
    u64::try_from(reader.int().ok()?).ok()
}

/// The points in the field's own text.
pub(crate) fn points_in(field: &str) -> Option<u64> {
    #[derive(Deserialize)]
    struct Complexity {
        query: u64,
    }
    serde_json::from_str::<Complexity>(field).ok().map(|complexity| complexity.query)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_points_stand_in_the_root_field_and_nowhere_else() {
        let told = br#"{"errors":[{"complexity":1}],"data":{"boards":[{"complexity":{"query":2}}],"complexity":{"before":9,"query":30}},"x":1}"#;
        assert_eq!(points(told), Some(30));
        for silent in [
            r#"{"data":{"boards":[{"complexity":{"query":2}}]}}"#,
            r#"{"data":{"complexity":{"query":-1}}}"#,
            r#"{"data":{"complexity":{"query":"many"}}}"#,
            r#"{"data":{"complexity":null}}"#,
            r#"{"data":null}"#,
            r#"{"data":{"complexity""#,
            "",
        ] {
            assert_eq!(points(silent.as_bytes()), None, "{silent}");
        }
        assert_eq!((points_in(r#"{"query":7}"#), points_in("null")), (Some(7), None));
    }
}
