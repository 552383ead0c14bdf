//! Where tokens come from, each source in a file of its own.

mod env;

pub use env::EnvSource;
