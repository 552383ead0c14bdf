//! Webhooks of the app itself: twelve events of monday's documentation, and one that came to it later.

use std::time::SystemTime;

use monday_webhooks::auth::SignedFault;
use monday_webhooks::{LifecycleDelivery, LifecycleEvent, LifecycleEventType, LifecycleReceiver, Refusal};
use serde_json::{Value, json};

use crate::support::{
    ACCOUNT, CLIENT_SECRET, SIGNING_SECRET, client_secret, fixture, hs256, names, now, part, post, signed,
};

const EVENTS: [(&str, LifecycleEventType); 13] = {
    use LifecycleEventType as Type;
    [
        ("install", Type::Install),
        ("uninstall", Type::Uninstall),
        ("app_subscription_created", Type::SubscriptionCreated),
        ("app_subscription_changed", Type::SubscriptionChanged),
        ("app_subscription_renewed", Type::SubscriptionRenewed),
        ("app_subscription_cancelled_by_user", Type::SubscriptionCancelledByUser),
        ("app_subscription_cancelled", Type::SubscriptionCancelled),
        ("app_subscription_cancellation_revoked_by_user", Type::SubscriptionCancellationRevokedByUser),
        ("app_subscription_renewal_attempt_failed", Type::SubscriptionRenewalAttemptFailed),
        ("app_subscription_renewal_failed", Type::SubscriptionRenewalFailed),
        ("app_trial_subscription_started", Type::TrialSubscriptionStarted),
        ("app_trial_subscription_ended", Type::TrialSubscriptionEnded),
        (
            "app_subscription_pricing_version_change_scheduled",
            Type::SubscriptionPricingVersionChangeScheduled,
        ),
    ]
};

fn claims() -> Value {
    json!({"exp": now() + 300, "dat": {"account_id": ACCOUNT, "user_id": 55_512_345, "app_id": 10_101_010}})
}

fn token() -> String {
    signed(&hs256(), &claims(), CLIENT_SECRET)
}

fn receive(authorization: Option<&str>, body: &Value) -> Result<LifecycleDelivery, Refusal> {
    LifecycleReceiver::new(client_secret()).receive(&post(authorization, body.to_string().as_bytes()))
}

fn with(field: &str, value: Value) -> Value {
    let mut body = fixture("lifecycle", "install");
    body["data"][field] = value;
    body
}

#[test]
fn every_event_is_typed_and_loses_no_field() {
    let mut expected = EVENTS.map(|(name, _)| name.to_owned());
    expected.sort();
    assert_eq!(names("lifecycle"), expected, "an event without a fixture, or a fixture without an event");
    for (name, kind) in EVENTS {
        let body = fixture("lifecycle", name);
        let LifecycleDelivery { event, sender, .. } = receive(Some(&token()), &body).unwrap();
        assert_eq!((&event.event_type, event.event_type.as_str()), (&kind, name));
        assert_eq!((event.raw(), event.unread()), (&body.into(), [].as_slice()), "{name}");
        assert_eq!((event.account_id, event.app_id), (ACCOUNT.into(), 10_101_010.into()));
        assert_eq!(sender.account_id, Some(ACCOUNT));
        assert!(event.happened_at.is_some() && event.subscription.is_some(), "{name}");
    }
}

#[test]
fn what_it_tells_of_user_account_version_and_subscription_is_read() {
    let event = receive(Some(&token()), &fixture("lifecycle", "install")).unwrap().event;
    assert_eq!(
        (event.user_id, event.user_email.as_deref()),
        (Some(55_512_345.into()), Some("ada@example.com"))
    );
    assert_eq!((event.account_tier.as_deref(), event.account_max_users), (Some("pro"), Some(50)));
    assert_eq!((event.account_slug.as_deref(), event.user_country.as_deref()), (Some("engines"), Some("GB")));
    let version = event.version.unwrap();
    assert_eq!(
        (version.major, version.minor, version.patch, version.number),
        (Some(2), Some(1), Some(0), Some(16))
    );
    let subscription = event.subscription.unwrap();
    assert_eq!((subscription.plan_id.as_deref(), subscription.is_trial), (Some("team_yearly"), Some(false)));
    assert_eq!((subscription.days_left, subscription.max_units), (Some(352), Some(25)));
    let since_1970 = |moment: SystemTime| moment.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_millis();
    assert_eq!(since_1970(subscription.renews_at.unwrap()), 1_806_537_600_000);
    assert_eq!(since_1970(event.happened_at.unwrap()), 1_776_931_200_022);
    let ended = receive(Some(&token()), &fixture("lifecycle", "app_subscription_cancelled")).unwrap().event;
    assert_eq!(ended.reason.as_deref(), Some("monday_subscription_cancel_on_renewal"));
    let trial =
        receive(Some(&token()), &fixture("lifecycle", "app_trial_subscription_started")).unwrap().event;
    assert_eq!(trial.subscription.unwrap().is_trial, Some(true));
}

#[test]
fn an_event_newer_than_the_sdk_is_kept_by_name() {
    let mut body = fixture("lifecycle", "install");
    body["type"] = "app_subscription_paused".into();
    let event = receive(Some(&token()), &body).unwrap().event;
    assert_eq!(event.event_type, LifecycleEventType::Unrecognized("app_subscription_paused".to_owned()));
}

#[test]
fn a_field_of_another_form_is_named_and_the_rest_is_read() {
    let event = receive(Some(&token()), &with("account_max_users", json!("many"))).unwrap().event;
    assert_eq!((event.unread(), event.account_max_users), (["account_max_users"].as_slice(), None));
    let mut body = with("version_data", json!({"major": "two", "number": 3}));
    body["data"]["subscription"] = json!({"plan_id": 5, "days_left": -3, "renewal_date": "soon"});
    let event = receive(Some(&token()), &body).unwrap().event;
    assert_eq!(event.unread(), ["major", "renewal_date"]);
    let subscription = event.subscription.unwrap();
    assert_eq!((subscription.plan_id.as_deref(), subscription.days_left), (Some("5"), Some(-3)));
    assert_eq!(event.version.unwrap().number, Some(3));
}

#[test]
fn a_body_that_does_not_say_whose_event_it_is_is_refused() {
    let refused = |body: &Value| receive(Some(&token()), body).unwrap_err();
    for id in [json!(null), json!(1.5), json!("x"), json!(-1)] {
        assert_eq!(refused(&with("app_id", id.clone())), Refusal::NotAnEvent("`data.app_id`"));
        assert_eq!(refused(&with("account_id", id)), Refusal::NotAnEvent("`data.account_id`"));
    }
    assert_eq!(refused(&json!({"data": {}})), Refusal::NotAnEvent("`type`"));
    assert_eq!(refused(&json!({"type": "install", "data": []})), Refusal::NotAnEvent("`data`"));
    assert_eq!(refused(&json!([])), Refusal::NotAnEvent("the object"));
    assert_eq!(LifecycleEvent::parse(b"{").unwrap_err(), Refusal::NotJson);
}

#[test]
fn what_is_not_signed_with_the_client_secret_is_refused() {
    let good = token();
    let ended = json!({"exp": now() - 120});
    let none = format!("{}.{}.", part(r#"{"alg":"none"}"#), part(claims().to_string()));
    let forged = [
        (None, SignedFault::Unsigned),
        (Some(signed(&hs256(), &claims(), SIGNING_SECRET)), SignedFault::Signature),
        (Some(signed(&hs256(), &ended, CLIENT_SECRET)), SignedFault::Expired),
        (Some(none), SignedFault::Algorithm),
        (Some(format!("{}.{}", good.rsplit_once('.').unwrap().0, part([7; 32]))), SignedFault::Signature),
    ];
    let body = fixture("lifecycle", "install");
    for (authorization, fault) in forged {
        assert_eq!(receive(authorization.as_deref(), &body).unwrap_err(), Refusal::NotSigned(fault));
    }
    let incoming =
        |method| monday_webhooks::Incoming::new(method, [("authorization", good.as_bytes())], b"{}");
    let receiver = LifecycleReceiver::new(client_secret());
    assert_eq!(receiver.receive(&incoming("GET")).unwrap_err(), Refusal::Method);
    let short = LifecycleReceiver::new(client_secret()).longest_body(1);
    assert_eq!(short.receive(&incoming("POST")).unwrap_err(), Refusal::TooLong { longest: 1 });
}

#[test]
fn a_token_of_one_account_or_app_does_not_bring_the_event_of_another() {
    // Each user of the app holds such a token: a session token has the same secret.
    for (field, claim) in [("account_id", "account_id"), ("app_id", "app_id")] {
        let refusal = receive(Some(&token()), &with(field, json!(1))).unwrap_err();
        assert_eq!((refusal, refusal.status()), (Refusal::OtherSender, 401), "{claim}");
    }
    // A token that does not say whose it is cannot be compared: monday does not document what it says.
    let silent = signed(&hs256(), &json!({"exp": now() + 300}), CLIENT_SECRET);
    let delivery = receive(Some(&silent), &fixture("lifecycle", "install")).unwrap();
    assert_eq!(delivery.sender.account_id, None);
    let flat = signed(&hs256(), &json!({"exp": now() + 300, "accountId": 1}), CLIENT_SECRET);
    assert_eq!(receive(Some(&flat), &fixture("lifecycle", "install")).unwrap_err(), Refusal::OtherSender);
}

#[test]
fn a_token_that_never_ends_is_taken_by_who_says_so_alone() {
    let mut claims = claims();
    claims.as_object_mut().unwrap().remove("exp");
    let endless = signed(&hs256(), &claims, CLIENT_SECRET);
    let body = fixture("lifecycle", "install");
    let refusal = receive(Some(&endless), &body).unwrap_err();
    assert_eq!(refusal, Refusal::NotSigned(SignedFault::Claim("exp")));
    let receiver = LifecycleReceiver::new(client_secret()).allow_endless_tokens();
    let text = body.to_string();
    assert!(receiver.receive(&post(Some(&endless), text.as_bytes())).is_ok());
    for (age, good) in [(0, true), (290, true), (600, false)] {
        claims["iat"] = (now() - age).into();
        let token = signed(&hs256(), &claims, CLIENT_SECRET);
        assert_eq!(receive(Some(&token), &body).is_ok(), good, "{age}");
    }
}
