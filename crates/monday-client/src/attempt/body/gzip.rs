//! Decodes a gzip body as it comes, in pieces of a fixed size, so that a bomb is noticed early.
//!
//! Must not know: how large the body may be.

use std::io::{self, BufRead, ErrorKind as Io, Read};

use bytes::{Buf as _, Bytes};
use flate2::bufread::MultiGzDecoder;

use crate::{Error, ErrorKind};

/// How gzip begins (RFC 1952, section 2.3.1).
const MAGIC: u8 = 0x1f;

/// No piece is larger, whatever comes.
const PIECE: usize = 32 * 1024;

/// More than this is no encoding of nothing.
const MOST_FOR_NOTHING: usize = 1 << 20;

/// What has come, and the decoder that reads it.
#[derive(Debug)]
pub(super) struct Gzip {
    decoder: MultiGzDecoder<Encoded>,
    piece: Box<[u8]>,
    /// Bytes that came since the last piece.
    for_nothing: usize,
}

pub(super) enum Step {
    /// So many bytes of [`Gzip::piece`].
    Piece(usize),
    /// Nothing can be said before more comes.
    Hungry,
    End,
}

/// What has come and was not decoded yet: a reader that would block until more comes, or the end.
#[derive(Debug, Default)]
struct Encoded {
    bytes: Bytes,
    has_begun: bool,
    has_ended: bool,
}

impl Default for Gzip {
    fn default() -> Self {
        let piece = vec![0; PIECE].into_boxed_slice();
        Self { decoder: MultiGzDecoder::new(Encoded::default()), piece, for_nothing: 0 }
    }
}

impl Gzip {
    /// Takes what has come, or the end (`None`). All that came before has been decoded.
    pub(super) fn feed(&mut self, encoded: Option<Bytes>) -> Result<(), Error> {
        let to = self.decoder.get_mut();
        match encoded {
            Some(bytes) => {
                self.for_nothing += bytes.len();
                if self.for_nothing > MOST_FOR_NOTHING.max(bytes.len()) {
                    return Err(Error::new(ErrorKind::Decode));
                }
                // What is no gzip from its first byte on would be taken for one that is cut off.
                if !to.has_begun && bytes.first().is_some_and(|first| *first != MAGIC) {
                    return Err(Error::new(ErrorKind::Decode));
                }
                to.has_begun |= !bytes.is_empty();
                to.bytes = bytes;
            }
            None => to.has_ended = true,
        }
        Ok(())
    }

    /// Decodes a piece. A sum that differs breaks the encoding; an end within it cuts it off.
    pub(super) fn step(&mut self) -> Result<Step, Error> {
        let encoded = self.decoder.get_ref();
        if !encoded.has_begun {
            return Ok(if encoded.has_ended { Step::End } else { Step::Hungry });
        }
        let mut length = 0;
        let end = loop {
            match self.decoder.read(&mut self.piece[length..]) {
                Ok(0) => break Step::End,
                Ok(count) => length += count,
                Err(error) if error.kind() == Io::WouldBlock => break Step::Hungry,
                Err(error) if error.kind() == Io::UnexpectedEof => {
                    return Err(Error::new(ErrorKind::Truncated));
                }
                Err(_) => return Err(Error::new(ErrorKind::Decode)),
            }
        };
        if length == 0 {
            return Ok(end);
        }
        self.for_nothing = 0;
        Ok(Step::Piece(length))
    }

    /// What the last step has decoded.
    pub(super) fn piece(&self, length: usize) -> &[u8] {
        &self.piece[..length]
    }
}

impl BufRead for Encoded {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.bytes.is_empty() && !self.has_ended {
            return Err(Io::WouldBlock.into());
        }
        Ok(&self.bytes)
    }

    fn consume(&mut self, count: usize) {
        self.bytes.advance(count);
    }
}

impl Read for Encoded {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let count = self.fill_buf()?.len().min(to.len());
        self.bytes.copy_to_slice(&mut to[..count]);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn encoded(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    /// What comes of a body that arrives in pieces of a size.
    fn decoded(body: &[u8], size: usize) -> Result<Vec<u8>, ErrorKind> {
        let (mut gzip, mut all) = (Gzip::default(), Vec::new());
        let mut pieces = body.chunks(size).map(Bytes::copy_from_slice);
        loop {
            match gzip.step().map_err(|error| error.kind())? {
                Step::Piece(length) => {
                    assert!((1..=64 << 10).contains(&length));
                    all.extend_from_slice(gzip.piece(length));
                }
                Step::Hungry => gzip.feed(pieces.next()).map_err(|error| error.kind())?,
                Step::End => return Ok(all),
            }
        }
    }

    #[test]
    fn a_body_is_the_same_however_it_arrives() {
        let text: Vec<u8> = (0..50_000_u32).flat_map(u32::to_be_bytes).collect();
        let members = [encoded(&text), encoded(b"and another")].concat();
        let whole = [&text[..], b"and another"].concat();
        for size in [1, 7, PIECE, PIECE + 1, members.len()] {
            assert!(decoded(&encoded(&text), size).as_ref() == Ok(&text), "{size}");
            assert!(decoded(&members, size).as_ref() == Ok(&whole), "{size}");
        }
        assert_eq!(decoded(b"", 1), Ok(Vec::new()));
        assert_eq!(decoded(&encoded(b""), 1), Ok(Vec::new()));
    }

    #[test]
    fn a_body_that_ends_early_or_is_broken_is_an_error_for_each_byte_of_it() {
        let text: Vec<u8> = (0..200_u8).collect();
        let body = encoded(&text);
        for end in 1..body.len() {
            assert_eq!(decoded(&body[..end], 16), Err(ErrorKind::Truncated), "{end}");
        }
        let mut changed = body.clone();
        let sum = body.len() - 8;
        changed[sum] ^= 1;
        assert_eq!(decoded(&changed, 16), Err(ErrorKind::Decode));
        assert_eq!(decoded(&[&body[..], b"and no member"].concat(), 16), Err(ErrorKind::Decode));
        for lie in [&b"{\"data\":{}}"[..], b"{}"] {
            assert_eq!(decoded(lie, 16), Err(ErrorKind::Decode));
        }
    }

    #[test]
    fn encodings_of_nothing_come_to_an_end() {
        let nothing = encoded(b"");
        let few = nothing.repeat(10_000);
        assert_eq!(decoded(&few, 4096), Ok(Vec::new()));
        assert_eq!(decoded(&nothing.repeat(60_000), 4096), Err(ErrorKind::Decode));
        assert_eq!(decoded(&[few.clone(), encoded(b"a"), few.repeat(4)].concat(), 4096), Ok(b"a".to_vec()));
    }

    #[test]
    fn a_bomb_comes_in_pieces_that_are_small() {
        let bomb = encoded(&vec![b' '; 64 << 20]);
        assert!(bomb.len() < 80_000);
        assert!(decoded(&bomb, bomb.len()).unwrap().len() == 64 << 20);
    }
}
