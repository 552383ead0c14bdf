//! What talks to an account: boards as structs, a token, and what is set up.
//!
//! Must not know: schemas, generated code.

pub mod board;
pub mod doctor;
pub mod login;
