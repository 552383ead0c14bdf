//! What the annotations of a secret say: which version counts, who has the lease, and how often that was
//! changed.
//!
//! All of it is replaced at once under the secret's `ETag`. Must not know: records.

use std::collections::HashMap;

use monday_auth::StoreError;
use uuid::Uuid;

const CURRENT: &str = "monday-current";
const PREVIOUS: &str = "monday-previous";
const UNREADABLE: &str = "monday-unreadable";
const LEASE: &str = "monday-lease";
const SWAP: &str = "monday-swap";

/// Clocks of different machines may differ by so much. Google tells its own time to no caller of the SDK.
const SKEW: u64 = 10_000;

/// The annotations of one secret.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct State {
    /// The number of the version that is the record.
    pub(super) current: Option<u64>,
    /// The one before it, for those who read that it was the current one a moment ago.
    pub(super) previous: Option<u64>,
    /// Those that count no more but are not destroyed: what could not be read and is kept for people to look
    /// at, and what a delete did not come to.
    pub(super) aside: Vec<u64>,
    pub(super) lease: Option<Holder>,
    /// Counts the swaps.
    pub(super) swaps: u64,
    /// Names the last swap.
    pub(super) swap: String,
    /// What others wrote there.
    pub(super) others: HashMap<String, String>,
}

/// Who has the lease, and until when, in milliseconds from 1970 by the holder's clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Holder {
    pub(super) token: String,
    pub(super) until: u64,
}

impl State {
    pub(super) fn read(mut annotations: HashMap<String, String>) -> Result<Self, StoreError> {
        let mut take = |name| annotations.remove(name);
        let (swap, lease) = (take(SWAP), take(LEASE));
        let (swaps, swap) = swap.map_or(Ok((0, String::new())), |swap| pair(&swap))?;
        let lease = lease.map(|lease| pair(&lease)).transpose()?;
        let numbers = |numbers: String| numbers.split(',').map(number).collect::<Result<_, _>>();
        let aside = take(UNREADABLE).map_or(Ok(Vec::new()), numbers)?;
        let mut at = |name| take(name).map(|text| number(&text)).transpose();
        Ok(Self {
            current: at(CURRENT)?,
            previous: at(PREVIOUS)?,
            aside,
            lease: lease.map(|(until, token)| Holder { token, until }),
            swaps,
            swap,
            others: annotations,
        })
    }

    pub(super) fn write(&self) -> HashMap<String, String> {
        let mut annotations = self.others.clone();
        let numbers = [(CURRENT, self.current), (PREVIOUS, self.previous)];
        let numbers = numbers.into_iter().filter_map(|(name, number)| Some((name, number?.to_string())));
        let aside = self.aside.iter().map(u64::to_string).collect::<Vec<_>>().join(",");
        let aside = (!aside.is_empty()).then_some((UNREADABLE, aside));
        let lease = self.lease.iter().map(|lease| (LEASE, format!("{}:{}", lease.until, lease.token)));
        let swap = (SWAP, format!("{}:{}", self.swaps, self.swap));
        annotations.extend(
            numbers.chain(aside).chain(lease).chain([swap]).map(|(name, value)| (name.to_owned(), value)),
        );
        annotations
    }

    /// The same, as the next swap will leave it.
    pub(super) fn next(&self) -> Self {
        let swap = Uuid::new_v4().simple().to_string();
        Self { swaps: self.swaps.saturating_add(1), swap, ..self.clone() }
    }

    /// Whether someone has the lease, however wrong one of the clocks.
    pub(super) fn is_leased(&self, now: u64) -> bool {
        self.lease.as_ref().is_some_and(|lease| now < lease.until.saturating_add(SKEW))
    }
}

const UNKNOWN: StoreError = StoreError::Corrupt("its annotations are not of this SDK");

fn number(text: &str) -> Result<u64, StoreError> {
    text.parse().map_err(|_| UNKNOWN)
}

/// A number and a name, as `7:name`.
fn pair(text: &str) -> Result<(u64, String), StoreError> {
    let (number, name) = text.split_once(':').ok_or(UNKNOWN)?;
    Ok((self::number(number)?, name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_what_others_wrote_stays() {
        let lease = Some(Holder { token: "t".to_owned(), until: 7 });
        let others = HashMap::from([("team".to_owned(), "blue".to_owned())]);
        let state = State {
            current: Some(3),
            previous: Some(2),
            aside: vec![1, 4],
            lease,
            others,
            ..State::default()
        }
        .next();
        assert_eq!(State::read(state.write()), Ok(state.clone()));
        assert_eq!(state.write()["team"], "blue");
        assert_eq!(state.swaps, 1);
        assert_ne!(state.next().swap, state.next().swap);
    }

    #[test]
    fn a_lease_ends_when_every_clock_says_so() {
        let lease = Some(Holder { token: "t".to_owned(), until: 100_000 });
        let state = State { lease, ..State::default() };
        assert!(state.is_leased(109_999) && !state.is_leased(110_000));
        assert!(!State::default().is_leased(0));
    }

    #[test]
    fn annotations_of_another_form_are_refused() {
        for (name, value) in [(CURRENT, "x"), (UNREADABLE, "1,"), (LEASE, "x"), (LEASE, "x:y"), (SWAP, "")] {
            let annotations = HashMap::from([(name.to_owned(), value.to_owned())]);
            assert_eq!(State::read(annotations), Err(UNKNOWN), "{name}");
        }
    }
}
