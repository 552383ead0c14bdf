//! What columns refuse, with monday's codes; and that nothing is changed then.

use serde_json::{Value, json};

use crate::desk::{Desk, code};

#[tokio::test]
async fn json_of_another_shape_is_refused_and_names_the_column() {
    let desk = Desk::new().await;
    let cases = [
        ("numbers", json!("many")),
        ("numbers", json!(42.5)),
        ("numbers", json!("1e999")),
        ("numbers", json!("NaN")),
        ("text", json!({"text": "x"})),
        ("text", json!(1)),
        ("long_text", json!({"value": "x"})),
        ("status", json!({"label": "Dnoe"})),
        ("status", json!({"index": 9})),
        ("status", json!({"index": "1"})),
        ("status", json!(["Done"])),
        ("dropdown", json!({"labels": ["Nope"]})),
        ("dropdown", json!({"ids": [9]})),
        ("dropdown", json!({"labels": [], "ids": []})),
        ("dropdown", json!({"labels": [1]})),
        ("date", json!({"date": "2026-02-29"})),
        ("date", json!({"date": "10.05.2026"})),
        ("date", json!({"date": "2026-05-10", "time": "25:00:00"})),
        ("date", json!("tomorrow")),
        ("timeline", json!({"from": "2026-03-31", "to": "2026-01-01"})),
        ("timeline", json!({"from": "2026-03-31"})),
        ("week", json!({"week": {"startDate": "2026-01-05", "endDate": "2026-01-12"}})),
        ("week", json!({"startDate": "2026-01-05", "endDate": "2026-01-11"})),
        ("date", json!({"date": "9223372036854775807-01-01"})),
        ("date", json!({"date": "2026-05-10", "time": "9223372036854775807:00:00"})),
        ("timeline", json!({"from": "2026-01-01", "to": "9223372036854775807-01-01"})),
        ("week", json!({"week": {"startDate": "-9223372036854775808-01-05", "endDate": "2026-01-11"}})),
        ("hour", json!({"hour": 16})),
        ("hour", json!({"hour": 24, "minute": 0})),
        ("hour", json!({"hour": 1, "minute": 60})),
        ("people", json!({"personsAndTeams": [{"id": 501}]})),
        ("people", json!({"personsAndTeams": [{"id": 501, "kind": "agent"}]})),
        ("people", json!({"personsAndTeams": [{"id": "Ada", "kind": "person"}]})),
        ("people", json!({"personsAndTeams": 501})),
        ("people", json!("Ada")),
        ("team", json!({"teamId": 1})),
        ("tags", json!({"tag_ids": ["important"]})),
        ("tags", json!([295_026])),
        ("dependency", json!({"linkedPulseIds": [{"linkedPulseId": 1}]})),
        ("dependency", json!({"item_ids": ["one"]})),
        ("board_relation", json!({"linkedPulseIds": [{"linkedPulseId": 1}]})),
        ("email", json!({"text": "no address"})),
        ("link", json!({"url": 1})),
        ("phone", json!({"phone": "+1", "countryShortName": "USA"})),
        ("country", json!({"countryCode": "us", "countryName": "United States"})),
        ("country", json!({"countryCode": "US"})),
        ("location", json!({"lat": "91", "lng": "0", "address": "x"})),
        ("location", json!({"address": "x"})),
        ("color_picker", json!({"color": "#FF5733"})),
        ("color_picker", json!({"color": {"hex": "FF5733"}})),
        ("color_picker", json!({"color": {"r": 256, "g": 0, "b": 0}})),
        ("rating", json!({"rating": 4.5})),
        ("world_clock", json!({"timezone": "+02:00"})),
        ("checkbox", json!({"checked": "yes"})),
        ("checkbox", json!(true)),
    ];
    for (kind, written) in cases {
        let column = desk.column(kind).await;
        let answer = desk.write(&column, &written).await;
        let error = &answer["errors"][0];
        assert_eq!(code(&answer), "ColumnValueException", "{kind} {written} {answer}");
        assert_eq!(
            (
                &error["extensions"]["error_data"]["column_id"],
                &error["extensions"]["error_data"]["column_type"]
            ),
            (&json!(column), &json!(kind))
        );
        assert_eq!(error["extensions"]["status_code"], 200);
        assert_eq!(error["path"], json!(["change_multiple_column_values"]));
        assert!(desk.read(&column, "", "").await["value"].is_null(), "{kind} {written}");
    }
}

#[tokio::test]
async fn columns_that_the_api_does_not_write_refuse_everything() {
    let desk = Desk::new().await;
    for kind in [
        "auto_number",
        "button",
        "creation_log",
        "direct_doc",
        "doc",
        "formula",
        "group",
        "integration",
        "item_id",
        "last_updated",
        "mirror",
        "person",
        "progress",
        "subtasks",
        "time_tracking",
        "vote",
    ] {
        let column = desk.column(kind).await;
        for written in [json!("x"), json!({"item_ids": [1]}), Value::Null, json!({})] {
            let answer = desk.write(&column, &written).await;
            assert_eq!(code(&answer), "ColumnValueException", "{kind} {written}");
        }
        assert_eq!(code(&desk.write_simple(&column, "x").await), "ColumnValueException", "{kind}");
    }
}

#[tokio::test]
async fn an_unknown_label_is_refused_unless_it_may_be_created() {
    let desk = Desk::new().await;
    for (column, written, text, settings) in [
        ("status", json!({"label": "Waiting"}), "Waiting", json!({"4": "Waiting"})),
        ("dropdown", json!({"labels": ["Web", "Radio"]}), "Web, Radio", json!({"3": "Radio"})),
    ] {
        let answer = desk.write(column, &written).await;
        assert_eq!(code(&answer), "ColumnValueException");
        let answer = desk.write_all(&json!({ column: written }), true).await;
        assert_eq!(code(&answer), "none", "{answer}");
        assert_eq!(desk.read(column, "", "").await["text"], text);
        // From now on it is a label as any other.
        assert_eq!(code(&desk.write(column, &written).await), "none");
        let query = "query($b: [ID!], $c: [String]) { boards(ids: $b) { columns(ids: $c) { settings } } }";
        let data = desk.data(query, json!({"b": [desk.board], "c": [column]})).await;
        let labels = &data["boards"][0]["columns"][0]["settings"]["labels"];
        let (index, label) = settings.as_object().unwrap().iter().next().unwrap();
        assert_eq!(&labels[index], label, "{labels}");
    }
}

#[tokio::test]
async fn one_refused_value_changes_nothing_and_leaves_no_label_behind() {
    let desk = Desk::new().await;
    let values = json!({"dropdown": {"labels": ["Fax"]}, "text": "new", "timeline": {"from": "x"}});
    assert_eq!(code(&desk.write_all(&values, true).await), "ColumnValueException");
    assert_eq!(desk.read("text", "", "").await["text"], "");
    assert_eq!(code(&desk.write("dropdown", &json!({"labels": ["Fax"]})).await), "ColumnValueException");
}

#[tokio::test]
async fn an_unknown_column_is_refused_by_every_mutation() {
    let desk = Desk::new().await;
    for answer in [
        desk.write("nope", &json!("x")).await,
        desk.write_one("nope", &json!("x")).await,
        desk.write_simple("nope", "x").await,
    ] {
        assert_eq!(code(&answer), "InvalidColumnIdException");
        assert_eq!(answer["errors"][0]["extensions"]["error_data"]["column_id"], "nope");
    }
}

#[tokio::test]
async fn the_values_of_an_item_have_64_kb_together() {
    let desk = Desk::new().await;
    let (first, second) = (desk.column("text").await, desk.column("long_text").await);
    let half = "x".repeat(33_000);
    assert_eq!(code(&desk.write(&first, &json!(half)).await), "none");
    assert_eq!(code(&desk.write(&second, &json!({ "text": half })).await), "ColumnValueException");
    assert_eq!(code(&desk.write_all(&json!({&first: null, &second: {"text": half}}), false).await), "none");
}
