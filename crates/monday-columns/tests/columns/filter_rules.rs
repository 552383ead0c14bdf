//! Every rule that a filter type makes, by its operator: one list for the texts on the wire and for what is
//! reached.
//!
//! Must not know: how rules are made.

use jiff::civil::date;
use monday_columns::filter::*;

pub(crate) type Row = (&'static str, &'static str, Rule);

/// Expressions, each with itself as text and with the column's type.
macro_rules! rows {
    ($($filter:ident($new:expr) { $([$($call:tt)+])+ })+) => {
        vec![$($(($filter::COLUMN_TYPE, stringify!($($call)+), $new $($call)+),)+)+]
    };
}

/// One line for each method of each filter type.
pub(crate) fn every_rule() -> Vec<Row> {
    let (from, to) = (date(2026, 1, 1), date(2026, 3, 31));
    let mut rows = chosen();
    rows.extend(rows![
        TextColumn(TextColumn::new("text")) {
            [.any_of(["a", "b"])] [.not_any_of(["a"])] [.contains_text("a")] [.not_contains_text("a")] [.is_empty()] [.is_not_empty()]
        }
        LongTextColumn(LongTextColumn::new("long")) {
            [.any_of(["a"])] [.not_any_of(["a"])] [.contains_text("a")] [.not_contains_text("a")] [.is_empty()] [.is_not_empty()]
        }
        EmailColumn(EmailColumn::new("email")) {
            [.any_of(["a@b.c"])] [.not_any_of(["a@b.c"])] [.contains_text("@b")] [.not_contains_text("@b")] [.is_empty()]
            [.is_not_empty()]
        }
        LinkColumn(LinkColumn::new("link")) {
            [.any_of(["Open"])] [.not_any_of(["Open"])] [.contains_text("O")] [.not_contains_text("O")] [.is_empty()]
            [.is_not_empty()]
        }
        NameColumn(NameColumn) { [.contains_text("a")] [.not_contains_text("a")] }
        WorldClockColumn(WorldClockColumn::new("clock")) { [.any_of(["London"])] [.not_any_of(["London"])] }
        NumbersColumn(NumbersColumn::new("numbers")) {
            [.any_of([1.0, -2.5])] [.not_any_of([0])] [.greater_than(5)] [.greater_than_or_equals(5.5)] [.lower_than(-1)]
            [.lower_than_or_equal(1e300)] [.is_empty()] [.is_not_empty()]
        }
        DateColumn(DateColumn::new("date4")) {
            [.any_of([DateWord::Today, DateWord::Overdue])] [.not_any_of([DateWord::ThisMonth])] [.on(from)] [.not_on(from)]
            [.after(from)] [.after(DateWord::Today)] [.on_or_after(from)] [.before(from)] [.on_or_before(DateWord::OneWeekAgo)]
            [.between(from, to)] [.within_the_last(7, Unit::Days)] [.within_the_next(2, Unit::Weeks)] [.is_empty()]
            [.is_not_empty()]
        }
        TimelineColumn(TimelineColumn::new("timeline")) {
            [.any_of([TimelineWord::Current])] [.not_any_of([TimelineWord::Milestone])] [.start().after(from)]
            [.start().on_or_after(from)] [.start().before(from)] [.end().on_or_before(to)] [.end().between(from, to)]
            [.is_empty()] [.is_not_empty()]
        }
        WeekColumn(WeekColumn::new("week")) {
            [.any_of([WeekWord::This, WeekWord::Next])] [.not_any_of([WeekWord::Past])] [.is_empty()] [.is_not_empty()]
        }
        HourColumn(HourColumn::new("hour")) {
            [.any_of([DayPart::EarlyMorning])] [.not_any_of([DayPart::Night])] [.is_empty()] [.is_not_empty()]
        }
        CreationLogColumn(CreationLogColumn::built_in()) {
            [.any_of([LogWord::Today])] [.not_any_of([LogWord::ThisWeek])] [.within_the_last(30, Unit::Workdays)]
            [.between(from, to)] [.by([501, 502])] [.not_by([501])]
        }
        LastUpdatedColumn(LastUpdatedColumn::built_in()) {
            [.any_of([LogWord::Yesterday])] [.not_any_of([LogWord::ThisMonth])] [.within_the_last(1, Unit::Months)]
            [.between(from, to)]
        }
    ]);
    rows
}

fn chosen() -> Vec<Row> {
    rows![
        StatusColumn(StatusColumn::new("status")) {
            [.any_of([1, 2])] [.not_any_of([0])] [.contains_terms("Done")] [.is_empty()] [.is_not_empty()]
        }
        DropdownColumn(DropdownColumn::new("dropdown")) {
            [.any_of([1, 2])] [.not_any_of([3])] [.contains_text("Web")] [.not_contains_text("Web")] [.is_empty()]
            [.is_not_empty()]
        }
        CheckboxColumn(CheckboxColumn::new("check")) { [.is_checked()] [.is_unchecked()] }
        TagsColumn(TagsColumn::new("tags")) { [.any_of([295_026])] [.not_any_of([295_064])] [.is_empty()] [.is_not_empty()] }
        CountryColumn(CountryColumn::new("country")) {
            [.any_of(["US", "UY"])] [.not_any_of(["IL"])] [.contains_text("United")] [.not_contains_text("United")]
            [.is_empty()] [.is_not_empty()]
        }
        PhoneColumn(PhoneColumn::new("phone")) {
            [.any_of(["US"])] [.not_any_of(["US"])] [.contains_text("555")] [.not_contains_text("555")] [.is_empty()]
            [.is_not_empty()]
        }
        RatingColumn(RatingColumn::new("rating")) { [.any_of([4, 5])] [.not_any_of([0])] }
        TimeTrackingColumn(TimeTrackingColumn::new("time")) { [.is_running()] [.is_paused()] }
        PeopleColumn(PeopleColumn::new("person")) {
            [.any_of([Person::Me, Person::user(501), Person::team(7)])] [.not_any_of([Person::Me])]
            [.contains_text("Ada")] [.not_contains_text("Ada")] [.contains_terms("Example Ada")] [.starts_with("Ada")]
            [.ends_with("Example")] [.is_empty()] [.is_not_empty()]
        }
        VoteColumn(VoteColumn::new("vote")) { [.any_of([501])] [.not_any_of([501])] [.is_empty()] [.is_not_empty()] }
        BoardRelationColumn(BoardRelationColumn::new("connect")) {
            [.any_of([123])] [.not_any_of([123])] [.contains_text("Acme")] [.not_contains_text("Acme")] [.is_empty()]
            [.is_not_empty()]
        }
        DependencyColumn(DependencyColumn::new("depends")) {
            [.any_of([123])] [.not_any_of([123])] [.is_empty()] [.is_not_empty()]
        }
        SubtasksColumn(SubtasksColumn::new("subitems")) { [.is_empty()] [.is_not_empty()] }
        LocationColumn(LocationColumn::new("location")) { [.is_empty()] [.is_not_empty()] }
        GroupColumn(GroupColumn) { [.any_of(["topics", "group_2"])] [.not_any_of(["topics"])] }
        ItemIdColumn(ItemIdColumn) { [.any_of([123])] [.not_any_of([123])] }
    ]
}
