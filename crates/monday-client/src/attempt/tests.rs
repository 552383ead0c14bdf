//! When the sending of a file is given up, on a clock that jumps.
//!
//! Must not know: the wire.

use std::io;

use bytes::Bytes;
use futures_util::{StreamExt as _, stream};
use tokio_util::io::StreamReader;

use super::*;
use crate::Upload;

const PIECE: usize = 10 * 1024;
const PIECES: usize = 30;

/// What comes of a file whose pieces go out so slowly, each by its number, when no answer comes.
async fn sent(pause: impl Fn(usize) -> Duration, total: Duration) -> Result<Option<()>, ErrorKind> {
    let flow = Arc::new(Flow::default());
    let pauses: Vec<_> = (0..PIECES).map(pause).collect();
    let upload = Upload::reader("name", (PIECE * PIECES) as u64, move || {
        let pieces = stream::iter(pauses.clone()).then(|pause| async move {
            tokio::time::sleep(pause).await;
            io::Result::Ok(Bytes::from_static(&[0; PIECE]))
        });
        std::future::ready(Ok(StreamReader::new(Box::pin(pieces))))
    });
    let form = upload::form(&upload, String::new(), None, Arc::clone(&flow)).await.unwrap();
    let mut sending = Box::pin(async move {
        let mut body = form.body.pieces;
        while body.next().await.is_some() {}
        std::future::pending::<()>().await;
    });
    let sent = Transport::sent(&mut sending, &flow, Deadline::after(total)).await;
    sent.map_err(|error| error.kind())
}

#[tokio::test(start_paused = true)]
async fn a_file_is_given_up_when_it_does_not_go_on_and_not_when_it_takes_long() {
    let (second, hour) = (Duration::from_secs(1), Duration::from_hours(1));
    // Four and a half minutes in all.
    assert_eq!(sent(|_| second * 9, hour).await, Ok(None));
    assert_eq!(sent(|_| second * 9, second * 50).await, Err(ErrorKind::Timeout));
    assert_eq!(sent(|_| second * 11, hour).await, Err(ErrorKind::Stalled));
    assert_eq!(sent(|number| if number < 20 { second } else { hour }, hour).await, Err(ErrorKind::Stalled));
}
