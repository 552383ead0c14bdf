//! What is written is read back equal, whatever it is.
//!
//! Must not know: the JSON in between.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use monday_columns::*;
use monday_core::{ItemId, TagId};
use proptest::prelude::*;

use crate::monday::write_and_read;

macro_rules! read {
    ($variant:ident, $change:expr) => {
        match write_and_read(&$change) {
            ColumnValue::$variant(value) => value,
            other => panic!("{other:?}"),
        }
    };
}

fn text() -> impl Strategy<Value = String> {
    proptest::collection::vec(any::<char>(), 0..40).prop_map(String::from_iter)
}

fn filled() -> impl Strategy<Value = String> {
    proptest::collection::vec(any::<char>(), 1..40).prop_map(String::from_iter)
}

fn day() -> impl Strategy<Value = Date> {
    (1i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| date(year, month, day))
}

fn code() -> impl Strategy<Value = String> {
    "[A-Z]{2}"
}

fn finite() -> impl Strategy<Value = f64> {
    use proptest::num::f64::{NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
    prop_oneof![POSITIVE | NEGATIVE | NORMAL | SUBNORMAL | ZERO, Just(f64::MAX), Just(f64::MIN), Just(5e-324)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn text_reads_back(it in text()) {
        prop_assert_eq!(read!(Text, TextChange::text(&it)).text, Some(it.clone()));
        prop_assert_eq!(read!(LongText, LongTextChange::text(&it)).text, Some(it));
    }

    #[test]
    fn links_and_emails_read_back_with_their_labels(it in filled(), label in text()) {
        let link = read!(Link, LinkChange::labelled(&it, &label));
        prop_assert_eq!((link.url.as_ref(), link.url_text.as_ref()), (Some(&it), Some(&label)));
        let email = read!(Email, EmailChange::labelled(&it, &label));
        prop_assert_eq!((email.email.as_ref(), email.label.as_ref()), (Some(&it), Some(&label)));
        prop_assert_eq!(read!(Link, LinkChange::new(&it)).url_text, Some(it.clone()));
        prop_assert_eq!(read!(Email, EmailChange::new(&it)).label, Some(it));
    }

    #[test]
    fn statuses_and_labels_read_back(it in filled(), index in any::<u32>(), labels in proptest::collection::vec(filled(), 0..5)) {
        prop_assert_eq!(read!(Status, StatusChange::label(&it)).label, Some(it));
        let status = read!(Status, StatusChange::index(index));
        prop_assert_eq!(status.index, Some(i64::from(index)));
        // What was read is written as it is.
        prop_assert_eq!(StatusChange::index(status.index.unwrap()), StatusChange::index(index));
        let read: Vec<_> =
            read!(Dropdown, DropdownChange::labels(&labels)).values.into_iter().map(|it| it.label).collect();
        prop_assert_eq!(read, labels);
        let change = DropdownChange::ids([u64::from(index)]);
        let read = read!(Dropdown, change.clone()).values;
        prop_assert_eq!(read[0].id.as_str(), index.to_string());
        prop_assert_eq!(DropdownChange::ids(read.into_iter().map(|option| option.id)), change);
    }

    #[test]
    fn numbers_read_back_the_largest_and_the_smallest_too(it in finite(), whole in -(1i64 << 53)..=1 << 53) {
        prop_assert_eq!(read!(Numbers, NumbersChange::number(it)).number, Some(it));
        prop_assert_eq!(read!(Numbers, NumbersChange::decimal(&it.to_string())).number, Some(it));
        #[expect(clippy::cast_precision_loss, reason = "up to 2^53 none is lost")]
        let float = whole as f64;
        prop_assert_eq!(read!(Numbers, NumbersChange::integer(whole)).number, Some(float));
    }

    #[test]
    fn ids_read_back(ids in proptest::collection::vec(any::<u64>(), 0..5), team in 0..=u64::from(u32::MAX)) {
        let items: Vec<ItemId> = ids.iter().map(|id| ItemId::from(*id)).collect();
        prop_assert_eq!(&read!(BoardRelation, BoardRelationChange::items(items.clone())).linked_item_ids, &items);
        let dependency = read!(Dependency, DependencyChange::replace(items.clone()));
        prop_assert_eq!(&dependency.linked_item_ids, &items);
        prop_assert_eq!(dependency.dependency_links.len(), items.len());

        let people = ids.iter().fold(PeopleChange::team(team), |change, id| change.and_person(*id));
        let expected: Vec<_> = std::iter::once(Assignee::Team(team.into()))
            .chain(ids.iter().map(|id| Assignee::Person((*id).into())))
            .collect();
        prop_assert_eq!(read!(People, people).assignees, expected);
        prop_assert_eq!(read!(People, PeopleChange::people(ids.clone())).assignees.len(), ids.len());

        prop_assert_eq!(read!(Team, TeamChange::team(team)).team_id, Some(team.into()));
        let tags: Vec<TagId> = ids.iter().map(|id| TagId::from(id >> 1)).collect();
        prop_assert_eq!(read!(Tags, TagsChange::ids(tags.clone())).tag_ids, tags);
    }

    #[test]
    fn dates_and_times_read_back(day in day(), seconds in -62_135_596_800i64..=253_402_207_200) {
        let read = read!(Date, DateChange::day(day));
        prop_assert_eq!((read.date, read.time), (Some(Parsed::Value(day)), None));
        let time = Timestamp::from_second(seconds).unwrap();
        prop_assert_eq!(read!(Date, DateChange::at(time)).instant(), Some(time));
        let within = Timestamp::new(seconds, 0).unwrap() + jiff::SignedDuration::from_nanos(999_999_999);
        prop_assert_eq!(read!(Date, DateChange::at(within)).instant(), Some(time));
    }

    #[test]
    fn spans_of_days_read_back(a in day(), b in day()) {
        let (from, to) = (a.min(b), a.max(b));
        let read = read!(Timeline, TimelineChange::new(from, to));
        prop_assert_eq!((read.from, read.to), (Some(Parsed::Value(from)), Some(Parsed::Value(to))));
        let from = from.min(date(9999, 12, 25));
        let read = read!(Week, WeekChange::starting(from));
        prop_assert_eq!((read.start_date, read.end_date), (Some(Parsed::Value(from)), Some(Parsed::Value(from + 6.days()))));
    }

    #[test]
    fn hours_ratings_and_colours_read_back(hour in 0u8..24, minute in 0u8..60, stars in 1u8.., color in any::<[u8; 3]>()) {
        let time = jiff::civil::time(hour.cast_signed(), minute.cast_signed(), 0, 0);
        prop_assert_eq!(read!(Hour, HourChange::new(hour, minute)).time, Some(Parsed::Value(time)));
        prop_assert_eq!(read!(Hour, HourChange::at(time)).time, Some(Parsed::Value(time)));
        prop_assert_eq!(read!(Rating, RatingChange::stars(stars)).rating, Some(i64::from(stars)));
        let color = Color { red: color[0], green: color[1], blue: color[2] };
        prop_assert_eq!(read!(ColorPicker, ColorPickerChange::hex(&color.to_string())).color, Some(Parsed::Value(color)));
        prop_assert_eq!(read!(ColorPicker, ColorPickerChange::color(color)).color, Some(Parsed::Value(color)));
        // monday's documented gap.
        let gap = read!(ColorPicker, ColorPickerChange::rgb(color.red, color.green, color.blue)).color;
        prop_assert_eq!(gap, None);
    }

    #[test]
    fn places_read_back(lat in -90.0..=90.0, lng in -180.0..=180.0, it in filled(), code in code()) {
        let read = read!(Location, LocationChange::new(lat, lng, &it));
        prop_assert_eq!((read.lat, read.lng, read.address.as_ref()), (Some(lat), Some(lng), Some(&it)));
        let country = read!(Country, CountryChange::new(&code, &it)).country.unwrap();
        prop_assert_eq!((&country.code, &country.name), (&code, &it));
        let phone = read!(Phone, PhoneChange::new(&it, &code));
        prop_assert_eq!((phone.phone, phone.country_short_name), (Some(it), Some(code)));
    }
}

#[test]
fn a_checkbox_reads_back() {
    assert_eq!(read!(Checkbox, CheckboxChange::checked(true)).checked, Some(true));
    assert_eq!(read!(Checkbox, CheckboxChange::checked(false)).checked, Some(false));
}

#[test]
fn every_time_zone_of_the_database_reads_back() {
    let mut zones = 0;
    for name in jiff::tz::db().available() {
        let zone = TimeZone::get(name.as_str()).unwrap();
        let read = read!(WorldClock, WorldClockChange::named(name.as_str()));
        assert_eq!(read.timezone, Some(Parsed::Value(zone)), "{name}");
        zones += 1;
    }
    assert!(zones > 400, "{zones}");
}

#[test]
fn what_is_cleared_is_read_as_empty() {
    assert_eq!(read!(BoardRelation, BoardRelationChange::clear()).linked_item_ids, []);
    assert_eq!(read!(Checkbox, CheckboxChange::clear()).checked, Some(false));
    assert_eq!(read!(ColorPicker, ColorPickerChange::clear()).color, None);
    assert_eq!(read!(Country, CountryChange::clear()).country, None);
    let date = read!(Date, DateChange::clear());
    assert_eq!((date.date.as_ref(), date.time.as_ref(), date.instant()), (None, None, None));
    assert_eq!(read!(Dependency, DependencyChange::clear()).linked_item_ids, []);
    assert_eq!(read!(Dropdown, DropdownChange::clear()).values, []);
    assert_eq!(read!(Email, EmailChange::clear()).email, None);
    assert_eq!(read!(File, FileChange::clear()).files, []);
    assert_eq!(read!(Hour, HourChange::clear()).time, None);
    assert_eq!(read!(Link, LinkChange::clear()).url, None);
    assert_eq!(read!(Location, LocationChange::clear()).lat, None);
    assert_eq!(read!(LongText, LongTextChange::clear()).text.as_deref(), Some(""));
    assert_eq!(read!(Numbers, NumbersChange::clear()).number, None);
    assert_eq!(read!(People, PeopleChange::clear()).assignees, []);
    assert_eq!(read!(Phone, PhoneChange::clear()).phone, None);
    assert_eq!(read!(Rating, RatingChange::clear()).rating, None);
    let status = read!(Status, StatusChange::clear());
    assert_eq!((status.label, status.index), (None, None));
    assert_eq!(read!(Tags, TagsChange::clear()).tag_ids, []);
    assert_eq!(read!(Team, TeamChange::clear()).team_id, None);
    assert_eq!(read!(Text, TextChange::clear()).text.as_deref(), Some(""));
    assert_eq!(read!(Timeline, TimelineChange::clear()).from, None);
    assert_eq!(read!(Week, WeekChange::clear()).start_date, None);
    assert_eq!(read!(WorldClock, WorldClockChange::clear()).timezone, None);
}
