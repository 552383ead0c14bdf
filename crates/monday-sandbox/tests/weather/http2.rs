//! HTTP/2 with prior knowledge (RFC 9113, section 3.3), frame by frame, straight and through the proxy.

use std::net::SocketAddr;
use std::time::Duration;

use monday_sandbox::{Fault, FaultProxy, Sandbox, Wire};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::caller::{ME, builder, create, named, within};

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const SETTINGS: u8 = 4;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

fn frame(kind: u8, flags: u8, stream: u8, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let mut frame = vec![length[1], length[2], length[3], kind, flags, 0, 0, 0, stream];
    frame.extend(payload);
    frame
}

/// Header fields as literals that are never indexed (RFC 7541, section 6.2.3).
fn headers(fields: &[(&str, &str)]) -> Vec<u8> {
    let text = |text: &str| {
        let length = u8::try_from(text.len()).ok().filter(|length| *length < 127).unwrap();
        [&[length], text.as_bytes()].concat()
    };
    fields.iter().flat_map(|(name, value)| [vec![0x10], text(name), text(value)].concat()).collect()
}

/// The JSON of a 200; `None` if the connection or the stream ends before its end.
async fn ask(address: SocketAddr, sandbox: &Sandbox, query: &str) -> Option<Value> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let fields = [
        (":method", "POST"),
        (":scheme", "http"),
        (":path", "/v2"),
        (":authority", "sandbox"),
        ("content-type", "application/json"),
        ("authorization", sandbox.personal_token()),
    ];
    let body = json!({"query": query}).to_string();
    let mut bytes = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
    bytes.extend(frame(SETTINGS, 0, 0, &[]));
    bytes.extend(frame(HEADERS, END_HEADERS, 1, &headers(&fields)));
    bytes.extend(frame(DATA, END_STREAM, 1, body.as_bytes()));
    stream.write_all(&bytes).await.unwrap();
    let mut answer = Vec::new();
    loop {
        let mut head = [0; 9];
        stream.read_exact(&mut head).await.ok()?;
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut payload = vec![0; length as usize];
        stream.read_exact(&mut payload).await.ok()?;
        match head[3] {
            // `:status: 200` is entry 8 of the static table (RFC 7541, appendix A).
            HEADERS => assert_eq!(payload[0], 0x88),
            DATA => answer.extend(payload),
            _ => continue,
        }
        if head[4] & END_STREAM != 0 {
            return serde_json::from_slice(&answer).ok();
        }
    }
}

#[tokio::test]
async fn http2_with_prior_knowledge_is_answered() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        let answer = ask(sandbox.address(), &sandbox, ME).await.unwrap();
        assert_eq!(answer["data"]["me"]["id"], "501");
    })
    .await;
}

#[tokio::test]
async fn an_answer_can_be_lost_over_http2_too() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        sandbox.faults().push(Fault::LoseAnswer);
        let write = create(&sandbox, "lost");
        assert!(ask(sandbox.address(), &sandbox, &write).await.is_none());
        assert_eq!(named(&sandbox, "lost"), 1);
    })
    .await;
}

#[tokio::test]
async fn the_proxy_carries_http2_and_drops_its_answers() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        let proxy = FaultProxy::start(sandbox.address()).await.unwrap();
        proxy.will([Wire::Pass, Wire::DropAnswer(Duration::from_millis(150)), Wire::CutAnswerAt(40)]);
        let write = create(&sandbox, "carried");
        assert!(ask(proxy.address(), &sandbox, &write).await.is_some());
        assert!(ask(proxy.address(), &sandbox, &write).await.is_none());
        assert_eq!(named(&sandbox, "carried"), 2);
        assert!(ask(proxy.address(), &sandbox, &write).await.is_none());
    })
    .await;
}
