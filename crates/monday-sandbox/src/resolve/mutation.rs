//! The root fields that write state, by their names.
//!
//! Must not know: what any of them does.

use super::membership::MEMBERSHIPS;
use super::{
    Arguments, Found, Node, board, column, document, folder, group, item, notification, update, user,
    webhook, workspace,
};
use crate::field_fault::FieldFault;
use crate::world::World;

/// What a root field of mutations does.
pub(super) type Write = fn(&mut World, &Arguments<'_>) -> Result<Found, FieldFault>;

/// Each noun's.
const NOUNS: [&[(&str, Write)]; 11] = [
    board::WRITES,
    column::WRITES,
    document::WRITES,
    folder::WRITES,
    group::WRITES,
    item::WRITES,
    notification::WRITES,
    update::WRITES,
    user::WRITES,
    webhook::WRITES,
    workspace::WRITES,
];

/// Those that need more than the world: what was sent besides, or what was asked beforehand.
pub(super) const WITH_THE_REQUEST: [&str; 3] = ["add_file_to_column", "add_file_to_update", "create_webhook"];

/// All of them.
#[cfg(test)]
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    let written = NOUNS.iter().copied().flatten().map(|(name, _)| *name);
    let members = MEMBERSHIPS.iter().map(|membership| membership.field);
    written.chain(members).chain(WITH_THE_REQUEST)
}

impl Node<'_> {
    pub(super) fn mutation(&self, name: &str, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
        let mut world = self.context.world.borrow_mut();
        let world: &mut World = &mut world;
        let write = NOUNS.iter().copied().flatten().find(|(known, _)| *known == name);
        let membership = MEMBERSHIPS.iter().find(|membership| membership.field == name);
        let found = match (write, membership) {
            (Some((_, write)), _) => write(world, arguments),
            (None, Some(membership)) => membership.write(world, arguments),
            (None, None) => match name {
                "create_webhook" => self.create_webhook(world, arguments),
                _ if WITH_THE_REQUEST.contains(&name) => self.add_file(world, name, arguments),
                _ => Ok(Found::Unknown),
            },
        };
        if found.is_ok() {
            *world.writes.entry(name.to_owned()).or_default() += 1;
        }
        found
    }
}
