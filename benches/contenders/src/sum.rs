//! What every contender finds out of the items, so that each has to look at them.
//!
//! Must not know: where items come from.

/// The sum over a board.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Sum {
    /// How many items there were.
    pub items: usize,
    /// Their hours together.
    pub hours: f64,
    /// How many of them are done.
    pub done: usize,
}

impl Sum {
    /// Takes one item in.
    pub fn add(&mut self, hours: Option<f64>, label: Option<&str>) {
        self.items += 1;
        self.hours += hours.unwrap_or_default();
        self.done += usize::from(label == Some("Done"));
    }

    /// Ends the program when a job was not done.
    ///
    /// # Panics
    ///
    /// Panics when other items were read than the server has.
    pub fn check(self, items: usize) {
        let expected = Self::expected(items);
        assert_eq!(self, expected, "other items were read than the server has");
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
