//! The names of the events of an app.
//!
//! Must not know: what they carry.

use monday_core::open_enum;

open_enum! {
    /// What happened to an app in an account. A name that is newer than this SDK is kept.
    LifecycleEventType {
        Install = "install",
        Uninstall = "uninstall",
        SubscriptionCreated = "app_subscription_created",
        SubscriptionChanged = "app_subscription_changed",
        SubscriptionRenewed = "app_subscription_renewed",
        SubscriptionCancelledByUser = "app_subscription_cancelled_by_user",
        SubscriptionCancelled = "app_subscription_cancelled",
        SubscriptionCancellationRevokedByUser = "app_subscription_cancellation_revoked_by_user",
        SubscriptionRenewalAttemptFailed = "app_subscription_renewal_attempt_failed",
        SubscriptionRenewalFailed = "app_subscription_renewal_failed",
        TrialSubscriptionStarted = "app_trial_subscription_started",
        TrialSubscriptionEnded = "app_trial_subscription_ended",
        SubscriptionPricingVersionChangeScheduled = "app_subscription_pricing_version_change_scheduled",
    }
}
