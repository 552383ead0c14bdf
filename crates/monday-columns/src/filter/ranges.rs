//! Filters on timelines, weeks and hours.
//!
//! Must not know: an account's first day of the week.

use jiff::civil::Date;
use monday_core::ColumnId;
use monday_queries::enums::ItemsQueryRuleOperator as Operator;
use serde_json::Value;

use super::dates::words;
use super::rule::{choice, column, day, days, emptiness};
use super::{Rule, RuleFault};

words! {
    /// monday's words for timelines. Source: the page `timeline`.
    TimelineWord {
        /// Today is in it.
        Current = "CURRENT",
        /// It ends today.
        DueToday = "DUE_TODAY",
        /// It has not started.
        Future = "FUTURE_TIMELINE",
        /// It has ended.
        Past = "PAST_TIMELINE",
        /// Done in time.
        DoneOnTime = "DONE_ON_TIME",
        /// Ended, and not done.
        Overdue = "OVERDUE",
        /// Done too late.
        DoneOverdue = "DONE_OVERDUE",
        /// It is shown as a milestone.
        Milestone = "MILESTONE",
    }
}

words! {
    /// monday's words for weeks. Source: the page `week`.
    WeekWord {
        /// This week.
        This = "THIS_WEEK",
        /// Later weeks.
        Next = "NEXT_WEEKS",
        /// Earlier weeks.
        Past = "PAST_WEEKS",
    }
}

words! {
    /// Parts of the day, in the time zone of the user who asks. Source: the page `hour`.
    DayPart {
        /// 4:00 to 7:00.
        EarlyMorning = "Early morning",
        /// 7:00 to 12:00.
        Morning = "Morning",
        /// 12:00 to 20:00.
        Afternoon = "Afternoon",
        /// 20:00 to 23:00.
        Evening = "Evening",
        /// 23:00 to 4:00.
        Night = "Night",
    }
}

column! {
    /// Timelines: as a whole by monday's words, or one of their ends by days. Source: the page `timeline`;
    /// the form of days is the guidelines'.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use monday_columns::filter::{Filter, TimelineColumn, TimelineWord};
    /// let timeline = TimelineColumn::new("timeline");
    /// let query = Filter::all([
    ///     timeline.not_any_of([TimelineWord::Past]),
    ///     timeline.start().before(date(2026, 12, 1)),
    /// ])
    /// .build()?;
    /// # let _ = query;
    /// # Ok::<(), monday_columns::filter::InvalidFilter>(())
    /// ```
    TimelineColumn, "timeline"
}
column! {
    /// Weeks. Source: the page `week`.
    WeekColumn, "week"
}
column! {
    /// Hours, by the part of the day. Source: the page `hour`.
    HourColumn, "hour"
}

emptiness!(TimelineColumn WeekColumn HourColumn);
choice!(TimelineColumn, /** monday's words. */ words: TimelineWord, |word: TimelineWord| Ok(word.as_str().into()));
choice!(WeekColumn, /** monday's words. */ words: WeekWord, |word: WeekWord| Ok(word.as_str().into()));
choice!(HourColumn, /** Parts of the day. */ parts: DayPart, |part: DayPart| Ok(part.as_str().into()));

impl TimelineColumn {
    /// The first day: `START_DATE`.
    #[must_use]
    pub fn start(&self) -> TimelineEnd {
        TimelineEnd { column: self.0.clone(), attribute: "START_DATE" }
    }

    /// The last day: `END_DATE`.
    #[must_use]
    pub fn end(&self) -> TimelineEnd {
        TimelineEnd { column: self.0.clone(), attribute: "END_DATE" }
    }
}

/// The first or the last day of a timeline. monday finds nothing unless it is told which.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineEnd {
    column: ColumnId,
    attribute: &'static str,
}

impl TimelineEnd {
    /// Later: `greater_than`.
    pub fn after(&self, date: Date) -> Rule {
        self.rule(Operator::GreaterThan, day(date))
    }

    /// Then or later: `greater_than_or_equals`.
    pub fn on_or_after(&self, date: Date) -> Rule {
        self.rule(Operator::GreaterThanOrEquals, day(date))
    }

    /// Earlier: `lower_than`.
    pub fn before(&self, date: Date) -> Rule {
        self.rule(Operator::LowerThan, day(date))
    }

    /// Then or earlier: `lower_than_or_equal`.
    pub fn on_or_before(&self, date: Date) -> Rule {
        self.rule(Operator::LowerThanOrEqual, day(date))
    }

    /// From the first day to the last, both of them in: `between`.
    pub fn between(&self, from: Date, to: Date) -> Rule {
        self.rule(Operator::Between, days(from, to))
    }

    fn rule(&self, operator: Operator, value: Result<Value, RuleFault>) -> Rule {
        Rule::new(&self.column, "TimelineColumn", operator, value).compare_attribute(self.attribute)
    }
}
