//! Decodes a gzip body as it comes, a small piece at a time, so that a bomb is noticed early.
//!
//! Must not know: how large the body may be.

use std::io::{self, Write as _};

use bytes::{Buf as _, Bytes};
use flate2::write::MultiGzDecoder;

use crate::{Error, ErrorKind};

/// So much is decoded at a time. It can become a thousand times as much, not more (RFC 1951).
const BITE: usize = 4 * 1024;

/// What has come, and what has been decoded of it.
#[derive(Debug)]
pub(super) struct Gzip {
    decoder: MultiGzDecoder<Vec<u8>>,
    encoded: Bytes,
    has_begun: bool,
}

pub(super) enum Step {
    Piece(Bytes),
    /// Nothing can be said before more comes.
    Hungry,
}

impl Default for Gzip {
    fn default() -> Self {
        Self { decoder: MultiGzDecoder::new(Vec::new()), encoded: Bytes::new(), has_begun: false }
    }
}

impl Gzip {
    /// Takes what has come. All that came before has been decoded.
    pub(super) fn feed(&mut self, encoded: Bytes) {
        self.has_begun |= !encoded.is_empty();
        self.encoded = encoded;
    }

    pub(super) fn step(&mut self) -> Result<Step, Error> {
        while !self.encoded.is_empty() {
            let bite = self.encoded.len().min(BITE);
            self.decoder.write_all(&self.encoded[..bite]).map_err(broken)?;
            self.encoded.advance(bite);
            if let Some(piece) = self.decoded() {
                return Ok(Step::Piece(piece));
            }
        }
        Ok(Step::Hungry)
    }

    /// What is left when no more comes. An end within the encoding breaks it, as a sum that differs does.
    pub(super) fn finish(&mut self) -> Result<Option<Bytes>, Error> {
        if !self.has_begun {
            return Ok(None);
        }
        self.has_begun = false;
        self.decoder.try_finish().map_err(broken)?;
        Ok(self.decoded())
    }

    fn decoded(&mut self) -> Option<Bytes> {
        let piece = self.decoder.get_mut();
        (!piece.is_empty()).then(|| Bytes::from(std::mem::take(piece)))
    }
}

fn broken(_: io::Error) -> Error {
    Error::new(ErrorKind::Decode)
}

#[cfg(test)]
mod tests {
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
        for piece in body.chunks(size) {
            gzip.feed(Bytes::copy_from_slice(piece));
            while let Step::Piece(piece) = gzip.step().map_err(|error| error.kind())? {
                all.extend_from_slice(&piece);
            }
        }
        while let Some(piece) = gzip.finish().map_err(|error| error.kind())? {
            all.extend_from_slice(&piece);
        }
        Ok(all)
    }

    #[test]
    fn a_body_is_the_same_however_it_arrives() {
        let text: Vec<u8> = (0..50_000_u32).flat_map(u32::to_be_bytes).collect();
        let members = [encoded(&text), encoded(b"and another")].concat();
        let whole = [&text[..], b"and another"].concat();
        for size in [1, 7, BITE, BITE + 1, members.len()] {
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
            assert_eq!(decoded(&body[..end], 16), Err(ErrorKind::Decode), "{end}");
        }
        let mut changed = body.clone();
        let sum = body.len() - 8;
        changed[sum] ^= 1;
        assert_eq!(decoded(&changed, 16), Err(ErrorKind::Decode));
        assert_eq!(decoded(&[&body[..], b"and no member"].concat(), 16), Err(ErrorKind::Decode));
        assert_eq!(decoded(b"{\"data\":{}}", 16), Err(ErrorKind::Decode));
    }

    #[test]
    fn a_bomb_comes_in_pieces_that_are_small() {
        let bomb = encoded(&vec![b' '; 64 << 20]);
        let mut gzip = Gzip::default();
        gzip.feed(bomb.into());
        let mut total = 0;
        while let Step::Piece(piece) = gzip.step().unwrap() {
            assert!(piece.len() < 5 << 20, "{}", piece.len());
            total += piece.len();
        }
        assert!(total + gzip.finish().unwrap().map_or(0, |rest| rest.len()) == 64 << 20);
    }
}
