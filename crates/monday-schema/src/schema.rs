//! cynic's schema module: a marker for each type, field and argument. The build script writes it.

#![expect(missing_docs, non_camel_case_types, reason = "written by cynic")]

include!(concat!(env!("OUT_DIR"), "/schema.rs"));
