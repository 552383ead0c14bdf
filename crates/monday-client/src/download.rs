//! The bytes of an asset on their way here, without the credential: its address is a signed one on another
//! host.
//!
//! Source: <https://developer.monday.com/api-reference/reference/assets-1>. Must not know: which asset it is.

mod part;

use std::fmt;
use std::io;
use std::path::Path;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use futures_util::stream;
use http::header::CONTENT_TYPE;
use tokio::io::AsyncWriteExt as _;

use crate::attempt::body::Arriving;
use crate::retry::{Attempts, Repeatable};
use crate::{Client, Error, ErrorKind};
use part::Part;

/// A connection that brings nothing for so long is given up.
const STALL: Duration = Duration::from_secs(20);

/// The answer to a [`Client::download`]: its bytes come as they are asked for.
pub struct Download {
    arriving: Arriving,
    received: u64,
    on_progress: Option<Box<dyn FnMut(DownloadProgress) + Send>>,
}

/// How far a download has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct DownloadProgress {
    /// Bytes that have come.
    pub received: u64,
    /// Bytes in all, if the server says it.
    pub total: Option<u64>,
}

impl Client {
    /// Begins to download an asset from its `public_url`, which monday signs for an hour. The address may be
    /// on any host, so **no credential is sent**; it must be https, and redirects are not followed. Tried up
    /// to four times until the answer begins, within the retries that the client has for all its calls.
    ///
    /// An address that is refused, `404` or `403` of an address that has ended are [`ErrorKind::NotFound`]
    /// and [`ErrorKind::Forbidden`].
    pub async fn download(&self, public_url: &str) -> Result<Download, Error> {
        let retries = &self.pipeline.retries;
        retries.earn();
        let mut attempts = Attempts::new(Repeatable::Query);
        loop {
            let error = match self.pipeline.transport.get(public_url).await {
                Ok(arriving) => return Ok(Download { arriving, received: 0, on_progress: None }),
                Err(error) => error,
            };
            let Some(wait) = attempts.next_after(&error).filter(|_| retries.spend()) else {
                return Err(error);
            };
            tokio::time::sleep(wait).await;
        }
    }
}

impl Download {
    /// The length in bytes, if the server says it.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        self.arriving.length()
    }

    /// The media type, if the server says it.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.arriving.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// Called with each piece that has come. It must not block.
    #[must_use]
    pub fn on_progress(mut self, callback: impl FnMut(DownloadProgress) + Send + 'static) -> Self {
        self.on_progress = Some(Box::new(callback));
        self
    }

    /// The next bytes; `None` at the end. An end before the length the server said is
    /// [`ErrorKind::Truncated`], a connection that breaks [`ErrorKind::Disconnected`], an encoding that is
    /// broken [`ErrorKind::Decode`]; one that brings nothing for 20 s is [`ErrorKind::Stalled`].
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        match tokio::time::timeout(STALL, self.arriving.chunk()).await {
            Ok(Ok(chunk)) => {
                self.came(chunk.as_ref());
                Ok(chunk)
            }
            Ok(Err(error)) => Err(error),
            Err(_) => Err(Error::new(ErrorKind::Stalled)),
        }
    }

    fn came(&mut self, chunk: Option<&Bytes>) {
        let Some(chunk) = chunk else { return };
        self.received += chunk.len() as u64;
        let now = DownloadProgress { received: self.received, total: self.length() };
        if let Some(tell) = &mut self.on_progress {
            tell(now);
        }
    }

    /// All of it in memory. A file of more than `most` bytes is [`ErrorKind::ResponseTooLarge`]: at once
    /// where the server says its length, else when it has come so far.
    pub async fn bytes(mut self, most: usize) -> Result<Bytes, Error> {
        if self.length().is_some_and(|length| length > most as u64) {
            return Err(Error::new(ErrorKind::ResponseTooLarge));
        }
        let mut bytes = BytesMut::new();
        while let Some(chunk) = self.chunk().await? {
            if chunk.len() > most - bytes.len() {
                return Err(Error::new(ErrorKind::ResponseTooLarge));
            }
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.freeze())
    }

    /// The bytes as a stream.
    pub fn into_stream(self) -> impl Stream<Item = Result<Bytes, Error>> + Send + 'static {
        stream::try_unfold(self, |mut this| async move { Ok(this.chunk().await?.map(|chunk| (chunk, this))) })
    }

    /// Writes all of it to a new file beside `path` and renames that, so that `path` is never half a file,
    /// also where two are saved there at once. Gives the number of bytes; what the file system says is
    /// [`ErrorKind::File`].
    ///
    /// The new file has the name of `path` with random letters and `.part` behind it. It is removed when the
    /// download fails and when this future is dropped; only a process that is killed leaves it.
    pub async fn save_to(mut self, path: impl AsRef<Path>) -> Result<u64, Error> {
        let (part, file) = Part::create(path.as_ref()).await.map_err(of_file)?;
        let length = self.write_to(tokio::fs::File::from_std(file)).await?;
        part.finish().await.map_err(of_file)?;
        Ok(length)
    }

    async fn write_to(&mut self, mut file: tokio::fs::File) -> Result<u64, Error> {
        let mut length = 0;
        while let Some(chunk) = self.chunk().await? {
            file.write_all(&chunk).await.map_err(of_file)?;
            length += chunk.len() as u64;
        }
        file.sync_all().await.map_err(of_file)?;
        Ok(length)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn of_file(error: io::Error) -> Error {
    Error::of_file(error.kind())
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The response's own output has the signed address.
        f.debug_struct("Download").field("length", &self.length()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
