//! Fields of structs: what saving would take away is refused when it is read.
//!
//! Must not know: boards, items.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use monday_columns::*;
use monday_core::ItemId;
use serde_json::{Value, json};

use crate::answer::value;

fn day(fields: Value) -> DateValue {
    match value("DateValue", fields) {
        ColumnValue::Date(value) => value,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_day_with_a_time_is_no_date_alone() {
    let both = || day(json!({"date": "2026-05-10", "time": "14:30:00"}));
    assert_eq!(<Date as ColumnField<DateValue>>::read(both()), Err(UnfitField::HasTime));
    assert_eq!(<Option<Date> as ColumnField<DateValue>>::read(both()), Err(UnfitField::HasTime));
    let read = <Timestamp as ColumnField<DateValue>>::read(both());
    assert_eq!(read, Ok("2026-05-10T14:30:00Z".parse().unwrap()));
    // A time that cannot be read would be lost as well.
    let odd = day(json!({"date": "2026-05-10", "time": "noon"}));
    assert_eq!(<Date as ColumnField<DateValue>>::read(odd), Err(UnfitField::HasTime));
    for time in [json!(null), json!("")] {
        let alone = day(json!({"date": "2026-05-10", "time": time}));
        assert_eq!(<Date as ColumnField<DateValue>>::read(alone), Ok(date(2026, 5, 10)));
    }
    assert_eq!(<Option<Date> as ColumnField<DateValue>>::read(day(json!({}))), Ok(None));
    assert!(UnfitField::HasTime.to_string().contains("use `Timestamp`"));
}

#[test]
fn items_that_are_tied_in_other_ways_are_no_list_alone() {
    let read = |kind: Value, lag: Value| {
        let links = json!([
            {"linked_item_id": "1", "dependency_type": 0, "lag": 0},
            {"linked_item_id": "2", "dependency_type": kind, "lag": lag},
        ]);
        let fields = json!({
            "linked_item_ids": ["1", "2"], "linked_items": [], "display_value": "", "dependency_links": links,
        });
        match value("DependencyValue", fields) {
            ColumnValue::Dependency(value) => <Vec<ItemId> as ColumnField<DependencyValue>>::read(value),
            other => panic!("{other:?}"),
        }
    };
    let both = Ok(vec![ItemId::from(1), ItemId::from(2)]);
    assert_eq!(read(json!(0), json!(0)), both);
    assert_eq!(read(json!(null), json!(null)), both);
    for (kind, lag) in [
        (json!(1), json!(0)),
        (json!(3), json!(null)),
        (json!(0), json!(2)),
        (json!(9), json!(0)),
        (json!(0), json!(-1)),
    ] {
        assert_eq!(read(kind.clone(), lag.clone()), Err(UnfitField::HasTies), "{kind} {lag}");
    }
    assert!(UnfitField::HasTies.to_string().contains("use `DependencyValue`"));
}

#[test]
fn a_phone_without_a_country_is_read_and_says_what_it_lacks_when_it_is_written() {
    let ColumnValue::Phone(phone) = value("PhoneValue", json!({"phone": "+12025550169"})) else { panic!() };
    let phone = <Phone as ColumnField<PhoneValue>>::read(phone).unwrap();
    assert_eq!((phone.number.as_str(), phone.country_code.as_str()), ("+12025550169", ""));
    let change = ColumnField::<PhoneValue>::write(&phone).unwrap();
    assert_eq!(change.value(), Err(InvalidValue::CountryCode));
}
