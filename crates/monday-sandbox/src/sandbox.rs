//! A running sandbox: started, addressed, stopped when dropped.
//!
//! Its rooms: `observed` (what has come in), `stopped` (the end). Must not know: how a request is answered.

mod observed;
mod stopped;

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;

use crate::asset_server::{self, DownloadCounts};
use crate::authorization::{Authorization, OAuthCounts, SandboxApp, TOKEN_LIFE};
use crate::cost::Cost;
use crate::fault_script::FaultScript;
use crate::faults::Faults;
use crate::plan::{Plan, Quotas};
use crate::seed::{Seed, SeedError};
use crate::server;
use crate::serving::Serving;
use crate::site::{Settings, Site};
use crate::variety::Variety;
use crate::world::{self, World};

/// A sandbox that serves until it is dropped, which closes its connections and ends its work at once;
/// [`stop`](Self::stop) waits for both. Several in one process do not see each other.
#[derive(Debug)]
pub struct Sandbox {
    address: SocketAddr,
    site: Arc<Site>,
    server: Serving,
    assets: SocketAddr,
    asset_server: Serving,
}

/// Starts a [`Sandbox`].
#[derive(Debug, Clone)]
#[must_use]
pub struct SandboxBuilder {
    port: u16,
    items: usize,
    seed: Option<Arc<Seed>>,
    faults: FaultScript,
    apps: Vec<SandboxApp>,
    token_life: Duration,
    token_delay: Duration,
    settings: Settings,
}

impl Sandbox {
    /// Starts a sandbox on a free port, with 10,000 items on its large board.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// A sandbox to be started otherwise.
    pub fn builder() -> SandboxBuilder {
        SandboxBuilder {
            port: 0,
            items: 10_000,
            seed: None,
            faults: FaultScript::default(),
            apps: Vec::new(),
            token_life: TOKEN_LIFE,
            token_delay: Duration::ZERO,
            settings: Settings::default(),
        }
    }

    /// The GraphQL endpoint, `http://127.0.0.1:PORT/v2`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/v2", self.address)
    }

    /// Where it listens, for a [`FaultProxy`](crate::FaultProxy) in front of it.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where the authorization server stands, `http://127.0.0.1:PORT`: monday's `https://auth.monday.com`.
    #[must_use]
    pub fn authorization_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What has become of the tokens so far.
    #[must_use]
    pub fn oauth_counts(&self) -> OAuthCounts {
        self.site.authorization.counts()
    }

    /// The personal token it takes, raw.
    #[must_use]
    pub fn personal_token(&self) -> &'static str {
        server::PERSONAL_TOKEN
    }

    /// The OAuth access token it takes, as `Bearer` or raw.
    #[must_use]
    pub fn oauth_token(&self) -> &'static str {
        server::OAUTH_TOKEN
    }

    /// The board with many items, unless a seed tells of others.
    #[must_use]
    pub fn large_board_id(&self) -> &'static str {
        world::LARGE_BOARD
    }

    /// The script of what goes wrong with GraphQL requests; empty unless told.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.site.faults
    }

    /// The account as it is now: a seed that another sandbox starts from and shows the same. Equal as long as nothing
    /// changes; as text it is stable, and what has changed is what two texts differ in.
    ///
    /// Left out is what belongs to this process: tokens, webhooks, cursors, public addresses, quotas.
    #[must_use]
    pub fn snapshot(&self) -> Seed {
        self.site.world().snapshot()
    }

    /// Where the assets stand, `http://127.0.0.1:ANOTHER_PORT`: another origin than the API, as with monday.
    #[must_use]
    pub fn assets_url(&self) -> String {
        format!("http://{}", self.assets)
    }

    /// What has been asked of the assets' origin so far.
    #[must_use]
    pub fn downloads(&self) -> DownloadCounts {
        *self.site.downloads()
    }

    /// Ends every `public_url` that has been given out, which monday does after an hour.
    pub fn expire_public_urls(&self) {
        self.site.world().assets.expire();
    }

    /// Ends all cursors over items that have been given out.
    pub fn expire_cursors(&self) {
        self.site.world().cursors.expire();
    }

    /// The names of the items on a board, in its order; none for an unknown board.
    #[must_use]
    pub fn item_names(&self, board_id: &str) -> Vec<String> {
        let world = self.site.world();
        let board = board_id.parse().ok().and_then(|id| world.board(id));
        let items = board.iter().flat_map(|board| &board.items);
        items.filter_map(|id| world.items.get(id)).map(|item| item.name.clone()).collect()
    }
}

impl SandboxBuilder {
    /// The port on 127.0.0.1; 0 takes a free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// How many items the large board has; nothing where there is a seed.
    pub fn items(mut self, items: usize) -> Self {
        self.items = items;
        self
    }

    /// The account that it starts with, in place of its own six boards. What is wrong with a seed is said here, with its
    /// place.
    pub fn seed(mut self, seed: Seed) -> Result<Self, SeedError> {
        seed.check()?;
        self.seed = Some(Arc::new(seed));
        Ok(self)
    }

    /// The account that it starts with, from a file: JSON where its name ends in `.json`, otherwise YAML.
    pub fn seed_file(self, path: impl AsRef<Path>) -> Result<Self, SeedError> {
        let path = path.as_ref();
        self.seed(Seed::from_file(path)?).map_err(|error| error.in_file(path))
    }

    /// What goes wrong from its first request on.
    pub fn faults(mut self, script: FaultScript) -> Self {
        self.faults = script;
        self
    }

    /// How many groups the large board has, at least 1; two unless told. Its items are dealt out to them in
    /// turn.
    pub fn groups(mut self, groups: usize) -> Self {
        self.settings.groups = groups.max(1);
        self
    }

    /// Registers an app with the authorization server.
    pub fn app(mut self, app: SandboxApp) -> Self {
        self.apps.push(app);
        self
    }

    /// How long access tokens live, rounded up to a whole second of the clock; an hour unless told.
    pub fn token_life(mut self, life: Duration) -> Self {
        self.token_life = life;
        self
    }

    /// How long the token endpoint keeps an answer back after it has burnt what it was given; not at all
    /// unless told.
    pub fn token_delay(mut self, delay: Duration) -> Self {
        self.token_delay = delay;
        self
    }

    /// Enforces the limits of a plan. Unless told, those of Enterprise are announced and nobody is refused.
    pub fn plan(self, plan: Plan) -> Self {
        self.quotas(plan.quotas())
    }

    /// Enforces these limits.
    pub fn quotas(mut self, quotas: Quotas) -> Self {
        self.settings.quotas = Some(quotas);
        self
    }

    /// What operations cost in points of complexity.
    pub fn cost(mut self, cost: Cost) -> Self {
        self.settings.cost = cost;
        self
    }

    /// How long every request takes before its work, at random between these two (the same in every run);
    /// during that time it counts as one of the concurrent requests.
    pub fn latency(mut self, least: Duration, most: Duration) -> Self {
        self.settings.latency = (least, most);
        self
    }

    /// How far away the sandbox is: how long a request is on its way before it counts for anything, and as long again
    /// its answer, at random between these two.
    pub fn distance(mut self, least: Duration, most: Duration) -> Self {
        self.settings.distance = (least, most);
        self
    }

    /// How long cursors over items live from the first request; an hour unless told.
    pub fn cursor_life(mut self, life: Duration) -> Self {
        self.settings.cursor_life = life;
        self
    }

    /// How long answers are kept for their `Idempotency-Key`; 30 minutes unless told.
    pub fn idempotency_life(mut self, life: Duration) -> Self {
        self.settings.idempotency_life = life;
        self
    }

    /// Whether `/v2/file` heeds `Idempotency-Key`; it does unless told. monday's pages promise it for
    /// mutations and do not speak of files.
    pub fn idempotent_uploads(mut self, heeded: bool) -> Self {
        self.settings.idempotent_uploads = heeded;
        self
    }

    /// How large a body of `/v2/file` may be, in bytes; 64 MiB unless told. Files are kept in memory.
    /// monday's own limit is not documented.
    pub fn largest_upload(mut self, bytes: usize) -> Self {
        self.settings.largest_upload = bytes;
        self
    }

    /// How long after an endpoint did not take a webhook it is sent again, thirty times; a minute unless told.
    pub fn webhook_interval(mut self, interval: Duration) -> Self {
        self.settings.webhook_interval = interval;
        self
    }

    /// Draws the data that is made from the schema: enum values, types of interfaces, lengths of lists, numbers.
    /// The same request is answered alike with the same seed; unless told, with the first of everything.
    pub fn generated_seed(mut self, seed: u64) -> Self {
        self.settings.made.seed = Some(seed);
        self
    }

    /// Strays nulls, empty lists and values unheard of into answers, drawn from
    /// [`generated_seed`](Self::generated_seed).
    pub fn variety(mut self, variety: Variety) -> Self {
        self.settings.made.variety = variety;
        self
    }

    /// Keeps nothing: every root field answers with data made from the schema, also where it names what is not
    /// there.
    pub fn without_state(mut self) -> Self {
        self.settings.made.is_without_state = true;
        self
    }

    /// How many requests are kept to be looked at afterwards, the last ones; 1,000 unless told, and never more
    /// than 32 MiB of them.
    pub fn keep_requests(mut self, requests: usize) -> Self {
        self.settings.kept_requests = requests;
        self
    }

    /// Seeds the account and starts to serve.
    pub async fn start(self) -> io::Result<Sandbox> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await?;
        let address = listener.local_addr()?;
        let authorization =
            Authorization::new(format!("http://{address}"), self.apps, self.token_life, self.token_delay);
        let asset_listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let assets = asset_listener.local_addr()?;
        let origin = format!("http://{assets}");
        let world = match &self.seed {
            Some(seed) => World::planted(seed)?,
            None => World::seeded(self.items, self.settings.groups),
        };
        let site = Arc::new(Site::new(world, authorization, &self.settings, origin));
        site.faults.play(self.faults);
        let asset_server = Serving::start(asset_listener, asset_server::router(Arc::clone(&site)));
        let server = Serving::start(listener, server::router(Arc::clone(&site)));
        Ok(Sandbox { address, site, server, assets, asset_server })
    }
}
