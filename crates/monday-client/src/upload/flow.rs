//! The bytes of one attempt as they pass: counted, compared with the length, told to the caller.
//!
//! Must not know: where they go.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_core::Stream;
use futures_util::StreamExt as _;
use tokio::sync::Notify;
use tokio_util::io::ReaderStream;

use super::{OnProgress, Opened, UploadFault, UploadProgress};

const PIECE: usize = 64 * 1024;

/// What an attempt knows of its bytes.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    sent: AtomicU64,
    ended: Notify,
    fault: Mutex<Option<UploadFault>>,
}

impl Flow {
    /// Bytes handed to the connection so far.
    pub(crate) fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// Waits until nothing is left to hand over. For one who waits, once.
    pub(crate) async fn end(&self) {
        self.ended.notified().await;
    }

    /// What was wrong with the file, if anything.
    pub(crate) fn fault(&self) -> Option<UploadFault> {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fail(&self, fault: UploadFault) -> io::Error {
        *self.fault.lock().unwrap_or_else(PoisonError::into_inner) = Some(fault);
        io::ErrorKind::InvalidData.into()
    }

    /// Judges a piece, or the end (`None`).
    fn pass(&self, piece: Option<io::Result<Bytes>>, total: u64) -> Option<io::Result<Bytes>> {
        if self.fault().is_some() {
            return None;
        }
        let sent = self.sent();
        let piece = match piece {
            Some(Ok(piece)) => piece,
            Some(Err(error)) => return Some(Err(self.fail(UploadFault::Unreadable(error.kind())))),
            None if sent == total => {
                self.ended.notify_one();
                return None;
            }
            None => return Some(Err(self.fail(UploadFault::Changed { expected: total, found: sent }))),
        };
        let found = sent + piece.len() as u64;
        if found > total {
            return Some(Err(self.fail(UploadFault::Changed { expected: total, found })));
        }
        self.sent.store(found, Ordering::Relaxed);
        Some(Ok(piece))
    }
}

/// The file's bytes. A length that is not kept ends them with an error, so that the server takes nothing for
/// whole.
pub(super) fn pieces(
    opened: Opened,
    flow: Arc<Flow>,
    on_progress: Option<OnProgress>,
) -> impl Stream<Item = io::Result<Bytes>> + Send + 'static {
    let total = opened.length;
    // The end is an item of its own, since a file that is too short shows only there.
    let pieces = ReaderStream::with_capacity(opened.reader, PIECE).map(Some);
    let pieces = pieces.chain(futures_util::stream::once(std::future::ready(None)));
    pieces.filter_map(move |piece| {
        let passed = flow.pass(piece, total);
        if let (Some(Ok(_)), Some(tell)) = (&passed, &on_progress) {
            tell(UploadProgress { sent: flow.sent(), total });
        }
        std::future::ready(passed)
    })
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    async fn sent(bytes: &'static [u8], length: u64) -> (Vec<u8>, Option<UploadFault>, Vec<u64>) {
        let flow = Arc::new(Flow::default());
        let told: Arc<Mutex<Vec<u64>>> = Arc::default();
        let tell = {
            let told = Arc::clone(&told);
            Arc::new(move |now: UploadProgress| told.lock().unwrap().push(now.sent)) as OnProgress
        };
        let opened = Opened { reader: Box::pin(bytes), length };
        let found: Vec<_> = pieces(opened, Arc::clone(&flow), Some(tell)).collect().await;
        let whole = found.into_iter().filter_map(Result::ok).flatten().collect();
        let has_ended = flow.end().now_or_never().is_some();
        assert_eq!(has_ended, flow.fault().is_none());
        let told = told.lock().unwrap().clone();
        (whole, flow.fault(), told)
    }

    #[tokio::test]
    async fn a_length_that_is_kept_passes_in_pieces_that_are_told() {
        static LARGE: [u8; 200_000] = [7; 200_000];
        let (whole, fault, told) = sent(&LARGE, 200_000).await;
        assert_eq!((whole.len(), fault), (200_000, None));
        assert_eq!((told.first(), told.last()), (Some(&65_536), Some(&200_000)));
        assert_eq!(sent(b"", 0).await, (Vec::new(), None, Vec::new()));
    }

    #[tokio::test]
    async fn a_file_that_shrinks_or_grows_is_a_fault_with_both_lengths() {
        let changed = |expected, found| Some(UploadFault::Changed { expected, found });
        assert_eq!(sent(b"12345", 6).await.1, changed(6, 5));
        assert_eq!(sent(b"", 1).await.1, changed(1, 0));
        // Nothing beyond the length goes out.
        assert_eq!(sent(b"12345", 4).await, (Vec::new(), changed(4, 5), Vec::new()));
    }
}
