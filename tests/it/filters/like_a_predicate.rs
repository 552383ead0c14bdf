//! Filters drawn at random find what a predicate in Rust finds among the same items, and sort as Rust sorts.
//!
//! Must not know: how the sandbox evaluates.

use std::cmp::Ordering;
use std::sync::LazyLock;

use monday_sandbox::Sandbox;
use monday_sdk::Client;
use monday_sdk::columns::filter::*;
use monday_sdk::columns::jiff::ToSpan as _;
use monday_sdk::columns::jiff::civil::{Date, date};
use monday_sdk::columns::{
    CheckboxChange, ColumnValues, DateChange, NumbersChange, StatusChange, TextChange,
};
use monday_sdk::core::BoardId;
use monday_sdk::queries::CreateItem;
use proptest::prelude::*;
use tokio::runtime::Runtime;

use super::names;
use crate::support::sandbox;

const WORDS: [&str; 6] = ["alpha", "Beta", "gamma ray", "alphabet", "RAY", "b"];

#[derive(Debug)]
struct Row {
    name: String,
    text: Option<&'static str>,
    number: Option<i32>,
    status: Option<u32>,
    due: Option<Date>,
    is_checked: bool,
}

/// A board of 48 items, with some columns empty.
struct Place {
    runtime: Runtime,
    _sandbox: Sandbox,
    client: Client,
    board: BoardId,
    rows: Vec<Row>,
}

fn day(number: i64) -> Date {
    date(2026, 10, 20) + number.days()
}

fn rows() -> Vec<Row> {
    let every = |number: usize, step: usize| number % step != step - 1;
    let row = |number: usize| Row {
        name: format!("{number:02} {}", WORDS[number % 5]),
        text: every(number, 4).then(|| WORDS[number * 7 % WORDS.len()]),
        number: every(number, 5).then(|| i32::try_from(number * 13 % 21).unwrap() - 10),
        status: every(number, 3).then(|| u32::try_from(number * 5 % 4).unwrap()),
        due: every(number, 6).then(|| day(i64::try_from(number * 11 % 30).unwrap())),
        is_checked: number.is_multiple_of(2),
    };
    (0..48).map(row).collect()
}

static PLACE: LazyLock<Place> = LazyLock::new(|| {
    let runtime = Runtime::new().unwrap();
    let rows = rows();
    let (sandbox, client, board) = runtime.block_on(async {
        let (sandbox, client) = sandbox(0).await;
        let board = BoardId::from(sandbox.large_board_id());
        for row in &rows {
            let mut values = ColumnValues::new().set("checkbox", CheckboxChange::checked(row.is_checked));
            values =
                row.text.into_iter().fold(values, |values, text| values.set("text", TextChange::text(text)));
            values = row.number.into_iter().fold(values, |values, number| {
                values.set("numbers", NumbersChange::number(f64::from(number)))
            });
            values = row
                .status
                .into_iter()
                .fold(values, |values, index| values.set("status", StatusChange::index(index)));
            values =
                row.due.into_iter().fold(values, |values, due| values.set("date4", DateChange::day(due)));
            client
                .execute(CreateItem::new(&board, &row.name).column_values(values.json().unwrap()))
                .await
                .unwrap();
        }
        (sandbox, client, board)
    });
    Place { runtime, _sandbox: sandbox, client, board, rows }
});

impl Place {
    fn read(&self, filter: Filter) -> Vec<String> {
        self.runtime.block_on(names(&self.client, &self.board, filter)).unwrap()
    }
}

/// One condition, to be said in both languages.
#[derive(Debug, Clone)]
enum Leaf {
    Contains(String, bool),
    Text(Vec<&'static str>, bool),
    Number(Ordering, bool, i32),
    Status(Vec<u32>, bool),
    Before(i64),
    OnOrAfter(i64),
    On(i64, bool),
    Between(i64, i64),
    Empty(usize, bool),
}

impl Leaf {
    fn rule(&self) -> Rule {
        let (text, numbers, status, due) = (
            TextColumn::new("text"),
            NumbersColumn::new("numbers"),
            StatusColumn::new("status"),
            DateColumn::new("date4"),
        );
        match self {
            Self::Contains(part, true) => text.contains_text(part),
            Self::Contains(part, false) => text.not_contains_text(part),
            Self::Text(texts, true) => text.any_of(texts.iter().copied()),
            Self::Text(texts, false) => text.not_any_of(texts.iter().copied()),
            Self::Number(Ordering::Greater, false, number) => numbers.greater_than(*number),
            Self::Number(Ordering::Greater, true, number) => numbers.greater_than_or_equals(*number),
            Self::Number(Ordering::Less, false, number) => numbers.lower_than(*number),
            Self::Number(Ordering::Less, true, number) => numbers.lower_than_or_equal(*number),
            Self::Number(Ordering::Equal, true, number) => numbers.any_of([*number]),
            Self::Number(Ordering::Equal, false, number) => numbers.not_any_of([*number]),
            Self::Status(indexes, true) => status.any_of(indexes.iter().copied()),
            Self::Status(indexes, false) => status.not_any_of(indexes.iter().copied()),
            Self::Before(number) => due.before(day(*number)),
            Self::OnOrAfter(number) => due.on_or_after(day(*number)),
            Self::On(number, true) => due.on(day(*number)),
            Self::On(number, false) => due.not_on(day(*number)),
            Self::Between(from, to) => due.between(day(*from), day(*to)),
            Self::Empty(0, true) => text.is_empty(),
            Self::Empty(0, false) => text.is_not_empty(),
            Self::Empty(1, true) => numbers.is_empty(),
            Self::Empty(1, false) => numbers.is_not_empty(),
            Self::Empty(2, true) => status.is_empty(),
            Self::Empty(2, false) => status.is_not_empty(),
            Self::Empty(3, true) => due.is_empty(),
            Self::Empty(3, false) => due.is_not_empty(),
            Self::Empty(_, true) => CheckboxColumn::new("checkbox").is_unchecked(),
            Self::Empty(_, false) => CheckboxColumn::new("checkbox").is_checked(),
        }
    }

    fn holds(&self, row: &Row) -> bool {
        let due = |held: &dyn Fn(Date) -> bool| row.due.is_some_and(held);
        match self {
            Self::Contains(part, is) => {
                row.text.unwrap_or_default().to_lowercase().contains(&part.to_lowercase()) == *is
            }
            Self::Text(texts, is) => row.text.is_some_and(|text| texts.contains(&text)) == *is,
            Self::Number(Ordering::Equal, is, number) => (row.number == Some(*number)) == *is,
            Self::Number(order, or_equal, number) => {
                row.number.is_some_and(|value| value.cmp(number) == *order || (*or_equal && value == *number))
            }
            Self::Status(indexes, is) => row.status.is_some_and(|index| indexes.contains(&index)) == *is,
            Self::Before(number) => due(&|due| due < day(*number)),
            Self::OnOrAfter(number) => due(&|due| due >= day(*number)),
            Self::On(number, is) => due(&|due| due == day(*number)) == *is,
            Self::Between(from, to) => due(&|due| day(*from) <= due && due <= day(*to)),
            Self::Empty(0, is) => row.text.is_none() == *is,
            Self::Empty(1, is) => row.number.is_none() == *is,
            Self::Empty(2, is) => row.status.is_none() == *is,
            Self::Empty(3, is) => row.due.is_none() == *is,
            Self::Empty(_, is) => row.is_checked != *is,
        }
    }
}

#[derive(Debug, Clone)]
struct Tree {
    is_any: bool,
    leaves: Vec<Leaf>,
    groups: Vec<Tree>,
}

impl Tree {
    fn group(&self) -> RuleGroup {
        let rules = self.leaves.iter().map(Leaf::rule);
        let group = if self.is_any { RuleGroup::any(rules) } else { RuleGroup::all(rules) };
        self.groups.iter().fold(group, |group, inner| group.group(inner.group()))
    }

    fn filter(&self) -> Filter {
        let rules = self.leaves.iter().map(Leaf::rule);
        let filter = if self.is_any { Filter::any(rules) } else { Filter::all(rules) };
        self.groups.iter().fold(filter, |filter, inner| filter.group(inner.group()))
    }

    fn holds(&self, row: &Row) -> bool {
        let mut held = self
            .leaves
            .iter()
            .map(|leaf| leaf.holds(row))
            .chain(self.groups.iter().map(|group| group.holds(row)));
        if self.is_any { held.any(|held| held) } else { held.all(|held| held) }
    }
}

fn leaf() -> impl Strategy<Value = Leaf> {
    let part = proptest::sample::select(vec!["a", "ALPHA", "ray", "b", "zzz", "gamma r", "et"]);
    let order = proptest::sample::select(vec![Ordering::Less, Ordering::Equal, Ordering::Greater]);
    let texts = proptest::sample::subsequence(WORDS.to_vec(), 1..4);
    prop_oneof![
        (part, any::<bool>()).prop_map(|(part, is)| Leaf::Contains(part.to_owned(), is)),
        (texts, any::<bool>()).prop_map(|(texts, is)| Leaf::Text(texts, is)),
        (order, any::<bool>(), -11..=11).prop_map(|(order, is, number)| Leaf::Number(order, is, number)),
        (proptest::sample::subsequence(vec![0_u32, 1, 2, 3], 1..4), any::<bool>())
            .prop_map(|(indexes, is)| Leaf::Status(indexes, is)),
        (-1_i64..31).prop_map(Leaf::Before),
        (-1_i64..31).prop_map(Leaf::OnOrAfter),
        (0_i64..30, any::<bool>()).prop_map(|(number, is)| Leaf::On(number, is)),
        (-1_i64..31, 0_i64..10).prop_map(|(from, more)| Leaf::Between(from, from + more)),
        (0_usize..5, any::<bool>()).prop_map(|(column, is)| Leaf::Empty(column, is)),
    ]
}

fn tree() -> impl Strategy<Value = Tree> {
    let node = |groups: BoxedStrategy<Vec<Tree>>| {
        (any::<bool>(), proptest::collection::vec(leaf(), 1..4), groups)
            .prop_map(|(is_any, leaves, groups)| Tree { is_any, leaves, groups })
    };
    let leafy = node(Just(Vec::new()).boxed()).boxed();
    let middle = node(proptest::collection::vec(leafy, 0..3).boxed()).boxed();
    node(proptest::collection::vec(middle, 0..3).boxed())
}

fn found<'a>(tree: &Tree) -> Vec<&'a Row> {
    PLACE.rows.iter().filter(|row| tree.holds(row)).collect()
}

fn names_of(rows: &[&Row]) -> Vec<String> {
    rows.iter().map(|row| row.name.clone()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_condition_finds_what_a_predicate_finds(leaf in leaf()) {
        let tree = Tree { is_any: false, leaves: vec![leaf], groups: Vec::new() };
        prop_assert_eq!(PLACE.read(tree.filter()), names_of(&found(&tree)));
    }

    #[test]
    fn groups_of_conditions_find_what_a_predicate_finds(tree in tree()) {
        prop_assert_eq!(PLACE.read(tree.filter()), names_of(&found(&tree)));
    }

    #[test]
    fn what_is_found_is_sorted_by_one_column_after_the_other(tree in tree(), is_descending: bool, first in 0_usize..3) {
        let mut rows = found(&tree);
        let compare = |a: &Row, b: &Row| match first {
            0 => a.number.cmp(&b.number),
            1 => a.due.cmp(&b.due),
            _ => a.text.cmp(&b.text),
        };
        rows.sort_by(|a, b| {
            let order = if is_descending { compare(b, a) } else { compare(a, b) };
            // Names are unique: the order is whole.
            order.then_with(|| b.name.cmp(&a.name))
        });
        let order = if is_descending { Order::Descending } else { Order::Ascending };
        let filter = tree.filter().order_by(["numbers", "date4", "text"][first], order).order_by("name", Order::Descending);
        prop_assert_eq!(PLACE.read(filter), names_of(&rows));
    }
}
