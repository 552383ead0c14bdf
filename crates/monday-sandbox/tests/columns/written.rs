//! Every writable type: its documented JSON is taken, and comes back through its own typed fields, `text` and
//! `value`; so does the simple string, where there is one.

use serde_json::{Value, json};

use crate::desk::{Desk, code};

pub(crate) struct Case {
    pub(crate) kind: &'static str,
    pub(crate) implementor: &'static str,
    pub(crate) written: Value,
    /// The typed fields that are asked for.
    pub(crate) fields: &'static str,
    /// What they answer.
    pub(crate) typed: Value,
    pub(crate) text: Value,
    /// The JSON in `value`.
    pub(crate) value: Value,
    pub(crate) simple: Option<&'static str>,
    /// Whether there is `updated_at`.
    pub(crate) is_dated: bool,
}

fn case(
    (kind, implementor): (&'static str, &'static str),
    written: Value,
    (fields, typed): (&'static str, Value),
    (text, value): (&str, Value),
    simple: Option<&'static str>,
) -> Case {
    let is_dated = !matches!(kind, "text" | "numbers" | "tags" | "dropdown" | "week");
    let text = json!(text);
    Case { kind, implementor, written, fields, typed, text, value, simple, is_dated }
}

/// All writable types but `file`, whose files come in elsewhere. `linked` is an item to link to.
pub(crate) fn cases(linked: &str) -> Vec<Case> {
    let id: u64 = linked.parse().unwrap();
    let mut cases = plain();
    cases.extend(addresses());
    let links =
        json!({"linked_item_ids": [linked], "display_value": "Other", "linked_items": [{"name": "Other"}]});
    let mut all_links = links.clone();
    all_links["dependency_links"] = json!([{"dependency_type": 0, "lag": 0, "linked_item_id": linked}]);
    cases.push(case(
        ("board_relation", "BoardRelationValue"),
        json!({"item_ids": [linked]}),
        ("linked_item_ids display_value linked_items { name }", links),
        ("", Value::Null),
        None,
    ));
    let mut dependency = case(
        ("dependency", "DependencyValue"),
        json!({"item_ids": [id]}),
        (
            "linked_item_ids display_value linked_items { name } dependency_links { dependency_type lag linked_item_id }",
            all_links,
        ),
        ("", Value::Null),
        None,
    );
    dependency.text = Value::Null;
    cases.push(dependency);
    let mut rgb = case(
        ("color_picker", "ColorPickerValue"),
        json!({"color": {"r": 0, "g": 128, "b": 255}}),
        ("color", json!({"color": null})),
        ("", json!({"color": {"r": 0, "g": 128, "b": 255}})),
        None,
    );
    rgb.text = Value::Null;
    cases.push(rgb);
    cases
}

fn plain() -> Vec<Case> {
    let people = json!({"personsAndTeams": [{"id": 502, "kind": "person"}, {"id": 503, "kind": "person"}]});
    let both = json!([{"id": "502", "kind": "person"}, {"id": "503", "kind": "person"}]);
    let day = json!({"date": "2026-05-10", "time": "14:30:00"});
    let range = json!({"from": "2026-01-01", "to": "2026-03-31"});
    let week = json!({"week": {"startDate": "2026-01-06", "endDate": "2026-01-12"}});
    vec![
        case(
            ("text", "TextValue"),
            json!("Grüße 🚀"),
            ("", json!({})),
            ("Grüße 🚀", json!("Grüße 🚀")),
            Some("Grüße 🚀"),
        ),
        case(
            ("long_text", "LongTextValue"),
            json!({"text": "two\nlines"}),
            ("", json!({})),
            ("two\nlines", json!({"text": "two\nlines"})),
            Some("two\nlines"),
        ),
        case(
            ("numbers", "NumbersValue"),
            json!("-42.5"),
            ("number symbol", json!({"number": -42.5, "symbol": null})),
            ("-42.5", json!("-42.5")),
            Some("-42.5"),
        ),
        case(
            ("status", "StatusValue"),
            json!({"label": "Done"}),
            ("index label is_done", json!({"index": 1, "label": "Done", "is_done": true})),
            ("Done", json!({"index": 1})),
            Some("Done"),
        ),
        case(
            ("status", "StatusValue"),
            json!({"index": 2}),
            ("index label is_done", json!({"index": 2, "label": "Stuck", "is_done": false})),
            ("Stuck", json!({"index": 2})),
            Some("2"),
        ),
        case(
            ("date", "DateValue"),
            day.clone(),
            ("date time", day.clone()),
            // The text is in the caller's time zone.
            ("2026-05-10 16:30", day),
            Some("2026-05-10 14:30:00"),
        ),
        case(
            ("date", "DateValue"),
            json!({"date": "2024-02-29"}),
            ("date time", json!({"date": "2024-02-29", "time": null})),
            ("2024-02-29", json!({"date": "2024-02-29"})),
            Some("2024-02-29"),
        ),
        case(
            ("people", "PeopleValue"),
            people.clone(),
            ("persons_and_teams { id kind }", json!({ "persons_and_teams": both })),
            ("Ben Example, Chidi Example", people),
            Some("502, 503"),
        ),
        case(
            ("person", "PersonValue"),
            json!({"personId": 502}),
            ("person_id", json!({"person_id": "502"})),
            ("Ben Example", json!({"personId": 502})),
            None,
        ),
        case(
            ("team", "TeamValue"),
            json!({"team_id": 51_166}),
            ("team_id", json!({"team_id": 51_166})),
            ("51166", json!({"team_id": 51_166})),
            None,
        ),
        case(
            ("tags", "TagsValue"),
            json!({"tag_ids": [295_026, 295_064]}),
            (
                "tag_ids tags { id name }",
                json!({
                    "tag_ids": [295_026, 295_064],
                    "tags": [{"id": "295026", "name": "important"}, {"id": "295064", "name": "later"}],
                }),
            ),
            ("important, later", json!({"tag_ids": [295_026, 295_064]})),
            None,
        ),
        case(
            ("checkbox", "CheckboxValue"),
            json!({"checked": "true"}),
            ("checked", json!({"checked": true})),
            ("v", json!({"checked": "true"})),
            None,
        ),
        case(
            ("checkbox", "CheckboxValue"),
            json!({"checked": true}),
            ("checked", json!({"checked": true})),
            ("v", json!({"checked": "true"})),
            None,
        ),
        case(
            ("rating", "RatingValue"),
            json!({"rating": 4}),
            ("rating", json!({"rating": 4})),
            ("4", json!({"rating": 4})),
            Some("4"),
        ),
        case(
            ("hour", "HourValue"),
            json!({"hour": 16, "minute": 42}),
            ("hour minute", json!({"hour": 16, "minute": 42})),
            ("04:42 PM", json!({"hour": 16, "minute": 42})),
            None,
        ),
        case(
            ("hour", "HourValue"),
            json!({"hour": 0}),
            ("hour minute", json!({"hour": 0, "minute": 0})),
            ("12:00 AM", json!({"hour": 0, "minute": 0})),
            None,
        ),
        case(
            ("week", "WeekValue"),
            week.clone(),
            ("start_date end_date", json!({"start_date": "2026-01-06", "end_date": "2026-01-12"})),
            ("2026-01-06 - 2026-01-12", week),
            None,
        ),
        case(
            ("timeline", "TimelineValue"),
            range.clone(),
            ("from to", range.clone()),
            ("2026-01-01 - 2026-03-31", range),
            None,
        ),
        case(
            ("world_clock", "WorldClockValue"),
            json!({"timezone": "Europe/London"}),
            ("timezone", json!({"timezone": "Europe/London"})),
            ("Europe/London", json!({"timezone": "Europe/London"})),
            Some("Europe/London"),
        ),
    ]
}

fn addresses() -> Vec<Case> {
    vec![
        case(
            ("email", "EmailValue"),
            json!({"email": "a@b.example", "text": "The A"}),
            ("email label", json!({"email": "a@b.example", "label": "The A"})),
            ("a@b.example", json!({"email": "a@b.example", "text": "The A"})),
            Some("a@b.example The A"),
        ),
        case(
            ("link", "LinkValue"),
            json!({"url": "https://monday.com", "text": "go there"}),
            ("url url_text", json!({"url": "https://monday.com", "url_text": "go there"})),
            ("go there - https://monday.com", json!({"url": "https://monday.com", "text": "go there"})),
            Some("https://monday.com go there"),
        ),
        case(
            ("phone", "PhoneValue"),
            json!({"phone": "+12025550169", "countryShortName": "US"}),
            ("phone country_short_name", json!({"phone": "+12025550169", "country_short_name": "US"})),
            ("+12025550169", json!({"phone": "+12025550169", "countryShortName": "US"})),
            Some("+12025550169 US"),
        ),
        case(
            ("country", "CountryValue"),
            json!({"countryCode": "US", "countryName": "United States"}),
            ("country { code name }", json!({"country": {"code": "US", "name": "United States"}})),
            ("United States", json!({"countryCode": "US", "countryName": "United States"})),
            None,
        ),
        case(
            ("location", "LocationValue"),
            json!({"lat": "29.97", "lng": "31.13", "address": "Giza, Egypt"}),
            (
                "lat lng address city",
                json!({"lat": 29.97, "lng": 31.13, "address": "Giza, Egypt", "city": null}),
            ),
            ("Giza, Egypt", json!({"lat": "29.97", "lng": "31.13", "address": "Giza, Egypt"})),
            Some("29.97 31.13 Giza, Egypt"),
        ),
        case(
            ("location", "LocationValue"),
            json!({"lat": -29.5, "lng": 31}),
            ("lat lng address", json!({"lat": -29.5, "lng": 31.0, "address": null})),
            ("", json!({"lat": "-29.5", "lng": "31", "address": ""})),
            Some("-29.5 31"),
        ),
        case(
            ("color_picker", "ColorPickerValue"),
            json!({"color": {"hex": "#FF5733"}}),
            ("color", json!({"color": "#FF5733"})),
            ("#FF5733", json!({"color": {"hex": "#FF5733"}})),
            None,
        ),
    ]
}

impl Case {
    /// What the column answers now is what was written.
    pub(crate) async fn check(&self, desk: &Desk, column: &str, how: &str) {
        let dated = if self.is_dated { "updated_at" } else { "" };
        let fields = format!("{} {dated}", self.fields);
        let mut read = desk.read(column, self.implementor, fields.trim()).await;
        let which = format!("{} {} by {how}: {read}", self.kind, self.written);
        assert_eq!(
            (&read["__typename"], &read["type"]),
            (&json!(self.implementor), &json!(self.kind)),
            "{which}"
        );
        assert_eq!(read["text"], self.text, "{which}");
        let value = read["value"].as_str().map(|text| serde_json::from_str::<Value>(text).unwrap());
        assert_eq!(value.unwrap_or_default(), self.value, "{which}");
        assert_eq!(read["updated_at"].is_string(), self.is_dated, "{which}");
        let fields = read.as_object_mut().unwrap();
        fields.retain(|name, _| {
            !["__typename", "id", "type", "text", "value", "updated_at"].contains(&name.as_str())
        });
        assert_eq!(Value::Object(fields.clone()), self.typed, "{}", self.kind);
    }
}

#[tokio::test]
async fn what_is_written_is_read_through_the_typed_fields() {
    let desk = Desk::new().await;
    let other = desk.create("Other").await;
    for case in cases(&other) {
        let column = desk.column(case.kind).await;
        let answer = desk.write(&column, &case.written).await;
        assert_eq!(code(&answer), "none", "{} {answer}", case.kind);
        case.check(&desk, &column, "many").await;

        let column = desk.column(case.kind).await;
        let answer = desk.write_one(&column, &case.written).await;
        if case.kind == "board_relation" {
            // Documented for change_multiple_column_values only.
            assert_eq!(code(&answer), "ColumnValueException");
        } else {
            case.check(&desk, &column, "change_column_value").await;
        }
    }
}

#[tokio::test]
async fn a_simple_string_is_as_good_where_it_is_documented_and_refused_where_it_is_not() {
    let desk = Desk::new().await;
    let other = desk.create("Other").await;
    for case in cases(&other) {
        let column = desk.column(case.kind).await;
        let Some(simple) = case.simple else {
            let answer = desk.write_simple(&column, "some text").await;
            assert_eq!(code(&answer), "CorrectedValueException", "{}", case.kind);
            let answer = desk.write(&column, &json!("some text")).await;
            assert_eq!(code(&answer), "ColumnValueException", "{}", case.kind);
            continue;
        };
        desk.write_simple(&column, simple).await;
        case.check(&desk, &column, "a simple string").await;
        let column = desk.column(case.kind).await;
        desk.write(&column, &json!(simple)).await;
        case.check(&desk, &column, "a string among many").await;
    }
}

#[tokio::test]
async fn an_item_is_created_with_values_of_every_type() {
    let mut desk = Desk::new().await;
    let other = desk.create("Other").await;
    let (mut values, mut columns) = (json!({}), Vec::new());
    for case in cases(&other) {
        let column = desk.column(case.kind).await;
        values[&column] = case.written.clone();
        columns.push((column, case));
    }
    let query = "mutation($b: ID!, $v: JSON) { create_item(board_id: $b, item_name: \"All\", column_values: $v) { id } }";
    let data = desk.data(query, json!({"b": desk.board, "v": values.to_string()})).await;
    desk.item = data["create_item"]["id"].as_str().unwrap().to_owned();
    for (column, case) in &columns {
        case.check(&desk, column, "create_item").await;
    }
}

#[tokio::test]
async fn lists_are_replaced_and_not_appended_to() {
    let desk = Desk::new().await;
    let (one, two) = (desk.create("One").await, desk.create("Two").await);
    let area = json!({"labels": ["Web", "Print", "Web"]});
    for (kind, implementor, fields, first, second, expected) in [
        (
            "dependency",
            "DependencyValue",
            "linked_item_ids",
            json!({"item_ids": [one]}),
            json!({"item_ids": [two]}),
            json!([two]),
        ),
        (
            "board_relation",
            "BoardRelationValue",
            "linked_item_ids",
            json!({"item_ids": [one]}),
            json!({"item_ids": [two]}),
            json!([two]),
        ),
        ("tags", "TagsValue", "tag_ids", json!({"tag_ids": [1, 2]}), json!({"tag_ids": [3]}), json!([3])),
        (
            "dropdown",
            "DropdownValue",
            "values { label }",
            json!({"ids": [1]}),
            area.clone(),
            json!([{"label": "Web"}, {"label": "Print"}]),
        ),
    ] {
        // The seeded dropdown has labels.
        let column = if kind == "dropdown" { kind.to_owned() } else { desk.column(kind).await };
        for value in [&first, &second] {
            let answer = desk.write(&column, value).await;
            assert_eq!(code(&answer), "none", "{kind}: {answer}");
        }
        let read = desk.read(&column, implementor, fields).await;
        assert_eq!(read[fields.split(' ').next().unwrap()], expected, "{kind}");
    }
    let read = desk.read("dropdown", "DropdownValue", "values { id }").await;
    assert_eq!((&read["text"], &read["value"]), (&json!("Web, Print"), &json!("{\"ids\":[0,2]}")));
    assert_eq!(code(&desk.write_simple("dropdown", "Mobile, Print").await), "none");
    assert_eq!(desk.read("dropdown", "", "").await["text"], "Mobile, Print");
}
