//! `RateLimit-Policy` and `RateLimit` (structured fields, RFC 9651) as a [`Quota`].
//!
//! What cannot be read is left out: a broken header must not break an answer. Must not know: what follows from it.

use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use monday_core::{Quota, QuotaBudget};
use sfv::visitor::{EntryVisitor, Ignored, InnerListVisitor, ItemVisitor, ListVisitor, ParameterVisitor};
use sfv::{BareItemFromInput, KeyRef, Parser};

static POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
static LIMIT: HeaderName = HeaderName::from_static("ratelimit");

/// Reads the two headers. The policy is the same in most answers, so what it said last is kept.
#[derive(Debug, Default)]
pub(crate) struct QuotaHeaders {
    policy: Mutex<Option<(HeaderValue, Quota)>>,
}

impl QuotaHeaders {
    pub(crate) fn read(&self, headers: &HeaderMap) -> Quota {
        let mut lines = headers.get_all(&POLICY).iter();
        let quota = match (lines.next(), lines.next()) {
            (Some(policy), None) => self.known(policy),
            _ => of(headers, Header::Policy, Quota::default()),
        };
        of(headers, Header::Limit, quota)
    }

    fn known(&self, policy: &HeaderValue) -> Quota {
        let mut last = self.policy.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some((known, quota)) if known == policy => quota.clone(),
            _ => {
                let quota = line(policy, Header::Policy, Quota::default());
                *last = Some((policy.clone(), quota.clone()));
                quota
            }
        }
    }
}

fn of(headers: &HeaderMap, header: Header, quota: Quota) -> Quota {
    let name = match header {
        Header::Policy => &POLICY,
        Header::Limit => &LIMIT,
    };
    headers.get_all(name).iter().fold(quota, |quota, text| line(text, header, quota))
}

/// What a line adds. What comes before a fault in it is as worthless as what comes after (RFC 9651, section 4.2).
fn line(text: &HeaderValue, header: Header, mut quota: Quota) -> Quota {
    let before = quota.clone();
    let members = Members { quota: &mut quota, header };
    match Parser::new(text.as_bytes()).parse_list_with_visitor(members) {
        Ok(()) => quota,
        Err(_) => before,
    }
}

/// Which of the two headers is read.
#[derive(Debug, Clone, Copy)]
enum Header {
    Policy,
    Limit,
}

/// Takes the members of a list into a quota, without a copy of the list.
struct Members<'q> {
    quota: &'q mut Quota,
    header: Header,
}

struct Member<'q> {
    quota: &'q mut Quota,
    header: Header,
}

struct Numbers<'q> {
    budget: Option<&'q mut QuotaBudget>,
    header: Header,
}

impl<'de> ListVisitor<'de> for Members<'_> {
    type Out = ();
    type Error = Infallible;

    fn entry(&mut self) -> Result<impl EntryVisitor<'de>, Infallible> {
        Ok(Member { quota: self.quota, header: self.header })
    }

    fn finish(self) -> Result<(), Infallible> {
        Ok(())
    }
}

impl<'de> EntryVisitor<'de> for Member<'_> {
    type Error = Infallible;

    fn item(self) -> Result<impl ItemVisitor<'de>, Infallible> {
        Ok(self)
    }

    fn inner_list(self) -> Result<impl InnerListVisitor<'de>, Infallible> {
        Ok(Ignored)
    }
}

impl<'de> ItemVisitor<'de> for Member<'_> {
    type Out = ();
    type Error = Infallible;

    fn bare_item(
        self,
        item: BareItemFromInput<'de>,
    ) -> Result<impl ParameterVisitor<'de, Out = ()>, Infallible> {
        let budget = match &item {
            BareItemFromInput::String(name) => Some(self.quota.budget_mut(name.as_str())),
            BareItemFromInput::Token(name) => Some(self.quota.budget_mut(name.as_str())),
            _ => None,
        };
        Ok(Numbers { budget, header: self.header })
    }
}

impl<'de> ParameterVisitor<'de> for Numbers<'_> {
    type Out = ();
    type Error = Infallible;

    fn parameter(&mut self, key: &'de KeyRef, value: BareItemFromInput<'de>) -> Result<(), Infallible> {
        let Some(budget) = &mut self.budget else { return Ok(()) };
        let number = match value {
            BareItemFromInput::Integer(value) => u64::try_from(i64::from(value)).ok(),
            _ => None,
        };
        match (self.header, key.as_str()) {
            (Header::Policy, "q") => budget.limit = number,
            (Header::Policy, "w") => budget.window = number.map(Duration::from_secs),
            (Header::Limit, "r") => budget.remaining = number,
            (Header::Limit, "t") => budget.resets_in = number.map(Duration::from_secs),
            _ => {}
        }
        Ok(())
    }

    fn finish(self) -> Result<(), Infallible> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(policy: &str, limit: &str) -> Quota {
        let mut headers = HeaderMap::new();
        headers.insert("ratelimit-policy", policy.parse().unwrap());
        headers.insert("ratelimit", limit.parse().unwrap());
        QuotaHeaders::default().read(&headers)
    }

    #[test]
    fn mondays_own_example_is_read_whole() {
        let quota = of(
            r#""minuteRate";q=5000;w=60, "concurrency";q=250;qu="concurrent-requests", "complexityMinute";q=5000000;w=60;qu="content-bytes""#,
            r#""minuteRate";r=0;t=38, "concurrency";r=249, "complexityMinute";r=4950000;t=45"#,
        );
        let minute = quota.budget("minuteRate").unwrap();
        assert_eq!((minute.limit, minute.remaining), (Some(5000), Some(0)));
        assert_eq!(
            (minute.window, minute.resets_in),
            (Some(Duration::from_mins(1)), Some(Duration::from_secs(38)))
        );
        assert_eq!(quota.budget("concurrency").unwrap().remaining, Some(249));
        assert_eq!(quota.budget("complexityMinute").unwrap().remaining, Some(4_950_000));
    }

    #[test]
    fn what_is_broken_is_left_out() {
        assert_eq!(of("\"a\";q=", "nonsense((("), Quota::default());
        assert_eq!(of("5;q=1", "(\"a\" \"b\");r=1"), Quota::default());
        let negative = of("\"a\";q=-1;w=1.5", "\"a\";r=\"0\"");
        assert_eq!(negative.budget("a").map(|budget| (budget.limit, budget.remaining)), Some((None, None)));
        assert_eq!(QuotaHeaders::default().read(&HeaderMap::new()), Quota::default());
    }

    #[test]
    fn a_policy_that_changes_is_read_again() {
        let reader = QuotaHeaders::default();
        let limits =
            [("\"a\";q=5;w=60", 5), ("\"a\";q=5;w=60", 5), ("\"a\";q=7;w=60", 7), ("\"a\";q=5;w=60", 5)];
        for (policy, limit) in limits {
            let mut headers = HeaderMap::new();
            headers.insert("ratelimit-policy", policy.parse().unwrap());
            headers.insert("ratelimit", "\"a\";r=1".parse().unwrap());
            let quota = reader.read(&headers);
            assert_eq!((quota.budgets.len(), quota.budgets[0].limit), (1, Some(limit)));
            assert_eq!(quota.budgets[0].remaining, Some(1));
            headers.remove("ratelimit");
            assert_eq!(reader.read(&headers).budgets[0].remaining, None, "what was left is not kept");
        }
    }
}
