//! Reading: what monday says becomes types, and what cannot be read is kept with the reason.
//!
//! Must not know: writing.

use jiff::SignedDuration;
use jiff::civil::{date, time};
use monday_columns::*;
use serde_json::{Value, json};

use crate::answer::{cell, value};

macro_rules! read {
    ($variant:ident, $fields:expr) => {
        match value(concat!(stringify!($variant), "Value"), $fields) {
            ColumnValue::$variant(value) => value,
            other => panic!("{other:?}"),
        }
    };
}

fn unparsed<T: std::fmt::Debug>(parsed: Option<Parsed<T>>) -> (String, &'static str) {
    match parsed {
        Some(Parsed::Unparsed { raw, reason, .. }) => (raw, reason),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_cell_has_what_all_columns_have() {
    let fields = json!({"id": "status", "type": "status", "text": "Done", "value": r#"{"index":1}"#, "is_leaf": false});
    let cell = cell("StatusValue", fields);
    assert_eq!((cell.id.as_str(), &cell.column_type, cell.is_leaf), ("status", &ColumnType::Status, false));
    assert_eq!(cell.text.as_deref(), Some("Done"));
    assert_eq!(cell.raw.unwrap().parse::<Value>(), Some(json!({"index": 1})));
}

#[test]
fn a_type_that_is_newer_than_the_sdk_is_kept_raw() {
    let cell =
        cell("HologramValue", json!({"type": "hologram", "text": "shimmer", "value": r#"{"depth":3}"#}));
    let ColumnValue::Unknown { type_name, raw } = &cell.value else { panic!("{cell:?}") };
    assert_eq!((type_name.as_str(), cell.value.type_name()), ("HologramValue", "HologramValue"));
    assert_eq!(raw.as_ref().unwrap().parse::<Value>(), Some(json!({"depth": 3})));
    assert_eq!((cell.column_type.as_str(), cell.text.as_deref()), ("hologram", Some("shimmer")));
}

#[test]
fn a_status_has_index_label_and_colours() {
    let status = read!(
        Status,
        json!({
            "index": 1, "label": "Done", "is_done": true, "update_id": "9", "updated_at": "2023-08-29T15:38:11Z",
            "label_style": {"border": "#00b461", "color": "#00c875"},
        })
    );
    assert_eq!((status.index, status.label.as_deref(), status.is_done), (Some(1), Some("Done"), Some(true)));
    assert_eq!(status.label_style.unwrap().color, "#00c875");
    assert_eq!(status.update_id.unwrap().as_str(), "9");
    assert_eq!(
        status.updated_at,
        Some(Parsed::Value(Moment::Instant("2023-08-29T15:38:11Z".parse().unwrap())))
    );
}

#[test]
fn all_three_forms_of_monday_s_dates_are_read() {
    let read = |text: &str| read!(Status, json!({ "updated_at": text })).updated_at;
    let noon = Some(Parsed::Value(Moment::Instant("2026-03-21T12:00:00Z".parse().unwrap())));
    assert_eq!(read("2026-03-21T12:00:00+00:00"), noon);
    assert_eq!(read("2026-03-21T12:00:00Z"), noon);
    assert_eq!(read("2026-03-21T14:00:00+02:00"), noon);
    let day = Moment::Day(date(2026, 3, 21));
    assert_eq!(read("2026-03-21"), Some(Parsed::Value(day)));
    assert_eq!(day.timestamp(), Some("2026-03-21T00:00:00Z".parse().unwrap()));
    assert_eq!(read(""), None);
}

#[test]
fn a_date_that_cannot_be_read_is_kept_and_spoils_nothing_else() {
    let read =
        read!(Date, json!({"date": "someday", "time": "14:30:00", "icon": "", "updated_at": "yesterday"}));
    assert_eq!(read.instant(), None);
    assert_eq!(read.time, Some(Parsed::Value(time(14, 30, 0, 0))));
    assert_eq!(unparsed(read.date), ("someday".to_owned(), "not a day of the form YYYY-MM-DD"));
    let reason = "neither a point in time with a zone nor a day";
    assert_eq!(unparsed(read.updated_at), ("yesterday".to_owned(), reason));
}

#[test]
fn what_only_looks_like_a_date_or_a_time_is_kept_as_text() {
    for text in ["2026-02-29", "2026-13-01", "20260301", "2026-03-21T12:00:00", "+002026-03-21"] {
        assert_eq!(unparsed(read!(Date, json!({ "date": text })).date).0, text);
        assert_eq!(unparsed(read!(Week, json!({ "start_date": text })).start_date).0, text);
    }
    for text in [
        "25:00:00",
        "14",
        "1430",
        "14:60",
        "noon",
        "14:30:00+02:00",
        "14:30+02",
        "14:30:00Z",
        "14:30:00.5",
        "T14:30",
        "143000",
        "14:30:60",
        "14:30:00:00",
        "14:30:",
        "1:30:000",
        "14:3:000",
        "14-30-00",
        " 14:30",
        "+4:30",
    ] {
        assert_eq!(unparsed(read!(Date, json!({ "time": text })).time).0, text);
    }
    for (text, seconds) in [("14:30", 0), ("14:30:00", 0), ("14:30:59", 59)] {
        assert_eq!(read!(Date, json!({ "time": text })).time, Some(Parsed::Value(time(14, 30, seconds, 0))));
    }
}

#[test]
fn a_timeline_and_a_week_are_days_in_every_form() {
    let days = read!(
        Timeline,
        json!({"from": "2026-01-01T00:00:00+00:00", "to": "2026-03-31", "visualization_type": "milestone"})
    );
    assert_eq!(days.from, Some(Parsed::Value(date(2026, 1, 1))));
    assert_eq!(days.to, Some(Parsed::Value(date(2026, 3, 31))));
    assert_eq!(days.visualization_type.as_deref(), Some("milestone"));
    let week = read!(Week, json!({"start_date": "2026-01-05T00:00:00Z", "end_date": "2026-01-11"}));
    assert_eq!(week.start_date, Some(Parsed::Value(date(2026, 1, 5))));
}

#[test]
fn an_hour_that_is_none_is_kept() {
    assert_eq!(read!(Hour, json!({"hour": 0, "minute": 5})).time, Some(Parsed::Value(time(0, 5, 0, 0))));
    assert_eq!(read!(Hour, json!({})).time, None);
    assert_eq!(unparsed(read!(Hour, json!({"hour": 25, "minute": 61})).time).0, "25:61");
    assert_eq!(unparsed(read!(Hour, json!({"hour": 16})).time).0, "16:");
    assert_eq!(unparsed(read!(Hour, json!({"hour": 1_000, "minute": 0})).time).0, "1000:0");
}

#[test]
fn a_time_zone_that_the_database_does_not_know_is_kept() {
    let zone =
        read!(WorldClock, json!({"timezone": "Europe/London"})).timezone.unwrap().into_value().unwrap();
    assert_eq!(zone.iana_name(), Some("Europe/London"));
    let unknown = read!(WorldClock, json!({"timezone": "Mars/Olympus"})).timezone;
    assert_eq!(unparsed(unknown), ("Mars/Olympus".to_owned(), "not in the time zone database"));
}

#[test]
fn people_are_told_from_teams_agents_and_kinds_unknown() {
    let people = json!([
        {"id": "1", "kind": "person"}, {"id": "2", "kind": "team"}, {"id": "3", "kind": "agent"},
        {"id": "4", "kind": "robot"}, {"id": "5", "kind": null},
    ]);
    let read = read!(People, json!({ "persons_and_teams": people })).assignees;
    let expected = [
        Assignee::Person(1.into()),
        Assignee::Team(2.into()),
        Assignee::Agent(3.into()),
        Assignee::Unknown { kind: Some("robot".to_owned()), id: 4.into() },
        Assignee::Unknown { kind: None, id: 5.into() },
    ];
    assert_eq!(read, expected);
    assert_eq!(read!(People, json!({ "persons_and_teams": null })).assignees, []);
    let person = read!(Person, json!({ "person_id": 7 }));
    assert_eq!(person.person_id, Some(7.into()));
}

#[test]
fn dependencies_have_their_kinds_and_lags() {
    let links: Vec<_> = [0, 1, 2, 3, 4]
        .iter()
        .map(|kind| json!({"linked_item_id": "7", "dependency_type": kind, "lag": -2}))
        .collect();
    let read = read!(
        Dependency,
        json!({
            "dependency_links": links, "display_value": "A, B", "linked_item_ids": ["7", "8"],
            "linked_items": [{"id": "7", "name": "A"}],
        })
    );
    let kinds: Vec<_> = read.dependency_links.iter().map(|link| link.kind.unwrap()).collect();
    let expected = [
        DependencyKind::FinishToStart,
        DependencyKind::StartToStart,
        DependencyKind::FinishToFinish,
        DependencyKind::StartToFinish,
        DependencyKind::Unknown(4),
    ];
    assert_eq!(kinds, expected);
    assert_eq!(read.dependency_links[0].lag, Some(-2));
    // One of them the caller may not see: its id is there all the same.
    assert_eq!((read.linked_item_ids.len(), read.linked_items.len()), (2, 1));
    assert_eq!(read.linked_items[0].name, "A");
}

#[test]
fn numbers_have_their_unit_on_its_side() {
    let read = read!(Numbers, json!({"number": -12.5, "symbol": "€", "direction": "right"}));
    assert_eq!((read.number, read.symbol.as_deref()), (Some(-12.5), Some("€")));
    assert_eq!(read.direction, Some(NumberValueUnitDirection::Right));
    let newer = read!(Numbers, json!({"direction": "above"}));
    assert_eq!((newer.number, newer.direction.unwrap().as_str()), (None, "above"));
}

#[test]
fn a_colour_that_is_none_is_kept() {
    assert_eq!(unparsed(read!(ColorPicker, json!({"color": "red"})).color).0, "red");
    assert_eq!(unparsed(read!(ColorPicker, json!({"color": "#+12345"})).color).0, "#+12345");
    let read = read!(ColorPicker, json!({"color": "#FF5733"})).color;
    assert_eq!(read, Some(Parsed::Value(Color { red: 255, green: 87, blue: 51 })));
}

#[test]
fn tracked_time_is_a_duration_and_its_sessions() {
    let session = json!({
        "id": "1", "status": "active", "created_at": "2026-03-21T12:00:00Z", "started_at": "2026-03-21T12:00:00Z",
        "started_user_id": "5", "ended_at": null, "ended_user_id": null, "updated_at": null,
        "manually_entered_start_date": false, "manually_entered_start_time": true,
        "manually_entered_end_date": false, "manually_entered_end_time": false,
    });
    let read = read!(TimeTracking, json!({"duration": 5_400, "running": true, "history": [session]}));
    assert_eq!(read.duration, Some(SignedDuration::from_mins(90)));
    assert!(read.history[0].manually_entered_start_time && !read.history[0].manually_entered_start_date);
    assert_eq!(read.history[0].started_user_id, Some(5.into()));
}

#[test]
fn files_that_are_newer_than_the_sdk_are_kept_by_name() {
    let read = read!(File, json!({"files": [{"__typename": "FileCloudValue"}]}));
    assert_eq!(read.files, [FileEntry::Unknown { type_name: "FileCloudValue".to_owned() }]);
}

#[test]
fn ids_that_monday_gives_as_numbers_become_ids() {
    assert_eq!(read!(Tags, json!({"tag_ids": [7], "tags": []})).tag_ids, [7.into()]);
    assert_eq!(read!(Team, json!({"team_id": 7})).team_id, Some(7.into()));
}

#[test]
fn formulas_and_documents_have_what_monday_gives() {
    assert_eq!(read!(Formula, json!({"display_value": ""})).display_value, "");
    let inner = json!({"id": "doc", "text": "Plan", "value": "{}"});
    let direct = read!(DirectDoc, json!({ "direct_doc": inner }));
    assert_eq!((direct.id.unwrap().as_str(), direct.text.as_deref()), ("doc", Some("Plan")));
    let file =
        json!({"created_at": "2026-03-21", "creator_id": "5", "file_id": "f", "object_id": "9", "url": "u"});
    let doc = read!(Doc, json!({ "file": file })).file.unwrap();
    assert_eq!(
        (doc.object_id.as_str(), doc.url.as_deref(), doc.creator_id),
        ("9", Some("u"), Some(5.into()))
    );
    assert_eq!(doc.created_at, Parsed::Value(Moment::Day(date(2026, 3, 21))));
}
