//! Names that are like another.

use strsim::{damerau_levenshtein, normalized_damerau_levenshtein};

/// So many names are listed when none is near.
const LISTED: usize = 8;

/// `: did you mean …?`, or the whole list if it is short, behind `intro`; empty when nothing helps.
pub(super) fn did_you_mean(name: &str, known: &[&str], intro: &str) -> String {
    let near = nearest(name, known);
    match near.as_slice() {
        [] if !intro.is_empty() && !known.is_empty() && known.len() <= LISTED => {
            format!(": {intro} {}", listed(known, "and"))
        }
        [] => String::new(),
        near => format!(": did you mean {}?", listed(near, "or")),
    }
}

/// At most two names, the nearest first.
pub(super) fn nearest<'a>(name: &str, known: &[&'a str]) -> Vec<&'a str> {
    let (wanted, allowed) = (plain(name), name.len() / 3 + 1);
    let mut near: Vec<(usize, usize, &str)> = known
        .iter()
        .filter_map(|other| {
            let candidate = plain(other);
            let distance = damerau_levenshtein(&wanted, &candidate);
            let alike = normalized_damerau_levenshtein(&wanted, &candidate) >= 0.5;
            let holds = wanted.len() >= 4 && candidate.contains(&wanted);
            ((distance <= allowed && alike) || holds).then_some((distance.min(allowed), other.len(), *other))
        })
        .collect();
    near.sort_unstable();
    let best = near.first().map(|(distance, ..)| *distance);
    near.into_iter()
        .filter(|(distance, ..)| Some(*distance) == best)
        .take(2)
        .map(|(.., other)| other)
        .collect()
}

/// Spelling aside: `boardKind` is `board_kind`.
fn plain(name: &str) -> String {
    name.chars().filter(|c| *c != '_').flat_map(char::to_lowercase).collect()
}

fn listed(names: &[&str], word: &str) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [others @ .., last] if !others.is_empty() => format!("{} {word} {last}", others.join(", ")),
        names => names.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_names_come_first_and_far_ones_not_at_all() {
        let known = ["name", "names", "id", "board_kind", "created_at"];
        assert_eq!(nearest("nmae", &known), ["name"]);
        assert_eq!(nearest("boardKind", &known), ["board_kind"]);
        assert_eq!(nearest("created", &known), ["created_at"]);
        assert!(nearest("x", &known).is_empty() && nearest("telephone", &known).is_empty());
    }

    #[test]
    fn a_short_list_is_told_when_no_name_is_near() {
        assert_eq!(
            did_you_mean("zzz", &["public", "share"], "its values are"),
            ": its values are `public` and `share`"
        );
        assert_eq!(did_you_mean("zzz", &["public"], ""), "");
    }
}
