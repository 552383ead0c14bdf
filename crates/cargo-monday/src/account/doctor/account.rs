//! The checks of the account: a token and where it is from, whose it is, and which version monday serves.
//!
//! Must not know: files of the repository.

use monday_sdk::auth::FindingLevel;
use monday_sdk::queries::Me;
use monday_sdk::{ApiVersion, Client};

use super::{Arguments, Checks};
use crate::Failure;
use crate::account::connection::Connection;
use crate::account::runtime::CommandRuntime;
use crate::project::Project;

/// Makes them.
pub(super) fn check(project: &Project, arguments: &Arguments, checks: &mut Checks) -> Result<(), Failure> {
    let account = &arguments.account;
    let endpoint = account.endpoint()?;
    let runtime = CommandRuntime::new()?;
    let chain = match account.chain(&endpoint, &runtime) {
        Ok(chain) => chain,
        Err(error) => {
            checks.failed("the token", &error);
            return Ok(());
        }
    };
    let diagnosis = runtime.block_on(chain.doctor());
    for finding in diagnosis.findings() {
        let advice = finding.advice.unwrap_or_default();
        match finding.level {
            FindingLevel::Good => checks.ok(&finding.what),
            FindingLevel::Warning => checks.warn(&finding.what, advice),
            FindingLevel::Problem => {
                checks.wrong(
                    &finding.what,
                    format!("{advice}; or keep a token here: {} login", project.program),
                );
            }
        }
    }
    if diagnosis.worst() == FindingLevel::Problem || arguments.offline {
        return Ok(());
    }
    let pinned = project.pinned_version().map_or_else(|| Ok(ApiVersion::pinned()), |version| version.parse());
    let Ok(pinned): Result<ApiVersion, _> = pinned else {
        checks.wrong("the version that is pinned is no API version", "write one such as 2026-10");
        return Ok(());
    };
    let version = pinned.clone();
    let builder = || Client::builder().endpoint(endpoint).credential(chain).api_version(version);
    let connection = Connection::with(runtime, builder)?;
    match connection.send(Me) {
        Err(error) => checks.failed("me", &error),
        Ok(answer) => {
            match answer.data.and_then(|data| data.me) {
                Some(me) => checks.ok(format!("I am {} <{}> of {}", me.name, me.email, me.account.name)),
                None => checks.wrong("the token belongs to no user", "make one as a user of the account"),
            }
            served(checks, &pinned, answer.meta.api_version.as_deref());
        }
    }
    Ok(())
}

fn served(checks: &mut Checks, pinned: &ApiVersion, served: Option<&str>) {
    match served {
        Some(served) if served == pinned.as_str() => checks.ok(format!("monday serves {served}, as pinned")),
        Some(served) => checks.wrong(
            format!("monday serves {served}, and {pinned} is pinned"),
            "pin a version that monday still has; `cargo monday schema check` says what would break",
        ),
        None => checks.warn("monday does not say which version it serves", "ask again later"),
    }
}
