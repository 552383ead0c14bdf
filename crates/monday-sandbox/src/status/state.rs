//! What the status page tells, taken from the sandbox at once.
//!
//! Must not know: HTML.

use std::time::Instant;

use serde_json::Value;
use url::{Position, Url};

use crate::faults;
use crate::meter::Standing;
use crate::scripted;
use crate::seen::{OperationCounts, SeenRequest};
use crate::site::Site;
use crate::world::{Board, World};

/// So many of the last requests.
const LAST: usize = 12;

pub(super) struct State {
    /// Name, slug and id.
    pub(super) account: String,
    /// What there is, and how many.
    pub(super) counts: Vec<(&'static str, usize)>,
    pub(super) boards: Vec<[String; 6]>,
    pub(super) users: Vec<[String; 3]>,
    pub(super) webhooks: Vec<[String; 4]>,
    pub(super) letters: usize,
    /// Newest first.
    pub(super) requests: Vec<SeenRequest>,
    pub(super) operations: Vec<(String, OperationCounts)>,
    pub(super) quotas: Vec<Standing>,
    pub(super) is_enforced: bool,
    pub(super) faults: Vec<faults::Pending>,
    pub(super) answers: Vec<scripted::Pending>,
    pub(super) mistakes: Vec<String>,
}

impl State {
    pub(super) fn of(site: &Site) -> Self {
        // One lock after the other: none is held while another is taken.
        let requests = site.journal().kept().rev().take(LAST).cloned().collect();
        let (quotas, is_enforced) = {
            let mut meter = site.meter();
            (meter.standings(Instant::now()), meter.is_enforced())
        };
        let seen = site.seen();
        let operations = seen.operations().map(|(name, counts)| (name.to_owned(), counts)).collect();
        let letters = site.couriers.on_the_way();
        let world = site.world();
        Self {
            account: account(&world),
            counts: counts(&world),
            boards: world.boards.iter().map(|board| row(board)).collect(),
            users: world
                .users
                .iter()
                .map(|user| ["id", "name", "title"].map(|name| text(&user[name])))
                .collect(),
            webhooks: webhooks(&world),
            letters,
            requests,
            operations,
            quotas,
            is_enforced,
            faults: site.faults.pending(),
            answers: site.scripted.pending(),
            mistakes: site.scripted.mistakes(),
        }
    }
}

fn account(world: &World) -> String {
    let [name, slug, id] = ["name", "slug", "id"].map(|name| text(&world.account[name]));
    format!("{name} · {slug} · {id}")
}

fn counts(world: &World) -> Vec<(&'static str, usize)> {
    let live = world.items.values().filter(|item| item.state == "active").count();
    vec![
        ("boards", world.boards.len()),
        ("items", live),
        ("users", world.users.len()),
        ("workspaces", world.workspaces.len()),
        ("updates", world.updates.len()),
        ("tags", world.tags.len()),
        ("webhooks", world.webhooks.len()),
    ]
}

fn row(board: &Board) -> [String; 6] {
    let [name, state] = ["name", "state"].map(|name| board.fields.get(name).map(text).unwrap_or_default());
    let [groups, columns, items] = [board.groups.len(), board.columns.len(), board.items.len()];
    [name, board.id.to_string(), state, groups.to_string(), columns.to_string(), items.to_string()]
}

fn webhooks(world: &World) -> Vec<[String; 4]> {
    let rows = world.webhooks.iter().map(|webhook| {
        // A query may hold a secret of its owner's.
        let url = Url::parse(&webhook.url).ok();
        let url = url.map(|url| {
            format!(
                "{}{}",
                url.origin().ascii_serialization(),
                &url[Position::BeforePath..Position::AfterPath]
            )
        });
        [webhook.event.clone(), webhook.id.to_string(), webhook.board_id.to_string(), url.unwrap_or_default()]
    });
    rows.collect()
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
