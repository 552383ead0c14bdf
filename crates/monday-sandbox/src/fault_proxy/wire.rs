//! What can happen to one connection, told in advance.
//!
//! Must not know: sockets.

use std::time::Duration;

/// The fate of one connection of a [`FaultProxy`](crate::FaultProxy). Bytes are counted per connection and direction.
///
/// "Closed" is an orderly end (FIN) after all bytes before it; "reset" is a RST, before which bytes that the other side
/// has no room for are lost.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Wire {
    /// Everything passes.
    #[default]
    Pass,
    /// Closed after so many bytes of the answer; with 0 as soon as the server has begun to answer.
    CutAnswerAt(usize),
    /// Closed after so many bytes of the request; the server gets just those.
    CutRequestAt(usize),
    /// Reset after so many bytes of the answer; with 0 as soon as the server has begun to answer.
    ResetAnswerAt(usize),
    /// Reset after so many bytes of the request; the server gets just those.
    ResetRequestAt(usize),
    /// The answer ends after so many bytes, and the client may go on to send.
    HalfCloseAnswerAt(usize),
    /// The answer comes a few bytes at a time.
    DripAnswer {
        /// Bytes a tick, at least 1.
        bytes: usize,
        /// The time between two ticks.
        every: Duration,
    },
    /// The request reaches the server a few bytes at a time.
    DripRequest {
        /// Bytes a tick, at least 1.
        bytes: usize,
        /// The time between two ticks.
        every: Duration,
    },
    /// The server does its work, no byte of what it says passes, and the connection is closed once the server has said
    /// something after the last byte of the client and then nothing for so long. Over HTTP/2, where a server speaks
    /// before it answers, this must be longer than the server takes.
    DropAnswer(Duration),
    /// Taken, never read and never answered.
    Hold,
    /// Taken and reset at once; the server is not asked. For a refused connection see
    /// [`FaultProxy::refuse`](crate::FaultProxy::refuse).
    Reset,
}

/// What happens to one direction.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Flow {
    pub(super) end: Option<(usize, End)>,
    pub(super) drip: Option<(usize, Duration)>,
    /// Nothing passes, and so much silence ends the connection.
    pub(super) swallow: Option<Duration>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Close,
    Reset,
    HalfClose,
}

impl Wire {
    /// Request and answer.
    pub(super) fn flows(self) -> (Flow, Flow) {
        let through = Flow::default();
        let ends = |at, end| Flow { end: Some((at, end)), ..Flow::default() };
        let drips = |bytes: usize, every| Flow { drip: Some((bytes.max(1), every)), ..Flow::default() };
        match self {
            Self::Pass | Self::Hold | Self::Reset => (through, through),
            Self::CutAnswerAt(at) => (through, ends(at, End::Close)),
            Self::CutRequestAt(at) => (ends(at, End::Close), through),
            Self::ResetAnswerAt(at) => (through, ends(at, End::Reset)),
            Self::ResetRequestAt(at) => (ends(at, End::Reset), through),
            Self::HalfCloseAnswerAt(at) => (through, ends(at, End::HalfClose)),
            Self::DripAnswer { bytes, every } => (through, drips(bytes, every)),
            Self::DripRequest { bytes, every } => (drips(bytes, every), through),
            Self::DropAnswer(quiet) => (through, Flow { swallow: Some(quiet), ..through }),
        }
    }
}
