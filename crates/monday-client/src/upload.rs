//! A file on its way to monday: where its bytes come from, and how far they have come.
//!
//! Source: <https://developer.monday.com/api-reference/docs/files>. Must not know: how a multipart body is
//! formed, when an attempt is made.

mod fault;
mod flow;
mod multipart;

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use monday_core::IntoRequest;
use tokio::io::AsyncRead;

use crate::outgoing::Typed;
use crate::{Client, Error};

pub use fault::UploadFault;
pub(crate) use flow::Flow;
pub(crate) use multipart::{Form, form};

/// What one attempt reads from.
pub(crate) struct Opened {
    pub(crate) reader: Pin<Box<dyn AsyncRead + Send>>,
    pub(crate) length: u64,
}

type Opening = Pin<Box<dyn Future<Output = io::Result<Opened>> + Send>>;
type Open = Arc<dyn Fn() -> Opening + Send + Sync>;
type OnProgress = Arc<dyn Fn(UploadProgress) + Send + Sync>;

/// How far an upload has come. After a failed attempt it begins again at nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct UploadProgress {
    /// Bytes of the file handed to the connection.
    pub sent: u64,
    /// Bytes of the file in all.
    pub total: u64,
}

/// A file to be uploaded. It is read as it is sent, in pieces of 64 KiB, and opened again for each attempt.
///
/// ```no_run
/// # use monday_client::{Client, Error, Upload};
/// # async fn example<R>(client: Client, add_file_to_column: R) -> Result<(), Error>
/// # where
/// #     R: monday_core::IntoRequest,
/// # {
/// let report = Upload::file("report.pdf").on_progress(|now| println!("{} of {}", now.sent, now.total));
/// client.upload(add_file_to_column, &report).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Upload {
    name: String,
    content_type: Option<String>,
    variable: Cow<'static, str>,
    open: Open,
    on_progress: Option<OnProgress>,
    deadline: Duration,
    never_twice: bool,
}

/// Long enough for 500 MB over 1 MB/s.
const DEADLINE: Duration = Duration::from_mins(10);

impl Upload {
    /// A file of this machine, under its own name.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        let path: PathBuf = path.into();
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Self::opened_by(
            name,
            Arc::new(move || {
                let path = path.clone();
                Box::pin(async move {
                    let file = tokio::fs::File::open(path).await?;
                    let found = file.metadata().await?;
                    if !found.is_file() {
                        return Err(io::ErrorKind::InvalidInput.into());
                    }
                    Ok(Opened { reader: Box::pin(file), length: found.len() })
                })
            }),
        )
    }

    /// Bytes in memory; every attempt shares them.
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        let bytes: Bytes = bytes.into();
        Self::opened_by(
            name.into(),
            Arc::new(move || {
                let bytes = bytes.clone();
                let length = bytes.len() as u64;
                Box::pin(std::future::ready(Ok(Opened { reader: Box::pin(io::Cursor::new(bytes)), length })))
            }),
        )
    }

    /// Whatever can be read more than once: `open` gives a reader at its start, for each attempt anew. The
    /// length in bytes must be known; another one than found is an error, and so is a reader that ends
    /// earlier or later.
    pub fn reader<F, O, R>(name: impl Into<String>, length: u64, open: F) -> Self
    where
        F: Fn() -> O + Send + Sync + 'static,
        O: Future<Output = io::Result<R>> + Send + 'static,
        R: AsyncRead + Send + 'static,
    {
        Self::opened_by(
            name.into(),
            Arc::new(move || {
                let opening = open();
                Box::pin(async move { Ok(Opened { reader: Box::pin(opening.await?), length }) })
            }),
        )
    }

    fn opened_by(name: String, open: Open) -> Self {
        let variable = Cow::Borrowed("file");
        Self {
            name,
            content_type: None,
            variable,
            open,
            on_progress: None,
            deadline: DEADLINE,
            never_twice: false,
        }
    }

    /// The name it gets at monday.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Its media type, such as `image/png`. monday goes by the name's ending without one.
    #[must_use]
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// The operation's variable of type `File!` that it is for. Default: `file`.
    #[must_use]
    pub fn variable(mut self, name: impl Into<Cow<'static, str>>) -> Self {
        self.variable = name.into();
        self
    }

    /// Called with each piece that is handed to the connection. It must not block.
    #[must_use]
    pub fn on_progress(mut self, callback: impl Fn(UploadProgress) + Send + Sync + 'static) -> Self {
        self.on_progress = Some(Arc::new(callback));
        self
    }

    /// How long the upload may take with all its attempts. Default: ten minutes. A connection that takes less
    /// than 1 KiB/s over 20 s is given up before, and so is one that brings no answer within
    /// [`first_byte_timeout`](crate::ClientBuilder::first_byte_timeout) after the file.
    #[must_use]
    pub fn deadline(mut self, total: Duration) -> Self {
        self.deadline = total;
        self
    }

    /// Gives up where the file may have arrived, instead of sending it again under the same idempotency key.
    /// monday documents keys for mutations and does not say whether its file endpoint heeds them: where it
    /// does not, a second sending is a second file. Default: it is sent again.
    #[must_use]
    pub fn never_twice(mut self) -> Self {
        self.never_twice = true;
        self
    }

    pub(crate) fn is_never_twice(&self) -> bool {
        self.never_twice
    }

    pub(crate) fn total_time(&self) -> Duration {
        self.deadline
    }

    pub(crate) async fn open(&self) -> Result<Opened, UploadFault> {
        (self.open)().await.map_err(|error| UploadFault::Unreadable(error.kind()))
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A file's name may say more than a log should.
        f.debug_struct("Upload").field("variable", &self.variable).finish_non_exhaustive()
    }
}

impl Client {
    /// Sends a mutation with a file to the file endpoint, `/v2/file`, and gives its data; strict as
    /// [`execute`](Self::execute). The same rooms are passed: credential, quota, retries.
    ///
    /// A file that cannot be read, or is not as long as it was, is
    /// [`ErrorKind::Upload`](crate::ErrorKind::Upload) and not tried again. An answer that comes before the
    /// file has been sent is used.
    ///
    /// An answer that is lost is asked for again by sending the file again under the same idempotency key.
    /// monday promises of its keys that a mutation is done once, and does not say whether that holds at
    /// `/v2/file`; if it does not, the file is kept more than once, unless it is
    /// [`never_twice`](Upload::never_twice). See
    /// <https://developer.monday.com/api-reference/docs/idempotency>.
    pub async fn upload<R: IntoRequest>(&self, request: R, upload: &Upload) -> Result<R::Data, Error> {
        let request = request.into_request()?;
        self.strictly(Typed::with_upload(&request, upload)).await
    }
}
