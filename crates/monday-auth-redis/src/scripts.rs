//! What Redis does in one piece, as Lua.
//!
//! Must not know: connections.

use redis::Cmd;

/// A script.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lua(&'static str);

pub(crate) const LOAD: Lua = Lua(include_str!("../scripts/load.lua"));
pub(crate) const SAVE: Lua = Lua(include_str!("../scripts/save.lua"));
pub(crate) const LEASE: Lua = Lua(include_str!("../scripts/lease.lua"));
pub(crate) const GIVE_BACK: Lua = Lua(include_str!("../scripts/give_back.lua"));
pub(crate) const PREFLIGHT: Lua = Lua(include_str!("../scripts/preflight.lua"));
pub(crate) const SET_ASIDE: Lua = Lua(include_str!("../scripts/set_aside.lua"));

impl Lua {
    /// The script as a command on these keys. Sent as text each time: a refresh is rare, and nothing need be loaded.
    pub(crate) fn on(self, keys: &[&str]) -> Cmd {
        let mut command = redis::cmd("EVAL");
        command.arg(self.0).arg(keys.len()).arg(keys);
        command
    }
}
