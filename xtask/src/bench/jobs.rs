//! The jobs of the contest: what is done, where, and who can do it.
//!
//! Must not know: how a contender does a job.

/// A job: its name for the contenders, what it is, how many, where, and who can do it.
pub(super) struct Job {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) count: usize,
    pub(super) place: Place,
    /// What is measured, beginning with what the others are compared with.
    pub(super) contenders: &'static [Contender],
}

/// A program, and the door it is told to take.
pub(super) type Contender = (&'static str, &'static str);

/// The server that a job is done against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Next door, with room for everything. All jobs share it.
    Near,
    /// 300 ms and 100 Mbit/s away, under monday's own quotas.
    Far,
    /// Makes items under a small quota.
    Creates,
    /// The same, and loses one answer in a hundred.
    Faulty,
}

/// Runs of jobs that take long: the median of three is one.
const FEW: usize = 3;

impl Place {
    /// What its server is told.
    pub(super) fn arguments(self) -> Vec<String> {
        let (items, more): (_, &[&str]) = match self {
            Self::Near => (ITEMS, &[]),
            Self::Far => (ITEMS, &["--far"]),
            Self::Creates => (0, &["--creates"]),
            Self::Faulty => (0, &["--creates", "--faulty"]),
        };
        let more = more.iter().map(|argument| (*argument).to_owned());
        ["--items".to_owned(), items.to_string()].into_iter().chain(more).collect()
    }

    /// Whether it remembers who came before: then each run has one of its own, and what it tells at its end counts.
    pub(super) fn has_quota(self) -> bool {
        self != Self::Near
    }

    /// How often a job is done there, of so many times that are wanted.
    pub(super) fn runs(self, wanted: usize) -> usize {
        if self.has_quota() { wanted.min(FEW) } else { wanted }
    }
}

const BASELINE: Contender = ("baseline", "");
const ALL: &[Contender] =
    &[BASELINE, ("graphql_client", ""), ("cynic", ""), ("sdk", "documents"), ("sdk", "structs")];
/// Those who read items. The first door of the SDK is the one for large boards, the others are there to be told.
const ITEMS_DOORS: &[Contender] = &[
    BASELINE,
    ("graphql_client", ""),
    ("cynic", ""),
    ("sdk", "views"),
    ("sdk", "views, every column"),
    ("sdk", "documents"),
    ("sdk", "structs"),
];
const TWO: &[Contender] = &[BASELINE, ("sdk", "")];
const GZIP: &[Contender] =
    &[("baseline", "identity"), ("baseline", "gzip"), ("sdk", "identity"), ("sdk", "gzip")];
const FAR: &[Contender] = &[BASELINE, ("sdk", "equal groups"), ("sdk", "growing groups")];
const CREATES: &[Contender] = &[BASELINE, ("sdk", "one by one"), ("sdk", "bulk")];

/// Items on the board.
const ITEMS: usize = 100_000;

pub(super) const JOBS: &[Job] = &[
    Job {
        name: "me-in-turn",
        about: "20,000 `me`, one after the other",
        count: 20_000,
        place: Place::Near,
        contenders: ALL,
    },
    Job {
        name: "me-at-once",
        about: "20,000 `me`, 64 at once",
        count: 20_000,
        place: Place::Near,
        contenders: ALL,
    },
    Job {
        name: "items-kept",
        about: "100,000 items in 200 pages, kept, then summed",
        count: ITEMS,
        place: Place::Near,
        contenders: ITEMS_DOORS,
    },
    Job {
        name: "items-streamed",
        about: "the same, summed as they come",
        count: ITEMS,
        place: Place::Near,
        contenders: ITEMS_DOORS,
    },
    Job {
        name: "items-gzip",
        about: "the same, as they are and in gzip",
        count: ITEMS,
        place: Place::Near,
        contenders: GZIP,
    },
    Job {
        name: "start-up",
        about: "500 clients, each with one `me`",
        count: 500,
        place: Place::Near,
        contenders: TWO,
    },
    Job { name: "upload", about: "a file of 1 GiB", count: 1 << 30, place: Place::Near, contenders: TWO },
    Job {
        name: "items-far",
        about: "100,000 items over 300 ms and 100 Mbit/s",
        count: ITEMS,
        place: Place::Far,
        contenders: FAR,
    },
    Job {
        name: "creates",
        about: "5,000 creates, 1,000 in each 5 s",
        count: 5_000,
        place: Place::Creates,
        contenders: CREATES,
    },
    Job {
        name: "creates-faulty",
        about: "the same, one answer in 100 lost",
        count: 5_000,
        place: Place::Faulty,
        contenders: CREATES,
    },
];
