//! Filters on dates: days, monday's words for days, and windows around today.
//!
//! Days are those of the user who asks, in monday's settings: time zone, and first day of the week. Must not
//! know: what day it is.

use jiff::civil::Date;
use monday_queries::enums::ItemsQueryRuleOperator as Operator;
use serde_json::{Value, json};

use super::rule::{choice, column, day, days, emptiness};
use super::{Rule, RuleFault};

/// An enum of monday's words.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$word_doc:meta])* $word:ident = $wire:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$word_doc])* $word,)+
        }

        impl $name {
            /// The word as it stands on the wire.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$word => $wire,)+
                }
            }
        }
    };
}
pub(super) use words;

words! {
    /// monday's words for dates. Source: the page `date`.
    DateWord {
        /// Today.
        Today = "TODAY",
        /// Tomorrow.
        Tomorrow = "TOMORROW",
        /// Yesterday.
        Yesterday = "YESTERDAY",
        /// A day of this week.
        ThisWeek = "THIS_WEEK",
        /// A day of the week before this one.
        OneWeekAgo = "ONE_WEEK_AGO",
        /// A day of the week after this one.
        OneWeekFromNow = "ONE_WEEK_FROM_NOW",
        /// A day of this month.
        ThisMonth = "THIS_MONTH",
        /// A day of the month before this one.
        OneMonthAgo = "ONE_MONTH_AGO",
        /// A day of the month after this one.
        OneMonthFromNow = "ONE_MONTH_FROM_NOW",
        /// Before now.
        PastDatetime = "PAST_DATETIME",
        /// After now.
        FutureDatetime = "FUTURE_DATETIME",
        /// To come, and not done.
        Upcoming = "UPCOMING",
        /// Past, and not done.
        Overdue = "OVERDUE",
        /// Done in time.
        DoneOnTime = "DONE_ON_TIME",
        /// Done too late.
        DoneOverdue = "DONE_OVERDUE",
    }
}

words! {
    /// What windows are measured in. Source: the guidelines.
    Unit {
        /// Days.
        Days = "DAYS",
        /// Days of work.
        Workdays = "WORKDAYS",
        /// Weeks.
        Weeks = "WEEKS",
        /// Months.
        Months = "MONTHS",
    }
}

/// A day, or one of monday's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatePoint {
    /// This day.
    Day(Date),
    /// The days of a word: those of a week are before it if all of them are.
    Word(DateWord),
}

impl From<Date> for DatePoint {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

impl From<DateWord> for DatePoint {
    fn from(word: DateWord) -> Self {
        Self::Word(word)
    }
}

column! {
    /// Dates. Source: the page `date`; the forms of values are the guidelines'.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use monday_columns::filter::{DateColumn, DateWord, Filter, Unit};
    /// let due = DateColumn::new("date4");
    /// let query = Filter::any([
    ///     due.before(DateWord::Today),
    ///     due.on(date(2026, 12, 24)),
    ///     due.within_the_next(2, Unit::Weeks),
    ///     due.is_empty(),
    /// ])
    /// .build()?;
    /// # let _ = query;
    /// # Ok::<(), monday_columns::filter::InvalidFilter>(())
    /// ```
    DateColumn, "date"
}

emptiness!(DateColumn);
choice!(DateColumn, /** monday's words; for a day there is `on`. */ words: DateWord, |word: DateWord| Ok(word.as_str().into()));

impl DateColumn {
    /// On this day: `any_of`.
    pub fn on(&self, day: Date) -> Rule {
        self.rule(Operator::AnyOf, exact(day))
    }

    /// Not on this day: `not_any_of`.
    pub fn not_on(&self, day: Date) -> Rule {
        self.rule(Operator::NotAnyOf, exact(day))
    }

    /// Later: `greater_than`.
    pub fn after(&self, day: impl Into<DatePoint>) -> Rule {
        self.rule(Operator::GreaterThan, point(day.into()))
    }

    /// Then or later: `greater_than_or_equals`.
    pub fn on_or_after(&self, day: impl Into<DatePoint>) -> Rule {
        self.rule(Operator::GreaterThanOrEquals, point(day.into()))
    }

    /// Earlier: `lower_than`.
    pub fn before(&self, day: impl Into<DatePoint>) -> Rule {
        self.rule(Operator::LowerThan, point(day.into()))
    }

    /// Then or earlier: `lower_than_or_equal`.
    pub fn on_or_before(&self, day: impl Into<DatePoint>) -> Rule {
        self.rule(Operator::LowerThanOrEqual, point(day.into()))
    }

    /// From the first day to the last, both of them in: `between`.
    pub fn between(&self, from: Date, to: Date) -> Rule {
        self.rule(Operator::Between, days(from, to))
    }

    /// In the last so many: `within_the_last`.
    pub fn within_the_last(&self, amount: u32, unit: Unit) -> Rule {
        self.rule(Operator::WithinTheLast, window(amount, unit))
    }

    /// In the next so many: `within_the_next`.
    pub fn within_the_next(&self, amount: u32, unit: Unit) -> Rule {
        self.rule(Operator::WithinTheNext, window(amount, unit))
    }
}

fn exact(date: Date) -> Result<Value, RuleFault> {
    Ok(json!(["EXACT", day(date)?]))
}

fn point(point: DatePoint) -> Result<Value, RuleFault> {
    match point {
        DatePoint::Day(day) => exact(day),
        DatePoint::Word(word) => Ok(word.as_str().into()),
    }
}

/// `[UNIT, AMOUNT]`
pub(super) fn window(amount: u32, unit: Unit) -> Result<Value, RuleFault> {
    if amount == 0 { Err(RuleFault::Window) } else { Ok(json!([unit.as_str(), amount])) }
}
