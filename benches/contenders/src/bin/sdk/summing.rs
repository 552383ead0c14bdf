//! Items on their way into a sum: kept until the last one is there, or added as they come.
//!
//! Must not know: how they are read, what is read of one.

use monday_contenders::Sum;

/// What of an item is added.
pub(crate) type Add<I> = fn(&mut Sum, &I);

pub(crate) struct Summing<I> {
    is_kept: bool,
    kept: Vec<I>,
    sum: Sum,
    add: Add<I>,
}

impl<I> Summing<I> {
    pub(crate) fn new(is_kept: bool, add: Add<I>) -> Self {
        Self { is_kept, kept: Vec::new(), sum: Sum::default(), add }
    }

    pub(crate) fn take(&mut self, item: I) {
        if self.is_kept {
            self.kept.push(item);
        } else {
            (self.add)(&mut self.sum, &item);
        }
    }

    pub(crate) fn sum(mut self) -> Sum {
        for item in &self.kept {
            (self.add)(&mut self.sum, item);
        }
        self.sum
    }
}
