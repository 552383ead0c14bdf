//! A schema as it comes in: from the API's public endpoint, or from a file.

use std::path::Path;
use std::time::Duration;

use indicatif::ProgressBar;

use crate::{Failure, files};

/// No schema is larger; the served one is under 2 MB.
const LARGEST: usize = 32 * 1024 * 1024;

pub(super) struct Served {
    pub(super) text: String,
    /// For the lock: a URL without query, or a file's name.
    pub(super) source: String,
}

impl Served {
    pub(super) fn read(file: &Path) -> Result<Self, Failure> {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        if std::fs::metadata(file).is_ok_and(|file| file.len() > LARGEST as u64) {
            return Err(format!("{}: the file is larger than {LARGEST} bytes", file.display()));
        }
        Ok(Self { text: files::read(file)?, source: format!("file:{name}") })
    }

    /// `GET ENDPOINT?format=sdl&version=V`, without credentials.
    pub(super) fn fetch(endpoint: &str, version: &str) -> Result<Self, Failure> {
        let url = reqwest::Url::parse(endpoint).map_err(|error| format!("--endpoint: {error}"))?;
        if !url.username().is_empty()
            || url.password().is_some()
            || url.query().is_some()
            || url.fragment().is_some()
        {
            return Err(
                "--endpoint holds credentials, a query or a fragment: none of them is sent".to_owned()
            );
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| error.to_string())?;
        // On standard error, and only where that is a terminal.
        let progress = ProgressBar::new_spinner().with_message(format!("fetching {version} from {endpoint}"));
        progress.enable_steady_tick(Duration::from_millis(120));
        let answer = runtime.block_on(get(url, version));
        progress.finish_and_clear();
        let text = answer
            .map_err(|reason| format!("{endpoint} could not be fetched, the old schema stays\n{reason}"))?;
        Ok(Self { text, source: endpoint.to_owned() })
    }
}

async fn get(mut url: reqwest::Url, version: &str) -> Result<String, Failure> {
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(Duration::from_secs(10))
        .timeout(Duration::from_mins(1))
        .build()
        .map_err(|error| error.without_url().to_string())?;
    url.query_pairs_mut().append_pair("format", "sdl").append_pair("version", version);
    let mut answer = client.get(url).send().await.map_err(why)?;
    if !answer.status().is_success() {
        return Err(format!("the server answered {}", answer.status()));
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(why)? {
        if bytes.len() + chunk.len() > LARGEST {
            return Err(format!("the answer is larger than {LARGEST} bytes"));
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| "the answer is not UTF-8".to_owned())
}

fn why(error: reqwest::Error) -> Failure {
    use std::error::Error as _;
    let error = error.without_url();
    let cause = std::iter::successors(error.source(), |&cause| cause.source()).last();
    cause.map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"))
}
