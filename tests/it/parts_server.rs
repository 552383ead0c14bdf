//! A board of several groups with every page scripted: what is in a group, when its pages come, which fail.
//!
//! Must not know: how parts are read.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use monday_sdk::queries::ItemsPage;
use monday_sdk::{Client, ClientBuilder, CredentialKind};
use serde_json::{Value, json};

use crate::scripted_server::{Answer, Gate, Protocol, ScriptedServer, Step, authority};
use crate::support::{TOKEN, client_for};

/// The part that is for all other groups.
pub(crate) const REST: &str = "the rest";

/// The parts whose pages wait at a gate.
#[derive(Clone)]
pub(crate) struct Held {
    pub(crate) is_held: fn(&str) -> bool,
    pub(crate) gate: Gate,
}

/// Its lists stand from their first page on, as those behind monday's cursors do.
#[derive(Clone, Default)]
pub(crate) struct PartsServer {
    pub(crate) groups: Arc<Mutex<BTreeMap<String, Vec<u32>>>>,
    pub(crate) begun: Arc<Mutex<BTreeMap<String, Vec<u32>>>>,
    /// The part of each page that was asked for.
    pub(crate) asked: Arc<Mutex<Vec<String>>>,
    /// How long each page takes.
    pub(crate) delay: Duration,
    /// The pages of some parts wait until the test lets them pass.
    pub(crate) held: Option<Held>,
    /// The page of a part that is refused, from 0.
    pub(crate) refused: Option<(&'static str, usize)>,
}

impl PartsServer {
    /// Groups `a`, `b` and so on, each of so many items; the rest is empty.
    pub(crate) fn new(groups: &[u32]) -> Self {
        let mut last = 0;
        let groups = groups.iter().zip('a'..).map(|(length, name)| {
            let items = (last + 1..=last + length).collect();
            last += length;
            (name.to_string(), items)
        });
        Self { groups: Arc::new(Mutex::new(groups.collect())), ..Self::default() }
    }

    pub(crate) async fn start(&self) -> (ScriptedServer, Client) {
        self.start_with(|client| client).await
    }

    pub(crate) async fn start_with(
        &self,
        set: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> (ScriptedServer, Client) {
        let board = self.clone();
        let answer = move |body: &[u8]| Step::Answer(board.answer(body));
        let server = ScriptedServer::start(Protocol::Http1, move |_, seen| answer(&seen.body)).await;
        let client = client_for(&format!("{}/v2", server.origin()), CredentialKind::PersonalToken, TOKEN);
        let client = set(client.root_certificates(authority())).build().unwrap();
        (server, client)
    }

    /// One part for each group, and the rest.
    pub(crate) fn parts(&self) -> Vec<ItemsPage> {
        let groups: Vec<String> = self.groups.lock().unwrap().keys().cloned().collect();
        ItemsPage::new("1").split_by_groups(groups).unwrap()
    }

    pub(crate) fn move_item(&self, item: u32, group: &str) {
        let mut groups = self.groups.lock().unwrap();
        groups.values_mut().for_each(|items| items.retain(|other| *other != item));
        groups.get_mut(group).unwrap().push(item);
    }

    /// How many pages were asked for, of all parts.
    pub(crate) fn requests(&self) -> usize {
        self.asked.lock().unwrap().len()
    }

    /// How many pages of a part were asked for.
    pub(crate) fn pages_of(&self, part: &str) -> usize {
        self.asked.lock().unwrap().iter().filter(|asked| *asked == part).count()
    }

    fn answer(&self, body: &[u8]) -> Answer {
        let body: Value = serde_json::from_slice(body).unwrap();
        let variables = &body["variables"];
        let (part, start) = match variables["cursor"].as_str().and_then(|cursor| cursor.split_once(':')) {
            Some((start, part)) => (part.to_owned(), start.parse().unwrap()),
            None => (part_of(&variables["query_params"]["rules"]), 0),
        };
        let page = self.pages_of(&part);
        self.asked.lock().unwrap().push(part.clone());
        if start == 0 {
            let items = self.groups.lock().unwrap().get(&part).cloned().unwrap_or_default();
            self.begun.lock().unwrap().insert(part.clone(), items);
        }
        let answer = |body: &str| {
            let answer = Answer::new(200, body).after(self.delay);
            match &self.held {
                Some(held) if (held.is_held)(&part) => answer.behind(held.gate.clone()),
                _ => answer,
            }
        };
        if self.refused.is_some_and(|refused| refused == (part.as_str(), page)) {
            let refusal = r#"{"errors":[{"message":"m","extensions":{"code":"InvalidArgumentException"}}]}"#;
            return answer(refusal);
        }
        let items = self.begun.lock().unwrap()[&part].clone();
        let end = items.len().min(start + usize::try_from(variables["limit"].as_u64().unwrap()).unwrap());
        let rows = items[start..end]
            .iter()
            .map(|id| json!({"id": id.to_string(), "name": "n", "column_values": [], "url": "u"}));
        let cursor = (end < items.len()).then(|| format!("{end}:{part}"));
        let page = json!({"cursor": cursor, "items": rows.collect::<Vec<_>>()});
        let data = match start {
            0 => json!({"boards": [{"items_page": page}]}),
            _ => json!({"next_items_page": page}),
        };
        answer(&json!({"data": data}).to_string())
    }
}

fn part_of(rules: &Value) -> String {
    let rule = &rules[0];
    match rule["operator"].as_str().unwrap() {
        "any_of" => rule["compare_value"][0].as_str().unwrap().to_owned(),
        _ => REST.to_owned(),
    }
}
