//! How long an upload waits for its answer.
//!
//! Must not know: what a multipart body holds.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, ReadBuf};
use tokio::time::{Instant, Sleep};

use super::server::{Answer, Server};
use super::{OK, builder, in_time, me};
use crate::{ErrorKind, Upload};

const SHORT: Duration = Duration::from_millis(300);

#[tokio::test]
async fn an_upload_waits_for_its_answer_as_long_as_it_is_told() {
    in_time(async {
        let server = Server::start(|_| Answer::ok(OK).after(Duration::from_mins(1))).await;
        let client = builder(&server).first_byte_timeout(SHORT).build().unwrap();
        let upload = Upload::bytes("name", "bytes").never_twice();
        let start = Instant::now();
        let error = client.upload(me(), &upload).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Stalled);
        assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    })
    .await;
}

/// Three bytes that take long to come, then the end.
struct Slow(Pin<Box<Sleep>>, &'static [u8]);

impl AsyncRead for Slow {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        std::task::ready!(self.0.as_mut().poll(context));
        into.put_slice(std::mem::take(&mut self.1));
        Poll::Ready(Ok(()))
    }
}

#[tokio::test]
async fn the_wait_for_the_answer_begins_when_the_file_has_ended() {
    in_time(async {
        let server = Server::start(|_| Answer::ok(OK).after(SHORT / 3)).await;
        let client = builder(&server).first_byte_timeout(SHORT * 2).build().unwrap();
        let open = || async { Ok(Slow(Box::pin(tokio::time::sleep(SHORT * 4)), b"123")) };
        client.upload(me(), &Upload::reader("name", 3, open)).await.unwrap();
        assert_eq!(server.heads().len(), 1);
    })
    .await;
}
