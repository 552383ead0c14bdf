//! From the body to the event: `type`, and everything else in `data`.
//!
//! Must not know: who sent it.

use monday_core::Json;
use serde_json::{Map, Value};

use super::{AppSubscription, AppVersion, LifecycleEvent, LifecycleEventType};
use crate::fields::Fields;
use crate::refusal::Refusal;

pub(super) fn event(body: Map<String, Value>) -> Result<LifecycleEvent, Refusal> {
    let Some(name) = body.get("type").and_then(Value::as_str) else {
        return Err(Refusal::NotAnEvent("`type`"));
    };
    let Some(data) = body.get("data").and_then(Value::as_object) else {
        return Err(Refusal::NotAnEvent("`data`"));
    };
    let mut fields = Fields::new(data);
    // Without these two it cannot be said whose event it is.
    let app_id = fields.id("app_id").ok_or(Refusal::NotAnEvent("`data.app_id`"))?;
    let account_id = fields.id("account_id").ok_or(Refusal::NotAnEvent("`data.account_id`"))?;
    Ok(LifecycleEvent {
        event_type: LifecycleEventType::from(name),
        app_id,
        account_id,
        user_id: fields.signed_id("user_id"),
        user_email: fields.text("user_email"),
        user_name: fields.text("user_name"),
        user_cluster: fields.text("user_cluster"),
        user_country: fields.text("user_country"),
        app_name: fields.text("app_name"),
        account_name: fields.text("account_name"),
        account_slug: fields.text("account_slug"),
        account_tier: fields.text("account_tier"),
        account_max_users: fields.count("account_max_users"),
        version: version(&mut fields),
        subscription: subscription(&mut fields),
        reason: fields.text("reason"),
        happened_at: fields.time("timestamp"),
        unread: fields.unread(),
        raw: Json(Value::Object(body)),
    })
}

fn version(fields: &mut Fields<'_>) -> Option<AppVersion> {
    let mut part = Fields::new(fields.part("version_data")?);
    let version = AppVersion {
        major: part.count("major"),
        minor: part.count("minor"),
        patch: part.count("patch"),
        number: part.count("number"),
        kind: part.text("type"),
    };
    fields.note(part.unread());
    Some(version)
}

fn subscription(fields: &mut Fields<'_>) -> Option<AppSubscription> {
    let mut part = Fields::new(fields.part("subscription")?);
    let text_or_number = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let subscription = AppSubscription {
        plan_id: part.read("plan_id", text_or_number),
        renews_at: part.time("renewal_date"),
        is_trial: part.flag("is_trial"),
        billing_period: part.text("billing_period"),
        days_left: part.whole("days_left"),
        pricing_version: part.count("pricing_version"),
        max_units: part.count("max_units"),
    };
    fields.note(part.unread());
    Some(subscription)
}
