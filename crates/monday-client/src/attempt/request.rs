//! What goes to the wire: a request whose body is there as a whole, or comes in pieces.
//!
//! Must not know: what is in it, where it goes.

use std::io;
use std::pin::Pin;

use bytes::Bytes;
use futures_core::Stream;
use futures_util::TryStreamExt as _;
use http::header::{ACCEPT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, HeaderValue, Method, Request, Uri};
use http_body_util::{Either, Full, StreamBody};
use hyper::body::Frame;

/// What the answer's body may come in: see `body`.
const ENCODINGS: HeaderValue = HeaderValue::from_static("gzip");

type Pieces = Pin<Box<dyn Stream<Item = io::Result<Frame<Bytes>>> + Send>>;

/// A body on its way.
pub(crate) type Sent = Either<Full<Bytes>, StreamBody<Pieces>>;

/// A body that comes in pieces, and how many bytes they are in all.
pub(crate) struct SizedStream {
    pub(crate) length: u64,
    pub(crate) pieces: Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>,
}

/// A request without a body.
pub(crate) fn get(uri: Uri, headers: HeaderMap) -> Request<Sent> {
    request(Method::GET, uri, headers, Sent::Left(Full::default()))
}

/// A request with a body that is there.
pub(crate) fn post(uri: Uri, headers: HeaderMap, body: Bytes) -> Request<Sent> {
    request(Method::POST, uri, headers, Sent::Left(Full::new(body)))
}

/// A request with a body that comes.
pub(crate) fn post_pieces(uri: Uri, mut headers: HeaderMap, body: SizedStream) -> Request<Sent> {
    headers.insert(CONTENT_LENGTH, body.length.into());
    let pieces: Pieces = Box::pin(body.pieces.map_ok(Frame::data));
    request(Method::POST, uri, headers, Sent::Right(StreamBody::new(pieces)))
}

fn request(method: Method, uri: Uri, mut headers: HeaderMap, body: Sent) -> Request<Sent> {
    headers.insert(ACCEPT_ENCODING, ENCODINGS);
    let mut request = Request::new(body);
    *request.method_mut() = method;
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    request
}
