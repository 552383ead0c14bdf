pub(crate) const SCHEMA_VERSION: &str = "2026-10";
