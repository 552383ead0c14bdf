//! Ids: those a seed gives, each once, and those it leaves to the sandbox.
//!
//! Must not know: what they are of.

use std::collections::BTreeSet;

use crate::seed::{File, Item, Seed, SeedError};

/// JSON's numbers are exact up to here.
const HIGHEST: u64 = (1 << 53) - 1;

/// The ids of one noun.
pub(super) struct Numbers {
    taken: BTreeSet<u64>,
    next: u64,
}

impl Numbers {
    /// Those that are given, and from `first` on those that are not.
    pub(super) fn new(noun: &str, first: u64, given: impl Iterator<Item = u64>) -> Result<Self, SeedError> {
        let mut taken = BTreeSet::new();
        for id in given {
            check(noun, id)?;
            if !taken.insert(id) {
                return Err(SeedError::new(format!("{noun} {id}"), "this id is there twice: leave one out"));
            }
        }
        Ok(Self { taken, next: first })
    }

    pub(super) fn of(&mut self, given: Option<u64>) -> u64 {
        given.unwrap_or_else(|| {
            while !self.taken.insert(self.next) {
                self.next += 1;
            }
            self.next
        })
    }
}

/// The highest of the ids that count on together: those of items and of all that is made like them.
pub(super) fn highest(seed: &Seed) -> Result<u64, SeedError> {
    let mut given = Given::default();
    for item in seed.boards.iter().flat_map(crate::seed::Board::listed) {
        given.item(item)?;
    }
    for document in &seed.documents {
        take(&mut given.documents, &mut given.highest, "document", document.id)?;
        // The next one is its object's.
        given.highest = given.highest.max(document.id.map_or(0, |id| id + 1));
        for block in &document.blocks {
            take(&mut given.blocks, &mut given.highest, "block", block.id)?;
        }
    }
    for notification in &seed.notifications {
        take(&mut given.notifications, &mut given.highest, "notification", notification.id)?;
    }
    let last = seed.last_id.unwrap_or(0);
    check("last_id", last)?;
    Ok(given.highest.max(last))
}

#[derive(Default)]
struct Given {
    items: BTreeSet<u64>,
    updates: BTreeSet<u64>,
    files: BTreeSet<u64>,
    documents: BTreeSet<u64>,
    blocks: BTreeSet<u64>,
    notifications: BTreeSet<u64>,
    highest: u64,
}

impl Given {
    fn item(&mut self, item: &Item) -> Result<(), SeedError> {
        take(&mut self.items, &mut self.highest, "item", item.id)?;
        for update in item.updates.iter().flat_map(|update| std::iter::once(update).chain(&update.replies)) {
            take(&mut self.updates, &mut self.highest, "update", update.id)?;
            self.files(&update.files)?;
        }
        for files in item.files.values() {
            self.files(files)?;
        }
        item.subitems.iter().try_for_each(|subitem| self.item(subitem))
    }

    fn files(&mut self, files: &[File]) -> Result<(), SeedError> {
        files.iter().try_for_each(|file| take(&mut self.files, &mut self.highest, "file", file.id))
    }
}

fn take(taken: &mut BTreeSet<u64>, highest: &mut u64, noun: &str, id: Option<u64>) -> Result<(), SeedError> {
    let Some(id) = id else { return Ok(()) };
    check(noun, id)?;
    *highest = id.max(*highest);
    if taken.insert(id) {
        Ok(())
    } else {
        Err(SeedError::new(format!("{noun} {id}"), "this id is there twice: leave one out"))
    }
}

fn check(noun: &str, id: u64) -> Result<(), SeedError> {
    if id <= HIGHEST {
        return Ok(());
    }
    Err(SeedError::new(format!("{noun} {id}"), format!("an id is at most {HIGHEST}")))
}
