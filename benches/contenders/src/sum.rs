//! What every contender finds out of the items, so that each has to look at them.
//!
//! Must not know: where items come from.

use crate::board_item;

/// The sum over a board.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sum {
    /// How many items there were.
    pub items: usize,
    /// Their hours together.
    pub hours: f64,
    /// How many of them are done.
    pub done: usize,
    /// How long all that was asked for is together, where a contender says it: bytes without JSON's escapes.
    pub bytes: Option<usize>,
}

impl Sum {
    /// Takes one item in.
    pub fn add(&mut self, hours: Option<f64>, label: Option<&str>) {
        self.items += 1;
        self.hours += hours.unwrap_or_default();
        self.done += usize::from(label == Some("Done"));
    }

    /// Takes in how long texts of an item are, each without JSON's escapes.
    pub fn add_texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) {
        let bytes: usize = texts.into_iter().map(str::len).sum();
        self.bytes = Some(self.bytes.unwrap_or_default() + bytes);
    }

    /// Ends the program when a job was not done.
    ///
    /// # Panics
    ///
    /// Panics when other items were read than the server has.
    pub fn check(self, items: usize) {
        let expected = Self::expected(items);
        assert_eq!(Self { bytes: None, ..self }, expected, "other items were read than the server has");
    }

    /// Ends the program when texts were read and are not the server's. What there is to find takes longer than reading
    /// it: so this is for after the measurement.
    ///
    /// # Panics
    ///
    /// Panics when other texts were read than the server has.
    pub fn check_texts(self, items: usize) {
        if let Some(bytes) = self.bytes {
            assert_eq!(bytes, expected_bytes(items), "other texts were read than the server has");
        }
    }

    /// What there is to find: item `n` takes `n % 8` and a half hours, and every third is done.
    fn expected(items: usize) -> Self {
        let mut sum = Self::default();
        for number in 0..items {
            #[expect(clippy::cast_precision_loss, reason = "less than eight")]
            let hours = (number % 8) as f64 + 0.5;
            sum.add(Some(hours), (number % 3 == 0).then_some("Done"));
        }
        sum
    }
}

/// How long the texts of all items are.
fn expected_bytes(items: usize) -> usize {
    let item = |number: usize| {
        let group = board_item::group_id(board_item::group_of(number, items));
        let columns: usize = board_item::columns(number)
            .iter()
            .map(|column| column.id.len() + column.kind.len() + column.text.len() + column.value.len())
            .sum();
        board_item::id(number).len() + board_item::name(number).len() + group.len() + columns
    };
    (0..items).map(item).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(items: usize) -> Sum {
        let mut sum = Sum::expected(items);
        for number in 0..items {
            let group = board_item::group_id(board_item::group_of(number, items));
            sum.add_texts([
                board_item::id(number).as_str(),
                board_item::name(number).as_str(),
                group.as_str(),
            ]);
            for column in board_item::columns(number) {
                sum.add_texts([column.id, column.kind, column.text.as_str(), column.value.as_str()]);
            }
        }
        sum
    }

    #[test]
    fn what_the_server_has_is_right_with_texts_and_without() {
        for sum in [of(10), Sum::expected(10)] {
            sum.check(10);
            sum.check_texts(10);
        }
    }

    #[test]
    #[should_panic(expected = "other texts were read")]
    fn a_text_that_is_cut_is_found() {
        Sum { bytes: of(10).bytes.map(|bytes| bytes - 1), ..of(10) }.check_texts(10);
    }

    #[test]
    #[should_panic(expected = "other items were read")]
    fn an_item_too_many_is_found() {
        of(10).check(9);
    }
}
