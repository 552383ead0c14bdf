//! A board that is read in parts while its items are created, deleted and moved.
//!
//! Must not know: how a query is split.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use monday_sandbox::Sandbox;
use monday_sdk::queries::{CreateGroup, CreateItem, DeleteItem, MoveItemToGroup};
use monday_sdk::{Client, CredentialKind, GroupId};

use super::{LIMIT, groups, ids, ids_in_turn, parts, sandbox};
use crate::support::{client_for, within};

/// Small random numbers.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// What went on beside a reading.
#[derive(Default)]
struct Churn {
    created: BTreeSet<String>,
    deleted: usize,
}

/// Creates and deletes until told to stop; now and then in a group that nobody knew.
async fn churn(
    client: Client,
    board: &'static str,
    mut groups: Vec<GroupId>,
    mut victims: Vec<String>,
    seed: u64,
    stop: Arc<AtomicBool>,
) -> Churn {
    let (mut dice, mut done) = (Dice(seed), Churn::default());
    while !stop.load(Ordering::Relaxed) {
        match dice.roll(20) {
            0 => {
                let made = client.execute(CreateGroup::new(board, "New")).await.unwrap();
                groups.push(made.create_group.unwrap().id);
            }
            1..=9 => {
                let group = groups[dice.roll(groups.len())].as_str();
                let create = CreateItem::new(board, "New").group_id(group);
                let id = client.execute(create).await.unwrap().create_item.unwrap().id.to_string();
                victims.push(id.clone());
                done.created.insert(id);
            }
            _ if victims.is_empty() => {}
            _ => {
                let victim = victims.swap_remove(dice.roll(victims.len()));
                client.execute(DeleteItem::new(victim.as_str())).await.unwrap();
                done.deleted += 1;
            }
        }
    }
    done
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_there_the_whole_time_comes_once_while_items_are_created_and_deleted() {
    let mut met = 0;
    for seed in 1..=6 {
        let latency = Duration::from_millis(4);
        let (sandbox, client) =
            sandbox(Sandbox::builder().items(600).groups(6).latency(Duration::ZERO, latency)).await;
        let (groups, parts) = (groups(&sandbox, &client).await, parts(&sandbox, &client).await);
        let before = ids_in_turn(&client, &parts, 500).await;
        let (victims, stable): (Vec<_>, Vec<_>) =
            before.iter().cloned().enumerate().partition(|(number, _)| number % 4 == 0);
        let victims: Vec<String> = victims.into_iter().map(|(_, id)| id).collect();
        let stop = Arc::new(AtomicBool::new(false));
        let other = client_for(&sandbox.url(), CredentialKind::PersonalToken, sandbox.personal_token());
        let beside =
            churn(other.build().unwrap(), sandbox.large_board_id(), groups, victims, seed, stop.clone());
        let beside = tokio::spawn(beside);
        let at_once = [1, 3, 7][usize::try_from(seed).unwrap() % 3];
        let read = client.parts(parts).at_once(at_once).page_size(5).in_order(seed > 3);
        let read = ids(read).await;
        stop.store(true, Ordering::Relaxed);
        let churn = within(LIMIT, beside).await.unwrap();

        let once: BTreeSet<&String> = read.iter().collect();
        assert_eq!(once.len(), read.len(), "seed {seed}: some come twice");
        let missed: Vec<_> = stable.iter().filter(|(_, id)| !once.contains(id)).collect();
        assert!(missed.is_empty(), "seed {seed}: {} of {} are missed", missed.len(), stable.len());
        let known: BTreeSet<&String> = before.iter().chain(&churn.created).collect();
        assert!(once.is_subset(&known), "seed {seed}: some were never there");
        assert!(churn.created.len() > 2 && churn.deleted > 2, "seed {seed}: nothing happened meanwhile");
        met += read.iter().filter(|id| churn.created.contains(*id)).count();
    }
    assert!(met > 0, "no reading met anything new");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn items_that_move_between_groups_never_come_twice() {
    for seed in 1..=4 {
        let latency = Duration::from_millis(4);
        let (sandbox, client) =
            sandbox(Sandbox::builder().items(600).groups(6).latency(Duration::ZERO, latency)).await;
        let (groups, parts) = (groups(&sandbox, &client).await, parts(&sandbox, &client).await);
        let before = ids_in_turn(&client, &parts, 500).await;
        let stop = Arc::new(AtomicBool::new(false));
        let (writer, still, all) = (client.clone(), stop.clone(), before.clone());
        let beside = tokio::spawn(async move {
            let (mut dice, mut moved) = (Dice(seed), BTreeSet::new());
            while !still.load(Ordering::Relaxed) {
                let (item, group) = (&all[dice.roll(all.len())], groups[dice.roll(groups.len())].as_str());
                writer.execute(MoveItemToGroup::new(group, item.as_str())).await.unwrap();
                moved.insert(item.clone());
            }
            moved
        });
        let read = ids(client.parts(parts).at_once(2).page_size(20)).await;
        stop.store(true, Ordering::Relaxed);
        let moved = within(LIMIT, beside).await.unwrap();
        let once: BTreeSet<&String> = read.iter().collect();
        assert_eq!(once.len(), read.len(), "seed {seed}: some come twice");
        assert!(moved.len() > 5);
        let missed: Vec<_> = before.iter().filter(|id| !once.contains(id) && !moved.contains(*id)).collect();
        assert!(missed.is_empty(), "seed {seed}: {} that did not move are missed", missed.len());
    }
}
