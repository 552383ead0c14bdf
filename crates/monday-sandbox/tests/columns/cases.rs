//! Every writable type: what is written, and what its typed fields, `text` and `value` answer then.
//!
//! Must not know: by which mutation it is written.

use serde_json::{Value, json};

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
    cases.extend(times());
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
            ("people", "PeopleValue"),
            people.clone(),
            ("persons_and_teams { id kind }", json!({ "persons_and_teams": both })),
            ("Ben Example, Chidi Example", people),
            Some("502, 503"),
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
    ]
}

fn times() -> Vec<Case> {
    let day = json!({"date": "2026-05-10", "time": "14:30:00"});
    let range = json!({"from": "2026-01-01", "to": "2026-03-31"});
    let week = json!({"week": {"startDate": "2026-01-06", "endDate": "2026-01-12"}});
    vec![
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
            ("hour", "HourValue"),
            json!({"hour": 16, "minute": 42}),
            ("hour minute", json!({"hour": 16, "minute": 42})),
            ("04:42 PM", json!({"hour": 16, "minute": 42})),
            None,
        ),
        case(
            ("hour", "HourValue"),
            json!({"hour": 0, "minute": 0}),
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
