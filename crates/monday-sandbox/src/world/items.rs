//! All items by id. Those that are made up are made when somebody first asks for them: a sandbox of 100,000 items starts
//! as quickly as an empty one.
//!
//! Must not know: what an item holds.

use std::collections::BTreeMap;
use std::ops::Index;
use std::sync::{Arc, OnceLock};

use super::Item;
use super::made_up::Recipe;

/// Items by id, with a map's words.
#[derive(Debug, Default)]
pub(crate) struct Items {
    /// By the id of the first one in it.
    slots: BTreeMap<u64, Slot>,
}

#[derive(Debug)]
enum Slot {
    One(Arc<Item>),
    MadeUp(Run),
}

/// Items with ids in a row; `None` stands for one that was removed.
#[derive(Debug)]
struct Run {
    first: u64,
    recipe: Recipe,
    made: Box<[OnceLock<Option<Arc<Item>>>]>,
}

impl Run {
    fn place(&self, id: u64) -> Option<usize> {
        usize::try_from(id.checked_sub(self.first)?).ok().filter(|place| *place < self.made.len())
    }

    fn make(&self, place: usize) -> Option<&Arc<Item>> {
        self.made[place].get_or_init(|| Some(Arc::new(self.recipe.item(self.first, place)))).as_ref()
    }
}

impl Slot {
    fn get(&self, id: u64) -> Option<&Arc<Item>> {
        match self {
            Self::One(item) => Some(item).filter(|item| item.id == id),
            Self::MadeUp(run) => run.make(run.place(id)?),
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "in a map's words")]
impl Items {
    /// Takes in so many items with ids in a row, which are made up by this recipe.
    pub(super) fn make_up(&mut self, first: u64, count: usize, recipe: Recipe) {
        if count > 0 {
            let made = std::iter::repeat_with(OnceLock::new).take(count).collect();
            self.slots.insert(first, Slot::MadeUp(Run { first, recipe, made }));
        }
    }

    pub(crate) fn get(&self, id: &u64) -> Option<&Arc<Item>> {
        self.slots.range(..=id).next_back()?.1.get(*id)
    }

    pub(crate) fn get_mut(&mut self, id: &u64) -> Option<&mut Arc<Item>> {
        match self.slots.range_mut(..=id).next_back()?.1 {
            Slot::One(item) => Some(item).filter(|item| item.id == *id),
            Slot::MadeUp(run) => {
                let place = run.place(*id)?;
                run.make(place);
                run.made[place].get_mut()?.as_mut()
            }
        }
    }

    pub(crate) fn insert(&mut self, id: u64, item: Arc<Item>) {
        if let Some((_, Slot::MadeUp(run))) = self.slots.range_mut(..=id).next_back()
            && let Some(place) = run.place(id)
        {
            run.made[place] = OnceLock::from(Some(item));
        } else {
            self.slots.insert(id, Slot::One(item));
        }
    }

    /// In the order of their ids.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Arc<Item>> {
        self.slots.values().flat_map(|slot| -> Box<dyn Iterator<Item = &Arc<Item>> + '_> {
            match slot {
                Slot::One(item) => Box::new(std::iter::once(item)),
                Slot::MadeUp(run) => Box::new((0..run.made.len()).filter_map(|place| run.make(place))),
            }
        })
    }
}

impl Index<&u64> for Items {
    type Output = Arc<Item>;

    fn index(&self, id: &u64) -> &Arc<Item> {
        self.get(id).expect("there is an item of this id")
    }
}

#[cfg(test)]
mod tests {
    use super::super::World;

    #[test]
    fn items_are_found_changed_and_listed_by_id_whether_they_are_made_yet_or_not() {
        let mut world = World::seeded(5, 2);
        let board = world.boards[5].clone();
        let (first, last) = (board.items[0], board.items[4]);
        assert_eq!(world.items.get(&last).unwrap().name, "Draft the onboarding #5");
        assert!(world.items.get(&(last + 1_000)).is_none());
        world.item_mut(first).unwrap().name = "Another".to_owned();
        world.item_mut(first).unwrap().updated_at = "2026-11-03T09:00:00Z".to_owned();
        let new = world.create_item(board.id, None, "New", &serde_json::Map::new(), false).unwrap();
        let ids: Vec<u64> = world.items.values().map(|item| item.id).collect();
        assert!(ids.is_sorted() && ids.len() == 5 * 12 + 5 + 1 && ids.last() == Some(&new.id));
        assert_eq!(world.items[&first].name, "Another");
        let other = std::sync::Arc::new(crate::world::Item { id: last, ..(*new).clone() });
        world.items.insert(last, other);
        assert_eq!((world.items[&last].name.as_str(), world.items.values().count()), ("New", ids.len()));
    }
}
