//! monday.com on loopback: the real schema, a seeded account, and writes that later reads see.
//!
//! Every operation that is valid against the schema is executed. Nouns with state (boards, items, updates, users,
//! workspaces) answer from it; everything else answers with data made from the schema, the same every time. Must
//! not know: the client that calls it.
//!
//! ```
//! # async fn example() -> std::io::Result<()> {
//! let sandbox = monday_sandbox::Sandbox::start().await?;
//! println!("POST {} with `Authorization: {}`", sandbox.url(), sandbox.personal_token());
//! # Ok(())
//! # }
//! ```

mod columns;
mod execution;
mod fault;
mod quota;
mod refusal;
mod resolve;
mod sandbox;
mod schema;
mod server;
mod world;

pub use sandbox::{Sandbox, SandboxBuilder};
