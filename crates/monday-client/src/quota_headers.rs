//! `RateLimit-Policy` and `RateLimit` (structured fields, RFC 9651) as a [`Quota`].
//!
//! What cannot be read is left out: a broken header must not break an answer. Must not know: what follows from it.

use std::time::Duration;

use http::HeaderMap;
use monday_core::Quota;
use sfv::{BareItem, Item, List, ListEntry, Parameters, Parser};

pub(crate) fn quota(headers: &HeaderMap) -> Quota {
    let mut quota = Quota::default();
    for policy in members(headers, "ratelimit-policy") {
        let Some(name) = name(&policy) else { continue };
        let budget = quota.budget_mut(name);
        budget.limit = number(&policy.params, "q");
        budget.window = number(&policy.params, "w").map(Duration::from_secs);
    }
    for limit in members(headers, "ratelimit") {
        let Some(name) = name(&limit) else { continue };
        let budget = quota.budget_mut(name);
        budget.remaining = number(&limit.params, "r");
        budget.resets_in = number(&limit.params, "t").map(Duration::from_secs);
    }
    quota
}

fn members(headers: &HeaderMap, name: &str) -> Vec<Item> {
    let lines = headers.get_all(name).iter();
    let lists = lines.filter_map(|line| Parser::new(line.as_bytes()).parse::<List>().ok());
    lists
        .flatten()
        .filter_map(|entry| match entry {
            ListEntry::Item(item) => Some(item),
            ListEntry::InnerList(_) => None,
        })
        .collect()
}

fn name(item: &Item) -> Option<&str> {
    match &item.bare_item {
        BareItem::String(name) => Some(name.as_str()),
        BareItem::Token(name) => Some(name.as_str()),
        _ => None,
    }
}

fn number(parameters: &Parameters, key: &str) -> Option<u64> {
    match parameters.get(key)? {
        BareItem::Integer(value) => u64::try_from(i64::from(*value)).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(policy: &str, limit: &str) -> Quota {
        let mut headers = HeaderMap::new();
        headers.insert("ratelimit-policy", policy.parse().unwrap());
        headers.insert("ratelimit", limit.parse().unwrap());
        quota(&headers)
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
        assert_eq!(quota(&HeaderMap::new()), Quota::default());
    }
}
