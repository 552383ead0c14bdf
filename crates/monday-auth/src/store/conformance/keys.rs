//! Promises about keys: each has a record and a lease of its own, whatever its text.
//!
//! Must not know: versions.

use std::sync::Arc;

use super::check::{Check, Kept, broken, holds};
use super::ground::{Ground, LONG};
use crate::TokenKey;

pub(super) const CHECKS: &[Check] = &[
    Check {
        promise: "every key has a record of its own, and deleting one leaves the others",
        run: |at| Box::pin(records(at)),
    },
    Check { promise: "every key has a lease of its own", run: |at| Box::pin(leases(at)) },
    Check {
        promise: "a key of any text can be leased, saved, loaded and deleted",
        run: |at| Box::pin(hostile(at)),
    },
];

/// Keys that a careless store takes for one another.
fn look_alikes(at: &Ground) -> Vec<TokenKey> {
    let run = at.unique();
    // Parts that run into each other, with every separator one might think of.
    let parts = [
        ["", "ab", "c"],
        ["", "a", "bc"],
        ["", "abc", ""],
        ["", "", "abc"],
        ["a", "b", "c"],
        ["a", "", "bc"],
        ["", "a/b", "c"],
        ["", "a", "b/c"],
        ["", "a:b", "c"],
        ["", "a", "b:c"],
        ["", "a\0b", "c"],
        ["", "a", "b\0c"],
        ["", "a|b", "c"],
        ["", "a", "b|c"],
        ["", "a_b", "c"],
        ["", "a", "b_c"],
    ];
    // One part only, in each place.
    let names = [
        "acme",
        "Acme",
        "ACME",
        "acme ",
        " acme",
        "acme\t",
        "acme.",
        "acm",
        "acmee",
        "caf\u{e9}",
        "cafe\u{301}",
        "cafe",
        "\u{fb01}",
        "fi",
        "\u{df}",
        "ss",
        "\u{131}",
        "i",
        "I",
        "\u{130}",
        "\u{212a}",
        "k",
        "1",
        "01",
        "%61cme",
        "null",
    ];
    let mut keys: Vec<_> =
        parts.iter().map(|[app, account, user]| at.key_of(&format!("{run}{app}"), account, user)).collect();
    keys.extend(names.iter().map(|name| at.key_of(&run, name, "user")));
    let few = || names.iter().take(6);
    keys.extend(few().map(|name| at.key_of(&run, "account", name)));
    keys.extend(few().map(|name| at.key_of(&format!("{run}-{name}"), "account", "user")));
    keys.extend([at.key_of("", "", &run), at.key_of("", &run, ""), at.key_of(&run, "", "")]);
    keys
}

/// Where in the list a key stands, since its text may be anything.
fn number(place: usize, what: &str) -> String {
    format!("key {place} of those that look alike: {what}")
}

async fn records(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    let mut kept = Vec::new();
    for (place, key) in look_alikes(at).into_iter().enumerate() {
        let record = Arc::new(at.record(place as u64));
        let put = first.put(&key, &record).await;
        put.map_err(|found| number(place, &found))?;
        kept.push((place, key, record));
    }
    for (place, key, record) in &kept {
        second.has(key, record).await.map_err(|found| number(*place, &found))?;
    }
    // Every second one.
    let (gone, left): (Vec<_>, Vec<_>) = kept.iter().partition(|(place, ..)| place % 2 == 0);
    for (_, key, _) in &gone {
        second.delete(key).await?;
    }
    for (place, key, _) in gone {
        first.has_none(key).await.map_err(|found| number(*place, &format!("deleted, and {found}")))?;
    }
    for (place, key, record) in left {
        let found = first.has(key, record).await;
        found.map_err(|found| number(*place, &format!("another one was deleted, and {found}")))?;
    }
    Ok(())
}

async fn leases(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    let keys = look_alikes(at);
    let mut held = Vec::new();
    for (place, key) in keys.iter().enumerate() {
        let handle = if place % 2 == 0 { first } else { second };
        match handle.try_lease(key, LONG).await? {
            Some(lease) => held.push(lease),
            None => return broken(number(place, "the lease of another one stands for this one's")),
        }
    }
    for (place, (key, lease)) in keys.iter().zip(&held).enumerate() {
        holds(lease.covers(key), &number(place, "its lease does not cover it"))?;
    }
    Ok(())
}

/// Texts that mean something to files, shells, query languages, terminals or key patterns.
fn hostile_texts() -> Vec<String> {
    let texts = [
        "",
        " ",
        ".",
        "..",
        "../../etc/passwd",
        "/",
        "//",
        "\\",
        "C:\\con",
        "nul",
        "~",
        "-rf",
        "*",
        "?",
        "[a-z]*",
        "{}",
        "{0}",
        "${HOME}",
        "$1",
        "$(id)",
        "`id`",
        "%",
        "%00",
        "%2e%2e%2f",
        "%s%n",
        "\0",
        "a\0b",
        "\n",
        "a\r\nb: c",
        "\r",
        "\t",
        "\"",
        "'",
        "''",
        "\"}",
        "'; DROP TABLE monday_token_records; --",
        "\\'; --",
        "/* */",
        "redis.call('FLUSHALL')",
        "<script>",
        "&amp;",
        "\u{1b}[2J",
        "\u{7f}",
        "\u{80}",
        "\u{200b}",
        "\u{202e}gnp.exe",
        "\u{feff}",
        "\u{1f600}",
        "\u{1f468}\u{200d}\u{1f469}",
        "\u{10ffff}",
        "\u{fffd}",
        "\u{e000}",
        "null",
        "0",
        "-1",
        "NaN",
        "true",
    ];
    texts.iter().map(|text| (*text).to_owned()).chain(["x".repeat(4096), "\u{20ac}".repeat(1365)]).collect()
}

async fn hostile(at: &Ground) -> Kept {
    let (first, second) = at.handles();
    for (place, text) in hostile_texts().iter().enumerate() {
        let run = at.unique();
        // In each of the three parts in turn.
        let key = match place % 3 {
            0 => at.key_of(&run, text, "user"),
            1 => at.key_of(&run, "account", text),
            _ => at.key_of(text, &run, text),
        };
        let record = Arc::new(at.record(1));
        let kept = async {
            first.put(&key, &record).await?;
            second.has(&key, &record).await?;
            second.delete(&key).await?;
            first.has_none(&key).await
        };
        let shown: String = text.chars().take(24).collect();
        kept.await.map_err(|found: String| format!("the text {shown:?}: {found}"))?;
    }
    Ok(())
}
