//! Mistakes that do not compile, and what the compiler says: read the texts in `ui/` as a user would.
//!
//! `TRYBUILD=overwrite` writes them anew.

#[test]
fn a_mistake_in_a_struct_is_told_with_its_place_and_what_to_write() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/structs/pass/*.rs");
    cases.compile_fail("ui/structs/fail/*.rs");
}
